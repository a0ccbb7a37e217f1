"""reportgen check: findings as text or JSON, and no file is written."""

from __future__ import annotations

import json
import re
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
    assert (
        f"  错误 SCO001 {LUKOU} 第97行 自评结果.分值合计：分值合计填报为 100，"
        in told.out
    )
    assert tree(Path()) == []


def test_the_worst_stand_first_and_then_in_the_order_of_the_file(
    reportgen: Run,
) -> None:
    said = json.loads(reportgen("check", LUKOU, "--format", "json").out)

    worst = ["error", "warning", "advice"]
    order = [
        (worst.index(one["severity"]), one["line"]) for one in said["findings"]
    ]
    assert order == sorted(order)


def test_json_has_findings_and_what_is_waived(reportgen: Run) -> None:
    told = reportgen("check", LUKOU, "--format", "json")

    said = json.loads(told.out)
    assert (told.code, told.err, list(said), said["waived"]) == (
        1,
        "",
        ["findings", "waived"],
        [],
    )
    assert list(said["findings"][0]) == [
        "code",
        "severity",
        "message",
        "file",
        "line",
        "column",
        "path",
        "place",
    ]
    first = said["findings"][0]
    assert first["place"] == f"{LUKOU} 第{first['line']}行 {first['path']}"


def test_a_clean_unit(reportgen: Run) -> None:
    assert reportgen("check", EXAMPLE) == Told(
        0, f"{EXAMPLE}：未发现问题\n", ""
    )
    assert json.loads(reportgen("check", EXAMPLE, "--format", "json").out) == {
        "findings": [],
        "waived": [],
    }


def test_warnings_are_errors_only_when_strict(
    reportgen: Run, unit: Unit
) -> None:
    path = unit(more=WARNED)

    told = reportgen("check", path)

    assert told.code == 0
    assert "警告 REQ001" in told.out
    assert reportgen("check", path, "--strict").code == 1


def test_a_broken_file_and_an_empty_folder_stop_no_other(
    reportgen: Run, unit: Unit
) -> None:
    good, broken = (
        unit("甲.yaml", more=WARNED),
        unit("乙.yaml", year="二〇二四"),
    )
    Path("空").mkdir()

    told = reportgen("check", "空", broken, good)
    said = json.loads(
        reportgen("check", "空", broken, good, "--format", "json").out
    )

    assert told.code == 3
    assert "错误 DAT001 空：文件夹里没有填报用的 .yaml 文件" in told.out
    assert f"{broken}：错误 1 处" in told.out
    assert f"{good}：警告 1 处" in told.out
    assert [one["code"] for one in said["findings"]] == [
        "DAT005",
        "DAT001",
        "REQ001",
    ]


