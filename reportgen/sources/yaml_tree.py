"""YAML to a plain tree of text: every scalar as it was typed, every value with its place, nothing constructed."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import (
    Finding,
    Findings,
    Rejected,
    Severity,
    dotted,
)
from reportgen.sources.builder import MAX_PROBLEMS, Builder
from reportgen.sources.characters import code_point, forbidden_escapes
from reportgen.sources.outline import find_slips
from reportgen.sources.places import (
    Mark,
    Position,
    Spot,
    Steps,
    place_at,
    position_at,
    spots_along,
)
from reportgen.sources.slips import NO_NAMES, Names, Slip, edited
from reportgen.sources.text import SourceText, read_text

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


@dataclass
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
        place if mark.line <= last else replace(place, line=last + 1, column=1)
    )


_ANCHOR = re.compile(r"&\S+\s*")


@dataclass
class YamlDocument:
    """One file as nested dict, list, str and None, and where each part of it stands."""

    source: SourceText
    data: Any
    root: Spot = field(repr=False)
    warnings: Findings = ()  # what may have been meant otherwise

    def exact_place(self, path: Steps) -> Place | None:
        """Where the value at the path starts, None where there is none."""
        trail = spots_along(self.root, path)
        is_there = len(trail) > len(path)
        return self._at(trail[-1].start) if is_there else None

    def place(self, path: Steps) -> Place:
        """Where the value at the path starts; if there is none, the key of the deepest part that exists."""
        return self.exact_place(path) or self.key_place(path)

    def key_place(self, path: Steps) -> Place:
        """Where the key at the path stands; an item of a list has none, so where the item starts."""
        spot = spots_along(self.root, path)[-1]
        return self._at(spot.key or spot.start)

    def span(self, path: Steps) -> tuple[int, int] | None:
        """Start and end offset in `source.text` of the scalar at the path, quotes included.

        None if there is no scalar of its own: a missing path, a list or mapping, or text that an alias
        brings from elsewhere (whoever wrote there would change the other place too).
        """
        trail = spots_along(self.root, path)
        spot = trail[-1]
        is_shared = any(above.alias for above in trail)
        if len(trail) <= len(path) or spot.children is not None or is_shared:
            return None
        start, end = spot.start.index, spot.end.index
        anchor = _ANCHOR.match(self.source.text, start, end)
        return anchor.end() if spot.anchored and anchor else start, end

    def _at(self, mark: Mark) -> Place:
        """A mark as a place in this file."""
        return place_at(self.source.path, mark)


class Broken(Rejected):
    """A text that is no YAML: every slip in it, and the tree as it was meant where it can be told."""

    def __init__(
        self, findings: Sequence[Finding], meant: YamlDocument | None = None
    ) -> None:
        super().__init__(findings)
        self.meant = meant


def load_yaml(path: Path, names: Names = NO_NAMES) -> YamlDocument:
    """Read a file and build its tree; Broken with every problem found in it."""
    return build_tree(read_text(path), names)


def build_tree(
    source: SourceText, names: Names = NO_NAMES, *, search: bool = False
) -> YamlDocument:
    """The tree of a text; Broken (DAT001 to DAT008) with every problem found in it.

    `search` looks for slips even where YAML can read the text: 名称：甲 alone in a line is a text, too.
    """
    reading = read_all(source, names, search=search)
    document = None
    if reading.root:
        source = source._replace(text=reading.text)
        warnings = tuple(reading.warnings)
        document = YamlDocument(source, reading.data, reading.root, warnings)
    if reading.problems or document is None:
        raise Broken(reading.problems, document)
    return document
