"""What was read of a document so far: values by their path, each with its place; labels; what was not placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportgen.core.value import FieldPath
from reportgen.model.values import NOTHING
from reportgen.recognition.reading.grids import GridCell, WrittenLine, joined
from reportgen.recognition.reading.words import squeezed

_BLANK = re.compile(r"[\s_/／\-—–－…·.]*")


class Placed(NamedTuple):
    """A value and where it was read; `doubt` says what a person has to look at."""

    value: str
    spot: str
    lines: tuple[WrittenLine, ...]
    doubt: str = ""


class LeftOver(NamedTuple):
    """A text that is no value of the draft: where it stands, what it says, and why it is none."""

    spot: str
    text: str
    reason: str = ""

    @property
    def told(self) -> str:
        """All of it in one line."""
        reason = f"（{self.reason}）" if self.reason else ""
        return f"{self.spot}{reason}：{self.text}"


@dataclass
class ImportDraft:
    """The draft as it grows; a value that is read twice and differs stays the first, with the other as a doubt."""

    values: dict[FieldPath, Placed] = field(default_factory=dict)
    used: set[WrittenLine] = field(default_factory=set)
    labels: set[WrittenLine] = field(default_factory=set)
    left: list[LeftOver] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)  # their names
    asked: set[str] = field(default_factory=set)  # fields the form has
    listed: set[FieldPath] = field(default_factory=set)  # read of a list alone
    heads: list[tuple[str, WrittenLine]] = field(default_factory=list)
    """Years behind those that heads of columns name, as of last year and the one before."""
    _items: dict[FieldPath, int] = field(default_factory=dict)

    def put(
        self,
        path: FieldPath,
        value: str,
        source: Source,
        doubt: str = "",
    ) -> bool:
        """Puts a value where it belongs; whether there was one."""
        lines = lines_of(source)
        value = value.strip()
        self.used.update(lines)
        if not value:
            return False
        there = self.values.get(path)
        if there is None:
            self.values[path] = Placed(value, _spot_of(lines), lines, doubt)
            self._counted(path)
        elif path in self.listed and lines and squeezed(there.value) != value:
            self.listed.discard(path)
            doubt = f"另一处写的是“{there.value}”，请核对"
            self.leave(there.spot, there.value, "与后面读到的不同")
            self.values[path] = Placed(value, _spot_of(lines), lines, doubt)
        elif squeezed(there.value) != squeezed(value):
            self.values[path] = there._replace(
                doubt=f"另一处写的是“{value}”，请核对"
            )
            self.leave(_spot_of(lines), value, "与前面读到的不同")
        return True

    def put_blank(
        self,
        path: FieldPath,
    ) -> None:
        """Notes that a form has a field, and nobody filled it in."""
        self.values.setdefault(path, Placed("", "", ()))

    def put_number(
        self,
        path: FieldPath,
        cell: GridCell,
        unit: str = "",
        doubt: str = "",
    ) -> bool:
        """The same for a cell that holds a number: — and / are none."""
        text = joined(line.text for line in cell.lines).strip()
        if text in NOTHING or _BLANK.fullmatch(text):
            self.label(cell)
            return False
        ends = unit and text[-1:].isdigit()
        return self.put(path, f"{text}{unit}" if ends else text, cell, doubt)

    def put_paragraphs(
        self,
        path: FieldPath,
        source: Source,
        said: str = "",
    ) -> None:
        """A text of several paragraphs, `said` where it is but a part; numbers of a list are taken off."""
        lines = [one for one in lines_of(source) if one.text]
        whole = [(one.whole, one) for one in lines]
        self.put_texts(path, [(said, lines[0])] if said and lines else whole)

    def put_texts(
        self,
        path: FieldPath,
        whole: Sequence[tuple[str, WrittenLine]],
    ) -> None:
        """The paragraphs of texts behind those that are there; what is there already is not told twice."""
        said = {squeezed(one) for one in self.texts(path)}
        for text, line in paragraphs_of(whole, path[-1] in _ITEMS):
            self.used.add(line)
            if squeezed(text) not in said:
                self.put((*path, self.count(path)), text, line)

    def texts(self, path: FieldPath) -> list[str]:
        """The paragraphs that there are at a path."""
        found = (self.values.get((*path, at)) for at in range(self.count(path)))
        return [one.value for one in found if one]

    def _counted(self, path: FieldPath) -> None:
        for at, step in enumerate(path):
            above = path[:at]
            number = step + 1 if isinstance(step, int) else 0
            self._items[above] = max(self._items.get(above, 0), number)

    def count(self, path: FieldPath) -> int:
        """How many items there are at a path."""
        return self._items.get(path, 0)

    def has(self, path: FieldPath) -> bool:
        """Whether there is anything at a path or below it."""
        return path in self.values or path in self._items

    def below(self, path: FieldPath) -> list[FieldPath]:
        """The values at a path and below it."""
        return [one for one in self.values if one[: len(path)] == path]

    def label(self, source: Source) -> None:
        """Notes that a text is the name of a field, or a sign for nothing."""
        self.labels.update(lines_of(source))

    def label_all(self, sources: Iterable[GridCell]) -> None:
        """Notes the same of several cells."""
        for source in sources:
            self.label(source)

    def leave(
        self,
        spot: str,
        text: str,
        reason: str = "",
    ) -> None:
        """Notes a text that has no field."""
        self.left.append(LeftOver(spot, " ".join(text.split()), reason))

    def leave_cell(
        self,
        cell: GridCell,
        reason: str = "",
    ) -> None:
        """Notes that a cell has no field."""
        self.used.update(cell.lines)
        self.leave(_spot_of(lines_of(cell)), cell.text, reason)

    def take_out(
        self,
        path: FieldPath,
        reason: str,
    ) -> None:
        """A value that cannot stand in a unit.yaml goes to what was not placed."""
        for one in self.below(path):
            gone = self.values.pop(one)
            self.leave(gone.spot, gone.value, reason)

    def close_gaps(self) -> None:
        """Lists from which items were taken out are counted anew."""
        renumbered: dict[FieldPath, dict[str | int, str | int]] = {}
        moved: dict[FieldPath, Placed] = {}
        for path, placed in self.values.items():
            made: FieldPath = ()
            for at, step in enumerate(path):
                known = renumbered.setdefault(path[:at], {})
                is_item = isinstance(step, int)
                new = known.setdefault(step, len(known)) if is_item else step
                made = (*made, new)
            moved[made] = placed
        self.values = moved

    def tree(self) -> dict[str, Any]:
        """The values as a unit.yaml holds them."""
        root: dict[str, Any] = {}
        for path, placed in self.values.items():
            _set(root, path, placed.value)
        listed: dict[str, Any] = _listed(root)
        return listed


Source = GridCell | WrittenLine | Iterable[WrittenLine]


def lines_of(source: Source) -> tuple[WrittenLine, ...]:
    """The paragraphs of a source."""
    if isinstance(source, GridCell):
        return tuple(source.lines)
    return (source,) if isinstance(source, WrittenLine) else tuple(source)


def _spot_of(lines: tuple[WrittenLine, ...]) -> str:
    return lines[0].spot if lines else ""


def _set(
    root: dict[Any, Any],
    path: FieldPath,
    value: str,
) -> None:
    for step in path[:-1]:
        root = root.setdefault(step, {})
    root[path[-1]] = value


def _listed(tree: Any) -> Any:
    """Mappings by position as lists."""
    if not isinstance(tree, dict):
        return tree
    if tree and all(isinstance(key, int) for key in tree):
        return [_listed(tree[key]) for key in sorted(tree)]
    return {key: _listed(value) for key, value in tree.items()}


_END = "。；;！？!?：:"
_ITEM = re.compile(
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．)）](?!\d)|[①-⑳]|目标\d{1,2}[:：]|[(（]\d{1,2}[)）])\s*"
)
_GOAL = re.compile(r"目标[\d一二三四五六]{1,2}\s*[:：]\s*(?=.)")
_ITEMS = frozenset(["存在问题", "改进措施"])
_TEN = "一二三四五六七八九十"
_IN_ORDER = (
    re.compile(r"(\d{1,2})[.．、]\s*"),
    re.compile(rf"[(（]([{_TEN}])[)）]\s*"),
    re.compile(rf"([{_TEN}])、\s*"),
)


def flowing(text: str) -> Iterator[str]:
    """The paragraphs of a text in which lines are broken: a line that does not end a sentence goes on in the next."""
    held = ""
    for line in map(str.strip, text.split("\n")):
        if held and (held[-1] in _END or _ITEM.match(line)):
            yield held
            held = line
        else:
            held = joined(iter((held, line)))
    if held:
        yield held


def _numbers(
    texts: Sequence[str],
    items: bool,
) -> list[re.Match[str] | None]:
    """The numbers of items; 1.2处 is item 1 where 2. and 3. stand below.

    Where all of a section is `items`, one alone is one, and sentences may stand above and between them.
    """
    is_list = len(texts) > 1 or items
    for kind in _IN_ORDER:
        counted = [kind.match(text) for text in texts]
        if _runs_on(counted) and (items or (is_list and all(counted))):
            return counted
    found = [_ITEM.match(text) for text in texts]
    return found if is_list and all(found) else [None] * len(texts)


def _runs_on(counted: Sequence[re.Match[str] | None]) -> bool:
    """Whether the numbers that there are run from 1 on."""
    told = [_ordinal(one[1]) for one in counted if one]
    return bool(told) and told == [*range(1, len(told) + 1)]


def _ordinal(number: str) -> int:
    """一 -> 1; 0 for one that is not among the first ten."""
    return int(number) if number.isdigit() else _TEN.find(number) + 1


def paragraphs_of(
    whole: Sequence[tuple[str, WrittenLine]],
    items: bool = False,
) -> Iterator[tuple[str, WrittenLine]]:
    """The paragraphs of texts; where all of several have the number of a list, without it."""
    found = [(text, line) for told, line in whole for text in flowing(told)]
    numbers = _numbers([text for text, _ in found], items)
    for (text, line), number in zip(found, numbers, strict=True):
        bare = text[number.end() :] if number else text
        yield _GOAL.sub("", bare), line
