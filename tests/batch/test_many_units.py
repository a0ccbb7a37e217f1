"""Many units in one run: each by itself, skipped when up to date, the same whoever does the work."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from many_units import TEMPLATES, build, contents, jobs_of, states, unit_text
from standard_set import set_of

from reportgen.batch.run import build_locally, build_many
from reportgen.core.findings import Severity

Units = Callable[..., list[Path]]


def documents(output: Path) -> dict[str, int]:
    return {
        name: (output / name).stat().st_mtime_ns for name in contents(output)
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_unit_in_the_middle_stops_no_other(
    units: Units, tmp_path: Path, workers: int
) -> None:
    files = units(7)
    files[2].write_text("年度: [\n", encoding="utf-8")
    files[3].write_bytes(b"PK\x03\x04")
    files[4].unlink()
    (tmp_path / "out" / "2024").mkdir(parents=True)
    (tmp_path / "out" / "2024" / "第5小学").write_bytes(b"in the way")

    results = build(files, tmp_path / "out", workers=workers)

    assert states(results) == [
        "生成",
        "生成",
        "失败",
        "失败",
        "失败",
        "失败",
        "生成",
    ]
    assert "括号没有成对" in results["002"].reason
    assert results["002"].findings[0].place.file == str(files[2])
    assert "同名文件占用了文件夹的位置" in results["005"].reason
    assert results["005"].name == "第5小学"
    assert all(one.stopped for one in results.values() if one.state == "失败")


def test_one_process_and_two_give_the_same_bytes(
    units: Units, tmp_path: Path
) -> None:
    files = units(20)
    build(files, tmp_path / "one", workers=1)
    build(files, tmp_path / "two", workers=2)

    of_one = [*set_of("修缮"), "receipt.json", "what was printed"]
    assert len(contents(tmp_path / "one")) == 20 * len(of_one)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_result_says_what_the_summary_shows(
    units: Units, tmp_path: Path
) -> None:
    (file,) = units(1)
    file.write_text(
        unit_text("甲校", more="指标: [{三级: 验收, 分值: 10}]\n"),
        encoding="utf-8",
    )

    made = build([file], tmp_path / "out")["000"]
    skipped = build([file], tmp_path / "out")["000"]

    assert (made.name, made.year, made.pack, made.state) == (
        "甲校",
        "2024",
        "standard",
        "生成",
    )
    assert made.whole.budget == made.whole.executed == 10
    assert made.whole.execution_rate == 1
    assert [row.name for row in made.projects] == ["修缮"]
    assert made.count(Severity.ERROR) > 0
    told = (
        "name",
        "year",
        "pack",
        "folder",
        "documents",
        "findings",
        "whole",
        "projects",
        "left_over",
    )
    assert skipped.state == "未变"
    assert [getattr(skipped, one) for one in told] == [
        getattr(made, one) for one in told
    ]


def test_what_is_up_to_date_is_not_touched(
    units: Units, tmp_path: Path
) -> None:
    files = units(3)
    build(files, tmp_path / "out")
    before = documents(tmp_path / "out")

    assert states(build(files, tmp_path / "out")) == ["未变"] * 3
    assert documents(tmp_path / "out") == before


def test_a_changed_input_is_built_again_and_no_other(
    units: Units, tmp_path: Path
) -> None:
    files = units(3)
    build(files, tmp_path / "out")
    files[1].write_text(unit_text("第1小学", 99), encoding="utf-8")

    assert states(build(files, tmp_path / "out")) == ["未变", "生成", "未变"]
    assert states(build(files, tmp_path / "out")) == ["未变"] * 3


def test_a_missing_document_or_a_killed_run_is_made_good(
    units: Units, tmp_path: Path
) -> None:
    files = units(3)
    build(files, tmp_path / "out")
    before = contents(tmp_path / "out")
    next((tmp_path / "out/2024/第0小学").glob("1*.docx")).unlink()
    (tmp_path / "out/2024/第1小学/.1 报告.docx.0.4711.tmp").write_bytes(b"half")

    assert states(build(files, tmp_path / "out")) == ["生成", "生成", "未变"]
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"输入": 3}', '{"输入": {"x": 1}, "整体": []}']
)
def test_a_damaged_receipt_is_as_if_there_were_none(
    units: Units, tmp_path: Path, damage: str
) -> None:
    files = units(1)
    build(files, tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out/2024/第0小学/receipt.json").write_text(
        damage, encoding="utf-8"
    )

    assert states(build(files, tmp_path / "out")) == ["生成"]
    assert contents(tmp_path / "out") == before


def test_a_receipt_that_says_nonsense_of_its_files_stops_nothing(
    units: Units, tmp_path: Path
) -> None:
    files = units(1)
    build(files, tmp_path / "out")
    before = contents(tmp_path / "out")
    receipt = tmp_path / "out/2024/第0小学/receipt.json"
    whole = json.loads(receipt.read_text(encoding="utf-8"))
    for key in ("成套", "保留", "文件"):
        for nonsense in (None, True, 5, {"甲": 5}, [5], ["../甲"], ["\0"]):
            receipt.write_text(
                json.dumps({**whole, key: nonsense}), encoding="utf-8"
            )

            assert states(build(files, tmp_path / "out"))[0] in {
                "生成",
                "未变",
            }, (
                key,
                nonsense,
            )
            assert contents(tmp_path / "out").keys() == before.keys()


@pytest.mark.parametrize(
    "change",
    [
        "pack.yaml",
        "snippets.yaml",
        "自评报告.docx",
        "部门整体支出绩效自评表.docx",
    ],
)
def test_a_changed_pack_builds_again(
    units: Units, tmp_path: Path, change: str
) -> None:
    files = units(1)
    shutil.copytree(TEMPLATES / "standard", tmp_path / "templates" / "standard")
    shutil.copytree(
        TEMPLATES / "lukou", tmp_path / "templates" / "lukou"
    )  # extends standard
    wanted = {
        "search": tmp_path / "templates",
        "pack": "lukou" if change == "snippets.yaml" else "",
    }
    build(files, tmp_path / "out", **wanted)
    assert states(build(files, tmp_path / "out", **wanted)) == ["未变"]
    path = tmp_path / "templates" / "standard" / change
    if change.endswith(".docx"):
        shutil.copy(
            tmp_path / "templates" / "standard" / "项目支出绩效自评表.docx",
            path,
        )
    else:
        path.write_text(
            path.read_text(encoding="utf-8") + "\n# 改\n", encoding="utf-8"
        )

    assert states(build(files, tmp_path / "out", **wanted)) != ["未变"]


def test_other_options_build_again(units: Units, tmp_path: Path) -> None:
    files = units(1)
    build(files, tmp_path / "out")

    assert states(build(files, tmp_path / "out", bundled=True)) == ["生成"]
    assert states(build(files, tmp_path / "out", bundled=True)) == ["未变"]
    assert states(build(files, tmp_path / "out", pack="lukou")) == ["生成"]


def test_force_builds_what_nobody_changed(units: Units, tmp_path: Path) -> None:
    files = units(2)
    build(files, tmp_path / "out")
    report = next((tmp_path / "out/2024/第0小学").glob("1*.docx"))
    report.write_bytes(b"edited in Word")

    results = build(files, tmp_path / "out", force=True)

    assert states(results) == ["生成", "生成"]
    assert [one.path for one in results["000"].documents if one.merged] == [
        report
    ]
    assert report.read_bytes() == b"edited in Word"


def test_a_document_that_is_open_in_word_is_reported(
    units: Units, tmp_path: Path
) -> None:
    files = units(2)
    build(files, tmp_path / "out")
    report = next((tmp_path / "out/2024/第0小学").glob("1*.docx"))
    old = report.read_bytes()
    report.with_name(f"~${report.name[2:]}").write_bytes(b"")
    for number, file in enumerate(files):
        file.write_text(unit_text(f"第{number}小学", 50), encoding="utf-8")

    results = build(files, tmp_path / "out")

    assert states(results) == ["保留", "生成"]
    assert "正在 Word 或 WPS 中打开" in results["000"].findings[-1].message
    assert report.read_bytes() == old
    report.with_name(f"~${report.name[2:]}").unlink()
    assert states(build(files, tmp_path / "out")) == ["生成", "未变"]
    assert report.read_bytes() != old


def test_an_older_printing_put_back_is_not_up_to_date(
    units: Units, tmp_path: Path
) -> None:
    files = units(1)
    build(files, tmp_path / "out")
    report = next((tmp_path / "out/2024/第0小学").glob("1*.docx"))
    old = report.read_bytes()
    report.write_bytes(b"edited in Word")
    files[0].write_text(unit_text("第0小学", 50), encoding="utf-8")
    build(files, tmp_path / "out")
    report.write_bytes(old)

    assert states(build(files, tmp_path / "out")) == ["生成"]
    assert report.read_bytes() not in {old, b"edited in Word"}


def test_strict_prints_no_unit_with_errors(
    units: Units, tmp_path: Path
) -> None:
    files = units(2)
    wrong = unit_text(
        "第0小学", more="指标: [{三级: 验收, 分值: 10, 得分: 20}]\n"
    )
    files[0].write_text(wrong, encoding="utf-8")

    results = build(files, tmp_path / "strict", strict=True)
    assert (states(results), results["000"].stopped) == (
        ["失败", "生成"],
        False,
    )
    assert "--strict" in results["000"].reason
    assert states(build(files, tmp_path / "out")) == ["生成", "生成"]
    assert states(build(files, tmp_path / "out", strict=True)) == [
        "失败",
        "未变",
    ]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    "name", ["第0小学", '"\\u7b2c0小学"', "{名称: 第0小学}"]
)
def test_two_files_of_one_unit_are_both_refused(
    units: Units, tmp_path: Path, workers: int, name: str
) -> None:
    files = units(20)
    unit = name if name.startswith("{") else f"{{名称: {name}}}"
    files[17].write_text(f"年度: '2024'\n单位: {unit}\n", encoding="utf-8")

    for _ in range(2):
        results = build(files, tmp_path / "out", workers=workers)
        assert {
            one.file for one in results.values() if one.state == "失败"
        } == {
            files[0],
            files[17],
        }
        assert f"与 {files[17]} 的年度和单位名称相同" in results["000"].reason
        assert f"与 {files[0]} 的年度和单位名称相同" in results["017"].reason
        assert not (tmp_path / "out/2024/第0小学").exists()


def test_files_of_one_name_and_two_years_are_two(
    units: Units, tmp_path: Path
) -> None:
    files = units(2)
    files[1].write_text("年度: 2023\n单位: {名称: 第0小学}\n", encoding="utf-8")

    assert states(build(files, tmp_path / "out")) == ["生成", "生成"]


def test_two_files_may_change_places(units: Units, tmp_path: Path) -> None:
    files = units(2)
    build(files, tmp_path / "out")
    before = contents(tmp_path / "out")
    texts = [file.read_bytes() for file in files]
    files[0].write_bytes(texts[1])
    files[1].write_bytes(texts[0])

    assert states(build(files, tmp_path / "out")) == ["生成", "生成"]
    assert {
        k: v
        for k, v in contents(tmp_path / "out").items()
        if k.endswith("docx")
    } == {k: v for k, v in before.items() if k.endswith("docx")}


def test_a_copy_of_the_file_takes_over_when_it_is_built_alone(
    units: Units, tmp_path: Path
) -> None:
    files = units(1)
    build(files, tmp_path / "out")
    copy = tmp_path / "改好的.yaml"
    copy.write_text(unit_text("第0小学", 50), encoding="utf-8")

    assert states(build([copy], tmp_path / "out")) == ["生成"]


def test_inputs_and_outputs_can_move_together(
    units: Units, tmp_path: Path
) -> None:
    files = units(1, "一/单位")
    build(files, tmp_path / "一" / "out")
    (tmp_path / "一").rename(tmp_path / "二")

    assert states(
        build([tmp_path / "二/单位/000.yaml"], tmp_path / "二" / "out")
    ) == ["未变"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_stopped_keeps_what_is_finished(
    units: Units, tmp_path: Path, workers: int
) -> None:
    jobs, packs = jobs_of(units(40), tmp_path / "out")
    seen = iter([False, False, *[True] * 100])

    done = list(
        build_locally(jobs, packs, workers=workers, stopped=lambda: next(seen))
    )

    assert 1 <= len(done) < 40
    assert all(
        next(one.folder.glob("1*.docx")).is_file() for one in done if one.folder
    )
    assert len(list((tmp_path / "out/2024").iterdir())) == len(done)


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_worker_that_dies_loses_nothing(units: Units, tmp_path: Path) -> None:
    jobs, packs = jobs_of(units(60), tmp_path / "out")
    results = []

    for one in build_locally(jobs, packs, workers=2):
        results.append(one)
        if len(results) == 12:
            victim = multiprocessing.active_children()[0]
            os.kill(victim.pid or 0, signal.SIGKILL)

    assert sorted(one.file for one in results) == [job.file for job in jobs]
    assert {one.state for one in results} <= {"生成", "未变"}
    build([job.file for job in jobs], tmp_path / "undisturbed")
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


def test_units_built_elsewhere_are_the_same(
    units: Units, tmp_path: Path
) -> None:
    files = units(9)
    files[4].write_text("年度: 二〇二四\n", encoding="utf-8")
    files[5].write_text(
        unit_text("第5小学", 5, more="模板: lukou\n"), encoding="utf-8"
    )
    files[6].unlink()
    files[7].write_text(
        unit_text("第7小学", 7, more="模板: 没有\n"), encoding="utf-8"
    )
    files[8].write_text(
        unit_text("第8小学", 8, more='"模板": "lukou"\n'), encoding="utf-8"
    )
    expected = build(files, tmp_path / "here")
    jobs, packs = jobs_of(files, tmp_path / "there")

    with ThreadPoolExecutor(1) as executor:
        results = {
            one.file.stem: one
            for one in build_many(
                jobs, packs, executor=executor, workers=1, remote=True
            )
        }

    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    for name, one in expected.items():
        assert (one.state, one.reason, one.findings) == (
            results[name].state,
            results[name].reason,
            results[name].findings,
        )
    jobs, packs = jobs_of(files, tmp_path / "there")
    with ThreadPoolExecutor(1) as executor:
        again = list(
            build_many(jobs, packs, executor=executor, workers=1, remote=True)
        )
    assert sorted({one.state for one in again}) == ["失败", "未变"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_department_is_never_sent_away_from_its_units(
    units: Units, tmp_path: Path, encoding: str
) -> None:
    files = units(2)
    names = ", ".join(file.name for file in files)
    department = files[0].with_name("局.yaml")
    department.write_text(
        unit_text("某局", 90, more=f"下属单位: [{names}]\n"), encoding=encoding
    )
    expected = build([*files, department], tmp_path / "here")
    jobs, packs = jobs_of([*files, department], tmp_path / "there")

    with ThreadPoolExecutor(1) as executor:
        results = list(
            build_many(jobs, packs, executor=executor, workers=1, remote=True)
        )

    assert {one.file.stem: one.findings for one in results} == {
        name: one.findings for name, one in expected.items()
    }
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
