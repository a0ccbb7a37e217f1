"""Paragraphs that the program numbered are numbered on, when a person took one out or put one between them."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from docx import Document
from docx.text.paragraph import Paragraph

Run = Callable[..., Told]
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
THIRD = "（三）地方文献数字化项目：预算"
CHANGED = ("全年执行数: 1836.65", "全年执行数: 1800.65")


@pytest.fixture
def report(reportgen: Run) -> Path:
    write_worded(EXAMPLE, "unit.yaml")
    reportgen("build", "unit.yaml")
    return next(Path("outputs").rglob("1 *.docx"))


def problems(path: Path) -> list[str]:
    """The numbers of the paragraphs of 存在问题 with what stands behind them."""
    texts = [one.text for one in Document(str(path)).paragraphs]
    start = next(n for n, one in enumerate(texts) if one.startswith("三、存在"))
    end = next(n for n, one in enumerate(texts) if one.startswith("四、"))
    return [one[:8] for one in texts[start + 1 : end] if one]


def change(
    path: Path, holding: str, how: Callable[[Paragraph], object]
) -> None:
    document = Document(str(path))
    how(
        next(one for one in document.paragraphs if one.text.startswith(holding))
    )
    document.save(str(path))


def removed(paragraph: Paragraph) -> None:
    holder = paragraph._p.getparent()
    assert holder is not None
    holder.remove(paragraph._p)


def followed_by(text: str) -> Callable[[Paragraph], object]:
    def add(paragraph: Paragraph) -> None:
        made = copy.deepcopy(paragraph._p)
        for child in [one for one in made if not one.tag.endswith("}pPr")]:
            made.remove(child)
        paragraph._p.addnext(made)
        Paragraph(made, paragraph._parent).add_run(text)

    return add


def numbers(path: Path) -> list[str]:
    return [one[:3] for one in problems(path)]


def counted(last: int) -> list[str]:
    return [f"（{one}）" for one in "一二三四五六七八九"[:last]]


def test_what_stands_behind_a_deleted_one(report: Path, reportgen: Run) -> None:
    before = problems(report)
    change(report, THIRD, removed)

    told = reportgen("build", "unit.yaml")

    left = [one for one in before if not THIRD.startswith(one)]
    assert numbers(report) == counted(len(left))
    assert [one[3:] for one in problems(report)] == [one[3:] for one in left]
    assert "重排编号 2 处" in told.out
    assert "RBK" not in told.out


def test_it_stays_so_and_is_no_edit(report: Path, reportgen: Run) -> None:
    change(report, THIRD, removed)
    reportgen("build", "unit.yaml")
    data = report.read_bytes()

    told = reportgen("diff", report)
    reportgen("build", "unit.yaml", "--force")

    assert "改动 1 处" in told.out
    assert "  删 " in told.out
    assert report.read_bytes() == data


def test_data_that_change_leave_the_numbers(
    report: Path, reportgen: Run
) -> None:
    change(report, THIRD, removed)
    reportgen("build", "unit.yaml")
    wanted = numbers(report)
    text = Path("unit.yaml").read_text(encoding="utf-8")
    for old in ("实际值: 34个", "实际值: 35个"):
        text = text.replace(old, "实际值: 33个", 1)
    Path("unit.yaml").write_text(text.replace(*CHANGED), encoding="utf-8")

    told = reportgen("build", "unit.yaml")

    assert numbers(report) == wanted
    assert "RBK004" not in told.out


def test_one_of_a_person_s_own_is_counted(report: Path, reportgen: Run) -> None:
    change(
        report,
        "（二）周末和寒暑假阅览座位紧张",
        followed_by("（三）自己补充的一个问题。"),
    )
    before = problems(report)

    reportgen("build", "unit.yaml")

    assert numbers(report) == counted(len(before))
    assert problems(report)[2] == "（三）自己补充的"


def test_numbers_of_a_person_s_own_stay(report: Path, reportgen: Run) -> None:
    change(
        report,
        "（二）周末和寒暑假阅览座位紧张",
        followed_by("1.其中一个方面。"),
    )
    change(report, "1.其中", followed_by("3.另一个方面。"))
    change(
        report, THIRD, lambda one: one.clear().add_run("3、改了写法的一条。")
    )

    reportgen("build", "unit.yaml")

    texts = problems(report)
    assert [one for one in texts if not one.startswith("（")] == [
        "1.其中一个方面",
        "3.另一个方面。",
        "3、改了写法的一",
    ]


def test_one_that_is_left_alone_has_no_number(reportgen: Run) -> None:
    shutil.copy(REPOSITORY / "inputs" / "xiangshan.yaml", "unit.yaml")
    reportgen("build", "unit.yaml")
    report = next(Path("outputs").rglob("3 *.docx"))
    change(report, "（一）进一步提高预算精准度", removed)

    reportgen("build", "unit.yaml")

    texts = [one.text for one in Document(str(report)).paragraphs]
    assert any(one.startswith("进一步建立完善财务制度") for one in texts)
