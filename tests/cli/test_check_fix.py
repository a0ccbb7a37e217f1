"""reportgen check --fix: safe slips are shown and, when asked for, written; nothing else in the file changes."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told, tree

from reportgen.model.loading import load_unit

Run = Callable[..., Told]
SLIPS = """# 说明：冒号是全角的
年度：2024
单位:
\t名称:青禾县图书馆
  简称:\u00a0县图书馆
  职责:
    -借阅
    -\u3000培训
    - 讲座：每月一次
资金: ｛年初预算数: 100， 全年预算数: 100，全年执行数：90}
叙述:
  单位概况:
    - “{{ 默认 }}”
    - {{ 默认 }}
  “存在问题”: "没有”
"""
MENDED = """# 说明：冒号是全角的
年度: 2024
单位:
  名称: 青禾县图书馆
  简称: 县图书馆
  职责:
    - 借阅
    - 培训
    - 讲座：每月一次
资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 90}
叙述:
  单位概况:
    - "{{ 默认 }}"
    - "{{ 默认 }}"
  存在问题: "没有"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "unit.yaml"
    path.write_text(SLIPS, encoding="utf-8")
    return path


def test_what_can_be_mended_is_shown_and_not_written(
    reportgen: Run, file: Path
) -> None:
    told = reportgen("check", file, "--fix")

    assert told.code == 1
    assert "第2行  年度：2024" in told.out
    assert "改为  年度: 2024" in told.out
    assert "  简称:〈不换行空格（U+00A0）〉县图书馆" in told.out
    assert "没有写入；核对后加 --apply 写入" in told.out
    assert file.read_text(encoding="utf-8") == SLIPS


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_was_mended_is_written_and_the_file_before_is_kept(
    reportgen: Run, file: Path, bom: bytes, end: str
) -> None:
    original = bom + SLIPS.replace("\n", end).encode()
    file.write_bytes(original)

    told = reportgen("check", file, "--fix", "--apply")

    assert told.code == 0
    assert file.read_bytes() == bom + MENDED.replace("\n", end).encode()
    kept = file.parent / ".reportgen" / "history" / "unit.1.yaml"
    assert kept.read_bytes() == original
    assert load_unit(file).unit.profile.duties == (
        "借阅",
        "培训",
        "讲座：每月一次",
    )
    assert "没有可以自动改正的写法" in reportgen("check", file, "--fix").out


def test_what_a_person_has_to_mend_is_counted(
    reportgen: Run, file: Path
) -> None:
    file.write_text(MENDED + "填报日期 2025-03-14\n", encoding="utf-8")

    told = reportgen("check", file, "--fix", "--apply")

    assert told.code == 1
    assert "另有 1 处要自己改，请看 reportgen check " in told.out
    assert tree(file.parent) == ["unit.yaml"]


def test_the_content_of_values_is_left_alone(
    reportgen: Run, file: Path
) -> None:
    text = (
        MENDED
        + "  改进措施:\n    - “甲”：一，二；名称：丙\n    - '-5，名称：乙'\n    - |\n      名称：甲\n"
    )
    file.write_text(text, encoding="utf-8")

    assert reportgen("check", file, "--fix", "--apply").code == 0
    assert file.read_text(encoding="utf-8") == text


def test_fixes_as_json(reportgen: Run, file: Path) -> None:
    (found,) = json.loads(
        reportgen("check", file, "--fix", "--format", "json").out
    )["files"]

    assert found["fixes"][0] == {
        "line": 2,
        "old": "年度：2024",
        "new": "年度: 2024",
    }
    assert (found["left"], found["kept"]) == (0, "")


def test_apply_alone_is_a_wrong_use(reportgen: Run, file: Path) -> None:
    assert reportgen("check", file, "--apply").code == 2
