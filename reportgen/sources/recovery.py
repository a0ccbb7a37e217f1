"""All problems of a text in one reading: slips are mended in memory, and the reading goes on behind them."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.sources.builder import MAX_PROBLEMS, Builder
from reportgen.sources.characters import code_point, forbidden_escapes
from reportgen.sources.outline import find_slips
from reportgen.sources.places import Position, Spot, place_at, position_at
from reportgen.sources.slips import Names, Slip, edited
from reportgen.sources.text import SourceText

CODE, WARNING = "DAT002", "DAT014"
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
    reading = _reading(builder, source.text)
    if not builder.is_sound or not all(slip.warning for slip in slips):
        reading = _as_meant(source, slips)
    reading.warnings += _findings(source, reading, slips, warning=True)
    return reading


def _reading(builder: Builder, text: str) -> Reading:
    """What came of a text without looking for slips."""
    root = None if builder.stopped else builder.root
    return Reading(text, builder.data, root, builder.problems, builder.warnings)


def _as_meant(source: SourceText, slips: list[Slip]) -> Reading:
    """The text without its slips, and without lines that still stop the parser."""
    text = edited(source.text, slips)
    builder = Builder(source.path, text).build()
    reading = _reading(builder, text)
    found = _findings(source, reading, slips, warning=False)
    rest = reading.problems
    if builder.error:
        reading.root = None
        rest = [_parser_problem(builder, text), *rest]
    told = {one.place.line for one in found}
    if found:
        told.add(0)
    found += [one for one in rest if one.place.line not in told]
    in_order = sorted(found, key=lambda one: (one.place.line, one.place.column))
    reading.problems = in_order[:MAX_PROBLEMS]
    return reading


def _findings(
    source: SourceText, reading: Reading, slips: list[Slip], *, warning: bool
) -> list[Finding]:
    """The slips as findings, with the field that each is in: the errors or the warnings."""
    code, severity = CODE, Severity.ERROR
    if warning:
        code, severity = WARNING, Severity.WARNING
    keys = _keys(reading.root)
    found = []
    wanted = (slip for slip in slips if slip.warning == warning)
    for slip in islice(wanted, MAX_PROBLEMS):
        place = place_at(source.path, position_at(source.text, slip.at))
        at = bisect_left(keys, (place.line, place.column))
        near = keys[max(at - 1, 0) : at + 1]
        paths = [path for line, _, path in near if line == place.line]
        path = paths[0] if paths else ""
        found.append(Finding(code, severity, slip.message, place, path))
    return found


def _keys(root: Spot | None) -> list[tuple[int, int, str]]:
    """Line, column and path of each key, in the order of the text."""
    keys: list[tuple[int, int, str]] = []
    waiting: list[tuple[tuple[str | int, ...], Spot]] = (
        [((), root)] if root else []
    )
    while waiting:
        path, spot = waiting.pop()
        if spot.alias:
            continue
        mark = spot.key or spot.start
        keys.append((mark.line + 1, mark.column, dotted(path)))
        below = (spot.children or {}).items()
        waiting += [((*path, step), one) for step, one in below]
    return sorted(keys)


# What the parser itself says, where no slip was recognised


def _parser_problem(builder: Builder, text: str) -> Finding:
    """The parser's error as a finding: where it is, what is wrong and what to do."""
    error = builder.error
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
        place if mark.line <= last else place._replace(line=last + 1, column=1)
    )
