"""inputs/units: a made-up department and its twelve units, under standard; and a broken file kept apart."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from standard_set import OF_DEPARTMENT, REPORT

from reportgen.core.findings import Finding, Rejected
from reportgen.model.family import load_family
from reportgen.ooxml.lint import lint_docx
from reportgen.outputs.whole_files import Output
from reportgen.pipeline import PackCache, prepare, print_set

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "inputs" / "units").glob("*.yaml"))
DEPARTMENT, UNITS = FILES[0], FILES[1:]
MADE_UP = "# 本文件中的单位、项目和数字均为虚构，仅作示例"
SHELF = PackCache((ROOT / "templates",))


def intended(file: Path) -> set[str]:
    """The codes that a file announces."""
    said = re.search(
        r"^# 有意留下的问题：(.*)$",
        file.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return set(re.findall(r"[A-Z]{3}\d{3}", said[1])) if said else set()


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {one.code for one in findings}


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return {one.name: one.data for one in print_set(prepare(DEPARTMENT, SHELF))}


def test_there_are_twelve_and_their_department() -> None:
    family = load_family(DEPARTMENT)

    assert [
        Path(one.loaded.document.source.path) for one in family.head.members
    ] == UNITS
    assert len(UNITS) == 12


@pytest.mark.parametrize(
    "file",
    [*FILES, *(ROOT / "inputs" / "broken").glob("*.yaml")],
    ids=lambda file: file.stem,
)
def test_each_says_in_its_first_line_that_it_is_made_up(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith(f"{MADE_UP}\n")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_builds_and_has_the_findings_that_it_announces(file: Path) -> None:
    draft = prepare(file, SHELF)

    assert codes(draft.findings) == intended(file), draft.findings
    assert print_set(draft)


def test_some_findings_are_intended() -> None:
    assert set().union(*map(intended, FILES)) == {"BUD003", "IND001", "IND008"}


@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "inputs" / "broken").glob("*.yaml")),
    ids=lambda file: file.stem,
)
def test_the_broken_file_is_refused(file: Path) -> None:
    with pytest.raises(Rejected):
        prepare(file, SHELF)


def tables(document: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(BytesIO(document)).tables
    ]


def test_the_report_shows_own_and_below_side_by_side(
    documents: dict[str, bytes],
) -> None:
    (shown,) = [
        table
        for table in tables(documents[REPORT])
        if "下属单位（12个）" in table[0]
    ]

    assert shown[0] == ["项目", "本级", "下属单位（12个）", "合计"]
    assert shown[1:] == [
        ["年初预算数", "1246.00", "3711.15", "4957.15"],
        ["全年预算数", "1246.00", "3745.15", "4991.15"],
        ["全年执行数", "1218.40", "3359.96", "4578.36"],
        ["执行率", "97.78%", "89.71%", "91.73%"],
        ["编制人数（人）", "42", "154", "196"],
        ["在职人数（人）", "40", "138", "178"],
    ]


def test_the_report_speaks_of_the_units_below(
    documents: dict[str, bytes],
) -> None:
    text = "\n".join(
        one.text for one in Document(BytesIO(documents[REPORT])).paragraphs
    )

    assert (
        "其中，本级全年预算1246.00万元，全年执行1218.40万元，预算执行率97.78%；12个下属单位全年预算合计3745.15万元"
        in text
    )
    assert (
        "澄湖县畜牧水产站执行率为67.64%、澄湖县农业宣教馆执行率为0.00%，均低于90%。"
        in text
    )


def test_the_table_of_all_units(documents: dict[str, bytes]) -> None:
    (shown,) = tables(documents[OF_DEPARTMENT])

    assert len(shown) == 1 + 1 + 12 + 2
    assert shown[1][:2] == ["本级", "本级"]
    assert shown[12][:2] + shown[12][7:] == [
        "11",
        "澄湖县渔政执法大队",
        "92.04%",
        "85.81",
        "良",
    ]
    assert shown[-2][4:] == [
        "3711.15",
        "3745.15",
        "3359.96",
        "89.71%",
        "—",
        "—",
    ]
    assert shown[-1][4:] == [
        "4957.15",
        "4991.15",
        "4578.36",
        "91.73%",
        "98.37",
        "优",
    ]


def test_the_table_is_a_sound_document(documents: dict[str, bytes]) -> None:
    assert lint_docx(documents[OF_DEPARTMENT]) == ()


def test_a_unit_without_units_below_has_no_such_table() -> None:
    names = [one.name for one in print_set(prepare(UNITS[0], SHELF))]

    assert OF_DEPARTMENT not in names


def test_a_unit_that_changes_changes_its_department(tmp_path: Path) -> None:
    shutil.copytree(DEPARTMENT.parent, tmp_path / "units")
    file = tmp_path / "units" / DEPARTMENT.name
    before: list[Output] = print_set(prepare(file, SHELF))
    below = tmp_path / "units" / UNITS[1].name
    below.write_text(
        below.read_text(encoding="utf-8").replace("262.45", "262.46"),
        encoding="utf-8",
    )

    assert print_set(prepare(file, SHELF)) != before
