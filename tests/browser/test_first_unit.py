"""The whole first unit, from an empty folder to the printed set, with nothing but the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clerk import field, paste, told

pytestmark = pytest.mark.browser
INDICATORS = """产出指标\t数量指标\t栽植行道树\t≥1200棵\t1260棵\t20\t20
产出指标\t质量指标\t成活率\t≥95%\t96.5%\t10\t10
产出指标\t时效指标\t完工时间\t5月底前\t5月18日\t10\t10
产出指标\t成本指标\t总支出\t≤80万元\t79.2万元\t10\t10
效益指标\t社会效益指标\t新增绿荫道路\t≥6公里\t6.4公里\t30\t30
满意度指标\t服务对象满意度指标\t居民满意度\t≥90%\t93%\t10\t10"""


def funds(page: Any, base: str) -> None:
    for name, text in (
        ("年初预算数", "80"),
        ("全年预算数", "80"),
        ("全年执行数", "79.2"),
    ):
        field(page, f"{base}.{name}").fill(text)


def go_to(page: Any, section: str) -> None:
    page.click(f'.sections a[data-section="{section}"]')
    page.wait_for_selector(f'#paper[data-section="{section}"][data-ready]')


def goals_and_rows(page: Any, base: str = "") -> None:
    aim, done = "栽植行道树1200棵以上", "栽植1260棵，成活率96.5%"
    field(page, f"{base}年度目标.预期目标").fill(aim)
    field(page, f"{base}年度目标.完成情况").fill(done)
    told(page, "已保存")
    field(page, f"{base}指标[1].一级").click()
    paste(page, INDICATORS)
    told(page, "已粘贴 6 行")
    unused = field(page, f"{base}指标[7].一级")
    assert unused.count() == 0  # rows of the blank form went


def test_a_first_unit_from_empty_to_the_printed_set(
    page: Any, folder: Path
) -> None:
    (folder / "图书馆.yaml").unlink()
    page.reload()
    page.click("main a.button.main >> nth=0")
    page.fill("#name", "清溪镇园林所")
    page.fill("#year", "2025")
    page.click("button.main")
    page.wait_for_selector("#paper[data-ready]")
    field(page, "单位.性质").fill("公益一类事业单位")
    field(page, "单位.主管部门").fill("清溪镇人民政府")
    funds(page, "资金")
    go_to(page, "1")
    goals_and_rows(page)
    page.once("dialog", lambda one: one.accept("行道树补植"))
    page.click("#add-project")
    page.wait_for_selector('#paper[data-section="p1"][data-ready]')
    funds(page, "项目[1].资金")
    goals_and_rows(page, "项目[1].")
    go_to(page, "5")
    page.click("text=填完了，去生成文件")
    page.click('button:text-is("生成文件")')
    page.wait_for_selector("text=文件已经生成", timeout=60_000)
    made = sorted(one.name for one in folder.rglob("outputs/**/*.docx"))
    assert [one.partition(" ")[0] for one in made] == ["1", "2", "3-1"]
    page.click("table.list a >> nth=0")
    page.wait_for_selector("section.docx >> text=清溪镇园林所")
    with page.expect_download() as fetched:
        page.click("text=下载")
    assert fetched.value.suggested_filename == made[0]
