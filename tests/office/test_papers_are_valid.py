"""What is written besides the documents of a unit is valid Open XML for Word as well: copies for review, slips."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_programs import validation_errors

from reportgen.application.review_round.rows import reviewed_unit
from reportgen.application.review_round.word_papers import (
    review_report,
    review_sheet,
)
from reportgen.pipeline import (
    Draft,
    PackCache,
    prepare,
    render,
    review_copies,
)
from reportgen.workbooks.collection.round.problems import RoundProblem
from reportgen.workbooks.collection.round.roster import AskedUnit
from reportgen.workbooks.collection.round.round_book import RoundResult
from reportgen.workbooks.collection.round.slip import return_slip
from reportgen.workbooks.collection.round.standing import UnitRound

ROOT = Path(__file__).parents[2]
UNITS = ("hecheng.yaml", "lukou.yaml")

pytestmark = pytest.mark.validator


@pytest.fixture(scope="module", params=UNITS)
def draft(request: pytest.FixtureRequest) -> Draft:
    return prepare(
        ROOT / "inputs" / request.param, PackCache((ROOT / "templates",))
    )


def faults(folder: Path, *documents: bytes) -> list[str]:
    found = []
    for number, data in enumerate(documents):
        file = folder / f"{number}.docx"
        file.write_bytes(data)
        found += validation_errors(file)
    return found


def test_copies_with_comments(draft: Draft, tmp_path: Path) -> None:
    outputs = list(render(draft))[:3]
    copies = review_copies(draft, outputs, draft.findings)
    assert len(copies) == 3
    assert faults(tmp_path, *(one.data for one in copies)) == []


def test_papers_of_reviewers(draft: Draft, tmp_path: Path) -> None:
    unit = reviewed_unit(draft, "unit.yaml")
    papers = (review_sheet(unit), review_report([unit, unit]))
    assert faults(tmp_path, *papers) == []


def test_slips_that_go_back(tmp_path: Path) -> None:
    unit = UnitRound(AskedUnit("云岭县 <种子> & 站"))
    problem = RoundProblem(
        "错误", "SCO001", "指标", "G7", "得分", "12", "超过分值 10\n请核对"
    )
    slips = (
        RoundResult(unit, (problem,) * 3, ("SCO001 得分",)),
        RoundResult(unit),
    )
    assert faults(tmp_path, *(return_slip(one, "2024") for one in slips)) == []