def test_another_pack_may_be_asked_for(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    scoring = pack_copy("某某县") / "scoring.yaml"
    scoring.write_text(
        scoring.read_text(encoding="utf-8").replace("总分: 100", "总分: 90", 1),
        encoding="utf-8",
    )

    told = reportgen("check", EXAMPLE, "--pack", "某某县")

    assert told.code == 1
    assert "应为 90" in told.out


def test_findings_stand_under_the_document_in_which_they_show(
    reportgen: Run,
) -> None:
    lines = reportgen("check", LUKOU, "--pack", "lukou").out.splitlines()

    heads = [line.strip() for line in lines[1:] if not line.startswith("    ")]
    assert heads[0].startswith(("附件", "不在"))
    assert len(heads) == len(set(heads))
    form = lines.index(
        "  附件3-3 项目支出绩效自评表（区委区政府大院及武装部营院绿化费）"
    )
    report = lines.index("  附件4-4 项目支出绩效自评报告（宽带及网络维护费）")
    assert any(
        "BUD001" in line and "项目[3].资金" in line
        for line in lines[form + 1 : form + 10]
    )
    assert any(
        "TXT006" in line and "项目[4].叙述" in line
        for line in lines[report + 1 : report + 10]
    )


def test_within_a_document_the_worst_stand_first(reportgen: Run) -> None:
    groups: list[list[str]] = []
    for line in reportgen("check", LUKOU, "--pack", "lukou").out.splitlines()[
        1:
    ]:
        if line.startswith("    "):
            groups[-1].append(line.split()[0])
        else:
            groups.append([])

    order = ["错误", "警告", "提示"]
    assert all(group == sorted(group, key=order.index) for group in groups)


def test_codes_can_be_picked(reportgen: Run) -> None:
    one = json.loads(
        reportgen("check", LUKOU, "--code", "sco003", "--format", "json").out
    )["findings"]
    two = json.loads(
        reportgen(
            "check",
            LUKOU,
            "--code",
            "SCO003",
            "--code",
            "TXT005",
            "--format",
            "json",
        ).out
    )
    none = reportgen("check", LUKOU, "--code", "PRN001")

    assert {found["code"] for found in one} == {"SCO003"}
    assert {found["code"] for found in two["findings"]} == {"SCO003", "TXT005"}
    assert none.code == 0
    hidden = r"没有所选代码、程度的问题；另有 \d{2,} 处不在所选的代码、程度之内，没有列出\n"
    assert re.fullmatch(f"{re.escape(str(LUKOU))}：{hidden}", none.out)


def test_the_least_severity_can_be_picked(reportgen: Run) -> None:
    def severities(*options: str) -> set[str]:
        said = json.loads(
            reportgen("check", LUKOU, "--format", "json", *options).out
        )
        return {found["severity"] for found in said["findings"]}

    assert (
        severities()
        == severities("--min-severity", "提示")
        == {"error", "warning", "advice"}
    )
    assert severities("--min-severity", "警告") == {"error", "warning"}
    assert severities("--min-severity", "错误") == {"error"}


def test_what_is_not_shown_is_counted(reportgen: Run, unit: Unit) -> None:
    path = unit(more=WARNED)

    told = reportgen("check", path, "--min-severity", "错误")

    assert told.code == 0
    assert "未发现问题" not in told.out
    assert "没有所选代码、程度的问题；另有 1 处" in told.out
    assert "没有列出" not in reportgen("check", path).out


def test_two_files_of_one_unit_are_named_in_both(
    reportgen: Run, unit: Unit
) -> None:
    first, second, other = (
        unit("甲.yaml"),
        unit("乙.yaml"),
        unit("丙.yaml", called="丙局"),
    )

    told = reportgen("check", first, second, other)
    said = json.loads(reportgen("check", first, second, "--format", "json").out)

    assert told.code == 1
    assert f"与 {first} 的年度和单位名称相同" in told.out
    assert f"与 {second} 的年度和单位名称相同" in told.out
    assert f"{other}：未发现问题" in told.out
    assert [(one["code"], one["file"]) for one in said["findings"]] == [
        ("OUT001", str(second)),
        ("OUT001", str(first)),
    ]


def test_what_lies_unread_in_a_folder_is_told(
    reportgen: Run, unit: Unit
) -> None:
    unit("填报/甲.yaml")
    for name in (
        "去年.docx",
        "底表.XLSX",
        "~$去年.docx",
        "说明.md",
        ".隐藏.txt",
    ):
        Path("填报", name).write_bytes(b"")

    for command in ("check", "build", "status"):
        told = reportgen(command, "填报").out
        assert "文件夹里还有 2 个文件没有读：去年.docx、底表.XLSX；" in told, (
            command
        )
    assert "没有读" not in reportgen("check", "填报/甲.yaml").out
    reportgen("build", "填报", "-o", "填报/成果")
    assert "文件夹里还有 2 个文件没有读" in reportgen("check", "填报").out


def test_what_is_picked_decides_the_exit_code(reportgen: Run) -> None:
    assert reportgen("check", LUKOU, "--code", "TXT005").code == 0
    assert reportgen("check", LUKOU, "--code", "TXT005", "--strict").code == 1


def test_a_broken_file_is_told_whatever_is_picked(
    reportgen: Run, unit: Unit
) -> None:
    told = reportgen(
        "check",
        unit(year="二〇二四"),
        "--code",
        "SCO003",
        "--min-severity",
        "错误",
    )

    assert told.code == 3
    assert "DAT005" in told.out


WAIVED = "叙述: {存在问题: [联系13800000000。]}\n豁免: [{代码: TXT012, 位置: "
WAIVED += "'叙述.存在问题[1]', 理由: 公开的值班手机, 确认人: 测试甲}]\n"


def test_what_is_waived_is_shown_with_its_reason_and_does_not_count(
    reportgen: Run, unit: Unit
) -> None:
    path = unit(more=WAIVED)

    told = reportgen("check", path, "--strict")
    said = json.loads(reportgen("check", path, "--format", "json").out)

    assert told.code == 0
    assert told.out.startswith(f"{path}：已豁免 1 处")
    assert "已豁免（警告） TXT012" in told.out
    assert "；豁免理由：公开的值班手机（测试甲）" in told.out
    assert said["findings"] == []
    (waived,) = said["waived"]
    assert (waived["code"], waived["severity"], waived["reason"]) == (
        "TXT012",
        "warning",
        "公开的值班手机（测试甲）",
    )


SHARED = "按照预算绩效管理的要求成立评价小组，逐项核对账目、合同和验收资料，实地查看现场后由办公会审定评价结果并公开。"


def test_units_of_one_run_are_compared(reportgen: Run, unit: Unit) -> None:
    told = f"叙述: {{自评结论: [{SHARED}]}}\n"
    first, second = (
        unit("甲.yaml", called="示范县图书馆", more=told),
        unit("乙.yaml", called="示范县档案馆", more=told),
    )

    both = reportgen("check", first, second).out

    assert "「自评结论」与「示范县档案馆」文字完全相同" in both
    assert "「自评结论」与「示范县图书馆」文字完全相同" in both
    assert "TXT007" not in reportgen("check", first).out
