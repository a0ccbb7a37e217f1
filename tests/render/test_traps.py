"""Every trap of docxtpl that was seen, each with what is wanted instead."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Inches
from engine_support import (
    W,
    cells,
    lines,
    lines_template,
    part,
    render,
    reopened,
    rewritten,
    save,
    table_template,
)
from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template

ROWS = [
    {
        "一级": "产出指标",
        "一级起": True,
        "二级": "数量",
        "二级起": True,
        "名": "甲",
    },
    {
        "一级": "产出指标",
        "一级起": False,
        "二级": "数量",
        "二级起": False,
        "名": "乙",
    },
    {
        "一级": "产出指标",
        "一级起": False,
        "二级": "质量",
        "二级起": True,
        "名": "丙",
    },
    {
        "一级": "效益指标",
        "一级起": True,
        "二级": "社会",
        "二级起": True,
        "名": "丁",
    },
]


@pytest.mark.parametrize(
    "value",
    [
        "研发&推广",
        "满意度<90%的处室",
        "a>b",
        "]]>",
        "&amp;",
        "</w:t></w:r></w:p>",
    ],
)
def test_markup_in_values_is_text(value: str, tmp_path: Path) -> None:
    path = lines_template(tmp_path, "前{{ v }}后")
    assert lines(render(path, {"v": value})) == [f"前{value}后"]


def test_cells_merge_where_the_data_say(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("{%tr for 行 in 指标 %}",),
        (
            "{%vm 行.一级起 %}{{ 行.一级 }}",
            "{%vm 行.二级起 %}{{ 行.二级 }}",
            "{{ 行.名 }}",
        ),
        ("{%tr endfor %}",),
    )
    data = render(path, {"指标": ROWS})
    rows = etree.fromstring(part(data)).iter(W + "tr")
    merges = [
        [
            cell.find(f".//{W}vMerge").get(W + "val")
            for cell in list(row.iter(W + "tc"))[:2]
        ]
        for row in rows
    ]
    assert merges == [
        ["restart", "restart"],
        ["continue", "continue"],
        ["continue", "restart"],
        ["restart", "restart"],
    ]
    assert (
        "".join(etree.fromstring(part(data)).itertext())
        == "产出指标数量甲乙质量丙效益指标社会丁"
    )


def test_a_continued_cell_keeps_the_look_of_its_paragraph(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    cell = document.add_table(2, 1).cell(1, 0)
    cell.text = "{%vm 否 %}文字"
    cell.paragraphs[0].style = "Heading 1"
    data = render(save(document, tmp_path), {"否": False})
    continued = list(etree.fromstring(part(data)).iter(W + "tc"))[1]
    assert [style.get(W + "val") for style in continued.iter(W + "pStyle")] == [
        "Heading1"
    ]
    assert "".join(continued.itertext()) == ""


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("mark", ["", "p"])
def test_tag_lines_leave_no_paragraph(
    mark: str, yes: bool, tmp_path: Path
) -> None:
    tags = (
        f"{{%{mark} if 有 %}}",
        "有",
        f"{{%{mark} else %}}",
        "没有",
        f"{{%{mark} endif %}}",
    )
    path = lines_template(
        tmp_path, "头", *tags, "{# 注 #}", "{% set 甲 = 1 %}", "尾{{ 甲 }}"
    )
    assert lines(render(path, {"有": yes})) == [
        "头",
        "有" if yes else "没有",
        "尾1",
    ]


def test_two_tags_on_one_line_leave_no_paragraph(tmp_path: Path) -> None:
    path = lines_template(
        tmp_path,
        "{% if 甲 %}",
        "甲",
        "{% endif %}{% if 乙 %}",
        "乙",
        "{% endif %}",
        "尾",
    )
    assert lines(render(path, {"甲": False, "乙": True})) == ["乙", "尾"]


def test_a_plain_tag_line_whose_partner_is_in_a_sentence_stays(
    tmp_path: Path,
) -> None:
    path = lines_template(tmp_path, "{% if 甲 %}", "甲{% endif %}", "尾")
    assert lines(render(path, {"甲": True})) == ["", "甲", "尾"]
    assert lines(render(path, {"甲": False})) == ["", "尾"]


def test_a_tag_line_with_a_section_break_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{%p if 甲 %}")
    document.add_section()
    document.add_paragraph("{%p endif %}")
    document.paragraphs[0]._p.get_or_add_pPr().append(
        document.paragraphs[1]._p.pPr.sectPr
    )
    with pytest.raises(TemplateError, match="独占一段"):
        compile_template(save(document, tmp_path))


def test_text_beside_a_line_tag_is_not_lost_in_silence(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"正文第2段.*独占一段"):
        compile_template(
            lines_template(tmp_path, "头", "标题 {%p if 甲 %}", "{%p endif %}")
        )


def test_same_rules_in_header_footer_and_properties(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ v }}")
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ v }}"
    section.footer.paragraphs[0].text = "{% if v %}{{ v }}{% endif %}"
    document.core_properties.title = "{{ v }}"
    document.core_properties.author = "{{ 深.名 }}"
    data = render(
        save(document, tmp_path), {"v": "甲&乙", "深": {"名": "<丙>"}}
    )
    printed = reopened(data)
    assert printed.sections[0].header.paragraphs[0].text == "甲&乙"
    assert printed.sections[0].footer.paragraphs[0].text == "甲&乙"
    assert (printed.core_properties.title, printed.core_properties.author) == (
        "甲&乙",
        "<丙>",
    )


@pytest.mark.parametrize(
    "tag",
    ["{%p if 无 %}", "{%p for 项 in 空 %}", "{% if 无 %}"],
    ids=["if", "for", "plain if"],
)
def test_an_emptied_cell_keeps_one_paragraph(tag: str, tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    end = {"{%p if 无 %}": "{%p endif %}", "{% if 无 %}": "{% endif %}"}.get(
        tag, "{%p endfor %}"
    )
    cell.text = f"{tag}\n甲\n{end}".split("\n")[0]
    cell.add_paragraph("甲")
    cell.add_paragraph(end)
    data = render(save(document, tmp_path), {"无": 0, "空": []})
    assert [
        paragraph.text
        for paragraph in reopened(data).tables[0].cell(0, 0).paragraphs
    ] == [""]


def test_an_emptied_table_goes(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("{%tr for 行 in 明细 %}",),
        ("{{ 行 }}",),
        ("{%tr endfor %}",),
    )
    assert reopened(render(path, {"明细": []})).tables == []
    assert cells(render(path, {"明细": ["甲", "乙"]})) == [["甲"], ["乙"]]


def test_an_emptied_row_goes_and_an_emptied_nested_table(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    outer = document.add_table(2, 3)
    for number, text in enumerate(
        ("{%tc for 列 in 空 %}", "{{ 列 }}", "{%tc endfor %}")
    ):
        outer.cell(0, number).text = text
    inner = outer.cell(1, 0).add_table(3, 1)
    for number, text in enumerate(
        ("{%tr for 行 in 空 %}", "{{ 行 }}", "{%tr endfor %}")
    ):
        inner.cell(number, 0).text = text
    data = render(save(document, tmp_path), {"空": []})
    assert len(reopened(data).tables[0].rows) == 1
    assert reopened(data).tables[0].cell(0, 0).tables == []
    filled = render(tmp_path / "模板.docx", {"空": ["甲", "乙"]})
    assert len(reopened(filled).tables[0].rows) == 2
    assert len(list(etree.fromstring(part(filled)).iter(W + "tr"))) == 4


def test_an_emptied_header_keeps_one_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p if 无 %}"
    header.add_paragraph("甲")
    header.add_paragraph("{%p endif %}")
    data = render(save(document, tmp_path), {"无": False})
    assert [
        paragraph.text
        for paragraph in reopened(data).sections[0].header.paragraphs
    ] == [""]


def test_columns_that_vary_keep_the_width_of_the_table(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("项目", "{%tc for 年 in 年度 %}", "{{ 年 }}", "{%tc endfor %}"),
    )
    for years in ([], ["2021"], ["2020", "2021", "2022", "2023", "2024"]):
        grid = [
            int(column.get(W + "w"))
            for column in etree.fromstring(
                part(render(path, {"年度": years}))
            ).iter(W + "gridCol")
        ]
        assert len(grid) == len(years) + 1
        assert abs(sum(grid) - 8640) < 10


@pytest.mark.parametrize(
    ("count", "good"),
    [
        ("2", True),
        (3, True),
        (0, False),
        ("两", False),
        (-1, False),
        (100, False),
    ],
)
def test_colspan_takes_a_number_of_columns(
    count: Any, good: bool, tmp_path: Path
) -> None:
    path = table_template(tmp_path, ("{% colspan 数 %}甲", "乙"))
    if good:
        assert (
            f'w:gridSpan w:val="{count}"'
            in part(render(path, {"数": count})).decode()
        )
        return
    with pytest.raises(
        TemplateError, match=r"正文第1个表格第1行第1列.*合并的列数"
    ):
        compile_template(path).render({"数": count})


def test_a_colour_that_is_none_is_refused(tmp_path: Path) -> None:
    path = table_template(tmp_path, ("{% cellbg 色 %}甲", "乙"))
    assert 'w:fill="FFC000"' in part(render(path, {"色": "#FFC000"})).decode()
    with pytest.raises(TemplateError, match="颜色"):
        compile_template(path).render({"色": '"/><w:p/>'})


def test_a_drawing_in_a_loop_has_its_own_number_each_time(
    tmp_path: Path,
) -> None:
    image = tmp_path / "点.png"
    image.write_bytes(PIXEL)
    document = docx.Document()
    document.add_picture(str(image), Inches(1))
    document.add_paragraph("{%p for 行 in 明细 %}")
    document.add_picture(str(image), Inches(1))
    document.add_paragraph("{%p endfor %}")
    data = render(save(document, tmp_path), {"明细": ["甲", "乙", "丙"]})
    name = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    numbers = [
        drawing.get("id") for drawing in etree.fromstring(part(data)).iter(name)
    ]
    assert numbers == ["1001", "1002", "1003", "1004"]


def test_bookmarks_in_a_loop_are_not_repeated(tmp_path: Path) -> None:
    path = lines_template(
        tmp_path, "{%p for 行 in 明细 %}", "MARK{{ 行 }}", "{%p endfor %}"
    )

    def add_bookmark(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        start, end = (
            '<w:bookmarkStart w:id="0" w:name="甲"/>',
            '<w:bookmarkEnd w:id="0"/>',
        )
        parts["word/document.xml"] = (
            xml.replace("<w:r><w:t>MARK", f"{start}<w:r><w:t>")
            .replace("</w:p><w:p>", f"{end}</w:p><w:p>", 2)
            .encode()
        )

    data = render(rewritten(path, add_bookmark), {"明细": ["甲", "乙"]})
    assert 'w:name="甲"' not in part(data).decode()


def test_a_bookmark_that_ends_in_a_tag_line_goes_whole(tmp_path: Path) -> None:
    def add_bookmark(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        xml = xml.replace(
            "<w:r><w:t>甲", '<w:bookmarkStart w:id="0" w:name="a"/><w:r><w:t>甲'
        )
        xml = xml.replace(
            "<w:r><w:t>{%p endif",
            '<w:bookmarkEnd w:id="0"/><w:r><w:t>{%p endif',
        )
        parts["word/document.xml"] = xml.encode()

    path = rewritten(
        lines_template(tmp_path, "甲", "{%p if 有 %}", "{%p endif %}"),
        add_bookmark,
    )
    assert "bookmark" not in part(render(path, {"有": 1})).decode()


def test_a_footnote_in_a_loop_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("{%p for 行 in 明细 %}", "甲", "{%p endfor %}"):
        document.add_paragraph(line)
    paragraph = document.paragraphs[1]
    document.add_comment(paragraph.runs[0], "批注", author="甲")
    with pytest.raises(TemplateError, match="批注"):
        compile_template(save(document, tmp_path))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = lines_template(
        tmp_path, "{{ v }}", "{% for 行 in 明细 %}{{ 行 }}{% endfor %}"
    )
    context = {"v": "甲", "明细": ["乙", "丙"]}
    first = compile_template(path).render(context)
    again = path.rename(tmp_path / "另一份.docx")
    assert compile_template(again).render(context) == first


def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("{%tr for 行 in 明细 %}",),
        ("{{ 行.名 }}", "{{ 行.数 }}"),
        ("{%tr endfor %}",),
    )
    compiled = compile_template(path)
    context = {
        "明细": [
            {"名": f"项目{number}", "数": number} for number in range(100_000)
        ]
    }
    started = time.monotonic()
    xml = part(compiled.render(context))
    assert time.monotonic() - started < 5
    assert xml.count(b"<w:tr>") == 100_000


def test_loops_in_loops_are_bounded(tmp_path: Path) -> None:
    depth = 6
    text = (
        "".join(f"{{% for 丙{n} in 列 %}}" for n in range(depth))
        + "甲"
        + "{% endfor %}" * depth
    )
    path = lines_template(tmp_path, "头", text)
    started = time.monotonic()
    with pytest.raises(TemplateError, match=r"正文第2段.*超过上限"):
        compile_template(path).render({"列": list(range(200))})
    assert time.monotonic() - started < 5


def test_a_long_text_printed_many_times_is_bounded(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{% for 项 in 列 %}{{ 长 }}{% endfor %}")
    with pytest.raises(TemplateError, match="超过上限"):
        compile_template(path).render(
            {"列": list(range(1000)), "长": "字" * 1_000_000}
        )


def test_a_template_is_compiled_again_when_it_changes(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{{ v }}")
    assert lines(render(path, {"v": "甲"})) == ["甲"]
    assert compile_template(path) is compile_template(path)
    lines_template(tmp_path, "改{{ v }}")
    assert lines(render(path, {"v": "甲"})) == ["改甲"]


def test_a_text_box_is_filled_where_word_keeps_it_twice(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "BOX", "{{ v }}")

    def add_box(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        box = "<w:txbxContent><w:p><w:r><w:t>框{{ v }}</w:t></w:r></w:p></w:txbxContent>"
        both = (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        parts["word/document.xml"] = xml.replace(
            "<w:t>BOX</w:t>", both
        ).encode()

    data = compile_template(rewritten(path, add_box)).render({"v": "甲&乙"})
    assert re.sub("<[^>]+>", "", part(data).decode()).count("框甲&amp;乙") == 2
    assert lint_docx(data) == ()


def test_the_alternative_text_of_a_picture_is_filled(tmp_path: Path) -> None:
    image = tmp_path / "点.png"
    image.write_bytes(PIXEL)
    document = docx.Document()
    document.add_picture(str(image), Inches(1))
    name = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    next(document.element.iter(name)).set("descr", "{{ v }}的照片")
    data = render(save(document, tmp_path), {"v": "\"甲\"&\n'乙'\t<丙>"})
    assert (
        next(reopened(data).element.iter(name)).get("descr")
        == "\"甲\"&\n'乙'\t<丙>的照片"
    )


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    + "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
