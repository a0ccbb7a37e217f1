"""reportgen check: findings as text or JSON, and no file is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from command_line import REPOSITORY, Told, tree

LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
WARNED = "资金: {年初预算数: 100, 全年预算数: 100}\n"
Run = Callable[..., Told]
Unit = Callable[..., Path]


def test_findings_stand_with_file_line_and_field(reportgen: Run) -> None:
    told = reportgen("check", LUKOU)

    assert told.code == 1
    assert told.out.startswith(f"{LUKOU}：错误 ")
    assert f"  错误 SCO001 {LUKOU} 第94行 自评结果.分值合计：分值合计填报为 100，" in told.out
    assert tree(Path()) == []


def test_the_worst_stand_first_and_then_in_the_order_of_the_file(reportgen: Run) -> None:
    said = json.loads(reportgen("check", LUKOU, "--format", "json").out)

    worst = ["error", "warning", "advice"]
    order = [(worst.index(one["severity"]), one["line"]) for one in said["findings"]]
    assert order == sorted(order)


def test_json_has_findings_and_nothing_else(reportgen: Run) -> None:
    told = reportgen("check", LUKOU, "--format", "json")

    said = json.loads(told.out)
    assert (told.code, told.err, list(said)) == (1, "", ["findings"])
    assert list(said["findings"][0]) == ["code", "severity", "message", "file", "line", "column", "path"]


def test_a_clean_unit(reportgen: Run) -> None:
    assert reportgen("check", EXAMPLE) == Told(0, f"{EXAMPLE}：未发现问题\n", "")
    assert json.loads(reportgen("check", EXAMPLE, "--format", "json").out) == {"findings": []}


def test_warnings_are_errors_only_when_strict(reportgen: Run, unit: Unit) -> None:
    path = unit(more=WARNED)

    told = reportgen("check", path)

    assert told.code == 0
    assert "警告 REQ001" in told.out
    assert reportgen("check", path, "--strict").code == 1


def test_a_broken_file_and_an_empty_folder_stop_no_other(reportgen: Run, unit: Unit) -> None:
    good, broken = unit("甲.yaml", more=WARNED), unit("乙.yaml", year="二〇二四")
    Path("空").mkdir()

    told = reportgen("check", "空", broken, good)
    said = json.loads(reportgen("check", "空", broken, good, "--format", "json").out)

    assert told.code == 3
    assert "错误 DAT001 空：文件夹里没有填报用的 .yaml 文件" in told.out
    assert f"{broken}：错误 1 处" in told.out
    assert f"{good}：警告 1 处" in told.out
    assert [one["code"] for one in said["findings"]] == ["DAT005", "DAT001", "REQ001"]


def test_another_pack_may_be_asked_for(reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]) -> None:
    scoring = pack_copy("某某县") / "scoring.yaml"
    scoring.write_text(scoring.read_text(encoding="utf-8").replace("总分: 100", "总分: 90", 1), encoding="utf-8")

    told = reportgen("check", EXAMPLE, "--pack", "某某县")

    assert told.code == 1
    assert "应为 90" in told.out
