"""A contradiction between a person's words and the data is told until somebody settles it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import Told
from docx.oxml.ns import qn
from word_edits import edit, paragraph, retype, texts

Run = Callable[..., Told]
Unit = Callable[..., Path]
FUNDS = "资金: {{年初预算数: 5, 全年预算数: 5, 全年执行数: {}}}\n"
CODE = "RBK004"
TYPED = "年底没有结余"


@pytest.fixture
def file(reportgen: Run, unit: Unit) -> Path:
    """A unit with a report in which a person wrote a sentence anew whose data changed then."""
    reportgen("build", unit(more=FUNDS.format(5)))
    (report,) = Path("outputs").glob("*/*/1 *.docx")
    edit(report, lambda one: retype(one, "年末无结转结余", TYPED))
    file = unit(more=FUNDS.format(4))
    assert reportgen("build", file).out.count(CODE) == 1
    return file


def listed() -> str:
    book = openpyxl.load_workbook(next(Path("outputs").rglob("问题清单.xlsx")))
    return str([list(sheet.iter_rows(values_only=True)) for sheet in book])


def row_words(document: Any, old: str, new: str) -> None:
    """Types `new` over a cell."""
    cell = next(
        one
        for table in document.tables
        for one in table._cells
        if one.text == old
    )
    run = next(run for run in cell.paragraphs[0].runs if run.text)
    run.text = new


def without_comments(document: Any) -> None:
    for name in ("RangeStart", "RangeEnd", "Reference"):
        for one in list(document.element.body.iter(qn(f"w:comment{name}"))):
            one.getparent().remove(one)


def test_it_is_told_by_every_later_build_and_by_check_and_status(
    file: Path, reportgen: Run
) -> None:
    told = [
        reportgen("build", file).out,
        reportgen("build", file, "--force").out,
        reportgen("check", file).out,
        reportgen("status", file).out,
    ]
    file.write_text(f"# 核对过\n{file.read_text(encoding='utf-8')}", "utf-8")
    told.append(reportgen("build", file).out)

    assert [one.count(CODE) for one in told] == [1, 1, 1, 1, 1]
    assert all(TYPED in one for one in told)
    assert CODE in listed()


@pytest.mark.parametrize(
    "settle",
    [
        without_comments,
        lambda one: retype(one, TYPED, "未支出1.00万元"),
    ],
)
def test_once_it_is_settled_nobody_is_told(
    settle: Callable[[Any], object], file: Path, reportgen: Run
) -> None:
    (report,) = Path("outputs").glob("*/*/1 *.docx")
    edit(report, settle)
    now = texts(report)

    told = [
        reportgen("build", file).out,
        reportgen("check", file).out,
        reportgen("status", file).out,
    ]

    assert CODE not in "".join(told)
    assert CODE not in listed()
    assert texts(report) == now


def test_one_in_a_table_keeps_its_place(reportgen: Run, unit: Unit) -> None:
    reportgen("build", unit(called="示范站", more=FUNDS.format(5)))
    (form,) = Path("outputs").glob("*/*/2 *.docx")
    edit(form, lambda one: row_words(one, "示范站", "示范站（含分站）"))
    file = unit(called="示范中心", more=FUNDS.format(5))

    first, second = (
        reportgen("build", file).out,
        reportgen("build", file, "--force").out,
    )

    told = rf"{CODE} [^：]*：部门（单位）名称：人工改过"
    assert len(re.findall(told, first)) == 1
    assert len(re.findall(told, second)) == 1


def without_paragraph(document: Any, holding: str) -> None:
    gone = paragraph(document, holding)._p
    gone.getparent().remove(gone)


def without_row(document: Any, holding: str) -> None:
    for cell in [one for one in document.element.iter(qn("w:tc"))]:
        if holding in "".join(one.text or "" for one in cell.iter(qn("w:t"))):
            row = cell.getparent()
            row.getparent().remove(row)


def with_paragraph(document: Any, text: str) -> None:
    document.paragraphs[-1].insert_paragraph_before(text)


FIRST, SECOND = (
    f"  - {{一级: 产出指标, 二级: 数量指标, 三级: {name}, 指标值: ≥5场, 实际值: 5场, 分值: 30}}\n"
    for name in ("培训场次", "走访户数")
)
ROWS = "资金: {{年初预算数: 5, 全年预算数: 5, 全年执行数: {}}}\n指标:\n{}"
OWN_ROW = "走访户数（含回访）"


@pytest.mark.parametrize(
    ("code", "change", "now", "settle"),
    [
        (
            "RBK006",
            ("2 *", lambda one: row_words(one, "走访户数", OWN_ROW)),
            ROWS.format(5, FIRST),
            lambda one: without_row(one, OWN_ROW),
        ),
        (
            "RBK006",
            ("2 *", lambda one: row_words(one, "走访户数", OWN_ROW)),
            ROWS.format(5, FIRST),
            ROWS.format(5, FIRST + SECOND.replace("走访户数", OWN_ROW)),
        ),
        (
            "RBK005",
            ("1 *", lambda one: without_paragraph(one, "年末无结转结余")),
            ROWS.format(4, FIRST + SECOND),
            None,
        ),
    ],
)
def test_what_has_no_comment_is_told_until_it_is_settled(
    code: str,
    change: tuple[str, Callable[[Any], object]],
    now: str,
    settle: Callable[[Any], object] | str | None,
    reportgen: Run,
    unit: Unit,
) -> None:
    reportgen("build", unit(more=ROWS.format(5, FIRST + SECOND)))
    (document,) = Path("outputs").glob(f"*/*/{change[0]}.docx")
    edit(document, change[1])
    file = unit(more=now)

    told = [
        reportgen("build", file).out,
        reportgen("build", file).out,
        reportgen("build", file, "--force").out,
        reportgen("check", file).out,
        reportgen("status", file).out,
    ]
    file.write_text(f"# 核对过\n{file.read_text(encoding='utf-8')}", "utf-8")
    told.append(reportgen("build", file).out)

    assert [one.count(code) for one in told] == [1] * 6
    assert code in listed()

    if isinstance(settle, str):
        unit(more=settle)
    else:
        words = told[0].split("按现在的数据为“")[-1].split("”")[0]
        edit(document, settle or (lambda one: with_paragraph(one, words)))
    told = [
        reportgen("build", file).out,
        reportgen("check", file).out,
        reportgen("status", file).out,
    ]
    assert code not in "".join(told)
    assert code not in listed()
