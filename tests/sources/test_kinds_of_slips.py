"""Kinds of slips in every block of a unit: each is told at its line and alone, and mended where that is safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.model.key_names import names_of
from reportgen.model.loading import load_unit
from reportgen.model.unit import Unit
from reportgen.sources.fixes import changed_lines, fix_text

TEXT = """\
模板: standard
年度: 2024
单位:
  名称: 云岭县档案馆
  性质: 公益一类
  人员:
    编制: 26
    在职: 24
资金:
  年初预算数: 860.50
  全年预算数: 900.25
  全年执行数: 880.10
  按支出性质:
    - {名称: 基本支出, 年初预算数: 600, 全年预算数: 600, 全年执行数: 600}
    - 名称: 项目支出
      年初预算数: 260.50
      全年预算数: 300.25
      全年执行数: 280.10
指标:
  - {一级: 产出指标, 二级: 数量指标, 三级: 整理卷数, 指标值: ≥60卷, 实际值: 62卷, 分值: 10}
  - 一级: 产出指标
    二级: 质量指标
    三级: 差错率
    指标值: ≤1%
    实际值: 0.5%
    分值: 10
项目:
  - 名称: 库房改造
    资金:
      年初预算数: 120
      全年预算数: 125
      全年执行数: 118
    叙述:
      存在问题:
        - 招标晚了一个月
        - 验收材料不全
叙述:
  存在问题:
    - 编制紧，人手不够
    - 库房潮湿
    - 系统老旧
  改进措施:
  - 申请增编
  - 加装除湿机
