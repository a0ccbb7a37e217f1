"""What a build would change in documents that are there, and a build without the changes that a person refuses.

First `asked_documents` of a plan, nothing is written; then `build` of the plan that `but_for` gives, whose numbers
count from 1 in each document. What is refused stays as it is in the document and counts as an edit of a person.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reportgen.application.build import BuildPlan, build
from reportgen.application.workplace import Workplace
from reportgen.pipeline import BUNDLED
from reportgen.results.asked_changes import DocumentChange, RefusedChange
from reportgen.results.unit_result import UnitResult


class AskedDocument(NamedTuple):
    """A document that a build would change, and each of the changes."""

    unit: Path  # the file of the unit
    path: Path
    changes: tuple[DocumentChange, ...]

    def refused(self, numbers: Iterable[int]) -> Iterator[RefusedChange]:
        """The changes with those numbers as they are refused; one that comes with the document cannot be."""
        for number in sorted(set(numbers)):
            change = self.changes[number - 1]
            if change.is_free:
                yield RefusedChange(self.path, number, change.text)


def asked_documents(
    plan: BuildPlan,
    workplace: Workplace,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[AskedDocument, ...]:
    """The documents in whose text something would be changed; new ones and the bundle, which follows, are not asked."""
    jobs = [
        one._replace(dry=True, force=True, listed=True, annotated=False)
        for one in plan.jobs
    ]
    request = plan.request._replace(summary=False)
    rehearsal = BuildPlan(request, plan.found, tuple(jobs))
    report = build(
        rehearsal, workplace, on_unit=lambda _: None, stopped=stopped
    )
    return tuple(one for unit in report.units for one in _asked(unit))


def _asked(unit: UnitResult) -> Iterator[AskedDocument]:
    for one in unit.documents:
        if one.changes and not one.path.name.endswith(BUNDLED):
            yield AskedDocument(unit.file, one.path, one.changes)


def but_for(
    plan: BuildPlan,
    refused: Iterable[RefusedChange],
) -> BuildPlan:
    """The plan with what a person refused: it is left as it is in the documents, whatever else they get."""
    changes = tuple(refused)
    jobs = [one._replace(refused=changes) for one in plan.jobs]
    return plan._replace(jobs=tuple(jobs))
