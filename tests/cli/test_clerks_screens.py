"""What a clerk reads: one count, one way of naming files, words for what is missing, and a way out of every mistake."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from command_line import REPOSITORY, Told, tree
from test_pull_and_diff import replaced

Run = Callable[..., Told]
Unit = Callable[..., Path]
LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
FAULTY = "自评结果: {分值合计: 90, 总分: 95}\n"


@pytest.mark.parametrize("code", ["ZZZ999", "BUD", "资金", "bud01"])
def test_a_code_that_nothing_has_is_refused(code: str, reportgen: Run) -> None:
    for command in (("rules", code), ("check", LUKOU, "--code", code)):
        told = reportgen(*command)
        assert (told.code, told.out) == (2, "")
        assert f"没有代码「{code}」" in told.err
        assert "reportgen rules" in told.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ["--min-severity", "严重"],
            "--min-severity 只能写 错误、警告 或 提示",
        ),
        (["--format", "excel"], "--format 只能写 text 或 json"),
        (["--apply"], "--apply 要和 --fix 一起用"),
    ],
)
def test_what_an_option_takes_is_said(
    typed: list[str], said: str, reportgen: Run
) -> None:
    told = reportgen("check", LUKOU, *typed)

    assert told.code == 2
    assert said in told.err


@pytest.mark.parametrize("more", [FAULTY, "叙述: {存在问题: 无}\n" + FAULTY])
def test_the_same_findings_are_counted_once_on_a_screen(
    more: str, unit: Unit, reportgen: Run
) -> None:
    told = reportgen("build", unit(more=more)).out

    counted = re.findall(r"(?:检查：|检查发现 )((?:\S+ \d+ 处、?)+)", told)
    assert len(counted) == 2
    assert counted[0] == counted[1]


@pytest.mark.parametrize("names", [["没有.yaml"], ["甲.yaml", "乙.yaml"]])
def test_files_that_are_not_there_leave_no_summary(
    names: list[str], tmp_path: Path, reportgen: Run
) -> None:
    told = reportgen("build", *names, "--summary")

    assert told.code == 3
    assert "汇总：" not in told.out
    assert tree(tmp_path) == []


def test_a_new_file_in_a_folder_that_is_not_there(reportgen: Run) -> None:
    told = reportgen("new", "还没有/新单位.yaml")

    assert told.code == 3
    assert "还没有" in told.err
    assert "可以先新建这个文件夹" in told.err
    assert "输出文件夹" not in told.err


def test_a_form_for_departments_is_not_said_to_be_every_units(
    reportgen: Run,
) -> None:
    told = reportgen("pack", "list").out

    summaries = re.findall(r"  部门及下属单位绩效自评汇总表（.*", told)
    assert summaries
    assert all("有下属单位的部门一份" in one for one in summaries)
    assert "  自评报告（每个单位一份" in told
    assert "  项目支出绩效自评表（每个项目一份" in told


@pytest.mark.parametrize("pack", ["standard", "lukou", "xiangshan", "hecheng"])
def test_sentences_read_as_they_print(pack: str, reportgen: Run) -> None:
    plain = reportgen("pack", "sentences", pack)
    source = reportgen("pack", "sentences", pack, "--source")

    assert (plain.code, source.code) == (0, 0)
    assert not re.search(r"\{\{|\{%|\|短语|`", plain.out)
    assert "--source" in plain.out
    ids = re.findall(r"^- \*\*(.+?)\*\* (?:总是|当|逐项)", source.out, re.M)
    assert re.findall(r"^  (\S+)  \S", plain.out, re.M) == ids
    assert "示例中没有这种情况" not in plain.out.splitlines()[1]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  年初预算数: 8\n", "  年初预算数 8\n", "资金.年初预算数"),
        ("  全年预算数: 8\n", "  全年预算数 8\n", "资金.全年预算数"),
        ("  全年执行数: 8\n", "  全年执行数  8\n", "资金.全年执行数"),
    ],
)
def test_a_colon_that_is_missing_is_told_with_its_field(
    old: str, new: str, key: str, unit: Unit, reportgen: Run
) -> None:
    funds = "资金:\n  年初预算数: 8\n  全年预算数: 8\n  全年执行数: 8\n"
    path = unit(more=funds.replace(old, new))

    told = reportgen("check", path).out

    assert f"{key}：这一行没有冒号" in told
    assert f"请写成“{old.strip()}”" in told


def test_a_rate_that_is_wrong_has_two_ways_out(
    unit: Unit, reportgen: Run
) -> None:
    funds = "资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 6, 执行率: 70%}\n"

    told = reportgen("check", unit(more=funds)).out

    assert "计算应为75.00%；请改正，或删去不填，由程序计算" in told


@pytest.mark.parametrize(
    "score", ["{一级: 产出指标, 三级: 夜间开放, 指标值: 形成制度, 分值: 5}"]
)
def test_a_total_says_which_rows_have_no_score(
    score: str, unit: Unit, reportgen: Run
) -> None:
    path = unit(more=f"指标:\n  - {score}\n")
    line = path.read_text(encoding="utf-8").splitlines().index(f"  - {score}")

    told = reportgen("explain", path, "自评结果.总分").out

    assert f"无（第{line + 1}行「夜间开放" in told


def test_what_is_taken_back_is_shown_by_line_and_as_the_file_was_typed(
    reportgen: Run,
) -> None:
    shutil.copy(LUKOU, "甲.yaml")
    reportgen("build", "甲.yaml")
    form = next(Path("outputs").rglob("2 *.docx"))
    replaced(form, "30场", "33场")
    pulled = reportgen("pull", form, "--apply").out

    undone = reportgen("undo", "甲.yaml")
    again = reportgen("undo", "甲.yaml")

    for told in (pulled, undone.out):
        assert "@@" not in told
        assert re.search(r"^ +第\d+行起$", told, re.M)
    assert undone.out.startswith("甲.yaml：已恢复")
    assert again.err.startswith("错误 甲.yaml：没有可以撤销的写回")


def test_a_rehearsal_does_not_say_that_it_was_done(
    unit: Unit, reportgen: Run
) -> None:
    path = unit()
    reportgen("build", path)
    replaced(next(Path("outputs").rglob("2 *.docx")), "95件", "97件")

    rehearsed = reportgen("build", path, "--dry-run").out
    done = reportgen("build", path, "--force").out

    assert "人工改过，会保留修改并合并" in rehearsed
    assert "已保留修改" not in rehearsed
    assert "人工改过，已保留修改并合并" in done


def test_why_a_unit_cannot_be_made_is_said_once(
    unit: Unit, reportgen: Run
) -> None:
    path = unit(more="资金: {全年预算数: 八万}\n")

    told = reportgen("status", path).out

    assert told.startswith("无法生成  ")
    assert told.count("“八万”不是金额") == 1


def test_every_message_of_the_list_is_seen_in_full(
    unit: Unit, reportgen: Run
) -> None:
    reportgen("build", unit("丁.yaml", more=FAULTY))
    book = openpyxl.load_workbook(next(Path("outputs").rglob("问题清单.xlsx")))
    sheet = book.active
    heads = [cell.value for cell in sheet[2]]
    message = heads.index("问题与处理")

    for row in sheet.iter_rows(min_row=3):
        width = sheet.column_dimensions[row[message].column_letter].width
        signs = row[message].value
        room = sum(2 if ord(sign) > 0x2E7F else 1 for sign in signs)
        lines = -(-room // width)
        assert sheet.row_dimensions[row[0].row].height >= 15 * lines
        assert row[heads.index("填报文件")].value == "丁.yaml"
        assert row[heads.index("填报文件行号")].value > 0


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("青禾站", "青禾站.yaml"),
        ("青禾站2024.1", "青禾站2024.1.yaml"),
        ("填报/青禾站.YML", "填报/青禾站.YML"),
    ],
)
def test_a_new_file_is_one_that_is_found_in_its_folder(
    typed: str, made: str, reportgen: Run
) -> None:
    Path("填报").mkdir()

    told = reportgen("new", typed)

    assert told.code == 0
    assert f"已新建 {made}。" in told.out
    assert f"reportgen build {made} " in told.out
    assert Path(made).is_file()
    assert made in reportgen("check", ".").out


def test_what_stopped_a_unit_stands_before_what_was_found_in_it(
    unit: Unit, reportgen: Run
) -> None:
    path = unit(more=FAULTY)
    Path("没法写").write_text("不是文件夹", encoding="utf-8")

    told = reportgen("build", path, "-o", "没法写")

    lines = told.out.splitlines()
    assert told.code == 3
    assert lines[0].endswith("没有生成")
    assert "OUT001" in lines[1]
    assert any("SCO" in line for line in lines[2:])


def test_where_the_file_before_a_mending_is_kept(
    unit: Unit, reportgen: Run
) -> None:
    unit("填报/己.yaml", more="填报日期：2025-03-01\n")

    told = reportgen("check", "填报/己.yaml", "--fix", "--apply").out

    (kept,) = re.findall(r"改动前的文件在 (\S+)", told)
    assert Path(kept).is_file()
    assert kept.startswith("填报/")
