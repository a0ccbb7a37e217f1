"""What is typed on the page stands in the file at once; all else of the file stays as it was."""

from __future__ import annotations

import difflib

import pytest
from starlette.testclient import TestClient
from web_desk import Page

from reportgen.application.web import saving
from reportgen.application.web.desk import DeskUnit


def changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [one for one in lines if one.startswith(("+ ", "- "))]


def test_a_value_is_saved_and_only_its_line_changes(form: Page) -> None:
    before = form.text
    form.put(["资金", "全年执行数"], "630.15", was="636.20")
    assert changed(before, form.text) == [
        "-   全年执行数: 636.20",
        "+   全年执行数: 630.15",
    ]


def test_the_answer_tells_what_the_value_brings_about(form: Page) -> None:
    told = form.put(["资金", "全年执行数"], "630.15", was="636.20")["live"]
    assert told["figures"]["资金.执行率"] == "97.19%"
    paths = {one["path"] for one in told["findings"]}
    assert any("按收入性质" in one or "执行" in one for one in paths)


def test_an_emptied_value_leaves_its_key_and_its_remark(form: Page) -> None:
    before = form.text
    form.put(["单位", "简称"], "", was="县图书馆")
    (gone, come) = changed(before, form.text)
    assert gone.startswith("-   简称: 县图书馆")
    assert come.startswith("+   简称:")
    assert "部分模板包的标题和清单使用" in come


def test_a_list_emptied_and_filled_again(form: Page) -> None:
    form.put(["单位", "内设机构"], "")
    assert "  内设机构:\n" in form.text.replace(": \n", ":\n")
    form.put(["单位", "内设机构"], "办公室\n财务科")
    assert "办公室" in form.text
    assert "财务科" in form.text


def test_lines_are_paragraphs_and_those_that_stay_keep_their_lines(
    form: Page,
) -> None:
    before = form.text
    was = "全年开放342天，接待读者21.4万人次"
    lines = [
        was,
        "新增一句",
        "数字化地方文献12360页，文献库9月上线，全年浏览9720次",
        "流动图书车通达38个服务点，其余服务点因道路施工暂停",
    ]
    form.put(["年度目标", "完成情况"], "\n".join(lines))
    assert changed(before, form.text) == ["+     - 新增一句"]


def test_what_cannot_be_read_is_kept_and_told_beside_its_field(
    form: Page,
) -> None:
    told = form.put(["资金", "全年执行数"], "六百多", was="636.20")["live"]
    assert "全年执行数: 六百多" in form.text
    assert told["failed"]
    (finding,) = [one for one in told["findings"] if one["severity"] == "error"]
    assert finding["path"] == "资金.全年执行数"
    assert finding["section"] == "0"


def test_the_form_shows_what_cannot_be_read(
    form: Page, browser: TestClient
) -> None:
    form.put(["资金", "全年执行数"], "六百多", was="636.20")
    text = browser.get(f"/units/{form.unit.id}").text
    assert 'value="六百多"' in text


@pytest.mark.parametrize(
    "text",
    [
        "甲: 乙",
        "# 不是说明",
        "{花括号}",
        '“引号”和"引号"',
        "- 横线",
        "{{ 默认 }}",
        "行一\n行二",
        "*号",
        "100%",
        "是",
        "null",
        "2024-01-01",
        "尾随冒号:",
    ],
)
def test_any_text_is_read_as_it_was_typed(
    form: Page, browser: TestClient, text: str
) -> None:
    form.put(["资金", "偏差原因"], text)
    page = browser.get(f"/units/{form.unit.id}").text
    shown = (
        text.replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;")
    )
    assert f">{shown}</textarea>" in page


def test_signs_that_no_field_shows_are_not_written(form: Page) -> None:
    form.put(["资金", "偏差原因"], "\x00一是\x0b二是\u2028三是\ufeff")
    assert "一是\\n二是\\n三是" in form.text


