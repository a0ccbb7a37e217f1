"""reportgen pull where something speaks against writing: no print, another unit, a stranger's file, two opinions."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from test_pull_and_diff import replaced

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


FORMS = [
    ("inputs/lukou.yaml", "2 *"),
    ("templates/ezhou/example.yaml", "附件2-1 *"),
]


@pytest.fixture(params=FORMS, ids=["lukou", "ezhou"])
def form(request: pytest.FixtureRequest, reportgen: Run) -> Path:
    """The form of a unit that was just built."""
    source, name = request.param
    shutil.copy(REPOSITORY / source, UNIT)
    reportgen("build", UNIT)
    return next(Path("outputs").rglob(f"{name}.docx"))


def indicator(form: Path, number: int = 0) -> str:
    """The name of an indicator of the unit that its form prints."""
    document = Document(str(form))
    cells = {
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    }
    names = [line.partition("三级: ")[2] for line in text().splitlines()]
    names = [name.split(",")[0].strip() for name in names if name]
    return [name for name in names if name in cells and names.count(name) == 1][
        number
    ]


def test_without_a_print_only_what_is_chosen_is_written(
    form: Path, reportgen: Run
) -> None:
    first, second = indicator(form), indicator(form, 1)
    replaced(form, first, "甲甲甲甲")
    replaced(form, second, "乙乙乙乙")
    shutil.rmtree(form.parent / ".reportgen")
    before = text()

    told = reportgen("pull", form, "--apply")
    assert told.code == 1
    assert "RBK008" in told.out
    assert "--only" in told.out
    assert text() == before

    assert (
        "没有第 7 项" in reportgen("pull", form, "--only", "7", "--apply").text
    )
    assert reportgen("pull", form, "--only", "丙").code == 2
    assert text() == before

    chosen = reportgen("pull", form, "--only", "2", "--apply")
    assert "已写回" in chosen.out
    assert text() == before.replace(second, "乙乙乙乙", 1)


@pytest.mark.parametrize(
    "change", [("年度: 20", "年度: 19"), ("名称: ", "名称: 新")]
)
def test_a_document_of_another_year_or_unit_is_refused(
    change: tuple[str, str], form: Path, reportgen: Run
) -> None:
    """As in a folder that was begun as a copy of last year's: its receipt leads to the unit's file of this year."""
    replaced(form, indicator(form), "甲甲甲甲")
    UNIT.write_text(text().replace(*change, 1), encoding="utf-8")
    before = text()

    for more in ([], ["--unit", UNIT]):
        told = reportgen("pull", form, *more, "--only", "1", "--apply")
        assert told.code == 3
        assert "这份文件是" in told.text
        assert text() == before


def test_a_document_of_another_unit_is_refused_whatever_is_typed(
    reportgen: Run, unit: Callable[..., Path]
) -> None:
    reportgen(
        "build", unit("甲.yaml", called="甲站"), unit("乙.yaml", called="乙站")
    )
    own = next(Path("outputs/2024/甲站").glob("2 *.docx"))
    replaced(own, "95件", "96件")
    before = Path("乙.yaml").read_text(encoding="utf-8")

    told = reportgen("pull", own, "--unit", "乙.yaml", "--apply")

    assert told.code == 3
    assert "甲站" in told.out
    assert "乙站" in told.out
    assert Path("乙.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("content", ["", "与此无关的一份通知。"])
def test_what_shares_nothing_with_the_print_is_refused(
    content: str, form: Path, reportgen: Run
) -> None:
    document = Document(str(form))
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    document.add_paragraph(content)
    document.save(str(form))
    before = text()

    told = reportgen("pull", form, "--apply")

    assert told.code == 3
    assert "几乎没有相同的地方" in told.text
    assert text() == before


def test_an_encrypted_document_is_refused(form: Path, reportgen: Run) -> None:
    form.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    before = text()
    told = reportgen("pull", form, "--apply")
    assert told.code == 3
    assert text() == before


def test_a_strict_document_is_read(form: Path, reportgen: Run) -> None:
    name = indicator(form)
    replaced(form, name, "甲甲甲甲")
    with zipfile.ZipFile(form) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(form, "w") as archive:
        for one, data in parts.items():
            strict = data
            for room in (b"wordprocessingml", b"officeDocument", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/" + room + b"/2006"
                strict = strict.replace(
                    usual, b"http://purl.oclc.org/ooxml/" + room
                )
            archive.writestr(one, strict)

    told = reportgen("pull", form, "--apply")

    assert "改动 1 处，可以带回 1 处" in told.out
    assert "甲甲甲甲" in text()


def test_two_copies_say_who_changed_what(form: Path, reportgen: Run) -> None:
    first, second = indicator(form), indicator(form, 1)
    for copy, words in (("B.docx", "乙乙乙乙"), ("C.docx", "丙丙丙丙")):
        shutil.copy(form, copy)
        replaced(Path(copy), first, words)
    replaced(Path("C.docx"), second, "丁丁丁丁")
    before = text()

    told = reportgen("pull", "B.docx", "C.docx", "--apply")

    assert told.code == 1
    assert told.out.count("RBK009") == 2
    assert "B.docx" in told.out
    assert text() == before.replace(second, "丁丁丁丁", 1)

    reportgen("pull", "B.docx", "C.docx", "--only", "1", "--apply")
    assert "乙乙乙乙" in text()


def test_two_copies_that_say_the_same_are_one(
    form: Path, reportgen: Run
) -> None:
    for copy in ("B.docx", "C.docx"):
        shutil.copy(form, copy)
        replaced(Path(copy), indicator(form), "乙乙乙乙")

    told = reportgen("pull", "B.docx", "C.docx", "--apply")

    assert told.code == 0
    assert text().count("乙乙乙乙") == 1


def with_pending(path: Path, old: str, new: str) -> None:
    """Crosses out a cell and types another text, with changes tracked."""
    document = Document(str(path))
    run = next(
        run
        for table in document.tables
        for cell in table._cells
        if cell.text == old
        for run in cell.paragraphs[0].runs
        if run.text == old
    )
    gone, come = OxmlElement("w:del"), OxmlElement("w:ins")
    for one, text in ((gone, "w:delText"), (come, "w:t")):
        typed, held = OxmlElement("w:r"), OxmlElement(text)
        held.text = old if one is gone else new
        typed.append(held)
        one.append(typed)
        one.set(qn("w:author"), "科员")
    run._r.addnext(come)
    run._r.addnext(gone)
    run._r.getparent().remove(run._r)
    document.save(str(path))


def test_a_tracked_change_is_shown_and_not_written_until_it_is_accepted(
    form: Path, reportgen: Run
) -> None:
    first, second = indicator(form), indicator(form, 1)
    with_pending(form, first, "甲甲甲甲")
    replaced(form, second, "乙乙乙乙")
    before = text()

    told = reportgen("pull", form, "--apply")

    assert f"“{first}”改为“甲甲甲甲”是还没有接受的修订" in told.out
    assert text() == before.replace(second, "乙乙乙乙", 1)