"""
LINES = TEXT.split("\n")
PAIRS = (4, 7, 10, 12, 16, 22, 26, 30, 32)  # lines of a key and its value
NUMBERS = (7, 10, 12, 16, 26, 30)
BLOCKS = (3, 6, 9, 29, 37)
ROWS = (14, 20)
ITEMS = (14, 20, 35, 39, 41, 43, 44)


def found(folder: Path, text: str) -> list[tuple[int, str]]:
    file = folder / "unit.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        load_unit(file)
    except Rejected as rejected:
        return [(one.place.line, one.message) for one in rejected.findings]
    return []


def with_line(number: int, line: str) -> str:
    return "\n".join([*LINES[: number - 1], line, *LINES[number:]])


def on(lines: tuple[int, ...], old: str, new: str) -> list[tuple[int, str]]:
    """The lines with the first `old` replaced."""
    made = [(n, LINES[n - 1].replace(old, new, 1)) for n in lines]
    assert all(line != LINES[n - 1] for n, line in made)
    return made


def in_number(sign: str) -> list[tuple[int, str]]:
    values = [(n, LINES[n - 1].partition(": ")) for n in NUMBERS]
    made = [
        (n, f"{key}: {text[:1]}{sign}{text[1:]}")
        for n, (key, _, text) in values
    ]
    return [
        *made,
        *on((14,), "600", f"6{sign}00"),
        *on((20,), "分值: 10", f"分值: 1{sign}0"),
    ]


MENDED = {
    **{f"colon {sign}": (on(PAIRS, ": ", sign), sign) for sign in ";；=＝∶"},
    **{f"block {sign}": (on(BLOCKS, ":", sign), sign) for sign in ";；=＝"},
    **{
        f"item {sign}": (on(ITEMS, "- ", sign), f"不用“{sign}”")
        for sign in "－—–•·●"
    },
    **{
        f"number {mark}": (on(ITEMS, "- ", mark), "序号由程序编")
        for mark in ("1. ", "2、", "（1）", "①", "(二)", "一、")
    },
    "a star": (on(ITEMS, "- ", "* "), "不用“*”"),
    "U+200B in a number": (in_number("\u200b"), "零宽空格（U+200B）"),
    "BOM in a number": (in_number("\ufeff"), "U+FEFF"),
    "NBSP in a number": (in_number("\u00a0"), "U+00A0"),
    "U+2028 in a number": (in_number("\u2028"), "U+2028"),
    "U+0085 in a number": (in_number("\x85"), "U+0085"),
    "U+200B in a key": (on(PAIRS, ": ", "\u200b: "), "键名“"),
    "NBSP in a key": (on(PAIRS, ": ", "\u00a0: "), "键名“"),
    "U+2028 in a key": (on(PAIRS, ": ", "\u2028: "), "键名“"),
}
TOLD = {
    "a tab between": (on(PAIRS, ": ", "\t"), "没有冒号；请写成“"),
    "a blank between": (on(PAIRS, ": ", " "), "没有冒号；请写成“"),
    "a block without a colon": (on(BLOCKS, ":", ""), "没有冒号"),
    "a quote not closed": (on(PAIRS, ": ", ': "'), "引号没有成对"),
    "a quote in braces": (on(ROWS, "{", '{备注: "'), "引号没有成对"),
    "a brace not closed": (on(ROWS, "}", ""), "“{”没有对应的“}”"),
    "a bracket not closed": (on(PAIRS, ": ", ": ["), "“[”没有对应的“]”"),
    "one blank more": (
        on((5, 7, 11, 14, 17, 20, 24, 31, 35, 39), " ", "  "),
        "对齐",
    ),
    "one blank less": (on((5, 11, 14, 17, 20, 24, 31, 35, 39), "  ", " "), ""),
    "two blanks more": (on((5, 11, 14, 20, 31, 39), "  ", "    "), ""),
}


@pytest.mark.parametrize("kind", MENDED)
def test_a_slip_that_is_safe_to_mend(kind: str, tmp_path: Path) -> None:
    cases, says = MENDED[kind]
    for number, line in cases:
        text = with_line(number, line)
        findings = found(tmp_path, text)
        assert [at for at, _ in findings] == [number], (line, findings)
        assert says in findings[0][1]
        fixed = fix_text(text, names_of(Unit))
        assert not fixed.left
        fixes = changed_lines(text, fixed.text)
        assert [fix.line for fix in fixes] == [number]
        assert found(tmp_path, fixed.text) == [], fixed.text


@pytest.mark.parametrize("kind", TOLD)
def test_a_slip_that_is_told(kind: str, tmp_path: Path) -> None:
    cases, says = TOLD[kind]
    for number, line in cases:
        findings = found(tmp_path, with_line(number, line))
        assert [at for at, _ in findings] == [number], (line, findings)
        assert says in findings[0][1]


def test_a_file_without_slips_is_silent(tmp_path: Path) -> None:
    assert found(tmp_path, TEXT) == []
    assert fix_text(TEXT, names_of(Unit)) == (TEXT, ())


@pytest.mark.parametrize(
    "marks", ["1. 2. 3.", "1、 2、 3、", "（1） （2） （3）", "－ － －"]
)
@pytest.mark.parametrize("first", [39, 43])
def test_a_list_without_any_dash(
    first: int, marks: str, tmp_path: Path
) -> None:
    lines, numbers = (
        list(LINES),
        range(first, first + (3 if first == 39 else 2)),
    )
    for number, mark in zip(numbers, marks.split(), strict=False):
        lines[number - 1] = lines[number - 1].replace("- ", mark, 1)
    text = "\n".join(lines)

    assert [at for at, _ in found(tmp_path, text)] == [*numbers]
    assert fix_text(text, names_of(Unit)).text == TEXT


@pytest.mark.parametrize(
    ("line", "cells", "says"),
    [
        (
            14,
            "基本支出 600 600 600",
            "- {名称: 基本支出, 年初预算数: 600, 全年预算数: 600, 全年执行数: 600",
        ),
        (
            20,
            "产出指标 数量指标 整理卷数 ≥60卷 62卷 10",
            "- {一级: 产出指标, 二级: 数量指标, 三级: 整理卷数, 指标值: ≥60卷, 实际值: 62卷, 分",
        ),
    ],
)
def test_a_row_of_a_table_is_told_with_the_keys_of_its_block(
    line: int, cells: str, says: str, tmp_path: Path
) -> None:
    for indent in ("", "    ", "    - "):
        row = indent + cells.replace(" ", "\t")
        ((at, message),) = found(tmp_path, with_line(line, row))
        assert at == line
        assert says in message


@pytest.mark.parametrize("number", PAIRS)
def test_a_key_twice(number: int, tmp_path: Path) -> None:
    line = LINES[number - 1]
    ((at, message),) = found(tmp_path, with_line(number, f"{line}\n{line}"))
    assert at == number + 1
    assert f"第{number}行已经写过" in message


def test_all_slips_of_a_file_at_once(tmp_path: Path) -> None:
    lines = list(LINES)
    slips = {
        5: "  性质；公益一类",
        10: "  年初预算数: 8\u200b60.50",
        14: LINES[13].removesuffix("}"),
        20: "产出指标\t数量指标\t整理卷数\t≥60卷",
        24: "     指标值: ≤1%",
        30: "      年初预算数\t120",
        39: "    1. 编制紧，人手不够",
        44: "  －加装除湿机",
    }
    for number, line in slips.items():
        lines[number - 1] = line

    assert [at for at, _ in found(tmp_path, "\n".join(lines))] == [*slips]


@pytest.mark.parametrize("junk", ["c", "}", "、、", "见附件"])
@pytest.mark.parametrize("number", [12, 21, 26, 32, 36, 40])
def test_a_line_that_belongs_nowhere(
    number: int, junk: str, tmp_path: Path
) -> None:
    """What is below it goes on with what is above it."""
    line = f"{LINES[number - 1]}\n{junk}"
    ((at, _),) = found(tmp_path, with_line(number, line))
    assert at == number + 1


@pytest.mark.parametrize("sign", list("=`,!"))
@pytest.mark.parametrize("number", [5, 10, 15, 16, 21, 22, 28, 29, 30, 35, 40])
def test_a_sign_in_the_blanks_before_a_line(
    number: int, sign: str, tmp_path: Path
) -> None:
    line = LINES[number - 1]
    bare = line.lstrip()
    blanks = line.removesuffix(bare)
    for typed in (blanks + sign, blanks[:-1] + sign, blanks[:-2] + sign + " "):
        findings = found(tmp_path, with_line(number, typed + bare))
        assert [at for at, _ in findings] == [number], (typed + bare, findings)


@pytest.mark.parametrize("mark", ["{}. ", "（{}）", "• "])
@pytest.mark.parametrize(
    ("number", "key"), [(8, "  职责"), (12, "  偏差原因"), (28, "    用途")]
)
def test_a_text_of_several_counted_lines_is_no_list(
    number: int, key: str, mark: str, tmp_path: Path
) -> None:
    """Where one text stands it may be counted; where a list may stand its items are told."""
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    lines = [f"{indent}{mark.format(n)}第{n}件事" for n in (1, 2)]
    below = "\n".join([LINES[number - 1], f"{key}:", *lines])
    findings = found(tmp_path, with_line(number, below))

    told = [number + 2, number + 3] if key.strip() == "职责" else []
    assert [at for at, _ in findings] == told
