"""What a rule is: a code, a severity, a message and a generator of problems over the facts of one unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportgen.checks.alike import masked
from reportgen.checks.blocks import Block, typed_blocks
from reportgen.checks.known import KnownValues
from reportgen.checks.own_names import OwnNames, own_names
from reportgen.checks.prose import Passage, Section, read_prose, read_sections
from reportgen.checks.rows import is_declared
from reportgen.checks.statements import Lexicon, Statement, lexicon, read_statements
from reportgen.checks.typed import Typed, joined, joined_cells
from reportgen.checks.value_rows import ValueRow, value_rows
from reportgen.figures.catalogue import Figures
from reportgen.figures.department import Department
from reportgen.figures.figure import FieldPath
from reportgen.finding import Finding, Severity, dotted
from reportgen.model.loading import LoadedUnit
from reportgen.model.unit import Unit
from reportgen.packs.pack import Pack

_BY_LABEL = {severity.label: severity for severity in Severity}
UNCHECKED = "不查"
ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the unit as reported, its figures, and the limits of the pack."""

    unit: Unit
    figures: Figures
    pack: Pack
    department: Department | None = None  # with the units that 下属单位 names

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What the unit wrote itself, paragraph by paragraph."""
        return tuple(typed_blocks(self.unit))

    @cached_property
    def typed(self) -> Typed:
        """The same paragraphs as one text."""
        return joined(self.blocks)

    @cached_property
    def masked(self) -> tuple[str, ...]:
        """Each paragraph without names, figures and marks, to be compared with others."""
        names = (*self.own.unit, *self.own.places, *(name for names in self.own.projects for name in names))
        return tuple(masked(self.typed.text, names).split("\n")) if self.blocks else ()

    @cached_property
    def cells(self) -> Typed:
        """Everything else that was typed in words: names, labels, values of indicators."""
        return joined_cells(self.unit)

    @cached_property
    def own(self) -> OwnNames:
        """The names of this unit and its projects."""
        return own_names(self.unit, self.pack, self.department.names if self.department else ())

    @cached_property
    def declared(self) -> bool:
        """Whether the unit only sets targets so far, so that nothing can have been spent, reached or scored."""
        return is_declared(self.unit)

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The same paragraphs with the quantities in them."""
        return read_prose(self.blocks, self.known.numbered)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the unit wrote alone."""
        return read_sections(self.prose)

    @cached_property
    def value_rows(self) -> tuple[ValueRow, ...]:
        """The indicators that are measured in numbers."""
        return tuple(value_rows(self.unit, self.figures))

    @cached_property
    def known(self) -> KnownValues:
        """Everything that is reported or computed, by value and by name."""
        return KnownValues(self.unit, self.figures)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the numbers in prose are said to be, where that is understood."""
        plans = self.pack.vocabulary.words("打算章节")
        stated = (one for one in self.prose if one.quantities and not any(map(one.block.section.__contains__, plans)))
        return tuple(one for each in stated for one in read_statements(each, self.known, self.lexicon, self.unit))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the pack that stand for figures in prose."""
        return lexicon(self.pack.vocabulary)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: the field, the values for its message; a message or severity of its own where one differs."""

    path: FieldPath
    values: dict[str, Any]
    message: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the table."""

    code: str
    severity: Severity
    message: str
    find: Callable[[Facts], Iterator[Problem]]
    doc: str

    def findings(self, facts: Facts, loaded: LoadedUnit) -> Iterator[Finding]:
        """The findings of this rule, each with its place in the file."""
        wanted = facts.pack.manifest.severities.get(self.code, "")
        if wanted == UNCHECKED:
            return
        for problem in self.find(facts):
            text = (problem.message or self.message).format(**problem.values)
            named = f"{subject(facts.unit, problem.path)}{text}"
            severity = severity_of(wanted, problem.severity or self.severity)
            yield Finding(self.code, severity, named, loaded.place(problem.path), dotted(problem.path))


def severity_of(wanted: str, usual: Severity) -> Severity:
    """The severity that the pack wants (错误, 警告, 提示), or else the usual one."""
    return _BY_LABEL.get(wanted, usual)


def rule(code: str, severity: Severity, message: str) -> Callable[[Callable[[Facts], Iterator[Problem]]], Rule]:
    """Makes a generator of problems a rule; `message` is filled with the values of each problem."""

    def made(find: Callable[[Facts], Iterator[Problem]]) -> Rule:
        return Rule(code, severity, message, find, find.__doc__ or "")

    return made


def at(*path: str | int, message: str = "", severity: Severity | None = None, **values: Any) -> Problem:
    """A problem at the field `path`; `message` and `severity` replace the rule's own where a case needs others."""
    return Problem(path, values, message, severity)


def subject(unit: Unit, path: FieldPath) -> str:
    """「水电维修费」项目： for a field of a project, "" for one of the whole unit."""
    if len(path) > 1 and path[0] == "项目" and isinstance(path[1], int):
        return f"「{unit.projects[path[1]].name}」项目："
    return ""
