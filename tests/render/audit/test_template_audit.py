"""What people leave in templates is told before it is printed into every form: each broken on purpose."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from reportgen.application.pack_audit import audit_pack
from reportgen.packs.page_standard import PageStandard
from reportgen.pipeline import PackCache
from reportgen.render.audit.pages.template_audit import template_findings

TEMPLATES = Path(__file__).parents[3] / "templates"
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


class Template:
    """A small template: a label, a table of two rows, a last paragraph."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "表.docx"
        self.document = Document()
        self.document.add_paragraph("填报单位：{{ 单位.名称 }}")
        table = self.document.add_table(rows=2, cols=3)
        for row in table.rows:
            for cell in row.cells:
                cell.text = "{{ 年度 }}"
        self.table = table
        self.last = self.document.add_paragraph("{{ 填报.填报日期 }}")

    def told(self, code: str) -> list[str]:
        self.document.save(str(self.path))
        found = template_findings(self.path, PageStandard(), official=False)
        return [one.message for one in found if one.code == code]


@pytest.fixture
def template(tmp_path: Path) -> Template:
    return Template(tmp_path)


def within(paragraph: Paragraph, xml: str) -> None:
    """`xml` around the runs of a paragraph, which stand in the place of its element <runs/>."""
    outer = parse_xml(xml)
    (place,) = outer.xpath(".//runs")
    runs = list(paragraph._p.r_lst)
    runs[0].addprevious(outer)
    for run in runs:
        place.addprevious(run)
    place.getparent().remove(place)


def test_a_sound_template_has_nothing_left_in_it(template: Template) -> None:
    assert template.told("TPL008") == []
    assert template.told("TPL009") == []
    assert template.told("TPL010") == []


def test_tracked_words_are_told_with_their_cell(template: Template) -> None:
    within(
        template.table.cell(1, 2).paragraphs[0],
        f'<w:ins {nsdecls("w")} w:id="7" w:author="x"><runs/></w:ins>',
    )
    (message,) = template.told("TPL008")
    assert message.startswith("正文第1个表格第2行第3列留有修订")
    assert "接受或拒绝" in message


def test_a_tracked_change_of_the_format_is_told_too(template: Template) -> None:
    properties = template.last._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:pPrChange {nsdecls("w")} w:id="8" w:author="x"><w:pPr/></w:pPrChange>'
        )
    )
    (message,) = template.told("TPL008")
    assert message.startswith("正文第2段留有修订")


def test_many_changes_are_one_message_with_the_first_places(
    template: Template,
) -> None:
    for number, cell in enumerate(template.table._cells):
        within(
            cell.paragraphs[0],
            f'<w:ins {nsdecls("w")} w:id="{number}" w:author="x"><runs/></w:ins>',
        )
    (message,) = template.told("TPL008")
    assert "第1行第1列、正文第1个表格第1行第2列" in message
    assert "等6处" in message


def test_the_switch_that_tracks_every_change_is_told(
    template: Template,
) -> None:
    template.document.settings.element.append(
        parse_xml(f"<w:trackRevisions {nsdecls('w')}/>")
    )
    (message,) = template.told("TPL008")
    assert "关闭“修订”" in message


def test_a_comment_is_told_once_where_it_is_attached(
    template: Template,
) -> None:
    template.document.add_comment(
        template.last.runs, text="这里要不要日期", author="x"
    )
    (message,) = template.told("TPL008")
    assert message.startswith("正文第2段留有批注")


def test_a_deleted_style_is_told_with_all_that_name_it(
    template: Template,
) -> None:
    for cell in template.table.columns[1].cells:
        cell.paragraphs[0].style = template.document.styles["Quote"]
    template.last.style = template.document.styles["Quote"]
    template.document.styles["Quote"].delete()
    (message,) = template.told("TPL009")
    assert message.startswith(
        "正文第1个表格第1行第2列、正文第1个表格第2行第2列、正文第2段"
        "用的段落样式“Quote”已经删去"
    )


def test_a_deleted_style_of_words_and_of_a_table_is_told(
    template: Template,
) -> None:
    template.last.runs[0].style = template.document.styles["Strong"]
    template.table.style = template.document.styles["Table Grid"]
    template.document.styles["Strong"].delete()
    template.document.styles["Table Grid"].delete()
    told = template.told("TPL009")
    assert any("正文第2段用的字符样式“Strong”" in one for one in told)
    assert any("第1行第1列用的表格样式“TableGrid”" in one for one in told)


