"""What the rules over a run need of each unit: small, and ready to be sent between processes.

The text in it is compressed, so that the whole run fits in memory.
"""

import json
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from pydantic import Base64Bytes

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.common_names import is_common
from reportgen.checks.facts.copies import comparable_blocks, section_path
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import subject
from reportgen.checks.units.run_numbers import (
    Gathered,
    Number,
    Thresholds,
    gather,
    numbers,
    thresholds,
)
from reportgen.checks.waivers import RUN_CODES, Placed, left_for_run
from reportgen.core.findings import Finding, dotted
from reportgen.figures.figure import FieldPath
from reportgen.model.loading import LoadedUnit

_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_BETWEEN = "\0"  # paragraphs; no text of a unit has one
_ENCODING = (
    "utf-16-le",
    "surrogatepass",
)  # two thirds of the bytes that UTF-8 takes
MAX_WRITTEN = 64_000_000  # bytes: a unit's file has 16 MB at most
SHORTEST_NAME = 5  # characters of a name that can be told from ordinary words


class RunParagraph(NamedTuple):
    """One paragraph of a unit: path as users see it, what stands before a message about it, place, text."""

    path: str
    section: str
    lead: str
    line: int
    column: int
    text: str


class WrittenText(NamedTuple):
    """What a unit wrote: its paragraphs as one text, and of each where it stands, which is read where
    it is asked for."""

    content: str  # JSON: every name that the unit uses of itself; of each paragraph path, section, lead and place
    text: str

    def read(self) -> tuple[str, list[RunParagraph]]:
        """Every name that the unit uses of itself, and its paragraphs."""
        own, told = json.loads(self.content)
        texts = self.text.split(_BETWEEN)
        return own, [
            RunParagraph(dotted(path), section, lead, line, column, text)
            for (path, section, lead, line, column), text in zip(
                told, texts, strict=bool(told)
            )
        ]

    def at(self, start: int) -> tuple[int, int]:
        """Which paragraph the text has at `start`, and how far into it that is."""
        begin = self.text.rfind(_BETWEEN, 0, start) + 1
        return self.text.count(_BETWEEN, 0, begin), start - begin


@dataclass(frozen=True, slots=True)
class Extract:
    """What the rules over a run need of one unit."""

    file: str
    name: str
    year: str
    names: tuple[str, ...]  # of the unit itself
    projects: tuple[str, ...]  # names that are no common words
    waivers: tuple[
        Placed, ...
    ]  # of these rules' codes, those that the unit's own findings did not need
    severities: tuple[
        tuple[str, str], ...
    ]  # what the pack wants of these codes
    least: float | None
    counted: str  # JSON: its numbers, few and looked up one by one
    compared: (
        str  # JSON: the paragraphs that are compared, position and masked text
    )
    packed: Base64Bytes  # as it stands in a receipt

    def written(self) -> WrittenText:
        """What the unit wrote."""
        text = _unpacked(self.packed).decode(*_ENCODING)
        content, _, paragraphs = text.partition(_BETWEEN)
        return WrittenText(content, paragraphs)

    def verify(self) -> None:
        """Raises ValueError or TypeError where it is not what `extract` made: a receipt may be damaged."""
        own, paragraphs = self.written().read()
        wanted, numbers = self.numbers()
        masked = self.masked()
        values = [one.value for one in numbers]
        values += filter(None, (wanted.distance, wanted.share))
        if not all(Decimal(one).is_finite() for one in values):
            raise ValueError("a number")
        _refuse_others(str, own, *(text for _, text in masked))
        for one in paragraphs:
            _refuse_others(str, one.section, one.lead)
            _refuse_others(int, one.line, one.column)
        for each in numbers:
            _refuse_others(
                str, each.kind, each.group, each.label, each.text, each.path
            )
            _refuse_others(int, each.line, each.column)
        if not all(
            position in range(len(paragraphs)) for position, _ in masked
        ):
            raise ValueError("a paragraph")

    def masked(self) -> list[tuple[int, str]]:
        """Position and masked text of each paragraph that is compared with those of other units."""
        return [
            (position, text) for position, text in json.loads(self.compared)
        ]

    def numbers(self) -> tuple[Thresholds, list[Number]]:
        """Its numbers that are set beside those of other units, and when the pack wants that said."""
        wanted, listed = json.loads(self.counted)
        return Thresholds(*wanted), [Number(*one) for one in listed]


class Extracts(tuple[Extract, ...]):
    """All units of a run; what several rules want of them is read once."""

    @cached_property
    def gathered(self) -> Gathered:
        """The numbers of all of them, side by side."""
        return gather((one.numbers() for one in self), self.number)

    def number(
        self,
        position: int,
        kind: str,
        group: str,
    ) -> Number:
        """One number of one unit."""
        return next(
            one
            for one in self[position].numbers()[1]
            if (one.kind, one.group) == (kind, group)
        )


def _refuse_others(kind: type, *values: object) -> None:
    if not {*map(type, values)} <= {kind}:
        raise TypeError(kind.__name__)


def _unpacked(packed: bytes) -> bytes:
    """What was packed; raises ValueError where it is damaged or has more than any unit can write."""
    inflate = zlib.decompressobj()
    try:
        plain = inflate.decompress(packed, MAX_WRITTEN)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not inflate.eof:
        raise ValueError("too long, or cut off")
    return plain


def extract(
    facts: Facts, loaded: LoadedUnit, findings: Iterable[Finding] = ()
) -> Extract:
    """What the rules over a run need of a unit whose own `findings` are known."""
    limits = facts.limits
    unit = facts.unit
    least = int(limits.alike_length_units or 0)
    to_compare = dict(comparable_blocks(facts, least)) if limits.alike else {}
    compared = [
        (position, to_compare[block])
        for position, block in enumerate(facts.blocks)
        if block in to_compare
    ]
    paragraphs = list(_paragraphs(facts, loaded, to_compare))
    content = _to_json([facts.own.everything, paragraphs])
    text = _BETWEEN.join([content, *(block.text for block in facts.blocks)])
    return Extract(
        file=loaded.document.source.path,
        name=unit.name,
        year=unit.year,
        names=tuple(
            name for name in facts.own.unit if len(name) >= SHORTEST_NAME
        ),
        projects=tuple(_project_names(facts)),
        waivers=left_for_run(findings, loaded),
        severities=tuple(
            (code, facts.manifest.severities.get(code, ""))
            for code in sorted(RUN_CODES)
        ),
        least=None if limits.alike is None else float(limits.alike),
        counted=_to_json([thresholds(facts), list(numbers(facts, loaded))]),
        compared=_to_json(compared),
        packed=zlib.compress(text.encode(*_ENCODING), 1),
    )


def _project_names(facts: Facts) -> Iterator[str]:
    """The names of projects that are told from others by their name, each once."""
    for name in dict.fromkeys(facts.own.project_names):
        if len(name) >= SHORTEST_NAME and not is_common(facts, name):
            yield name


def _paragraphs(
    facts: Facts, loaded: LoadedUnit, to_compare: Container[Block]
) -> Iterator[tuple[FieldPath, str, str, int, int]]:
    """Path, section, lead, line and column of each paragraph; of one that is compared the path of its section."""
    for block in facts.blocks:
        place = loaded.place(block.path)
        lead = subject(facts.unit, block.path)
        path = section_path(block) if block in to_compare else block.path
        yield path, block.section, lead, place.line, place.column
