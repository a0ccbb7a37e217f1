"""What two documents of one unit say otherwise, as its form and its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.core.numerals import read_amount, round_half_up
from reportgen.core.value import FieldPath
from reportgen.model.loading import LoadedUnit
from reportgen.recognition.reading.words import squeezed

CODE = "DAT017"
_MESSAGE = "{what}写的是“{own}”，同一单位的 {file} {spot}写的是“{other}”；请核对后改成一致"
_BLOCKS = frozenset(["资金", "自评结果", "指标", "单位"])
_GROUPS = ("一级", "二级", "三级")


class Said(NamedTuple):
    """A value: what it is called wherever it stands, its text, its path and place."""

    text: str
    path: FieldPath
    place: Place


class Statements(NamedTuple):
    """What one document states of a unit and year, each value by what it is of."""

    file: Path
    unit: str
    year: str
    values: dict[tuple[str, ...], Said]


def statements_of(
    loaded: LoadedUnit,
    file: Path,
) -> Statements:
    """The figures of a document."""
    values: dict[tuple[str, ...], Said] = {}
    for key, text, path in _leaves(loaded.document.data, (), ()):
        if _counts(path):
            values.setdefault(key, Said(text, path, loaded.place(path)))
    unit = loaded.unit
    return Statements(file, unit.name, str(unit.year), values)


Leaf = tuple[tuple[str, ...], str, FieldPath]


def _leaves(
    data: Any,
    key: tuple[str, ...],
    path: FieldPath,
) -> Iterator[Leaf]:
    """Every value by names: rows are called by theirs, not by where they stand."""
    if isinstance(data, dict):
        for name, one in data.items():
            yield from _leaves(one, (*key, str(name)), (*path, str(name)))
    elif isinstance(data, list):
        for at, one in enumerate(data):
            name = _row_name(one)
            if name:
                yield from _leaves(one, (*key, name), (*path, at))
    elif data:
        yield key, str(data), path


def _row_name(row: Any) -> str:
    if not isinstance(row, dict):
        return ""
    names = [str(row.get(one, "")) for one in _GROUPS]
    told = str(row.get("名称", "")) or "／".join(filter(None, names))
    return squeezed(told)


def _counts(path: FieldPath) -> bool:
    """Whether a value is one that two papers of a unit must both have right: a figure, a target, a result."""
    blocks = {one for one in path if isinstance(one, str)}
    is_name = path[-1] in ("名称", *_GROUPS)
    return not (is_name or _BLOCKS.isdisjoint(blocks) or "叙述" in blocks)


def contradictions(
    every: Iterable[Statements],
) -> dict[Path, list[Finding]]:
    """By document what another one of the same unit and year says otherwise."""
    units: dict[tuple[str, str], list[Statements]] = defaultdict(list)
    for one in every:
        units[one.unit, one.year].append(one)
    found: dict[Path, list[Finding]] = defaultdict(list)
    for papers in units.values():
        first: dict[tuple[str, ...], tuple[Statements, Said]] = {}
        for paper in papers:
            for finding in _against(first, paper):
                found[paper.file].append(finding)
    return found


def _against(
    first: dict[tuple[str, ...], tuple[Statements, Said]],
    paper: Statements,
) -> Iterator[Finding]:
    for key, said in paper.values.items():
        other, before = first.setdefault(key, (paper, said))
        if not same_value(said.text, before.text):
            yield _finding(said, before, other.file)


def same_value(
    one: str,
    other: str,
) -> bool:
    """Whether two texts say one value, one of them perhaps rounded."""
    a, b = squeezed(one), squeezed(other)
    first, second = (read_amount(text.rstrip("%分")) for text in (a, b))
    if a == b or first is None or second is None:
        return a == b
    return _is_rounded(first, second)


def _is_rounded(
    first: Decimal,
    second: Decimal,
) -> bool:
    """Whether one is the other to fewer decimals."""
    places = min(_decimals(first), _decimals(second))
    return round_half_up(first, places) == round_half_up(second, places)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _finding(
    said: Said,
    before: Said,
    file: Path,
) -> Finding:
    what = said.path[-1] if isinstance(said.path[-1], str) else ""
    message = _MESSAGE.format(
        what=what,
        own=said.text,
        file=file.name,
        spot=before.place.spot or "",
        other=before.text,
    )
    path = dotted(said.path)
    return Finding(CODE, Severity.WARNING, message, said.place, path)
