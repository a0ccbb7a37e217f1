"""What the rules look at: a unit as reported, its figures, and what is read from both once for all rules.

`leaves` is every text, amount and rate that was typed (model/walker.py). `rows` are the rows of 指标 with stripped
names, kinds of labels, values and places; `tables` are the same by evaluation (`rows`, `filled` without those left
blank, `applicable`), `long_term` those of 长期指标, `value_rows` those with numbers. `blocks` are the paragraphs,
`prose` the same with the quantities in them, `quantified` those that hold any; `paragraph_text` and `cell_text` are
all of it as one text, to ask whether a word occurs before anything is looked at one by one. A rule asks these before
it walks the unit itself; what several rules of one family look at is read through `once`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

from reportgen.checks.facts.alike import masked
from reportgen.checks.facts.blocks import Block, prose_blocks
from reportgen.checks.facts.claims import Claim, ClaimReader
from reportgen.checks.facts.indicator_rows import (
    IndicatorRow,
    IndicatorTable,
    indicator_rows,
    indicator_tables,
)
from reportgen.checks.facts.indicator_text import has_word, is_declared
from reportgen.checks.facts.lexicon import Lexicon, lexicon
from reportgen.checks.facts.own_names import OwnNames, own_names
from reportgen.checks.facts.passages import (
    ProseBlock,
    ProseSection,
    read_prose,
    read_sections,
)
from reportgen.checks.facts.reported_value import Owner
from reportgen.checks.facts.reported_values import ReportedValues
from reportgen.checks.facts.statements import Statement, StatementReader
from reportgen.checks.facts.text_index import (
    Hit,
    TextIndex,
    joined,
    joined_cells,
)
from reportgen.figures.catalogue import EvaluationFigures, Figures
from reportgen.figures.common import CommonFigures
from reportgen.figures.department import Department
from reportgen.model.unit import Profile, Project, Unit
from reportgen.model.values import IN_CELLS, IN_SENTENCES, Kind
from reportgen.model.walker import Leaf, walk
from reportgen.packs.manifest import Limits, Manifest
from reportgen.packs.pack import Pack
from reportgen.packs.scoring import Scoring
from reportgen.packs.vocabulary import WordLists

T = TypeVar("T")
_LOOKED_AT = IN_CELLS | IN_SENTENCES | {Kind.MONEY, Kind.RATE}


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the unit as reported, its figures, and the limits of the pack."""

    unit: Unit
    figures: Figures
    pack: Pack
    department: Department | None = None  # with the units that 下属单位 names
    # Sections of 叙述 that the pack has and none of its templates prints: of the unit, of its projects.
    silent: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    # What a unit may name: in its own text the names of its view, in 不写 and 改写 the 编号 of its sentences.
    names: frozenset[str] = frozenset()

    @property
    def words(self) -> WordLists:
        """The word lists of the pack."""
        return self.pack.vocabulary.lists

    @property
    def projects(self) -> Sequence[Project]:
        """The projects as reported."""
        return self.unit.projects

    @property
    def evaluations(self) -> Sequence[EvaluationFigures]:
        """The figures of the whole unit, then of its projects."""
        return self.figures.evaluations

    @property
    def scoring(self) -> Scoring:
        """How the pack scores."""
        return self.pack.scoring

    @property
    def tolerance(self) -> Decimal:
        """By how much scores may differ that agree."""
        return self.scoring.tolerance

    @property
    def manifest(self) -> Manifest:
        """What the pack says of itself and of its checks."""
        return self.pack.manifest

    @property
    def profile(self) -> Profile:
        """Name, staff and offices."""
        return self.unit.profile

    def hits(self, pattern: re.Pattern[str], sign: str = "") -> Iterator[Hit]:
        """Every match of `pattern`, of which `sign` is a part, in what the unit wrote, with its paragraph."""
        return self.paragraph_text.hits(pattern, sign)

    @property
    def limits(self) -> Limits:
        """What the pack lets pass."""
        return self.pack.limits

    def evaluation_of(self, owner: Owner) -> EvaluationFigures:
        """The figures of the whole unit, or of the project at that position."""
        figures = self.figures
        return figures.whole if owner is None else figures.projects[owner]

    @property
    def commons(self) -> Iterator[CommonFigures]:
        """The rows of 共性指标, of the unit, then of its projects."""
        frameworks = self.figures.frameworks
        return chain.from_iterable(one.indicators for one in frameworks)

    @cached_property
    def _kept(self) -> dict[Callable[[Facts], Iterable[Any]], tuple[Any, ...]]:
        return {}

    def once(self, read: Callable[[Facts], Iterable[T]]) -> tuple[T, ...]:
        """What `read` finds in these facts; the rules of a family that ask for the same have it read once."""
        found = self._kept.get(read)
        if found is None:
            found = self._kept[read] = tuple(read(self))
        return found

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every text, amount and rate that was typed, with its path, its name and its kind."""
        return walk(self.unit, _LOOKED_AT)

    def leaves_of(self, kind: Kind) -> Sequence[Leaf]:
        """Those of one kind."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[Kind, list[Leaf]]:
        found = defaultdict[Kind, list[Leaf]](list)
        for leaf in self.leaves:
            found[leaf.kind].append(leaf)
        return found

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What the unit wrote itself, paragraph by paragraph."""
        return tuple(prose_blocks(self.leaves))

    @cached_property
    def paragraph_text(self) -> TextIndex:
        """The same paragraphs as one text."""
        return joined(self.blocks)

    @cached_property
    def masked(self) -> tuple[str, ...]:
        """Each paragraph without names, figures and marks, to be compared with others."""
        own = self.own
        names = (*own.unit, *own.places, *own.project_names)
        return (
            tuple(masked(self.paragraph_text.text, names).split("\n"))
            if self.blocks
            else ()
        )

    @cached_property
    def cell_text(self) -> TextIndex:
        """Everything else that was typed in words: names, labels, values of indicators."""
        return joined_cells(self.leaves)

    @cached_property
    def own(self) -> OwnNames:
        """The names of this unit and its projects."""
        return own_names(
            self.unit,
            (*self.leaves_of(Kind.NAME), *self.leaves_of(Kind.AIM)),
            self.pack,
            self.department.names if self.department else (),
        )

    @cached_property
    def declared(self) -> bool:
        """Whether the unit only sets targets so far, so that nothing can have been spent, reached or scored."""
        return is_declared(self.unit)

    @cached_property
    def prose(self) -> tuple[ProseBlock, ...]:
        """The same paragraphs with the quantities in them."""
        return read_prose(
            self.blocks, self.paragraph_text, self.reported.numbered
        )

    @cached_property
    def quantified(self) -> tuple[ProseBlock, ...]:
        """Those of them that hold quantities."""
        return tuple(one for one in self.prose if one.quantities)

    @cached_property
    def sections(self) -> tuple[ProseSection, ...]:
        """The sections that the unit wrote alone."""
        return read_sections(self.prose)

    @cached_property
    def tables(self) -> tuple[IndicatorTable, ...]:
        """The rows of 指标, table by table: of the whole, then of each project."""
        return tuple(indicator_tables(self.figures))

    @cached_property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """The same rows in one list."""
        return tuple(row for table in self.tables for row in table.rows)

    @cached_property
    def long_term(self) -> tuple[IndicatorRow, ...]:
        """The rows of 长期指标."""
        return indicator_rows(self.figures.long_term, None, long_term=True)

    @cached_property
    def value_rows(self) -> tuple[IndicatorRow, ...]:
        """The rows that are measured in numbers, 长期指标 last."""
        return tuple(row for row in (*self.rows, *self.long_term) if row.values)

    @cached_property
    def reported(self) -> ReportedValues:
        """Everything that is reported or computed, by value and by name."""
        return ReportedValues(
            self.unit, self.tables, self.leaves_of(Kind.MONEY)
        )

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the numbers in prose are said to be, where that is understood."""
        plans = self.words.planning_sections
        reader = StatementReader(self.reported, self.lexicon, self.unit)
        return tuple(
            one
            for passage in self.quantified
            if not has_word(passage.block.section, plans)
            for one in reader.statements(passage)
        )

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The statements that give one number, each with the values that it may be."""
        words = self.words.common_expenses
        reader = ClaimReader(self.unit, self.reported, words, self.declared)
        return tuple(reader.claims(self.statements))

    @cached_property
    def wrong_places(self) -> frozenset[tuple[Any, int]]:
        """Where a number is none of those that it may be, which is told already."""
        return frozenset(one.place for one in self.claims if one.is_wrong)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the pack that stand for figures in prose."""
        return lexicon(self.words)
