"""Names in braces are shown in brackets, and written as they were."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from web_desk import Page

from reportgen.application.web.texts.marks import shown_marks, written_marks

TEXTS = st.text("甲{}默认 【】资金.率自动写的\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 默认 }}", "【自动写的】"),
        ("{{默认}}后面", "【自动写的】后面"),
        ("率{{ 资金.执行率 }}", "率【资金.执行率】"),
        ("【依据】{{", "【依据】{{"),
        ("{% if 甲 %}", "{% if 甲 %}"),
    ],
)
def test_each_name_is_shown_in_brackets(text: str, shown: str) -> None:
    assert shown_marks(text, ("改写", "甲.乙")) == shown


@given(TEXTS)
def test_what_was_shown_and_not_changed_means_the_same(text: str) -> None:
    if "【" not in text:
        path = ("改写", "甲.乙")
        shown = shown_marks(text, path)
        again = written_marks(shown, path, text)
        assert shown_marks(again, path) == shown


def test_a_name_in_a_chapter_means_nothing_and_stays_to_be_seen() -> None:
    text = "{{ 默认 }}率{{ 资金.执行率 }}"
    path = ("叙述", "单位概况")
    shown = shown_marks(text, path)
    assert shown == "【自动写的】率{{ 资金.执行率 }}"
    assert written_marks(shown, path, text) == text
    assert shown_marks(text, ("资金", "偏差原因")) == text


def test_brackets_of_somebodys_own_stay(form: Page) -> None:
    path = ["叙述", "存在问题"]
    was = "\n".join(
        line.strip(" -")
        for line in form.text.split("存在问题:")[1].split("\n")[1:4]
    )
    form.put(path, "【一】座位紧张", was)
    assert "【一】座位紧张" in form.text


def test_the_form_shows_and_takes_marks(form: Page) -> None:
    address = f"/units/{form.unit.id}/form/3"
    shown = form.browser.get(address).text
    assert "【自动写的】" in shown
    assert "{{" not in shown
    before = form.text
    was = "【自动写的】\n馆舍面积4200平方米，馆藏图书18.6万册，分馆设到全县各乡镇。"
    answer = form.put(["叙述", "单位概况"], f"{was}\n又一句。", was)
    assert not answer["clashes"]
    assert form.text == before.replace(
        "分馆设到全县各乡镇。\n", "分馆设到全县各乡镇。\n    - 又一句。\n"
    )