def test_a_file_that_somebody_else_wrote_is_merged(
    form: Page, unit: DeskUnit
) -> None:
    text = form.text.replace("编制: 28", "编制: 29")
    unit.file.write_text(text, "utf-8")
    told = form.put(["资金", "全年执行数"], "630.15", was="636.20")
    assert told["merged"]
    assert "编制: 29" in form.text
    assert "全年执行数: 630.15" in form.text


def test_one_value_changed_here_and_elsewhere_is_a_choice(
    form: Page, unit: DeskUnit
) -> None:
    text = form.text.replace("全年执行数: 636.20", "全年执行数: 640.00")
    unit.file.write_text(text, "utf-8")
    told = form.put(["资金", "全年执行数"], "630.15", was="636.20")
    (clash,) = told["clashes"]
    assert (clash["theirs"], clash["mine"]) == ("640.00", "630.15")
    assert form.text == text
    form.digest = told["digest"]
    form.put(["资金", "全年执行数"], "630.15", was="640.00")
    assert "全年执行数: 630.15" in form.text


def test_rows_of_a_file_that_was_changed_are_not_moved(
    form: Page, unit: DeskUnit
) -> None:
    unit.file.write_text(form.text + "\n# 别人加的\n", "utf-8")
    before = form.text
    told = form.send({"kind": "remove", "path": ["指标"], "position": 0})
    assert "刷新" in told["findings"][0]["message"]
    assert form.text == before


def test_a_row_that_moved_meanwhile_is_not_taken_for_another(
    form: Page, browser: TestClient, unit: DeskUnit
) -> None:
    browser.get(f"/units/{unit.id}/form/1")  # the page has seen the rows
    first = "  - {一级: 产出指标, 二级: 数量指标, 三级: 到馆读者"
    another = "  - {一级: 产出指标, 三级: 新的一行, 分值: 8, 得分: 8}\n"
    text = form.text.replace(first, another + first, 1)
    unit.file.write_text(text, "utf-8")
    told = form.put(["指标", 0, "得分"], "7", was="8")
    assert "刷新" in told["findings"][0]["message"]
    assert form.text == text


def test_a_row_behind_which_others_came_is_changed(
    form: Page, browser: TestClient, unit: DeskUnit
) -> None:
    browser.get(f"/units/{unit.id}/form/1")
    text = form.text.replace("\n自评结果:", "\n\n自评结果:", 1)
    unit.file.write_text(text.replace("编制: 28", "编制: 29"), "utf-8")
    told = form.put(["指标", 0, "得分"], "7", was="8")
    assert told["merged"]
    assert "分值: 8, 得分: 7}" in form.text


def test_undo_takes_the_last_change_back(
    form: Page, browser: TestClient
) -> None:
    before = form.text
    form.put(["单位", "名称"], "甲局")
    form.put(["单位", "名称"], "乙局")
    for name in ("甲局", "青禾县图书馆"):
        browser.post(f"/units/{form.unit.id}/form/0/undo")
        assert f"名称: {name}" in form.text
    assert form.text == before


def test_of_many_changes_the_newest_can_be_taken_back(
    form: Page, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_KEPT", 3)
    for number in range(6):
        form.put(["单位", "名称"], f"{number}局")
    history = form.unit.file.parent / ".reportgen" / "history"
    assert len(list(history.glob("*.yaml"))) == 3
    for number in (4, 3, 2):
        browser.post(f"/units/{form.unit.id}/form/0/undo")
        assert f"名称: {number}局" in form.text


def test_undo_without_a_change_says_so(form: Page, browser: TestClient) -> None:
    answer = browser.post(f"/units/{form.unit.id}/form/0/undo")
    assert answer.status_code == 409
    assert "没有可以撤销" in answer.text


def test_how_a_figure_came_about_is_told(
    form: Page, browser: TestClient
) -> None:
    address = f"/units/{form.unit.id}/explain"
    text = browser.get(address, params={"path": "资金.执行率"}).text
    assert "98.12%" in text
    assert "全年执行数" in text
    grade = browser.get(address, params={"path": "自评结果.等级"}).text
    assert "优" in grade
    none = browser.get(address, params={"path": "没有.这个"}).text
    assert "算不出来" in none
