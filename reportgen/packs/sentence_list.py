"""The automatic sentences of a pack as a page, for those who want to reword them."""

import re
from collections.abc import Iterator

from reportgen.packs.manifest import Section, Snippet
from reportgen.packs.pack import Pack

_LAYOUT = re.compile(r"\s*\n\s*")


def sentences_markdown(pack: Pack) -> str:
    """Every section with its sentences: number, condition, words, the measure that answers it; then the phrases."""
    return "\n".join(_lines(pack)) + "\n"


def _lines(pack: Pack) -> Iterator[str]:
    yield f"# 模板包「{pack.name}」的自动成文"
    yield ""
    yield (
        "各节没有填写叙述时，由下面的语句生成。要改说法，"
        "把那一条抄进自己模板包的 snippets.yaml，编号不变，改「文」即可。"
    )
    for owner, sections in (
        ("单位", pack.snippets.unit),
        ("项目", pack.snippets.project),
    ):
        for name, section in sections.items():
            yield from _section(owner, name, section)
    yield from ("", "## 短语", "", "语句里用 `|短语('名称')` 引用。", "")
    for name, texts in pack.snippets.phrases.items():
        yield f"- **{name}**：{_either(texts)}"


def _section(owner: str, name: str, section: Section) -> Iterator[str]:
    yield from ("", f"## {owner}：{name}", "")
    if section.answers:
        yield f"逐条对应「{section.answers}」，用那一节各条的「改进」。"
    for snippet in section.snippets:
        yield from _sentence(snippet)
    if section.empty:
        yield f"- 一条也用不上时：{_code(section.empty)}"


def _sentence(snippet: Snippet) -> Iterator[str]:
    conditions = []
    if snippet.each:
        conditions.append(f"逐项（{_code(snippet.each)}）")
    if snippet.when:
        conditions.append(f"当 {_code(snippet.when)}")
    yield f"- **{snippet.id}** {'，'.join(conditions) or '总是'}"
    yield f"  - 文：{_either(snippet.text)}"
    if snippet.improvement:
        yield f"  - 改进：{_code(snippet.improvement)}"


def _either(texts: tuple[str, ...]) -> str:
    return "；或 ".join(map(_code, texts))


def _code(text: str) -> str:
    return f"`{_LAYOUT.sub(' ', text.strip())}`"
