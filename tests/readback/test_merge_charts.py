"""What a merge tells of charts stays told until it is settled: by a comment at the chart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from edited_charts import change_chart, comments_of, drop_comments, values_of

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
FIRST, SECOND = "全年执行数: 86.00", "全年执行数: 80.00"
"""The amount in the file that the first chart shows."""


@pytest.fixture
def report(reportgen: Run) -> Path:
    shutil.copy(REPOSITORY / "templates" / "standard" / "example.yaml", UNIT)
    reportgen("build", UNIT)
    return next(Path("outputs").rglob("1 *.docx"))


def change(old: str, new: str) -> None:
    text = UNIT.read_text(encoding="utf-8")
    assert old in text
    UNIT.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def asked(report: Path, reportgen: Run) -> Path:
    """A report whose chart a person changed before the data did."""
    change_chart(report, "4321.5")
    change(FIRST, SECOND)
    told = reportgen("build", UNIT)
    assert "第1个图表" in told.out
    assert "人工改过数据" in told.out
    assert "公共图书馆免费开放 执行数 80" in told.out
    return report


def test_the_chart_of_the_person_stays_with_a_comment(asked: Path) -> None:
    assert "4321.5" in values_of(asked)
    (comment,) = comments_of(asked)
    assert "这个图表应为" in comment
    assert "公共图书馆免费开放 执行数 80" in comment


def test_it_is_told_by_build_check_and_status_until_the_comment_is_gone(
    asked: Path, reportgen: Run
) -> None:
    held = asked.read_bytes()
    for told in (
        reportgen("build", UNIT),
        reportgen("build", UNIT, "--force"),
        reportgen("check", UNIT),
        reportgen("status", UNIT),
    ):
        assert "RBK004" in told.out
        assert "公共图书馆免费开放 执行数 80" in told.out
    assert asked.read_bytes() == held

    drop_comments(asked)

    assert "RBK004" not in reportgen("build", UNIT, "--force").out
    assert "RBK004" not in reportgen("check", UNIT).out
    assert "4321.5" in values_of(asked)


def test_it_is_settled_by_the_data(asked: Path, reportgen: Run) -> None:
    change(SECOND, FIRST)
    change("全年执行数: 76.44", "全年执行数: 4321.5")

    told = reportgen("build", UNIT)

    assert "图表" not in "".join(
        one for one in told.out.splitlines() if "RBK004" in one
    )
    assert comments_of(asked) == []


def test_it_is_renewed_when_the_data_change_again(
    asked: Path, reportgen: Run
) -> None:
    change(SECOND, "全年执行数: 79.00")

    told = reportgen("build", UNIT)

    (comment,) = comments_of(asked)
    assert "执行数 79" in comment
    assert "执行数 80" not in comment
    assert told.out.count("第1个图表") == 1
