"""reportgen build: files where they belong, exit codes, JSON, many units of which some are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, tree
from standard_set import REPORT, set_of

LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
PROJECTS = [
    "水电维修费",
    "物业管理费",
    "区委区政府大院及武装部营院绿化费",
    "宽带及网络维护费",
    "2022年全年相关维修改造费等",
]
OF_EXAMPLE = ["公共图书馆免费开放", "地方文献数字化", "流动图书车进乡村"]
Run = Callable[..., Told]
Unit = Callable[..., Path]


def documents(folder: Path) -> list[str]:
    return [name for name in tree(folder) if name.endswith(".docx")]


def test_a_unit_with_errors_is_built_and_says_so(
    reportgen: Run, tmp_path: Path
) -> None:
    told = reportgen("build", LUKOU, "--pack", "standard")

    assert told.code == 0
    last = told.out.splitlines()[-1]
    assert last.startswith("文件已经生成；检查发现 错误 ")
    assert "问题清单.xlsx" in last
    folder = tmp_path / "outputs" / "2022" / "株洲市渌口区机关事务服务中心"
    wanted = set_of(*PROJECTS)
    assert documents(folder) == wanted
    assert (
        "株洲市渌口区机关事务服务中心（2022年度，模板包 standard）" in told.out
    )
    assert all(name in told.out for name in wanted)
    assert "查看全部：reportgen check" in told.out


def test_a_unit_without_findings_exits_clean(reportgen: Run) -> None:
    told = reportgen("build", EXAMPLE, "-o", "成果")

    assert told.code == 0
    assert "检查：未发现问题" in told.out
    folder = Path("成果") / "2024" / "青禾县图书馆"
    assert documents(folder) == set_of(*OF_EXAMPLE)
    assert not Path("outputs").exists()


def test_json_has_findings_and_documents_in_the_order_of_the_set(
    reportgen: Run, tmp_path: Path
) -> None:
    told = reportgen(
        "build",
        LUKOU,
        "--pack",
        "standard",
        "--format",
        "json",
        "-o",
        tmp_path / "out",
    )

    said = json.loads(told.out)
    assert (told.code, told.err) == (0, "")
    assert list(said) == ["findings", "waived", "documents"]
    assert [Path(path).name for path in said["documents"]] == set_of(*PROJECTS)
    assert all(Path(path).is_file() for path in said["documents"])
    for finding in said["findings"]:
        assert list(finding) == [
            "code",
            "severity",
            "message",
            "file",
            "line",
            "column",
            "path",
            "place",
        ]
        assert finding["severity"] in {"error", "warning", "advice"}
        assert finding["file"] == str(LUKOU)
        assert finding["line"] > 0
        assert finding["column"] > 0


def test_json_tells_failures_too(reportgen: Run, unit: Unit) -> None:
    good, bad = unit("good.yaml"), unit("bad.yaml", year="二〇二四")

    said = json.loads(reportgen("build", good, bad, "--format", "json").out)

    assert [
        (one["code"], one["file"], one["line"], one["path"])
        for one in said["findings"]
    ] == [("DAT005", str(bad), 1, "年度")]
    assert [Path(path).name for path in said["documents"]] == set_of()


def test_the_same_again_gives_the_same_bytes(reportgen: Run) -> None:
    def built() -> dict[str, bytes]:
        return {name: Path(name).read_bytes() for name in tree(Path())}

    reportgen("build", EXAMPLE, "-o", "out")
    first = built()
    reportgen("build", EXAMPLE, "-o", "out")

    assert built() == first


def test_strict_prints_nothing_when_there_are_errors(reportgen: Run) -> None:
    told = reportgen("build", LUKOU, "--strict")

    assert told.code == 1
    assert "检查发现错误，按 --strict 的要求没有生成文件" in told.out
    assert not Path("outputs").exists()


def test_strict_builds_what_is_clean(reportgen: Run) -> None:
    assert reportgen("build", EXAMPLE, "--strict").code == 0
    built = documents(Path("outputs"))
    assert len(built) == len(set_of(*OF_EXAMPLE))


def test_pack_by_folder(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    folder = pack_copy("某某县")

    for name in ("某某县", str(folder)):
        told = reportgen("build", unit(), "--pack", name)
        assert told.code == 0
        assert "模板包 某某县" in told.out


def test_one_broken_file_of_many_stops_no_other(
    reportgen: Run, unit: Unit
) -> None:
    unit("一/甲.yaml", called="甲局")
    broken = unit("一/乙.yaml", called="[乙局")
    unit("一/深/丙.yml", called="丙局")
    extra = unit("丁.yaml", called="丁局")

    told = reportgen("build", "一", extra)

    assert told.code == 3
    assert sorted(path.name for path in Path("outputs/2024").iterdir()) == [
        "丁局",
        "丙局",
        "甲局",
    ]
    assert f"{broken.relative_to(Path.cwd())}：没有生成" in told.out
    assert "共 4 个单位：生成 3 个，没有生成 1 个。" in told.out


def test_packs_and_hidden_folders_are_no_units(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    pack_copy("某某县")
    unit("数据/甲.yaml", called="甲局")
    unit(".git/乙.yaml", called="乙局")

    assert reportgen("build", ".").code == 0
    assert [path.name for path in Path("outputs/2024").iterdir()] == ["甲局"]


def test_a_file_that_is_named_twice_is_built_once(
    reportgen: Run, unit: Unit
) -> None:
    path = unit("数据/甲.yaml")

    told = reportgen("build", path, "数据", path, "--format", "json")

    built = json.loads(told.out)["documents"]
    assert (told.code, len(built)) == (0, len(set_of()))


def test_two_units_of_one_name_in_one_run(reportgen: Run, unit: Unit) -> None:
    first, second = (
        unit("甲.yaml"),
        unit("乙.yaml", more="资金: {全年执行数: 1}\n"),
    )
    assert reportgen("build", first).code == 0
    report = next(Path("outputs").rglob("1 *.docx"))
    before = report.read_bytes()

    told = reportgen("build", first, second)

    assert told.code == 3
    assert f"{first}：没有生成" in told.out
    assert f"{second}：没有生成" in told.out
    assert f"与 {first} 的年度和单位名称相同" in told.out
    assert f"与 {second} 的年度和单位名称相同" in told.out
    assert "请核对其中一份的「单位.名称」或「年度」" in told.out
    assert report.read_bytes() == before
    assert reportgen("build", first).code == 0


def test_two_projects_of_one_name_are_two_files(
    reportgen: Run, unit: Unit
) -> None:
    told = reportgen(
        "build", unit(more="项目:\n  - {名称: 修缮}\n  - {名称: 修缮}\n")
    )

    assert told.code == 0
    assert [name for name in documents(Path("outputs")) if "修缮" in name] == [
        "2024/示范单位/3-1 项目支出绩效自评表（修缮）.docx",
        "2024/示范单位/3-2 项目支出绩效自评表（修缮）.docx",
    ]


def test_two_projects_of_one_name_where_the_pack_does_not_number_them(
    reportgen: Run, unit: Unit, pack_copy: Callable[[str], Path]
) -> None:
    manifest = pack_copy("某某县") / "pack.yaml"
    text = manifest.read_text(encoding="utf-8").replace(
        "3-{{ 项目.序号 }} ", ""
    )
    manifest.write_text(text, encoding="utf-8")

    told = reportgen(
        "build",
        unit(more="项目:\n  - {名称: A楼修缮}\n  - {名称: a楼修缮}\n"),
        "--pack",
        "某某县",
    )

    assert told.code == 3
    assert (
        "两份文件的文件名都是“项目支出绩效自评表（a楼修缮）.docx”" in told.out
    )
    assert not Path("outputs").exists()


def test_a_document_that_cannot_be_read_any_more_is_kept(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit())
    report = Path("outputs/2024/示范单位") / REPORT
    report.write_bytes(b"edited in Word")

    told = reportgen(
        "build",
        unit(more="资金: {年初预算数: 5, 全年预算数: 5, 全年执行数: 5}\n"),
    )

    assert told.code == 1
    assert f"未更新 {REPORT}：文件在生成后被修改过，现在读不了" in told.out
    assert report.read_bytes() == b"edited in Word"
    said = json.loads(reportgen("build", "unit.yaml", "--format", "json").out)
    assert [(one["code"], one["file"]) for one in said["findings"]] == [
        ("OUT002", str(report))
    ]
    assert [Path(path).name for path in said["documents"]] == set_of()


def test_files_of_a_project_that_was_renamed_are_named(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more="项目: [{名称: 旧名}]\n"))

    told = reportgen("build", unit(more="项目: [{名称: 新名}]\n"))

    assert (
        "以前生成、这次没有生成的文件，不用时请删去：3-1 项目支出绩效自评表（旧名）.docx"
        in told.out
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_any_console_can_show_it(
    encoding: str, tmp_path: Path, unit: Unit
) -> None:
    path = unit(called="示范单位\U0001f600")

    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "reportgen",
            "build",
            str(path),
            "-o",
            str(tmp_path / "out"),
        ],
        check=False,
        capture_output=True,
        cwd=REPOSITORY,
        env={"PYTHONIOENCODING": encoding, "PATH": ""},
        timeout=60,
    )

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert encoding == "ascii" or "示范单位" in ran.stdout.decode(encoding)
