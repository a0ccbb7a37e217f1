"""What is checked and why, as text: the docstrings of the rules are the manual."""

from collections.abc import Iterator, Sequence
from inspect import cleandoc
from typing import Protocol

from reportgen.core.findings import Severity


class DescribedRule(Protocol):
    """What the manual needs of a rule, whatever it looks at."""

    @property
    def code(self) -> str: ...  # noqa: D102

    @property
    def severity(self) -> Severity: ...  # noqa: D102

    @property
    def doc(self) -> str: ...  # noqa: D102


def by_code(rules: Sequence[DescribedRule]) -> tuple[DescribedRule, ...]:
    """The rules with those of one code together, in the order in which the codes first stand."""
    order = {
        code: n
        for n, code in enumerate(dict.fromkeys(rule.code for rule in rules))
    }
    return tuple(sorted(rules, key=lambda rule: order[rule.code]))


def rule_text(rule: DescribedRule) -> str:
    """One rule for the terminal: code, severity, what it says, 依据 and 反例."""
    head, _, rest = cleandoc(rule.doc).partition("\n")
    return f"{rule.code}（{rule.severity.label}）\n{head.rstrip('.')}。\n{rest}"


def rules_markdown(rules: Sequence[DescribedRule]) -> str:
    """docs/rules.zh-CN.md: every rule, in the order of the table."""
    return "\n".join(_pages(rules))


def _pages(rules: Sequence[DescribedRule]) -> Iterator[str]:
    yield "# 检查规则"
    yield ""
    yield "本页由程序中的规则说明生成（`reportgen rules --format markdown`），不要直接修改。"
    yield ""
    yield "| 代码 | 程度 | 检查内容 |"
    yield "|---|---|---|"
    for rule in rules:
        first = cleandoc(rule.doc).splitlines()[0].rstrip(".")
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity.label} | {first} |"
    said: set[str] = set()
    for rule in rules:
        yield ""
        if rule.code not in said:
            yield f"## {rule.code}"
            yield ""
        said.add(rule.code)
        yield from _page(rule)


def _page(rule: DescribedRule) -> Iterator[str]:
    head, _, rest = cleandoc(rule.doc).partition("\n")
    yield f"**{head.rstrip('.')}**（{rule.severity.label}）"
    yield ""
    basis, _, example = rest.partition("反例：")
    yield basis.strip()
    if example.strip():
        yield ""
        yield "反例："
        yield ""
        yield "```yaml"
        yield cleandoc(example)
        yield "```"
