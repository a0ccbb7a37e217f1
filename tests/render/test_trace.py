"""Every value printed from data lies in a hidden bookmark that its path names; nothing else in the document moves."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from engine_support import (
    W,
    lines,
    lines_template,
    part,
    render,
    reopened,
    rewritten,
    save,
    stories,
    table_template,
)
from hypothesis import given, settings, strategies as st
from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.core.trace import bookmark_name, bookmark_number
from reportgen.core.value import Value, Values
from reportgen.ooxml.lint import lint_docx
from reportgen.render.bundle.bundle import bundle
from reportgen.render.template.build import build_template, sources_of
from reportgen.render.template.compile import compile_template, load_template
from reportgen.render.template.template_file import read_template


def value(text: str, path: str, number: str = "") -> Value:
    return Value(text, Decimal(number) if number else None, path)


def row(path: str, name: str, income: str, source: str) -> dict[str, Any]:
    return {
        "名称": value(name, f"{path}.名称"),
        "收入": {"名称": value(source, f"{income}.名称")},
    }


GOALS = [
    value(text, f"年度目标.预期目标#{position}")
    for position, text in enumerate(("保障运转", "厉行节约"))
]
VIEW: dict[str, Any] = {
    "年度": value("2022", "年度"),
    "单位": {
        "名称": value("机关<事务>中心", "单位.名称"),
        "人员": {"在职": 41},
    },
    "资金": {
        "执行率": value("98.20%", "资金.执行率", "98.20"),
        "金额": Decimal("9.50"),
        "说明": value("", "资金.说明"),
    },
    "指标": [
        row("指标#1a2b3c4", "数量", "资金.收入#5d6e7f8", "财政"),
        row("指标#2222222", "质量", "资金.收入#9999999", "其他"),
    ],
    "年度目标": {
        "预期目标": Values(GOALS, GOALS[0]),
        "完成情况": Values((), value("", "年度目标.完成情况#0")),
    },
    "用语": {"标题": "自评表"},
}


def named(texts: dict[str, str]) -> dict[str, str]:
    """What bookmarks hold, by the paths of their values."""
    return {bookmark_name(path): text for path, text in texts.items()}


def marks(data: bytes, name: str = "word/document.xml") -> dict[str, str]:
    """The text within each bookmark of a trace in one part, line breaks and tabs as characters."""
    root = etree.fromstring(part(data, name))
    opened: dict[str, str] = {}
    texts: dict[str, str] = {}
    for item in root.iter(etree.Element):
        if item.tag == W + "bookmarkStart" and item.get(W + "name").startswith(
            "_rg_"
        ):
            opened[item.get(W + "id")] = item.get(W + "name")
            texts[item.get(W + "name")] = ""
        elif item.tag == W + "bookmarkEnd":
            opened.pop(item.get(W + "id"), None)
        elif item.getparent() is not None and item.getparent().tag == W + "r":
            said = {
                W + "t": item.text or "",
                W + "br": "\n",
                W + "tab": "\t",
            }.get(item.tag, "")
            for mark in opened.values():
                texts[mark] += said
    assert not opened
    return texts


def shown(
    folder: Path, *texts: str, view: dict[str, Any] = VIEW
) -> dict[str, str]:
    """What the bookmarks of a document with these paragraphs hold."""
    return marks(render(lines_template(folder, *texts), view))


def test_a_value_lies_in_the_bookmark_of_its_path(tmp_path: Path) -> None:
    assert shown(
        tmp_path,
        "{{ 单位.名称 }}{{ 年度 }}年执行率{{资金['执行率']}}，在职{{ 单位.人员.在职 }}人",
    ) == named(
        {
            "单位.名称": "机关<事务>中心",
            "年度": "2022",
            "资金.执行率": "98.20%",
            "单位.人员.在职": "41",
        }
    )


def test_a_second_print_of_the_same_value_has_a_number(tmp_path: Path) -> None:
    found = shown(tmp_path, *["{{ 资金.执行率 }}、{{ 年度 }}"] * 3)
    assert list(found) == [
        bookmark_name(path, occurrence)
        for occurrence in (1, 2, 3)
        for path in ("资金.执行率", "年度")
    ]


def test_names_stay_apart_and_short_also_after_a_thousand(
    tmp_path: Path,
) -> None:
    long = {"甲": value("值", "项目#1a2b3c4." + "很长的名称" * 8)}
    rows = [{"2": value("三", "甲.2")}] * 1005
    view = {"甲": long, "甲_2": value("二", "甲_2"), "行": rows}
    found = marks(
        render(
            lines_template(
                tmp_path,
                "{{ 甲.甲 }}{{ 甲_2 }}",
                "{%p for 一 in 行 %}",
                "{{ 一['2'] }}",
                "{%p endfor %}",
            ),
            view,
        )
    )
    assert len(found) == 1007
    assert max(map(len, found)) <= 40


def test_rows_are_named_by_their_own_path(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("{%tr for 行 in 指标 %}", ""),
        ("{{ 行.名称 }}", "{{ 行.收入.名称 }}"),
        ("{%tr endfor %}", ""),
    )
    assert marks(render(path, VIEW)) == named(
        {
            "指标#1a2b3c4.名称": "数量",
            "资金.收入#5d6e7f8.名称": "财政",
            "指标#2222222.名称": "质量",
            "资金.收入#9999999.名称": "其他",
        }
    )


def test_items_that_are_texts_are_named_by_their_place(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        "{%p for 句 in 年度目标.预期目标 %}",
        "{{ loop.index }}.{{ 句 }}",
        "{%p endfor %}",
        "{{ 年度目标.预期目标[1] }}",
    )
    assert found == {
        **named({one.path: str(one) for one in GOALS}),
        bookmark_name("年度目标.预期目标#1", 2): "厉行节约",
    }


@pytest.mark.parametrize(
    ("list_name", "otherwise", "count"),
    [("完成情况", "", 1), ("预期目标", "", 2), ("完成情况", "无", 0)],
)
def test_paragraphs_that_are_still_to_be_written_have_a_bookmark(
    list_name: str, otherwise: str, count: int, tmp_path: Path
) -> None:
    data = render(
        lines_template(
            tmp_path,
            f"{{%p for 段 in 年度目标.{list_name} %}}",
            "{{ 段 }}",
            "{%p else %}",
            otherwise,
            "{%p endfor %}",
        ),
        VIEW,
    )
    found = marks(data)
    assert len(found) == count
    assert bookmark_name(f"年度目标.{list_name}#0") in found or otherwise
    assert lint_docx(data) == ()


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("{{ 资金.执行率|default('—') }}", "资金.执行率"),
        ("{{ 年度目标.预期目标|join('；') }}", "年度目标.预期目标"),
        ("{{ 年度目标.预期目标|first }}", "年度目标.预期目标#0"),
        ("{{ 指标|length }}", "指标|length"),
        ("{{ 资金.执行率 if 年度 == '2022' else 年度 }}", "资金.执行率"),
        ("{{ '—' if 年度 == '2023' else 年度 }}", "年度"),
        ("{{ 资金.说明 or 年度 }}", "年度"),
        ("{% set 资 = 资金 %}{{ 资.执行率 }}", "资金.执行率"),
        (
            "{% for 年度 in 年度目标.预期目标 %}{{ 年度 }}{% endfor %}{{ 年度 }}",
            "年度",
        ),
        ("{{ 用语.标题 }}", "用语.标题"),
        ("{{ 单位.人员.在职 + 1 }}", ""),
        ("{% for 行 in 指标 %}{{ loop.index }}{% endfor %}", ""),
        ("{% set 词 = '文字' %}{{ 词 }}{{ '字' }}", ""),
        ("{{ '字' if 年度 else '句' }}", ""),
    ],
)
def test_what_has_a_name(tag: str, name: str, tmp_path: Path) -> None:
    found = shown(tmp_path, f"前{tag}后")
    assert bookmark_name(name) in found if name else not found


def test_look_spaces_breaks_and_tabs_stay(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run(
        " 前 {{ 值 }} 后{% if 值 %} 有{% else %}无{% endif %}"
    ).bold = True
    paragraph.add_run("尾")
    data = render(save(document, tmp_path), {"值": " 甲\n乙\t&丙 "})
    assert marks(data) == named({"值": " 甲\n乙\t&丙 "})
    runs = reopened(data).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [
        (" 前 ", True),
        (" 甲\n乙\t&丙 ", True),
        (" 后", True),
        (" 有", True),
        ("尾", None),
    ]


def test_headers_footers_and_text_boxes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("BOX{{ 年度 }}")
    document.sections[0].header.paragraphs[0].text = "{{ 年度 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 单位.名称 }}"
    document.core_properties.title = "{{ 单位.名称 }}"

    def add_box(parts: dict[str, bytes]) -> None:
        box = (
            '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>{{ 资金.执行率 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
        xml = parts["word/document.xml"].decode()
        parts["word/document.xml"] = xml.replace(
            "<w:t>BOX", f"{box}<w:t>"
        ).encode()

    data = render(rewritten(save(document, tmp_path), add_box), VIEW)
    assert marks(data) == named({"资金.执行率": "98.20%", "年度": "2022"})
    assert marks(data, "word/header1.xml") == {bookmark_name("年度", 2): "2022"}
    assert marks(data, "word/footer1.xml") == named(
        {"单位.名称": "机关<事务>中心"}
    )
    assert b"_rg_" not in part(data, "docProps/core.xml")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        whole = "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xml")
        )
    ids = re.findall(r'<w:bookmarkStart w:id="(\d+)"', whole)
    assert len(ids) == len(set(ids)) == 4


def test_numbers_of_the_template_are_left_alone(tmp_path: Path) -> None:
    def add_mark(parts: dict[str, bytes]) -> None:
        xml = parts["word/document.xml"].decode()
        mark = (
            '<w:bookmarkStart w:id="71" w:name="甲"/><w:bookmarkEnd w:id="71"/>'
        )
        parts["word/document.xml"] = xml.replace(
            "<w:p><w:r>", f"<w:p>{mark}<w:r>"
        ).encode()

    path = rewritten(lines_template(tmp_path, "{{ 年度 }}{{ 年度 }}"), add_mark)
    numbers = re.findall(
        r'<w:bookmarkStart w:id="(\d+)"', part(render(path, VIEW)).decode()
    )
    assert numbers == ["71", str(bookmark_number("年度")), "72"]


def test_a_printed_document_may_become_a_template(tmp_path: Path) -> None:
    printed = render(
        lines_template(tmp_path, "{{ 年度 }}年 A"),
        VIEW,
        identity="2022/甲/乙/丙",
    )
    path = tmp_path / "又.docx"
    path.write_bytes(printed)
    again = rewritten(
        path,
        lambda parts: parts.update(
            {
                "word/document.xml": parts["word/document.xml"].replace(
                    b" A", " {{ 单位.名称 }}".encode()
                )
            }
        ),
    )
    data = render(again, VIEW, identity="丁")
    assert marks(data) == named({"单位.名称": "机关<事务>中心"})
    assert part(data, "docProps/custom.xml").decode().count("reportgen") == 1


def passage(text: str, *spans: tuple[int, int, str]) -> dict[str, Any]:
    told = tuple(
        (start, stop, Value("", path=path)) for start, stop, path in spans
    )
    source = ("叙述", "问题")
    problem = Value(text, path="叙述.问题#ab12", source=source, spans=told)
    old = Value("旧的一句", path="叙述.问题#1", source=source)
    return {"叙述": {"问题": [problem, old]}}


PASSAGES = ("{%p for 段 in 叙述.问题 %}", "{{ 段 }}", "{%p endfor %}")


def test_a_passage_holds_the_figures_told_in_it(tmp_path: Path) -> None:
    view = passage(
        "执行率98.20%，低于<90%>\n的要求。",
        (3, 9, "资金.执行率"),
        (12, 17, "限值.执行率"),
    )
    data = render(lines_template(tmp_path, *PASSAGES), view)
    assert (
        marks(data)
        == named(
            {
                "叙述.问题#ab12": "执行率98.20%，低于<90%>\n的要求",  # the full stop stays outside
                "资金.执行率": "98.20%",
                "限值.执行率": "<90%>",
                "叙述.问题#1": "旧的一句",
            }
        )
    )
    assert lines(data) == ["执行率98.20%，低于<90%>\n的要求。", "旧的一句"]


def test_a_passage_is_split_within_its_look(tmp_path: Path) -> None:
    document = docx.Document()
    for text in PASSAGES:
        document.add_paragraph().add_run(text).italic = True
    data = render(
        save(document, tmp_path), passage("共3项", (1, 2, "项目列表|length"))
    )
    runs = reopened(data).paragraphs[0].runs
    assert [(run.text, run.italic) for run in runs] == [
        ("共", True),
        ("3", True),
        ("项", True),
    ]


@given(
    st.text(st.sampled_from("甲9%<&\n\t ，"), max_size=20),
    st.lists(st.integers(0, 20), max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_any_passage_prints_its_text(text: str, cuts: list[int]) -> None:
    cuts.sort()
    spans = [
        (start, stop, f"值.{n}")
        for n, (start, stop) in enumerate(
            zip(cuts[::2], cuts[1::2], strict=False)
        )
        if stop <= len(text)
    ]
    data = PASSAGE_TEMPLATE.render(passage(text, *spans))
    assert lint_docx(data) == ()
    found = marks(data)
    assert found[bookmark_name("叙述.问题#ab12")] == text
    for start, stop, path in spans:
        assert found.get(bookmark_name(path), "") == text[start:stop]


def _passage_template() -> Any:
    document = docx.Document()
    for text in PASSAGES:
        document.add_paragraph(text)
    output = BytesIO()
    document.save(output)
    return build_template("模板.docx", output.getvalue())


PASSAGE_TEMPLATE = _passage_template()


def test_without_the_trace_nothing_is_added(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "前{{ 年度 }}后")
    data = render(path, VIEW, traced=False)
    assert b"bookmark" not in part(data)
    assert stories(data) == stories(render(path, VIEW))
    assert (
        "docProps/custom.xml" not in zipfile.ZipFile(BytesIO(data)).namelist()
    )


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 资金.执行 }}",
        "{{ 资.执行率 }}",
        "{{ 年度.甲 }}",
        "{{ 指标[9].名称 }}",
        "{{ 年代 }}",
    ],
)
def test_what_is_missing_is_told_as_without_the_trace(
    tag: str, tmp_path: Path
) -> None:
    path = lines_template(tmp_path, "{{ 年度 }}", f"前{tag}后")
    told = []
    for traced in (True, False):
        with pytest.raises(TemplateError) as refused:
            compile_template(path, traced=traced).render(VIEW)
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert "正文第2段" in told[0]


def test_a_template_cannot_call_what_prints_the_trace(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="过滤器"):
        compile_template(
            lines_template(tmp_path, "{{ 年度|traced_value('a', 'b', 'c') }}")
        )


def test_what_was_kept_prints_the_same(tmp_path: Path) -> None:
    path, cache = (
        lines_template(tmp_path, "{{ 年度 }}", *PASSAGES),
        tmp_path / "cache",
    )
    view = {**VIEW, **passage("共3项", (1, 2, "甲"))}
    kept = compile_template(path, cache).render(view, identity="甲/乙")
    loaded = _loaded(path, cache)
    assert (
        loaded.render(view, identity="甲/乙")
        == kept
        == build_template(str(path), read_template(path)).render(
            view, identity="甲/乙"
        )
    )
    assert [source.part for source in sources_of(loaded)] == [
        "word/document.xml"
    ]


def _loaded(path: Path, cache: Path) -> Any:
    data = read_template(path)
    found = load_template(cache, str(path), data, True)
    assert found is not None
    return found


def properties(data: bytes) -> dict[str, str]:
    return {
        item.get("name"): "".join(item.itertext())
        for item in etree.fromstring(part(data, "docProps/custom.xml"))
    }


def test_a_document_says_what_it_is(tmp_path: Path) -> None:
    data = render(
        lines_template(tmp_path, "甲"),
        VIEW,
        identity="2022/甲&乙<丙>\x0b/自评表/standard",
    )
    said = properties(data)
    assert said.keys() == {"reportgen"}
    told, _, number = said["reportgen"].rpartition("#")
    assert told == "2022/甲&乙<丙>/自评表/standard"
    assert len(number) == 16
    assert lint_docx(data) == ()


def test_properties_of_the_template_stay(tmp_path: Path) -> None:
    def add_property(parts: dict[str, bytes]) -> None:
        parts["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:v="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="部门">'
            "<v:lpwstr>{{ 单位.名称 }}</v:lpwstr></property></Properties>"
        ).encode()
        kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            f'<Override PartName="/docProps/custom.xml" ContentType="{kind}"/></Types>'.encode(),
        )
        link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rIdX" Type="{link}" Target="docProps/custom.xml"/></Relationships>'.encode(),
        )

    data = render(
        rewritten(lines_template(tmp_path, "甲"), add_property),
        VIEW,
        identity="乙",
    )
    said = properties(data)
    assert said["部门"] == "机关<事务>中心"
    assert said["reportgen"].startswith("乙#")
    assert b'pid="8"' in part(data, "docProps/custom.xml")


def test_a_bundle_has_no_trace(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ 年度 }}")
    document.sections[0].header.paragraphs[0].text = "{{ 年度 }}"
    data = render(save(document, tmp_path), VIEW)
    joined = bundle([data, data], "合订本")
    with zipfile.ZipFile(BytesIO(joined)) as archive:
        assert not any(
            b"_rg_" in archive.read(name) for name in archive.namelist()
        )
    assert lint_docx(joined) == ()


RUN = "<w:r><w:t>{{ 年度 }}</w:t></w:r>"
PLACES = {
    "a link": (f'<w:hyperlink w:anchor="a">{RUN}</w:hyperlink>', True),
    "an insertion": (f'<w:ins w:id="5" w:author="a">{RUN}</w:ins>', True),
    "a rich control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
        True,
    ),
    "the result of a field": (
        f'<w:fldSimple w:instr="DATE">{RUN}</w:fldSimple>',
        True,
    ),
    "a plain control": (
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
        False,
    ),
    "a phonetic guide": (
        "<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val='center'/><w:hps w:val='10'/><w:hpsRaise w:val='10'/>"
        f"<w:hpsBaseText w:val='10'/><w:lid w:val='zh-CN'/></w:rubyPr><w:rt>{RUN}</w:rt>"
        "<w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        False,
    ),
    "the copy for old Word": (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"/><mc:Fallback><w:pict><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>",
        False,
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_where_a_bookmark_may_stand(place: str, tmp_path: Path) -> None:
    xml, is_marked = PLACES[place]

    def put(parts: dict[str, bytes]) -> None:
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            b"<w:r><w:t>HERE</w:t></w:r>", xml.encode()
        )

    data = compile_template(
        rewritten(lines_template(tmp_path, "HERE"), put)
    ).render(VIEW)
    assert part(data).decode().count(">2022</w:t>") == 1
    assert (marks(data) == named({"年度": "2022"})) is is_marked
    assert bool(marks(data)) is is_marked


def test_a_brace_beside_a_tag_prints(tmp_path: Path) -> None:
    data = render(
        lines_template(tmp_path, "甲{{ 年度 }}}乙", "{ {{ 年度 }}"), VIEW
    )
    assert lines(data) == ["甲2022}乙", "{ 2022"]


def test_a_passage_that_is_an_entry_brings_its_own_path_every_time(
    tmp_path: Path,
) -> None:
    score = Value("98", path="合计.得分")
    told = Value(
        "得98分",
        path="叙述.结论#a",
        source=("叙述", "结论"),
        spans=((1, 3, score),),
    )
    view = {"叙述": {"结论": told}}
    found = shown(tmp_path, *["{{ 叙述.结论 }}"] * 3, view=view)
    assert found == {
        bookmark_name(path, occurrence): text
        for occurrence in (1, 2, 3)
        for path, text in (("叙述.结论#a", "得98分"), ("合计.得分", "98"))
    }
