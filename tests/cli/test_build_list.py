"""build --list: what a build changed, document by document, place by place, in words that a clerk reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told
from word_edits import added_behind, edit

Run = Callable[..., Told]
UNIT = Path("unit.yaml")


def start(pack: str, reportgen: Run) -> None:
    example = REPOSITORY / "templates" / pack / "example.yaml"
    UNIT.write_bytes(example.read_bytes())
    reportgen("build", UNIT)


def put(old: str, new: str) -> None:
    text = UNIT.read_text(encoding="utf-8")
    assert old in text
    UNIT.write_text(text.replace(old, new), encoding="utf-8")


def documents() -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in Path("outputs").rglob("*.docx")}


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_each_change_has_document_place_old_and_new(
    options: tuple[str, ...], reportgen: Run
) -> None:
    start("standard", reportgen)
    (report,) = Path("outputs").rglob("1 *.docx")
    edit(report, lambda one: added_behind(one, "（一）单位概况", "自己加的。"))
    before = documents()
    put("38个", "39个")

    told = reportgen("build", UNIT, "--list", *options).out

    assert "2 部门整体支出绩效自评表.docx 改了 2 处" in told
    assert "改 流动服务点·实际完成值：38个 → 39个" in told
    assert "改 （三）产出指标完成情况：流动服务点38个，比目标少2个" in told
    assert "自己加的" not in told
    assert (documents() == before) == bool(options)


def test_nothing_is_listed_unasked_or_where_nothing_changed(
    reportgen: Run,
) -> None:
    start("standard", reportgen)
    assert "改了" not in reportgen("build", UNIT, "--list", "--force").out
    put("38个", "39个")
    assert "改了" not in reportgen("build", UNIT).out


@pytest.mark.parametrize(
    ("pack", "old", "new"),
    [
        ("lukou", "95%", "96%"),
        ("hecheng", "实际值: ", "实际值: 约"),
        ("ezhou", "实际值: ", "实际值: 约"),
        ("xiangshan", "实际值: ", "实际值: 约"),
    ],
)
def test_places_in_the_forms_of_regions_are_labels(
    pack: str, old: str, new: str, reportgen: Run
) -> None:
    start(pack, reportgen)
    put(old, new)

    told = reportgen("build", UNIT, "--list").out

    changes = re.findall(r"(?m)^    改 (.*)：(.*) → (.*)$", told)
    in_tables = [one for one in changes if len(one[2]) < 20]
    assert in_tables
    for where, before, after in in_tables:
        assert "·" in where
        assert not where.startswith(("正文", "·"))
        assert before != after


def test_it_is_told_by_other_processes_too(reportgen: Run) -> None:
    names = [f"{number}.yaml" for number in range(3)]
    example = REPOSITORY / "templates" / "standard" / "example.yaml"
    text = example.read_text(encoding="utf-8")
    unit = "名称: 青禾县图书馆"
    for number, name in enumerate(names):
        Path(name).write_text(text.replace(unit, f"{unit}{number}"), "utf-8")
    reportgen("build", *names, "--jobs", 2)
    for name in names:
        path = Path(name)
        path.write_text(
            path.read_text("utf-8").replace("38个", "39个"), "utf-8"
        )

    told = reportgen("build", *names, "--list", "--jobs", 2).out

    assert told.count("改 流动服务点·实际完成值：38个 → 39个") == 3 * 2
