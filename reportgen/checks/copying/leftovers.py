"""TXT004: what a form or an outline says to whoever fills it in, left standing in what is filled in."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.text_index import Hit, TextIndex
from reportgen.checks.rule import ERROR, Problem, Problems, at, rule, shortened
from reportgen.figures.figure import FieldPath
from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.target import is_named
from reportgen.model.unit import Indicator
from reportgen.packs.vocabulary import WordLists

_OWN_TEXT = {"叙述", "改写"}
_OWN_NAMES = {"默认", "项目"}  # besides those of the view
_FIRST_NAME = re.compile(r"\{\{[\s(]*(\w+)")
# What a form or a program leaves behind; each is looked for only where one of its signs stands.
_MARKS = (
    (
        ("…", "...", "···"),
        re.compile(
            r"(?:^[（(]?[一二三四五六七八九十0-9]{0,2}[)）、.． 　]*|[:：])(?:…{1,4}|\.{3,}|·{3,})[ 　]*$",
            re.MULTILINE,
        ),
    ),
    (
        ("{{", "{%"),
        re.compile(r"\{\{(?:(?!\{\{)[^\n])*?\}\}|\{%(?:(?!\{%)[^\n])*?%\}"),
    ),
    (
        ("标1", "标2", "标3", "标一"),
        re.compile(
            r"[指目]标[1-9一二三][ 　]*[:：][ 　]*(?:$|…|\.{3})", re.MULTILINE
        ),
    ),
    (
        tuple(f"{sign}年" for sign in " 　_×xX（("),
        re.compile(
            r"[（(][ 　_]*年度[)）]|[（(][ 　_]+年[)）]|(?<![0-9０-９])[ 　_]{2,}年度|20[ 　_×xX]{2}年|[xX×]{2,4}年"
        ),
    ),
    (
        ("___", "XX", "xx", "××", "✕", "***", "某某"),
        re.compile(
            r"_{3,}|(?<![xX])[xX]{2,}(?=[县区市镇局委办站所馆院校中单部项万元%])|[×✕]{2,}|(?<![0-9*])\*{3,}(?![0-9*])|某某"
        ),
    ),
    (
        ("bookmark", "_GoBack", "MERGEFORMAT", "错误！未", "Error!", "#"),
        re.compile(
            r"\[bookmark[^\n\]]*\]|_GoBack|MERGEFORMAT|错误！未找到引用源|Error! (?:Bookmark|Reference)"
            r"|#REF!|#N/A|#DIV/0!|#VALUE!|#NAME\?"
        ),
    ),
)
_PROMPTS = (
    "（主要反映",
    "（主要说明",
    "（主要介绍",
    "（简要说明",
    "（简要介绍",
    "（简述",
    "（概述",
    "（阐述",
)
_PROMPT = re.compile(
    rf"(?:{'|'.join(_PROMPTS)})[^（）\n]{{4,120}}）"
)  # left beside what was written for it
_BRACKETS = "（）()【】[]<>《》  "


@rule(
    "TXT004",
    ERROR,
    "“{found}”是模板中的内容，没有改成本单位的；请填写，不需要的请删去",
)
def template_left(facts: Facts) -> Problems:
    """表格样式、提纲中的提示和占位内容没有删改.

    依据：……、指标1：、（　年度）、×××、填写说明等是给填报人看的，成稿中不应保留；空着的行应填写或删去。
    反例：
        叙述: {存在问题: ["主要反映各种预算支出执行偏离绩效目标的情况，并分析其原因。"]}
    """
    blank = [row.figures for row in facts.rows if row.left_blank]
    yield from _open_rows(blank)
    blank_rows = {row.path for row in blank}
    seen: set[tuple[FieldPath, str]] = set()
    for block, found in _left(facts):
        if (
            block.path[:-1] not in blank_rows
            and (block.path, found) not in seen
        ):
            seen.add((block.path, found))
            yield at(block, found=found)


def _left(facts: Facts) -> Iterator[tuple[Block, str]]:
    for typed in (facts.paragraph_text, facts.cell_text):
        for block, match in _marks(typed):
            if _OWN_TEXT.isdisjoint(block.path) or not _asks(match[0], facts):
                yield block, shortened(match[0].strip("{}% 　") or "空白")
    yield from _instructions(facts)
    yield from _labels(facts)


def _asks(tag: str, facts: Facts) -> bool:
    """Whether a unit may write it into its own text; what is missing further down is found in the document (PRN001)."""
    first = _FIRST_NAME.match(tag)
    return first is not None and first[1] in facts.names | _OWN_NAMES


def _labels(facts: Facts) -> Iterator[tuple[Block, str]]:
    """（填报人）, or 联系电话 in the cell of that name: the label stands where the value belongs."""
    labels = facts.words.field_labels
    if not _in_brackets(labels).isdisjoint(facts.cell_text.text.split("\n")):
        for block, label in facts.cell_text.words(labels):
            text = block.text.strip()
            if text.strip(_BRACKETS) == label and (
                text != label or label == block.section
            ):
                yield block, text


@lru_cache(maxsize=64)
def _in_brackets(labels: tuple[str, ...]) -> frozenset[str]:
    opening, closing = _BRACKETS[::2], _BRACKETS[1::2]
    pairs = (("", ""), *zip(opening, closing, strict=True))
    return frozenset(
        f"{one}{label}{two}" for label in labels for one, two in pairs
    )


def _marks(typed: TextIndex) -> Iterator[Hit]:
    for signs, pattern in _MARKS:
        if typed.holds(signs):
            yield from typed.hits(pattern)


def _instructions(facts: Facts) -> Iterator[tuple[Block, str]]:
    """主要反映…并分析其原因: what an outline asks for; 主要包括：… where it lists qualities and no facts."""
    words = facts.words
    for block, _ in facts.paragraph_text.words(words.form_instructions):
        yield block, shortened(block.text)
    openers = words.instruction_openings
    for block in facts.blocks:
        if block.text.startswith(openers) and _is_prompt(block.text, words):
            yield block, shortened(block.text)
    if not facts.paragraph_text.holds(_PROMPTS):
        return
    for block, match in facts.hits(_PROMPT):
        if _is_prompt(match[0], words, least=1):
            yield block, shortened(match[0])


def _is_prompt(text: str, words: WordLists, least: int = 2) -> bool:
    """Whether a sentence lists qualities, and speaks of nobody and no amount."""
    tells = any(one in text for one in words.own_references)
    if tells or re.search(r"\d", text):
        return False
    return sum(one in text for one in words.instruction_words) >= least


def _open_rows(rows: Sequence[IndicatorFigures]) -> Problems:
    """Rows of the form that were left as they were, once for each group of them that stand together."""
    groups: dict[tuple[FieldPath, str, str], list[IndicatorFigures]] = {}
    for row in rows:
        if _open_cell(row.indicator)[1]:
            key = (row.path[:-1], row.indicator.goal, row.indicator.dimension)
            groups.setdefault(key, []).append(row)
    for (_, goal, dimension), members in groups.items():
        yield _open_group(dimension or goal, members)


def _open_group(name: str, members: list[IndicatorFigures]) -> Problem:
    field, text = _open_cell(members[0].indicator)
    message = "{name}有 {count} 行没有填写（“{text}”是表格样式中的内容）；请填写指标，不需要的请删去这些行"
    named = f"「{name}」" if is_named(name) else ""
    return at(
        members[0],
        *((field,) if field else ()),
        message=message,
        name=named,
        count=len(members),
        text=text,
    )


def _open_cell(one: Indicator) -> tuple[str, str]:
    """The field and text of an open row: …… where the form has it, or the label of a goal that nobody set."""
    names = (one.name, one.category, one.dimension)
    texts = [text.strip() for text in (*names, one.goal)]
    for field, text in zip(
        ("三级", "二级", "一级", "目标"), texts, strict=True
    ):
        if text and not is_named(text):
            return field, text
    return "", "" if any(texts[:3]) else texts[3]
