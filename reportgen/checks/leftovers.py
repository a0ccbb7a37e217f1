"""TXT004: what a form or an outline says to whoever fills it in, left standing in what is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportgen.checks.blocks import Block
from reportgen.checks.copied import shortened
from reportgen.checks.registry import ERROR, Facts, Problem, at, rule
from reportgen.checks.typed import Hit, Typed, any_of
from reportgen.figures.figure import FieldPath
from reportgen.model.target import is_named
from reportgen.model.unit import Indicator

_DEFAULT = re.compile(r"\{\{\s*默认\s*\}\}")
_MARK = re.compile(
    r"(?P<dots>^[（(]?[一二三四五六七八九十0-9]{0,2}[)）、.． 　]*(?:…{1,4}|\.{3,}|·{3,})[ 　]*$)"
    r"|(?P<tag>\{\{[^\n]*?\}\}|\{%[^\n]*?%\})"
    r"|(?P<number>(?:指标|目标)[1-9一二三][ 　]*[:：][ 　]*(?:$|…|\.{3}))"
    r"|(?P<year>[（(][ 　_]*年度[)）]|[（(][ 　_]+年[)）]|(?<![0-9０-９])[ 　_]{2,}年度|20[ 　_×xX]{2}年|[xX×]{2,4}年)"
    r"|(?P<blank>_{3,}|[xX]{2,}(?=[县区市镇局委办站所馆院校中单部项万元%])|[×✕]{2,}|(?<![0-9*])\*{3,}(?![0-9*])|某某)"
    r"|(?P<mark>\[bookmark[^\n\]]*\]|_GoBack|MERGEFORMAT|错误！未找到引用源|Error! (?:Bookmark|Reference)"
    r"|#REF!|#N/A|#DIV/0!|#VALUE!|#NAME\?)",
    re.MULTILINE,
)
_PLACEHOLDER = re.compile(r"^[（(【\[<《]?[ 　]*(?P<said>[^（()）\n]{1,12}?)[ 　]*[)）】\]>》]?$", re.MULTILINE)
_BRACKETED = re.compile(r"^[（(【\[<][^（()）\n]{1,12}[)）】\]>]$")
_WHERE = ("三级", "二级", "一级", "目标")


@rule("TXT004", ERROR, "“{found}”是模板中的内容，没有改成本单位的；请填写，不需要的请删去")
def template_left(facts: Facts) -> Iterator[Problem]:
    """表格样式、提纲中的提示和占位内容没有删改.

    依据：……、指标1：、（　年度）、×××、填写说明等是给填报人看的，成稿中不应保留；空着的行应填写或删去。
    反例：
        叙述: {存在问题: ["主要反映各种预算支出执行偏离绩效目标的情况，并分析其原因。"]}
    """
    blank = set(_blank_rows(facts))
    said: set[tuple[FieldPath, str]] = set()
    yield from _open_rows(facts)
    for block, found in _left(facts):
        if block.path[:-1] not in blank and (block.path, found) not in said:
            said.add((block.path, found))
            yield at(*block.path, found=found)


def _left(facts: Facts) -> Iterator[tuple[Block, str]]:
    for typed in (facts.typed, facts.cells):
        for block, match in typed.hits(_MARK):
            if not _DEFAULT.fullmatch(match.group()):
                yield block, shortened(match.group().strip("{}% 　") or "空白")
    yield from _instructions(facts)
    labels = facts.pack.vocabulary.words("占位栏目")
    for block, match in facts.cells.hits(_PLACEHOLDER):
        if match["said"] in labels and (_BRACKETED.match(match.group()) or match["said"] == block.section):
            yield block, match.group()


def _instructions(facts: Facts) -> Iterator[tuple[Block, str]]:
    """主要反映…并分析其原因: what an outline asks for; 主要包括：… where it lists qualities and no facts."""
    words = facts.pack.vocabulary.words
    for block, _ in facts.typed.words(words("填写说明")):
        yield block, shortened(block.text)
    openers = words("填写说明开头")
    if facts.typed.holds(openers):
        for block, _ in _at_start(facts.typed, openers):
            if not _tells_facts(block.text, words("单位自称")) and _lists_qualities(block.text, words("填写说明用词")):
                yield block, shortened(block.text)


def _at_start(typed: Typed, openers: Sequence[str]) -> Iterator[Hit]:
    yield from typed.hits(re.compile("^" + any_of(tuple(openers)).pattern, re.MULTILINE))


def _tells_facts(text: str, ours: Sequence[str]) -> bool:
    """Whether a sentence speaks of someone or of an amount; an instruction does neither."""
    return any(char.isdigit() for char in text) or any(word in text for word in ours)


def _lists_qualities(text: str, words: Sequence[str]) -> bool:
    return sum(word in text for word in words) >= 2


def _blank_rows(facts: Facts) -> Iterator[FieldPath]:
    for one in facts.figures.evaluations:
        for row in one.indicators:
            if row.indicator.left_blank:
                yield row.path


def _open_rows(facts: Facts) -> Iterator[Problem]:
    """Rows of the form that were left as they were, once for each group of them that stand together."""
    for one in facts.figures.evaluations:
        rows = [row for row in one.indicators if row.indicator.left_blank and _label(row.indicator)]
        groups: dict[tuple[str, str], list[tuple[FieldPath, Indicator]]] = {}
        for row in rows:
            key = (row.indicator.goal, row.indicator.dimension)
            groups.setdefault(key, []).append((row.path, row.indicator))
        for (goal, dimension), members in groups.items():
            yield _open_group(dimension or goal, members)


def _open_group(name: str, members: list[tuple[FieldPath, Indicator]]) -> Problem:
    path, first = members[0]
    field = next((field for field in _WHERE if not is_named(_cell(first, field)) and _cell(first, field)), "")
    message = "{name}有 {count} 行没有填写（“{text}”是表格样式中的内容）；请填写指标，不需要的请删去这些行"
    named = f"「{name}」" if is_named(name) else ""
    return at(*path, *((field,) if field else ()), message=message, name=named, count=len(members), text=_label(first))


def _cell(one: Indicator, field: str) -> str:
    return {"三级": one.name, "二级": one.category, "一级": one.dimension, "目标": one.goal}[field].strip()


def _label(one: Indicator) -> str:
    """What stands in an open row: …… where the form has it, or the label of a goal that nobody set."""
    cells = [_cell(one, field) for field in _WHERE]
    dots = next((cell for cell in cells if cell and not is_named(cell)), "")
    return dots or (one.goal.strip() if not any(cells[:3]) else "")
