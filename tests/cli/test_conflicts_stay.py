"""A contradiction between a person's words and the data is told until somebody settles it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command_line import REPOSITORY, Told
from docx import Document
from docx.oxml.ns import qn
from word_edits import edit, retype

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
CODE = "RBK004"


def rename(old: str, new: str) -> None:
    text = UNIT.read_text(encoding="utf-8")
    assert old in text
    UNIT.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(
    params=[("standard", "1 *", "主要原因是", "因为", "调整原因: ")]
)
def report(request: pytest.FixtureRequest, reportgen: Run) -> Path:
    """A report in which a person wrote a sentence anew whose data changed then."""
    pack, name, old, new, key = request.param
    shutil.copy(REPOSITORY / "templates" / pack / "example.yaml", UNIT)
    reportgen("build", UNIT)
    path = next(Path("outputs").rglob(f"{name}.docx"))
    edit(path, lambda document: retype(document, old, new))
    rename(key, f"{key}按程序")
    assert CODE in reportgen("build", UNIT).out
    return path


def listed() -> str:
    book = openpyxl.load_workbook(next(Path("outputs").rglob("问题清单.xlsx")))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return str(rows)


def without_comments(document: Any) -> None:
    names = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for name in names:
        for one in list(document.element.body.iter(qn(f"w:{name}"))):
            one.getparent().remove(one)


def test_it_is_told_by_every_later_build_and_by_check_and_status(
    report: Path, reportgen: Run
) -> None:
    told = [
        reportgen("build", UNIT).out,
        reportgen("build", UNIT, "--force").out,
        reportgen("check", UNIT).out,
        reportgen("status", UNIT).out,
    ]
    rename("年度: 2024", "年度: 2024  # 核对过")
    told.append(reportgen("build", UNIT).out)

    assert [one.count(CODE) for one in told] == [1, 1, 1, 1, 1]
    assert all("因为" in one for one in told)
    assert CODE in listed()


def test_once_the_comment_is_gone_nobody_is_told(
    report: Path, reportgen: Run
) -> None:
    edit(report, without_comments)

    told = [
        reportgen("check", UNIT).out,
        reportgen("status", UNIT).out,
        reportgen("build", UNIT).out,
    ]

    assert CODE not in "".join(told)
    assert CODE not in listed()
    assert "因为" in str([one.text for one in Document(str(report)).paragraphs])
