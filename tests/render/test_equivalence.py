"""The compiled engine prints what docxtpl prints with autoescape, element by element."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from engine_support import (
    by_docxtpl,
    lines,
    lines_template,
    render,
    reopened,
    save,
    stories,
    table_template,
)

GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>")

CONTEXT = {
    "单位": {
        "名称": "株洲市渌口区机关事务服务中心",
        "简称": "机关<事务>中心",
        "人员": {"编制": 46, "在职": 41},
    },
    "值": "研发&推广 满意度<90% \"引号\" '单' ]]> {{ 7*7 }} {% for x in y %} {# c #}",
    "多行": "第一行\n第二行\n\n第四行",
    "空": "",
    "零": 0,
    "金额": Decimal("997561.26"),
    "真": True,
    "明细": [
        {
            "名": f"项目{n}&",
            "数": n,
            "项": [{"键": f"{n}-{m}", "值": "<" * m} for m in range(n)],
        }
        for n in range(4)
    ],
    "无": [],
}

LINES = {
    "values": (
        "单位：{{ 单位.名称 }}（{{单位.简称}}）",
        "{{ 值 }}，{{ 金额 }}，{{ 零 }}，{{ 空 }}",
        "无标签 a & b < c",
    ),
    "subscripts": (
        "{{ 单位['名称'] }} {{ 明细[1].名 }} {{ 明细[1]['项'][0].键 }}",
    ),
    "line breaks": ("前{{ 多行 }}后",),
    "inline if": (
        "{% if 真 %}有{{ 值 }}{% else %}无{% endif %}；{% if 零 %}一{% elif 空 %}二{% else %}三{% endif %}",
    ),
    "inline for": (
        "{% for 行 in 明细 %}{{ loop.index }}.{{ 行.名 }}{% if not loop.last %}、{% endif %}{% endfor %}",
    ),
    "for over paragraphs": (
        "{%p for 行 in 明细 %}",
        "{{ 行.名 }}：{{ 行.数 }}",
        "{%p endfor %}",
        "尾",
    ),
    "nested loops": (
        "{%p for 行 in 明细 %}",
        "{{ 行.名 }}",
        "{%p for 子 in 行.项 %}",
        "{{ loop.index }}/{{ 子.键 }}={{ 子.值 }}",
        "{%p endfor %}",
        "{%p endfor %}",
    ),
    "if over paragraphs": (
        "{%p if 零 %}",
        "甲",
        "{%p elif 真 %}",
        "乙{{ 值 }}",
        "{%p else %}",
        "丙",
        "{%p endif %}",
        "尾",
    ),
    "empty loop": (
        "头",
        "{%p for 行 in 无 %}",
        "{{ 行.名 }}",
        "{%p endfor %}",
        "尾",
    ),
    "set": ("{%p set 名 = 单位.名称 %}", "{{ 名 }}"),
    "comments": ("甲{# 不打印 #}乙", "{#p 整段 #}", "丙"),
    "filters and tests": (
        "{{ 明细|length }} {{ 空|default('x', true) }} {% if 丁 is defined %}a{% else %}b{% endif %}",
    ),
    "comparisons": (
        "{% if 零 < 1 and 单位.人员.编制 >= 46 %}是{% endif %}{% if '甲' in '甲乙' %}含{% endif %}",
    ),
    "quotes that Word bends": (
        "{% if 单位[“名称”] == ‘甲’ %}甲{% else %}乙{% endif %}",
    ),
    "loop filter": (
        "{% for 行 in 明细 if 行.数 > 1 %}{{ 行.名 }}{% else %}无{% endfor %}",
    ),
}

TABLES = {
    "rows": (
        ("名", "数"),
        ("{%tr for 行 in 明细 %}", ""),
        ("{{ 行.名 }}", "{{ 行.数 }}"),
        ("{%tr endfor %}", ""),
    ),
    "row if": (
        ("a", "b"),
        ("{%tr if 零 %}", ""),
        ("x", "y"),
        ("{%tr endif %}", ""),
        ("{{ 值 }}", "d"),
    ),
    "columns": (("{%tc for 行 in 明细 %}", "{{ 行.名 }}", "{%tc endfor %}"),),
    "fewer columns": (
        ("{%tc for 行 in 无 %}", "{{ 行.名 }}", "{%tc endfor %}", "合计"),
    ),
    "vm": (
        ("{%tr for 行 in 明细 %}", ""),
        ("{% vm %}产出{{ 值 }}", "{{ 行.名 }}"),
        ("{%tr endfor %}", ""),
    ),
    "hm": (
        ("{%tc for 行 in 明细 %}", "{% hm %}宽", "{%tc endfor %}"),
        ("a", "b", "c"),
    ),
    "colspan": (("{% colspan 2 %}宽", "右"), ("a", "b")),
    "cellbg": (("{% cellbg 'FFC000' %}黄", "{{ 值 }}"),),
    "nested rows": (
        ("{%tr for 行 in 明细 %}", ""),
        ("{{ 行.名 }}", "头"),
        ("{%tr for 子 in 行.项 %}", ""),
        ("{{ 子.键 }}", "{{ 子.值 }}"),
        ("{%tr endfor %}", ""),
        ("{%tr endfor %}", ""),
    ),
}


def printed(path: Path, context: dict[str, Any]) -> bytes:
    """Our document without the trace; with it the same runs stand in it, only cut where a bookmark begins or ends."""
    data = render(path, context, traced=False)
    assert stories(render(path, context)) == stories(data)
    return data


@pytest.mark.parametrize("name", LINES)
def test_paragraphs(name: str, tmp_path: Path) -> None:
    path = lines_template(tmp_path, *LINES[name])
    assert stories(printed(path, CONTEXT)) == stories(by_docxtpl(path, CONTEXT))


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str, tmp_path: Path) -> None:
    path = table_template(tmp_path, *TABLES[name])
    ours, theirs = (
        stories(printed(path, CONTEXT)),
        stories(by_docxtpl(path, CONTEXT)),
    )
    if (
        name
        in {
            "hm",
            "colspan",
        }
    ):  # docxtpl counts cells, not the columns that they span: its grid is too narrow
        ours, theirs = (
            {key: GRID.sub("", xml) for key, xml in found.items()}
            for found in (ours, theirs)
        )
    assert ours == theirs


def test_split_runs(tmp_path: Path) -> None:
    document = docx.Document()
    for pieces in (
        ("{", "{ 单位", ".名", "称 }}"),
        ("前{{", " 值 }", "}"),
        ("{", "% if 真 %", "}{%", " endif %}是"),
    ):
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece).italic = True
    path = save(document, tmp_path)
    ours, theirs = (
        lines(printed(path, CONTEXT)),
        lines(by_docxtpl(path, CONTEXT)),
    )
    assert (
        ours == theirs == [CONTEXT["单位"]["名称"], "前" + CONTEXT["值"], "是"]
    )


def test_what_follows_a_split_tag_keeps_its_own_look(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece, bold in (
        ("前 {{ 单", True),
        ("位.简称", True),
        (" }} 后", False),
    ):
        paragraph.add_run(piece).bold = bold
    path = save(document, tmp_path)
    looks = [
        (run.text, run.bold)
        for run in reopened(printed(path, {"单位": {"简称": "甲"}}))
        .paragraphs[0]
        .runs
    ]
    assert looks == [
        ("前 甲", True),
        (" 后", False),
    ]  # docxtpl makes it all bold


def test_headers_and_footers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ 值 }}")
    document.sections[0].header.paragraphs[0].text = "页眉 {{ 值 }}"
    document.sections[0].footer.paragraphs[
        0
    ].text = "{% for 行 in 明细 %}{{ 行.名 }}{% endfor %}"
    path = save(document, tmp_path)
    context = {
        **CONTEXT,
        "值": "甲乙",
    }  # docxtpl raises at "&" in a header without autoescape, and not with it
    assert stories(printed(path, context)) == stories(by_docxtpl(path, context))


def test_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(0, 3)).text = "{{ 单位.名称 }}"
    table.cell(1, 0).text = "{%tr for 行 in 明细 %}"
    table.cell(2, 1).merge(table.cell(2, 3)).text = "{{ 行.名 }}{{ 值 }}"
    table.cell(3, 0).text = "{%tr endfor %}"
    path = save(document, tmp_path)
    assert stories(printed(path, CONTEXT)) == stories(by_docxtpl(path, CONTEXT))


def test_a_table_in_a_cell_and_in_a_loop(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{%p for 行 in 明细 %}")
    outer = document.add_table(1, 2)
    inner = outer.cell(0, 1).add_table(3, 1)
    inner.cell(0, 0).text = "{%tr for 子 in 行.项 %}"
    inner.cell(1, 0).text = "{{ 子.键 }}"
    inner.cell(2, 0).text = "{%tr endfor %}"
    inner.add_row().cells[0].text = "{{ 行.名 }}"
    outer.cell(0, 0).text = "{{ 行.数 }}"
    document.add_paragraph("{%p endfor %}")
    path = save(document, tmp_path)
    assert stories(printed(path, CONTEXT)) == stories(by_docxtpl(path, CONTEXT))
