"""下属单位: files below a department; whatever is wrong with one is a finding, and the rest is read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.family import MAX_LEVELS, Family, FamilyMember, load_family


def written(folder: Path, name: str, below: str = "", text: str = "") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = text or f"年度: 2024\n单位: {{名称: {file.stem}}}\n" + (
        f"下属单位: [{below}]\n" if below else ""
    )
    file.write_text(lines, encoding="utf-8")
    return file


def names(member: FamilyMember) -> list[str]:
    return [one.loaded.unit.name for one in member.members]


def told(family: Family) -> list[tuple[str, str]]:
    return [(one.path, one.message) for one in family.problems]


def test_a_unit_without_any_is_alone(tmp_path: Path) -> None:
    family = load_family(written(tmp_path, "甲.yaml"))

    assert (names(family.head), family.problems, family.inputs) == ([], (), ())


def test_files_are_found_from_where_the_department_lies(tmp_path: Path) -> None:
    written(tmp_path, "各站/乙.yaml", "更下/丙.yaml")
    written(tmp_path, "各站/更下/丙.yaml")

    family = load_family(written(tmp_path, "局.yaml", "各站/乙.yaml"))

    assert names(family.head) == ["乙"]
    assert names(family.head.members[0]) == ["丙"]
    assert family.problems == ()


def test_every_file_is_an_input_with_its_digest(tmp_path: Path) -> None:
    below = written(tmp_path, "乙.yaml")

    family = load_family(written(tmp_path, "局.yaml", "乙.yaml, 缺.yaml"))

    digest = hashlib.sha256(below.read_bytes()).hexdigest()
    assert family.inputs == (
        (os.path.realpath(below), digest),
        (os.path.realpath(tmp_path / "缺.yaml"), ""),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "下属单位文件「乙.yaml」用不上，没有汇总：文件是空的"),
        (
            "年度: 2024\n单位: {名称: 乙\n",
            "下属单位文件「乙.yaml」用不上，没有汇总：第",
        ),
        (
            "年度: 2024\n单位: {名称: 乙}\n资金: {全年预算数: 八十, 全年执行数: 九十}\n",
            "没有汇总：第3行",
        ),
        (
            "年度: 2024\n单位: {名称: 乙}\n资金: {全年预算数: 八十, 全年执行数: 九十}\n",
            "（共 2 处）",
        ),
    ],
)
def test_a_broken_file_is_a_finding_where_it_is_named(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "乙.yaml").write_text(text, encoding="utf-8")
    written(tmp_path, "丙.yaml")

    family = load_family(written(tmp_path, "局.yaml", "乙.yaml, 丙.yaml"))

    (one,) = family.problems
    assert (one.code, one.path, one.place.line) == ("DAT012", "下属单位[1]", 3)
    assert says in one.message
    assert names(family.head) == ["丙"]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    family = load_family(written(tmp_path, "局.yaml", "缺.yaml"))

    assert [path for path, _ in told(family)] == ["下属单位[1]"]
    assert "找不到文件" in told(family)[0][1]


@pytest.mark.parametrize("below", ["局.yaml", "./局.yaml", "乙.yaml"])
def test_a_circle_is_a_finding(tmp_path: Path, below: str) -> None:
    written(tmp_path, "乙.yaml", "局.yaml")

    family = load_family(written(tmp_path, "局.yaml", below))

    assert len(family.problems) == 1
    assert "成了环" in family.problems[0].message


def test_what_is_wrong_below_is_told_in_the_file_where_it_stands(
    tmp_path: Path,
) -> None:
    written(tmp_path, "乙.yaml", "缺.yaml")

    family = load_family(written(tmp_path, "局.yaml", "乙.yaml"))

    assert Path(family.problems[0].place.file).name == "乙.yaml"


@pytest.mark.parametrize("below", ["乙.yaml, 乙.yaml", "乙.yaml, 丙.yaml"])
def test_a_file_counts_once(tmp_path: Path, below: str) -> None:
    written(tmp_path, "乙.yaml")
    written(tmp_path, "丙.yaml", "乙.yaml")

    family = load_family(written(tmp_path, "局.yaml", below))

    assert len(family.problems) == 1
    assert "只汇总一次" in family.problems[0].message


def test_levels_are_bounded(tmp_path: Path) -> None:
    for level in range(MAX_LEVELS + 2):
        written(tmp_path, f"{level}.yaml", f"{level + 1}.yaml")

    family = load_family(tmp_path / "0.yaml")

    assert [message for _, message in told(family)] == [
        f"「{MAX_LEVELS}.yaml」在第 {MAX_LEVELS} 级以下，超过了 {MAX_LEVELS} 级，没有汇总；请改由上一级单位汇总后填报"
    ]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "各站").mkdir()

    assert (
        "这是文件夹"
        in load_family(written(tmp_path, "局.yaml", "各站")).problems[0].message
    )


def test_the_department_itself_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        load_family(tmp_path / "缺.yaml")
