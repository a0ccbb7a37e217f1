"""The tables with keys alone, and blocks from and to Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clerk import clipboard, field, open_form, paste, told, written

from reportgen.model.loading import load_unit

pytestmark = pytest.mark.browser
ROW = ["产出指标", "数量指标", "甲", "≥5个", "6个", "2", "2", ""]


def focused(page: Any) -> str:
    return str(page.evaluate("() => document.activeElement.dataset.dotted"))


def test_a_block_of_thirty_rows_and_eight_columns_is_pasted(
    page: Any, folder: Path
) -> None:
    open_form(page, "1")
    block = [[*ROW[:2], f"新增{row}", *ROW[3:7], "原因"] for row in range(30)]
    field(page, "指标[1].一级").click()
    head = "一级\t二级\t三级\t指标值\t实际值\t分值\t得分\t偏差原因"
    text = "\r\n".join([head, *("\t".join(one) for one in block), ""])
    paste(page, text)
    told(page, "已粘贴 30 行")
    rows = load_unit(folder / "图书馆.yaml").unit.indicators
    assert [one.name for one in rows] == [f"新增{row}" for row in range(30)]
    assert {one.weight.text for one in rows if one.weight} == {"2"}
    assert field(page, "指标[30].三级").input_value() == "新增29"


def test_a_cell_with_line_breaks_and_quotation_marks_is_one_cell(
    page: Any, folder: Path
) -> None:
    open_form(page, "1")
    field(page, "指标[12].三级").click()
    paste(page, '"甲""乙""\n丙"\t≥1%\n丁\t≥2%')
    told(page, "已粘贴 2 行")
    rows = load_unit(folder / "图书馆.yaml").unit.indicators
    assert [one.name for one in rows[11:]] == ['甲"乙"丙', "丁"]


def test_cells_are_reached_and_changed_with_keys_alone(
    page: Any, folder: Path
) -> None:
    open_form(page, "1")
    field(page, "指标[1].三级").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert focused(page) == "指标[3].指标值"
    page.keyboard.type("≥39个")
    page.keyboard.press("Tab")
    assert focused(page) == "指标[3].实际值"
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    told(page, "已保存")
    row = load_unit(folder / "图书馆.yaml").unit.indicators[2]
    assert (row.target.text, row.actual.text) == ("≥39个", "39个")  # type: ignore[union-attr]


def test_picked_cells_are_copied_and_emptied(page: Any, folder: Path) -> None:
    open_form(page, "1")
    field(page, "指标[1].三级").focus()
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(f"Shift+{key}")
    page.keyboard.press("Control+c")
    assert clipboard(page) == "到馆读者\t≥20万人次\n图书外借\t≥16万册次"
    page.keyboard.press("Delete")
    told(page, "已保存")
    rows = load_unit(folder / "图书馆.yaml").unit.indicators
    assert [(one.name, one.target) for one in rows[:2]] == [("", None)] * 2


def test_rows_come_go_and_move_with_keys_alone(page: Any, folder: Path) -> None:
    def names() -> list[str]:
        found = load_unit(folder / "图书馆.yaml").unit.indicators
        return [one.name for one in found[:4]]

    open_form(page, "1")
    first = names()
    field(page, "指标[1].三级").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.locator('[data-dotted="指标[2].三级"]:focus').wait_for()
    assert names() == [first[1], first[0], *first[2:]]
    page.keyboard.press("Control+Enter")
    page.locator('[data-dotted="指标[3].一级"]:focus').wait_for()
    assert names() == [first[1], first[0], "", first[2]]
    page.keyboard.press("Control+Delete")
    told(page, "已保存")
    assert names() == [first[1], first[0], *first[2:]]


def test_a_row_gets_rows_of_its_own(page: Any, folder: Path) -> None:
    open_form(page)
    page.click('tr[data-dotted="资金.按支出性质[2]"] >> text=＋明细')
    inner = field(page, "资金.按支出性质[2].明细[1].名称")
    inner.fill("办公设备购置")
    told(page, "已保存")
    assert "办公设备购置" in written(folder)


def test_sums_stand_below_at_once(page: Any) -> None:
    open_form(page)
    table = page.locator(
        "table.grid", has=field(page, "资金.按收入性质[1].名称")
    )
    sums = table.locator("tfoot td.sum")
    assert [one for one in sums.all_inner_texts() if one] == [
        "612.4",
        "648.4",
        "636.2",
    ]
    field(page, "资金.按收入性质[2].全年执行数").fill("210000元")
    assert "637.2" in sums.all_inner_texts()
    field(page, "资金.按收入性质[2].全年执行数").fill("不少")
    assert "637.2" not in sums.all_inner_texts()


def test_a_cell_given_in_parts_is_filled_in_part_by_part(
    page: Any, folder: Path
) -> None:
    file = folder / "图书馆.yaml"
    text = file.read_text("utf-8")
    row = "三级: 到馆读者,"
    apart = f"{row} 偏差原因: {{原因: 下雨, 措施: 换场地}},"
    assert row in text
    file.write_text(text.replace(row, apart, 1), "utf-8")
    open_form(page, "1")
    cause = field(page, "指标[1].偏差原因.原因")
    assert cause.input_value() == "下雨"
    field(page, "指标[1].偏差原因.时限").fill("9月底")
    told(page, "已保存")
    assert "时限: 9月底" in written(folder)
    assert "措施: 换场地" in written(folder)
