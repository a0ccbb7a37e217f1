"""汇总.html, read back as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from urllib.parse import unquote

import pytest
from summary_units import ROOT, a_run, finding, row, unit

from reportgen.batch.summary_page import summary_page
from reportgen.core.findings import Severity
from reportgen.results.summary import Summary, summarise

_OPEN = {"meta", "link", "br", "hr", "img", "input"}  # elements without an end


class Page(HTMLParser):
    """Every element with its attributes, the text of the page, and whether each element was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.stack: list[str] = []
        self.feed(text)

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _OPEN:
            self.stack.append(tag)

    def handle_startendtag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] not in {"script", "style"}:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page(summary: Summary) -> Page:
    read = Page(summary_page(summary, ROOT).decode())
    assert read.stack == []
    return read


def test_totals_and_every_unit_stand_on_the_page() -> None:
    text = page(a_run()).text

    for said in (
        "2024年度绩效自评汇总",
        "200.00",
        "169.00",
        "84.50%",
        "89.50",
        "按预算数加权平均 91.75",
        "甲中心",
        "+乙站",
        "丙所",
    ):
        assert said in text


def test_a_unit_that_failed_has_its_reason() -> None:
    assert re.search(r"d\.yaml\s*文件是空的", page(a_run()).text)


def test_findings_are_told_worst_first_and_waived_ones_not() -> None:
    told = re.findall(r"(错误|警告) 执行率填报为99%", page(a_run()).text)

    assert told == ["错误", "警告"]


def test_documents_are_links_from_where_the_page_stands() -> None:
    links = [unquote(one["href"] or "") for one in page(a_run()).all("a")]

    assert links == [
        "#units",
        "2024/甲中心/1 报告 #1.docx",
        "2024/甲中心/2 表.docx",
        "2024/+乙站/1 报告.docx",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</script>&lt;",
        "{{ 7*7 }}",
    ],
)
def test_what_people_typed_is_text(text: str) -> None:
    plain = page(summarise([unit("a.yaml", "站", row("1", "1"))]))
    whole = replace(row("1", "1"), grade=text)
    one = unit(
        text,
        text,
        whole,
        findings=(finding(Severity.ERROR, text),),
        projects=(row("1", "1", name=text),),
    )

    typed = page(summarise([one]))

    assert typed.text.count(text) >= 5
    assert typed.all("img") == []
    assert len(typed.all("script")) == len(plain.all("script"))


def test_nothing_comes_from_elsewhere() -> None:
    source = (
        files("reportgen.batch")
        .joinpath("summary.html")
        .read_text(encoding="utf-8")
    )

    assert not re.search(
        r"https?:|//[a-z]+\.|@import|url\(|\bsrc=|<link", source
    )
    assert "default-src 'none'" in source


def test_the_page_says_what_language_it_is_and_fits_a_telephone() -> None:
    read = page(a_run())

    assert read.all("html") == [{"lang": "zh-CN"}]
    assert {
        "name": "viewport",
        "content": "width=device-width, initial-scale=1",
    } in read.all("meta")


def test_charts_say_in_words_what_they_show() -> None:
    read = page(a_run())

    assert [one["role"] for one in read.all("svg")] == ["img", "img"]
    assert "优 2 个；良 0 个；中 1 个" in read.text


def test_a_unit_within_a_department_is_told_from_the_others() -> None:
    child, parent = (
        unit("b.yaml", "下属站", row("30", "30")),
        unit("a.yaml", "某局", row("130", "120")),
    )
    covering = replace(parent, includes=(str(child.file.resolve()),))

    read = page(summarise([child, covering]))

    assert [one["class"] for one in read.all("tbody") if one.get("class")] == [
        "unit",
        "unit part",
    ]
    assert "1 个下属单位已含在部门数内，不重复计" in read.text


def test_all_findings_of_a_unit_are_told_the_later_ones_folded() -> None:
    found = tuple(
        replace(finding(Severity.ERROR), message=f"第{number}处")
        for number in range(40)
    )
    read = page(
        summarise([unit("a.yaml", "站", row("1", "1"), findings=found)])
    )

    assert "另有 28 处" in read.text
    assert all(one.message in read.text for one in found)
    assert len(read.all("details")) == 1


def test_a_page_of_very_many_findings_says_where_the_others_are() -> None:
    found = (finding(Severity.ERROR),) * 300
    units = [
        unit(f"{number}.yaml", f"站{number}", row("1", "1"), findings=found)
        for number in range(70)
    ]

    read = page(summarise(units))

    assert "另有 288 处，见该单位文件夹中的问题清单.xlsx" in read.text
    assert not read.all("details")


def test_a_run_without_units_is_a_page_all_the_same() -> None:
    assert "没有符合条件的单位" in page(summarise([])).text