def test_a_style_on_a_deleted_one_is_told_by_its_name(
    template: Template,
) -> None:
    template.document.styles["Heading 1"].base_style = template.document.styles[
        "Quote"
    ]
    template.document.styles["Quote"].delete()
    (message,) = template.told("TPL009")
    assert message.startswith("样式「heading 1」的基准样式“Quote”已经删去")


def test_a_tag_in_an_equation_is_told_with_its_paragraph(
    template: Template,
) -> None:
    template.last._p.append(
        parse_xml(
            f"<m:oMath {MATH}><m:r><m:t>得分={{{{ </m:t></m:r>"
            "<m:r><m:t>合计.得分 }}</m:t></m:r></m:oMath>"
        )
    )
    (message,) = template.told("TPL010")
    assert message.startswith(
        "正文第2段，公式里写了标签（得分={{ 合计.得分 }}）"
    )


def test_an_equation_without_a_tag_is_nothing(template: Template) -> None:
    template.last._p.append(
        parse_xml(f"<m:oMath {MATH}><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    )
    assert template.told("TPL010") == []


CONTROL = f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><runs/></w:sdtContent></w:sdt>"


def test_a_tag_in_a_control_within_a_line_is_told(template: Template) -> None:
    within(template.table.cell(0, 1).paragraphs[0], CONTROL)
    (message,) = template.told("TPL010")
    assert message.startswith("正文第1个表格第1行第2列的标签在内容控件里")
    assert "删除内容控件" in message


def test_a_tag_in_a_control_around_paragraphs_is_told(
    template: Template,
) -> None:
    control = parse_xml(CONTROL.replace("<runs/>", ""))
    template.last._p.addprevious(control)
    control.find(qn("w:sdtContent")).append(template.last._p)
    (message,) = template.told("TPL010")
    assert message.startswith("正文第2段的标签在内容控件里")


def test_a_control_without_tags_and_a_table_of_contents_are_nothing(
    template: Template,
) -> None:
    plain = template.document.add_paragraph("填表说明")
    within(plain, CONTROL)
    contents = template.document.add_paragraph("一、{{ 单位.名称 }}基本情况")
    within(
        contents,
        CONTROL.replace(
            "<w:sdtPr/>",
            "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>",
        ),
    )
    assert template.told("TPL010") == []


def lines(template: Template, *texts: str) -> list[str]:
    for text in texts:
        template.document.add_paragraph(text)
    return template.told("TPL010")


def test_a_loop_that_begins_on_a_label_line_is_told(template: Template) -> None:
    (message,) = lines(
        template,
        "主要做法：{% for 段 in 叙述.主要做法 %}",
        "{{ 段 }}",
        "{% endfor %}",
    )
    assert message.startswith(
        "正文第3段的“{% for 段 in 叙述.主要做法 %}”写在其他文字后面"
    )
    assert "每一项会多印一个空段" in message


def test_a_condition_over_paragraphs_on_a_label_line_is_told(
    template: Template,
) -> None:
    (message,) = lines(
        template, "备注：{% if 填报.备注 %}", "{{ 填报.备注 }}", "{% endif %}"
    )
    assert "成立时会多印一个空段" in message


def test_a_loop_that_ends_on_a_line_of_text_is_told(
    template: Template,
) -> None:
    (message,) = lines(
        template, "{% for 段 in 叙述.主要做法 %}", "{{ 段 }}{% endfor %}"
    )
    assert "却写在其他文字后面" in message


@pytest.mark.parametrize(
    "texts",
    [
        ("做法：{% for 段 in 叙述.做法 %}{{ 段 }}；{% endfor %}",),
        ("{% for 段 in 叙述.做法 %}", "{{ 段 }}", "{% endfor %}"),
        ("{%p for 段 in 叙述.做法 %}", "{{ 段 }}", "{%p endfor %}"),
        ("做法：{% for 段 in 叙述.做法 %}", "{{ 段 }}{% endfor %}"),
    ],
)
def test_loops_that_leave_nothing_behind_are_not_told(
    template: Template, texts: tuple[str, ...]
) -> None:
    assert lines(template, *texts) == []


def test_the_audit_of_a_pack_says_it_with_the_file(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "hunan", tmp_path / "hunan")
    shutil.copytree(TEMPLATES / "standard", tmp_path / "standard")
    file = tmp_path / "hunan" / "部门整体支出绩效评价基础数据表.docx"
    document = Document(str(file))
    (title,) = (
        one for one in document.paragraphs if one.style.name == "公文标题"
    )
    document.add_comment(title.runs, text="标题待定", author="x")
    document.save(str(file))

    found = list(audit_pack("hunan", PackCache((tmp_path,))))

    assert [one.code for one in found] == ["TPL008"]
    (finding,) = found
    assert Path(finding.place.file).name == file.name
