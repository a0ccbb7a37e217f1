"""What a pack takes over from the pack that it extends: sections, labels, and the rows of its forms."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.core.errors import PackError
from reportgen.figures.catalogue import compute_figures
from reportgen.model.unit import Funds, FundsRow, Profile, Unit
from reportgen.model.values import Reported
from reportgen.narrative.wording import numbered
from reportgen.packs.pack import Pack, load_pack
from reportgen.view.names import build_view

NATION = {
    "pack.yaml": "名称: nation\n版本: 1\n用语: {项目名称: 项目名称, 单位名称: 单位名称}\n",
    "snippets.yaml": """
单位:
  概况: {空: 无。, 段落: [{编号: 甲, 文: 甲。}]}
  问题: {空: 没有问题。, 本单位文字: 合并, 编号: （一）, 段落: [{编号: 乙, 文: 乙。}]}
""",
}


def packs(root: Path, snippets: str, manifest: str = "") -> Pack:
    own = {
        "pack.yaml": f"名称: region\n版本: 1\n继承: nation\n{manifest}",
        "snippets.yaml": snippets,
    }
    for name, files in (("nation", NATION), ("region", own)):
        (root / name).mkdir()
        for file, text in files.items():
            (root / name / file).write_text(text, encoding="utf-8")
    return load_pack(root / "region", (root,))


def test_a_section_takes_over_what_it_does_not_say_itself(
    tmp_path: Path,
) -> None:
    pack = packs(
        tmp_path, "单位: {主要问题: {沿用: 问题, 本单位文字: 替换, 编号: 1.}}"
    )

    taken = pack.snippets.unit["主要问题"]

    assert (taken.own, taken.numbering, taken.empty) == (
        "替换",
        "1.",
        "没有问题。",
    )
    assert [snippet.text for snippet in taken.snippets] == [("乙。",)]
    assert list(pack.snippets.unit) == ["概况", "问题", "主要问题"]


def test_a_pack_may_have_only_the_sections_that_it_names(
    tmp_path: Path,
) -> None:
    pack = packs(tmp_path, "继承: 沿用\n单位: {概况: {沿用: 概况}}")

    assert list(pack.snippets.unit) == ["概况"]


def test_a_section_that_is_not_there_to_take_over_is_named(
    tmp_path: Path,
) -> None:
    with pytest.raises(
        PackError, match="「问题」沿用的「难题」在模板包「nation」中没有"
    ):
        packs(tmp_path, "单位: {问题: {沿用: 难题}}")


def test_labels_are_taken_over_one_by_one(tmp_path: Path) -> None:
    pack = packs(tmp_path, "单位: {}", "用语: {项目名称: 项目支出名称}\n")

    assert pack.manifest.wording == {
        "项目名称": "项目支出名称",
        "单位名称": "单位名称",
    }


def row(name: str, executed: str) -> FundsRow:
    return FundsRow(
        name=name, executed=Reported.of(Decimal(executed), executed)
    )


def test_income_stands_beside_spending_in_the_rows_of_the_form(
    tmp_path: Path,
) -> None:
    pack = packs(
        tmp_path,
        "单位: {}",
        "收入性质: [财政拨款, 基金, 其他资金]\n支出性质: [基本支出, 项目支出]\n",
    )
    funds = Funds(
        by_income=(row("利息", "1"), row("财政拨款", "9")),
        by_nature=(row("项目支出", "10"),),
    )
    unit = Unit(year="2024", profile=Profile(name="某单位"), funds=funds)

    view = build_view(unit, compute_figures(unit, pack.scoring), pack)
    table = view["资金"]["收支对照"]

    assert [
        (one["收入"]["标签"], one["收入"]["全年执行数"]) for one in table
    ] == [
        ("其中：财政拨款", "9.00"),
        ("基金", ""),
        ("其他资金", ""),
        ("利息", "1.00"),
    ]
    assert not any(one["收入"]["全年执行数"] > 0 for one in table[1:3]), (
        "a row without amounts still compares"
    )
    assert [
        (one["支出"]["标签"], one["支出"]["全年执行数"]) for one in table
    ] == [
        ("其中：基本支出", ""),
        ("项目支出", "10.00"),
        ("", ""),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("style", "said"),
    [("1、", ["1、甲。", "2、乙。"]), ("1.", ["1.甲。", "2.乙。"])],
)
def test_lists_are_numbered_as_the_region_writes_them(
    style: str, said: list[str]
) -> None:
    assert numbered(["甲。", "乙。"], style, [1, 2]) == said
    assert numbered(["甲。"], style, [1]) == ["甲。"]
