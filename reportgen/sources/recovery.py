"""All problems of a text in one reading: slips are mended in memory, and the reading goes on behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.sources.builder import MAX_PROBLEMS, Builder
from reportgen.sources.characters import code_point, forbidden_escapes
from reportgen.sources.outline import find_slips
from reportgen.sources.places import Position, Spot, place_at, position_at
from reportgen.sources.slips import Names, Slip, edited
from reportgen.sources.text import SourceText

CODE, WARNING = "DAT002", "DAT014"
MAX_ROUNDS = (
    12  # how often a text is read again without a line that cannot be read
)

_ANYTHING = "这一行读不懂；请检查这一行及上一行的冒号、引号、括号和缩进"
_PHRASES = (
    (
        "escape",
        "双引号里的反斜杠“\\”有特殊含义；请改用单引号，或把每个“\\”写成“\\\\”",
    ),
    ("quoted scalar", "引号没有成对；请检查从这里开始的引号"),
    ("flow", "括号没有成对，或各项之间缺少逗号；请检查从这里开始的括号"),
    (
        "mapping values",
        "缩进没有对齐，或一行里有两个“: ”（冒号加空格）；请检查这一行和上一行",
    ),
    (
        "block",
        "缩进没有对齐；同一层的键（或“- ”）要从同一列开始，下一层比上一层多空两格",
    ),
)
_AT_THE_MARK = {_PHRASES[3][1], _PHRASES[4][1]}


@dataclass(slots=True)
class Reading:
    """What came of a text: the tree (of the text as it was meant), and what is wrong or doubtful in it."""

    text: str
    data: Any = None
    root: Spot | None = None
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def read_all(source: SourceText, names: Names, *, search: bool) -> Reading:
    """Read a text as it is and, where that does not go, as it was meant."""
    builder = Builder(source.path, source.text).build()
    is_clear = builder.is_sound and not builder.doubtful
    if builder.stopped or (is_clear and not search):
        return _reading(builder, source.text)
    slips = find_slips(source.text, names)
    return _judged(source, builder, slips)


def _judged(source: SourceText, builder: Builder, slips: list[Slip]) -> Reading:
    """The text as it is where its slips are none for YAML, else as it was meant."""
    told = [slip for slip in slips if slip.warning]
    errors = [slip for slip in slips if not slip.warning]
    reading = _reading(builder, source.text)
    if errors or not builder.is_sound:
        reading = _as_meant(source, errors)
    reading.warnings += _findings(
        source, reading, told, WARNING, Severity.WARNING
    )
    return reading


def _reading(builder: Builder, text: str) -> Reading:
    root = None if builder.stopped else builder.root
    return Reading(text, builder.data, root, builder.problems, builder.warnings)


def _as_meant(source: SourceText, slips: list[Slip]) -> Reading:
    """The text without its slips, and without lines that still stop the parser."""
    text = edited(source.text, slips)
    lines = {source.text.count("\n", 0, slip.at) + 1 for slip in slips}
    stops: dict[int, Finding] = {}
    builder = Builder(source.path, text).build()
    for _ in range(MAX_ROUNDS):
        if builder.error is None:
            break
        stop = _parser_problem(builder, text)
        stops.setdefault(stop.place.line, stop)
        text = _without_line(text, builder.error, stop.place.line)
        builder = Builder(source.path, text).build()
    reading = _reading(builder, text)
    found = _findings(source, reading, slips, CODE, Severity.ERROR)
    found += [stop for line, stop in stops.items() if line not in lines]
    told = {0, *lines, *stops} if found else set()
    found += [one for one in reading.problems if one.place.line not in told]
    found.sort(key=lambda one: (one.place.line, one.place.column))
    reading.problems = found[:MAX_PROBLEMS]
    if stops:
        reading.root = None
    return reading


def _without_line(text: str, error: yaml.YAMLError, line: int) -> str:
    """The text without a line that cannot be read; the one at which the parser gave up where it is empty already."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    gave_up = min(mark.line if mark else 0, len(lines) - 1)
    lines[line - 1 if lines[line - 1].strip() else gave_up] = ""
    return "\n".join(lines)


def _findings(
    source: SourceText,
    reading: Reading,
    slips: Iterable[Slip],
    code: str,
    severity: Severity,
) -> list[Finding]:
    fields = _fields_by_line(reading.root)
    found = []
    for slip in islice(slips, MAX_PROBLEMS):
        place = place_at(source.path, position_at(source.text, slip.at))
        keys = fields.get(place.line, [(0, "")])
        before = [path for column, path in keys if column < place.column]
        path = before[-1] if before else keys[0][1]
        found.append(Finding(code, severity, slip.message, place, path))
    return found


def _fields_by_line(root: Spot | None) -> dict[int, list[tuple[int, str]]]:
    """For each line the columns of the keys in it, with their paths."""
    fields: dict[int, list[tuple[int, str]]] = {}
    waiting: list[tuple[tuple[str | int, ...], Spot]] = (
        [((), root)] if root else []
    )
    while waiting:
        path, spot = waiting.pop()
        if spot.alias:
            continue
        mark = spot.key or spot.start
        fields.setdefault(mark.line + 1, []).append((mark.column, dotted(path)))
        if spot.children:
            waiting += [
                ((*path, step), one) for step, one in spot.children.items()
            ]
    for starts in fields.values():
        starts.sort()
    return fields


# What the parser itself says, where no slip was recognised


def _parser_problem(builder: Builder, text: str) -> Finding:
    """The parser's error as a finding: where it is, what is wrong and what to do."""
    error: Any = builder.error
    mark = getattr(error, "problem_mark", None) or Position(0, 0, 0)
    start = getattr(error, "context_mark", None) or mark
    says = str(error)
    place = _within(text, builder.file, mark)
    path = builder.path_at(place.line)
    chars = forbidden_escapes(text, start.index) if "Unicode" in says else []
    if chars:
        names = "、".join(map(code_point, chars))
        message = f"“{path}”的内容里有Word文档不能保存的字符 {names}；请删去，表情等符号请直接输入"
        return Finding("DAT007", Severity.ERROR, message, place, path)
    message = next(
        (said for phrase, said in _PHRASES if phrase in says), _ANYTHING
    )
    if message not in _AT_THE_MARK:
        place = _within(text, builder.file, start)
    return Finding(CODE, Severity.ERROR, message, place, path)


def _within(text: str, file: str, mark: Any) -> Place:
    """A mark as a place; at the end of a text the parser counts a line more."""
    last = text.count("\n", 0, len(text.rstrip()))
    place = place_at(file, mark)
    return (
        place if mark.line <= last else replace(place, line=last + 1, column=1)
    )
