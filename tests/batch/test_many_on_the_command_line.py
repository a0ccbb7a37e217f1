"""`reportgen build` and `status` over many units, as a user meets them."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from many_units import command, unit_text
from standard_set import set_of

Units = Callable[..., list[Path]]
Run = Callable[..., Told]


def standings(reportgen: Run, *arguments: object) -> tuple[int, dict[str, str]]:
    done = reportgen("status", "单位", "--format", "json", *arguments)
    return done.code, {
        Path(one["file"]).stem: one["status"]
        for one in json.loads(done.out)["units"]
    }


def report(folder: Path, name: str) -> Path:
    return next((folder / "outputs/2024" / name).glob("1*.docx"))


def test_a_log_has_a_line_for_each_unit(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    files = units(10)
    files[4].write_text("年度: 二〇二四\n", encoding="utf-8")

    done = reportgen("build", "单位")

    lines, count = done.out.splitlines(), len(set_of("修缮"))
    assert done.code == 3
    assert lines[0] == f"[1/10] 第0小学：{count} 份文件；未发现问题"
    assert lines[4].startswith("[5/10] 单位/004.yaml：没有生成：")
    assert "汇总：汇总表.xlsx、汇总.html，位于 outputs" in lines
    assert lines[-1] == "共 10 个单位：生成 9 个，没有生成 1 个。"
    again = reportgen("build", "单位").out.splitlines()
    assert again[0] == "[1/10] 第0小学：没有变化；未发现问题"
    assert (
        again[-1] == "共 10 个单位：生成 0 个，没有变化 9 个，没有生成 1 个。"
    )


def test_the_summary_is_left_out_or_made_as_asked(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    units(2)
    reportgen("build", "单位", "--no-summary")
    assert sorted(path.name for path in (tmp_path / "outputs").iterdir()) == [
        "2024"
    ]
    reportgen("build", "单位/000.yaml")
    assert sorted(path.name for path in (tmp_path / "outputs").iterdir()) == [
        "2024"
    ]
    reportgen("build", "单位/000.yaml", "--summary")
    assert (tmp_path / "outputs" / "汇总.html").is_file()


def test_a_summary_that_says_the_same_is_not_made_again(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    files = units(3)
    reportgen("build", "单位")
    page = tmp_path / "outputs" / "汇总.html"
    first = page.read_bytes()

    assert (
        "汇总：汇总表.xlsx、汇总.html没有变化" in reportgen("build", "单位").out
    )
    assert page.read_bytes() == first

    page.unlink()
    assert (
        "汇总：汇总表.xlsx、汇总.html，位于" in reportgen("build", "单位").out
    )
    assert page.read_bytes() == first

    files[1].write_text(unit_text("第1小学", 9), encoding="utf-8")
    assert (
        "汇总：汇总表.xlsx、汇总.html，位于" in reportgen("build", "单位").out
    )
    assert page.read_bytes() != first


def test_a_summary_that_a_person_changed_is_kept(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    files = units(2)
    reportgen("build", "单位")
    book = tmp_path / "outputs" / "汇总表.xlsx"
    book.write_bytes(b"edited in Excel")
    files[0].write_text(unit_text("第0小学", 9), encoding="utf-8")

    done = reportgen("build", "单位")

    assert done.code == 1
    assert "未更新 汇总表.xlsx：文件在生成后被修改过" in done.out
    assert book.read_bytes() == b"edited in Excel"


@pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")
def test_a_terminal_has_a_bar_and_only_what_needs_a_look(
    units: Units, tmp_path: Path
) -> None:
    files = units(30)
    files[4].write_text("年度: 二〇二四\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command("build", "单位"),
        cwd=tmp_path,
        stdout=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    said = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            said += os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
    os.close(ours)

    assert running.wait(60) == 3
    shown = said.decode("utf-8", "replace")
    assert "30/30" in shown
    assert "个/秒" in shown
    assert "单位/004.yaml：没有生成：" in shown
    assert "份文件；" not in shown
    assert "共 30 个单位：生成 29 个，没有生成 1 个。" in shown


def test_status_knows_every_state(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    files = units(6)
    assert standings(reportgen) == (
        1,
        dict.fromkeys(("000", "001", "002", "003", "004", "005"), "缺失"),
    )
    reportgen("build", "单位")
    assert standings(reportgen) == (
        0,
        dict.fromkeys(("000", "001", "002", "003", "004", "005"), "最新"),
    )
    files[1].write_text(unit_text("第1小学", 9), encoding="utf-8")
    report(tmp_path, "第2小学").write_bytes(b"edited in Word")
    report(tmp_path, "第3小学").unlink()
    files[4].write_text("年度: 二〇二四\n", encoding="utf-8")

    code, found = standings(reportgen)

    assert code == 3
    assert list(found.values()) == [
        "最新",
        "需重新生成",
        "已修改",
        "缺失",
        "无法生成",
        "最新",
    ]


def test_status_as_text_names_files_and_reasons(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    files = units(2)
    reportgen("build", "单位")
    report(tmp_path, "第0小学").write_bytes(b"edited in Word")
    files[1].write_text(unit_text("第1小学", 9), encoding="utf-8")

    done = reportgen("status", "单位")

    assert done.code == 1
    assert done.out.splitlines() == [
        "已修改  第0小学",
        "  已修改  outputs/2024/第0小学/1 部门整体支出绩效自评报告.docx",
        "需重新生成  第1小学：填报内容有改动",
        "共 2 个单位：已修改 1 个，需重新生成 1 个。",
    ]


def test_status_follows_the_options_of_the_build(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    units(1)
    reportgen("build", "单位", "--bundle", "--pack", "lukou")

    assert standings(reportgen) == (0, {"000": "最新"})
    assert standings(reportgen, "--pack", "standard") == (
        1,
        {"000": "需重新生成"},
    )


def test_a_unit_and_its_copy_are_both_refused(
    units: Units, reportgen: Run, tmp_path: Path
) -> None:
    (file,) = units(1)
    copy = file.with_name("000 - 副本.yaml")
    copy.write_text(
        file.read_text(encoding="utf-8") + "\n# 改动\n", encoding="utf-8"
    )

    told = reportgen("build", "单位")

    assert told.code == 3
    for one in ("单位/000 - 副本.yaml", "单位/000.yaml"):
        assert f"{one}：没有生成" in told.out
        assert f"与 {one} 的年度和单位名称相同" in told.out
    assert "是多出来的副本的，请删去或移走" in told.out
    assert not (tmp_path / "outputs/2024").exists()
    assert standings(reportgen) == (
        3,
        {"000 - 副本": "无法生成", "000": "无法生成"},
    )
