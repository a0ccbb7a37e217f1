"""What a rule is: a code, a severity, a message and a generator of problems over the facts of one unit.

Also how its message quotes text and lists names and amounts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from reportgen.checks.facts.facts import Facts
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.core.numerals import plain
from reportgen.figures.figure import FieldPath
from reportgen.model.loading import LoadedUnit
from reportgen.model.unit import Unit

_BY_LABEL = {severity.label: severity for severity in Severity}
UNCHECKED = "不查"
ERROR, WARNING, ADVICE = Severity


class Problem(NamedTuple):
    """What a rule found: the field, the values for its message; a message or severity of its own where one differs."""

    path: FieldPath
    values: dict[str, Any]
    message: str = ""
    severity: Severity | None = None


Problems = Iterator[Problem]


class WithPath(Protocol):
    """What stands somewhere in the unit: a row, a paragraph, the figures of a project."""

    @property
    def path(self) -> FieldPath:
        """Where it stands."""


class Rule(NamedTuple):
    """A rule of the table."""

    code: str
    severity: Severity
    message: str
    find: Callable[[Facts], Problems]
    doc: str

    def findings(self, facts: Facts, loaded: LoadedUnit) -> Iterator[Finding]:
        """The findings of this rule, each with its place in the file."""
        wanted = facts.manifest.severities.get(self.code, "")
        if wanted == UNCHECKED:
            return
        for problem in self.find(facts):
            text = (problem.message or self.message).format(**problem.values)
            named = f"{subject(facts.unit, problem.path)}{text}"
            severity = severity_of(wanted, problem.severity or self.severity)
            yield Finding(
                self.code,
                severity,
                named,
                loaded.place(problem.path),
                dotted(problem.path),
            )


def severity_of(wanted: str, usual: Severity) -> Severity:
    """The severity that the pack wants (错误, 警告, 提示), or else the usual one."""
    return _BY_LABEL.get(wanted, usual)


def rule(
    code: str, severity: Severity, message: str
) -> Callable[[Callable[[Facts], Problems]], Rule]:
    """Makes a generator of problems a rule; `message` is filled with the values of each problem."""

    def made(find: Callable[[Facts], Problems]) -> Rule:
        return Rule(code, severity, message, find, find.__doc__ or "")

    return made


def at(
    first: str | int | WithPath,
    /,
    *below: str | int,
    message: str = "",
    severity: Severity | None = None,
    **values: Any,
) -> Problem:
    """A problem at a field, told by its path, or by what stands there and the steps below it.

    The message knows what a row of indicators says, and shows numbers as `plain` does; `message` and `severity` replace
    the rule's own where a case needs others.
    """
    above = (first,) if isinstance(first, str | int) else first.path
    told = {**getattr(first, "said", {}), **values}
    for name, value in told.items():
        told[name] = plain(value) if isinstance(value, Decimal) else value
    return Problem((*above, *below), told, message, severity)


def shortened(text: str, most: int = 24) -> str:
    """The beginning of `text`."""
    return text if len(text) <= most else f"{text[:most]}…"


def first_of(
    names: Sequence[str],
    most: int,
    more: str,
    between: str = "、",
) -> str:
    """The first `most` of `names`, then `more` where there are others: 甲、乙等 12 个项目."""
    shown = between.join(names[:most])
    return f"{shown}{more}" if len(names) > most else shown


def added_up(
    parts: Iterable[tuple[str, Decimal]], places: int | None = None
) -> str:
    """The parts of a sum: 执行率10 ＋ 产出指标80."""
    return " ＋ ".join(f"{name}{plain(part, places)}" for name, part in parts)


def subject(unit: Unit, path: FieldPath) -> str:
    """「水电维修费」项目： for a field of a project, "" for one of the whole unit."""
    if len(path) > 1 and path[0] == "项目" and isinstance(path[1], int):
        return f"「{unit.projects[path[1]].name}」项目："
    return ""
