"""All slips of a file in one reading, each at its own line, and nothing said of the lines behind them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

from reportgen.core.findings import Finding, Rejected
from reportgen.model.loading import load_unit
from reportgen.sources.outline import find_slips

EXAMPLE = Path(__file__).parents[2] / "templates" / "standard" / "example.yaml"
LINES = EXAMPLE.read_text(encoding="utf-8").split("\n")
Slip = Callable[[str], "str | None"]


def found_in(folder: Path, lines: list[str]) -> tuple[Finding, ...]:
    file = folder / "unit.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        load_unit(file)
    return caught.value.findings


def replaced(line: str, old: str, new: str) -> str | None:
    """The line with the first `old` outside of a remark replaced; None where there is none."""
    content, mark, remark = line.partition(" #")
    if content.lstrip()[:1] in {"", "#"} or old not in content:
        return None
    return content.replace(old, new, 1) + mark + remark


def is_row(line: str) -> bool:
    return line.lstrip().startswith("- {") and "三级" in line


def on_rows(old: str, new: str) -> Slip:
    return lambda line: replaced(line, old, new) if is_row(line) else None


def on_keys(old: str, new: str) -> Slip:
    def slip(line: str) -> str | None:
        value = line.partition(" #")[0].partition(": ")[2].strip()
        is_pair = value and line.startswith("  ") and "{" not in line
        return replaced(line, old, new) if is_pair else None

    return slip


def without_dash(line: str) -> str | None:
    return line.replace("- ", "", 1) if is_row(line) else None


def without_brace(line: str) -> str | None:
    return (
        line.removesuffix("}") if is_row(line) and line.endswith("}") else None
    )


def pasted(line: str) -> str | None:
    cells = ["产出指标", "数量指标", "读者", "≥20万人次", "21万人次", "8"]
    return "\t".join(cells) if is_row(line) else None


def with_tab(line: str) -> str | None:
    return "\t" + line[2:] if line.startswith("  ") and ": " in line else None


KINDS: dict[str, tuple[Slip, str]] = {
    "full-width colon": (on_keys(": ", "："), "全角冒号"),
    "no blank behind a colon": (on_keys(": ", ":"), "后面缺少空格"),
    "a no-break blank": (on_keys(": ", ":\u00a0"), "U+00A0"),
    "a full-width blank": (on_keys(": ", ":\u3000"), "U+3000"),
    "a blank of no width": (on_keys(": ", ":\u200b"), "U+200B"),
    "no blank behind a dash": (on_rows("- ", "-"), "减号后面缺少空格"),
    "a no-break blank behind a dash": (on_rows("- ", "-\u00a0"), "U+00A0"),
    "no dash": (without_dash, "前面少了“- ”"),
    "a comma left out": (on_rows(", 分值", " 分值"), "缺少英文逗号"),
    "a full-width comma": (on_rows(", 分值", "，分值"), "用了“，”"),
    "a full-width brace": (on_rows("{", "｛"), "是全角的"),
    "an open brace": (without_brace, "没有成对"),
    "a colon in braces": (on_rows("分值: ", "分值："), "全角冒号"),
    "a blank in braces": (on_rows("分值: ", "分值:\u3000"), "U+3000"),
    "a row of a table": (pasted, "Excel"),
    "a tab": (with_tab, "制表符"),
    "a percent sign": (on_rows("指标值: ", "指标值: %"), "不能以“%”开头"),
}


def places(slip: Slip) -> list[tuple[int, str]]:
    """The lines that the slip can be made in, as they are with it."""
    return [(n, made) for n, line in enumerate(LINES) if (made := slip(line))]


@pytest.mark.parametrize("kind", KINDS)
def test_one_slip_anywhere_is_told_at_its_line_alone(
    kind: str, tmp_path: Path
) -> None:
    slip, says = KINDS[kind]
    where = places(slip)
    chosen = random.Random(kind).sample(where, min(12, len(where)))

    assert len(chosen) > 5
    for number, made in chosen:
        lines = [*LINES[:number], made, *LINES[number + 1 :]]
        findings = found_in(tmp_path, lines)
        assert [one.place.line for one in findings] == [number + 1], made
        assert says in findings[0].message


@pytest.mark.parametrize("seed", range(10))
def test_eleven_slips_are_told_in_one_reading(
    seed: int, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    lines, numbers = list(LINES), set()
    for kind in dice.sample(sorted(KINDS), 11):
        slip, _ = KINDS[kind]
        free = [
            (n, made)
            for n, made in places(slip)
            if not {n - 1, n, n + 1} & numbers
        ]
        number, lines[number] = dice.choice(free) if free else (0, lines[0])
        numbers.add(number)

    findings = found_in(tmp_path, lines)

    assert [one.place.line - 1 for one in findings] == sorted(numbers)
    assert all(one.place.column for one in findings)


def test_a_unit_of_eleven_slips(tmp_path: Path) -> None:
    text = "\n".join(LINES)
    for old, new in (
        ("\n年度: 2024", "\n年度：2024"),
        ("  简称: 县图书馆", "  简称:县图书馆"),
        ("  预算级次: 县", "  预算级次:\u00a0县"),
        ("    - 面向公众", "    -面向公众"),
        ("    在职: 26", "\t在职: 26"),
        ("填报日期: 2025-03-14", "填报日期: @2025-03-14"),
        ("  调整原因: 年中", '  调整原因: "年中'),
        ("年初预算数: 418.40", "年初预算数: 418.40: 元"),
        ("三级: 到馆读者, 指标值", "三级: 到馆读者，指标值"),
        ("  - 一级: 产出指标  ", "    一级: 产出指标  "),
        ('    - "{{ 默认 }}"', "    - {{ 默认 }}"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    lines = text.split("\n")
    wrong = [n + 1 for n, line in enumerate(lines) if line != LINES[n]]

    findings = found_in(tmp_path, lines)

    assert len(wrong) == 11
    assert [one.place.line for one in findings] == wrong


def test_the_dash_left_out_before_an_item_of_several_lines(
    tmp_path: Path,
) -> None:
    for indent in ("    ", "  "):
        number = next(
            n for n, x in enumerate(LINES) if x.startswith("  - 一级: 产出")
        )
        lines = list(LINES)
        lines[number] = indent + lines[number].removeprefix("  - ")
        (finding,) = found_in(tmp_path, lines)
        assert finding.place.line == number + 1 == 82
        assert "前面少了“- ”" in finding.message


def test_slips_and_wrong_keys_are_told_together(tmp_path: Path) -> None:
    text = (
        "\n".join(LINES)
        .replace("  简称: 县", "  简称：县")
        .replace("在职: 26", "在位: 26")
    )
    assert [one.code for one in found_in(tmp_path, text.split("\n"))] == [
        "DAT002",
        "DAT004",
    ]


def test_a_row_of_a_table_is_shown_how_to_write_it(tmp_path: Path) -> None:
    number, made = places(pasted)[1]
    lines = [*LINES[:number], made, *LINES[number + 1 :]]
    (finding,) = found_in(tmp_path, lines)
    assert "- {一级: 产出指标, 二级: 数量指标, 三级: 读者" in finding.message


def test_a_tag_between_chinese_quotes_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "unit.yaml"
    text = "\n".join(LINES).replace('- "{{ 默认 }}"', "- “{{ 默认 }}”", 1)
    file.write_text(text, encoding="utf-8")
    document = load_unit(file).document
    warned = [(one.code, one.path) for one in document.warnings]
    assert warned == [("DAT014", "叙述.单位概况[1]")]


def broken(times: int) -> Iterator[str]:
    for number in range(times):
        yield f"项目{number}:\n  - {{名称: 甲，分值: 1, 原因: '乙'}}\n  -丙\n  名称：丁\n"
        yield '  说明: "没有结束\n  - {名称: 戊\n'


SHAPES: dict[str, Callable[[int], str]] = {
    "slips": lambda times: "".join(broken(times // 20)),
    "remarks": lambda times: "a: {b # " + "# " * times,
    "quotes": lambda times: "a: {" + "'x " * times,
    "braces": lambda times: "a: {b: " + "x{ " * times,
    "colons": lambda times: "a: {" + "b: c " * times + "}",
    "commas": lambda times: "a: {" + "，b: c " * times + "}",
    "open quotes": lambda times: 'a: "\n' + 'b: "\n' * times,
    "deeper keys": lambda times: "a: 1\n" + "  b: 2\n" * times,
    "blank lines": lambda times: "a:\n" + "\n" * times + "x\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_grows_with_the_text_and_no_faster(shape: str) -> None:
    def seconds(times: int) -> float:
        text = SHAPES[shape](times)
        start = process_time()
        find_slips(text)
        return process_time() - start

    once, thrice = (min(seconds(n) for _ in range(3)) for n in (4000, 12000))
    assert thrice < 6 * once + 0.02
