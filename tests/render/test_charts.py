"""A filled chart shows its data three times alike: in the caches Word draws, in the formulas, in the workbook."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree
from openpyxl.worksheet.table import Table

from reportgen.core.errors import TemplateError, ValueRefused
from reportgen.render.charts.chart import ChartData
from reportgen.render.charts.compile_chart import compile_chart

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C16 = "{http://schemas.microsoft.com/office/drawing/2014/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

SERIES = """<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>
<c:ptCount val="1"/><c:pt idx="0"><c:v>旧系列{n}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr><a:solidFill>{colour}</a:solidFill><a:ln><a:solidFill>{colour}</a:solidFill></a:ln></c:spPr>
<c:invertIfNegative val="0"/><c:dPt><c:idx val="0"/><c:bubble3D val="0"/><c:spPr><a:noFill/></c:spPr></c:dPt>
<c:dLbls><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="700"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p>
</c:txPr><c:showVal val="1"/></c:dLbls>
<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$3</c:f><c:strCache><c:ptCount val="2"/><c:pt idx="0"><c:v>旧一</c:v></c:pt>
<c:pt idx="1"><c:v>旧二</c:v></c:pt></c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}$3</c:f><c:numCache><c:formatCode>0.00</c:formatCode>
<c:ptCount val="2"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="1"><c:v>8</c:v></c:pt></c:numCache></c:numRef></c:val>
<c:extLst><c:ext uri="{{C3380CC4-5D6E-409C-BE32-E72D297353CC}}" xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart">
<c16:uniqueId val="{{0000000{n}-47BC-4F4A-8C3E-000000000000}}"/></c:ext></c:extLst></c:ser>"""

CHART = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr sz="1200"/>
<a:t>执行情况 &amp; &lt;?rg ?&gt;</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:layout/><c:barChart>
<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="60"/>
<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/></c:catAx><c:valAx><c:axId val="2"/></c:valAx>
</c:plotArea><c:legend><c:legendPos val="b"/></c:legend><c:dispBlanksAs val="gap"/></c:chart>
<c:externalData r:id="rId3"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""

THEME_COLOURS = ('<a:schemeClr val="accent1"/>', '<a:schemeClr val="accent2"/>')
PROJECTS = ChartData(
    ("物业管理费", "水电维修费", "绿化费"),
    (
        ("预算数", (Decimal("523.12"), Decimal("400"), Decimal("31.60"))),
        ("执行数", (Decimal("523.12"), Decimal("369.18"), Decimal("523.12"))),
    ),
)


def chart_part(colours=THEME_COLOURS):
    series = [
        SERIES.format(n=n, column="BCDEFG"[n], colour=colour)
        for n, colour in enumerate(colours)
    ]
    return CHART.format(series="".join(series)).encode()


def word_workbook(title="Sheet1", *, more_parts=(), edit=lambda name, xml: xml):
    """A workbook as Word embeds it: a table around the data, styled cells, shared strings, a calculation chain."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (["项目", "旧系列0", "旧系列1"], ["旧一", 7, 7], ["旧二", 8, 8]):
        sheet.append(row)
    sheet["B2"].number_format = sheet["C2"].number_format = "0.00"
    sheet["B1"].font = openpyxl.styles.Font(bold=True)
    sheet.column_dimensions["A"].width = 33
    sheet.add_table(Table(displayName="Table1", ref="A1:C3"))
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, content in more_parts:
            new.writestr(name, content)
    return out.getvalue()


def with_relationship(kind, target, mode=""):
    """An edit of the workbook that gives its main part one more relationship."""
    office = (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    line = f'<Relationship Id="rIdX" Type="{office}/{kind}" Target="{target}" {mode}/></Relationships>'.encode()
    return lambda name, xml: (
        xml.replace(b"</Relationships>", line)
        if name.endswith("workbook.xml.rels")
        else xml
    )


def points(cache):
    """The cached values by position, gaps as None; fails when the count does not fit."""
    values = [None] * int(cache.find(f"{C}ptCount").get("val"))
    for point in cache.findall(f"{C}pt"):
        values[int(point.get("idx"))] = point.findtext(f"{C}v") or ""
    return values


def drawn(chart):
    """What Word draws: (name, categories, values) of each series in plotting order."""
    series = sorted(
        etree.fromstring(chart).iter(f"{C}ser"),
        key=lambda one: int(one.find(f"{C}order").get("val")),
    )
    return [
        (
            points(one.find(f"{C}tx/{C}strRef/{C}strCache"))[0],
            points(one.find(f"{C}cat/{C}strRef/{C}strCache")),
            points(one.find(f"{C}val/{C}numRef/{C}numCache")),
        )
        for one in series
    ]


def in_cells(formula, sheet_name, book):
    """The values that a formula of the chart refers to, read by openpyxl."""
    name, _, cells = formula.rpartition("!")
    assert name.strip("'").replace("''", "'") == sheet_name
    found = book[sheet_name][cells.replace("$", "")]
    return (
        [cell.value for (cell,) in found]
        if isinstance(found, tuple)
        else [found.value]
    )


def edited(chart, workbook, sheet_name="Sheet1"):
    """What 编辑数据 shows: the same as `drawn`, but through the formulas and the workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    series = sorted(
        etree.fromstring(chart).iter(f"{C}ser"),
        key=lambda one: int(one.find(f"{C}order").get("val")),
    )
    paths = (f"{C}tx/{C}strRef", f"{C}cat/{C}strRef", f"{C}val/{C}numRef")
    found = []
    for one in series:
        name, categories, values = (
            in_cells(one.findtext(f"{path}/{C}f"), sheet_name, book)
            for path in paths
        )
        found.append((name[0], categories, values))
    return found


def as_floats(values):
    return [None if value is None else float(value) for value in values]


def assert_shows(chart, workbook, data, sheet_name="Sheet1"):
    expected = [
        (name, list(data.categories), list(values))
        for name, values in data.series
    ]
    assert [
        (name, cats, [v and Decimal(v) for v in values])
        for name, cats, values in drawn(chart)
    ] == expected
    cells = edited(chart, workbook, sheet_name)
    assert cells == [
        (name, cats, as_floats(values)) for name, cats, values in expected
    ]


def styling(chart):
    """The chart without what is data: everything that the designer chose."""
    root = etree.fromstring(chart)
    for one in root.iter(f"{C}ser"):
        for tag in ("tx", "cat", "val"):
            one.remove(one.find(f"{C}{tag}"))
    return re.sub(
        r">\s+<",
        "><",
        etree.tostring(root, method="c14n", strip_text=False).decode(),
    )


def numbers(*values):
    return tuple(None if value is None else Decimal(value) for value in values)


def test_the_data_stands_alike_in_caches_and_workbook():
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(
        PROJECTS
    )
    assert_shows(chart, workbook, PROJECTS)


def test_no_word_of_the_templates_own_data_is_left():
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(
        PROJECTS
    )
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        whole = chart + b"".join(
            package.read(name) for name in package.namelist()
        )
    assert "旧".encode() not in whole


def test_formulas_name_the_cells_as_word_writes_them():
    chart, _ = compile_chart(chart_part(), word_workbook()).fill(PROJECTS)
    formulas = [
        formula.text for formula in etree.fromstring(chart).iter(f"{C}f")
    ]
    assert formulas == [
        "Sheet1!$B$1", "Sheet1!$A$2:$A$4", "Sheet1!$B$2:$B$4",
        "Sheet1!$C$1", "Sheet1!$A$2:$A$4", "Sheet1!$C$2:$C$4",
    ]  # fmt: skip


def test_the_number_format_is_the_templates():
    chart, _ = compile_chart(chart_part(), word_workbook()).fill(PROJECTS)
    assert {
        code.text for code in etree.fromstring(chart).iter(f"{C}formatCode")
    } == {"0.00"}


def test_styling_survives():
    chart, _ = compile_chart(chart_part(), word_workbook()).fill(PROJECTS)
    assert styling(chart) == styling(chart_part())


def test_a_series_more_than_drawn_takes_the_next_theme_colour_and_nothing_else_changes():
    data = ChartData(
        ("甲", "乙"), tuple((f"第{n}项", numbers("1", "2")) for n in range(4))
    )
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(data)
    assert_shows(chart, workbook, data)
    series = list(etree.fromstring(chart).iter(f"{C}ser"))
    colours = [
        [one.get("val") for one in each.find(f"{C}spPr").iter(f"{A}schemeClr")]
        for each in series
    ]
    assert colours == [
        ["accent1"] * 2,
        ["accent2"] * 2,
        ["accent3"] * 2,
        ["accent4"] * 2,
    ]
    for tag in ("idx", "order"):
        assert [each.find(f"{C}{tag}").get("val") for each in series] == [
            "0",
            "1",
            "2",
            "3",
        ]
    assert [len(list(each.iter(f"{C16}uniqueId"))) for each in series] == [
        1,
        1,
        0,
        0,
    ]
    assert [len(each.findall(f"{C}extLst")) for each in series] == [1, 1, 0, 0]
    assert all(each.find(f"{C}dLbls/{C}showVal") is not None for each in series)


@pytest.mark.parametrize(
    ("colours", "third"),
    [
        (
            ('<a:schemeClr val="accent3"/>', '<a:schemeClr val="accent2"/>'),
            "accent4",
        ),
        (
            (
                '<a:schemeClr val="accent5"/>',
                '<a:schemeClr val="accent6"><a:lumMod val="75000"/></a:schemeClr>',
            ),
            "accent1",
        ),
        (('<a:srgbClr val="112233"/>', '<a:srgbClr val="445566"/>'), "accent3"),
    ],
)
def test_the_new_colour_is_one_that_no_series_has(colours, third):
    data = ChartData(
        ("甲",), tuple((f"第{n}项", numbers("1")) for n in range(3))
    )
    chart, _ = compile_chart(chart_part(colours), None).fill(data)
    added = list(etree.fromstring(chart).iter(f"{C}ser"))[2]
    assert {
        one.get("val")
        for one in added.find(f"{C}spPr").iter(f"{A}schemeClr", f"{A}srgbClr")
    } == {third}


def test_a_series_less_than_drawn_is_dropped():
    data = ChartData(PROJECTS.categories, PROJECTS.series[:1])
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(data)
    assert_shows(chart, workbook, data)


def test_a_text_that_looks_like_a_mark_of_ours_is_only_text():
    data = ChartData(
        ('<?rg ?> val="rg-index"',),
        tuple((f'val="rg-accent"{n}', numbers("1")) for n in range(3)),
    )
    assert_shows(*compile_chart(chart_part(), word_workbook()).fill(data), data)


def test_a_missing_value_is_a_gap():
    data = ChartData(
        ("甲", "乙", "丙"),
        (
            ("预算数", numbers("1", None, "0")),
            ("执行数", numbers(None, None, None)),
        ),
    )
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(data)
    assert_shows(chart, workbook, data)
    first = next(etree.fromstring(chart).iter(f"{C}val"))
    assert [point.get("idx") for point in first.iter(f"{C}pt")] == ["0", "2"]


def test_without_categories_the_chart_is_empty_and_legal():
    data = ChartData((), (("预算数", ()), ("执行数", ())))
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(data)
    assert drawn(chart) == [("预算数", [], []), ("执行数", [], [])]
    assert edited(chart, workbook) == [
        ("预算数", [None], [None]),
        ("执行数", [None], [None]),
    ]


def test_without_series_the_chart_keeps_its_axes():
    chart, workbook = compile_chart(chart_part(), word_workbook()).fill(
        ChartData(("甲",), ())
    )
    assert drawn(chart) == []
    assert len(list(etree.fromstring(chart).iter(f"{C}gapWidth"))) == 1
    assert (
        openpyxl.load_workbook(io.BytesIO(workbook))["Sheet1"]["A2"].value
        == "甲"
    )


@pytest.mark.parametrize(
    "name",
    [
        "研发&推广",
        "满意度<90%的处室",
        "]]>",
        "\"双\"与'单'",
        "两行\n名称",
        " 前后空格 ",
        "很长" * 800,
        "😀𠮷",
    ],
)
def test_hostile_names_print_intact(name):
    data = ChartData((name, "乙"), ((name, numbers("1", "2")),))
    assert_shows(*compile_chart(chart_part(), word_workbook()).fill(data), data)


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "001",
        "{{ 单位.名称 }}",
    ],
)
def test_no_name_becomes_a_formula_or_a_number(name):
    _, workbook = compile_chart(chart_part(), word_workbook()).fill(
        ChartData((name,), ((name, numbers("1")),))
    )
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["Sheet1"]
    assert [
        (sheet[cell].value, sheet[cell].data_type) for cell in ("A2", "B1")
    ] == [(name, "s")] * 2


def test_what_excel_would_decode_is_protected_in_the_workbook():
    _, workbook = compile_chart(chart_part(), None, workbook_id="rId1").fill(
        ChartData(("_x0041_",), ())
    )
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        assert b">_x005F_x0041_<" in package.read("xl/worksheets/sheet1.xml")


def test_forty_projects_and_thirty_series():
    names = tuple(f"{place:02d}号项目" for place in range(40))
    data = ChartData(
        names, tuple((f"系列{n}", numbers(*range(40))) for n in range(30))
    )
    assert_shows(*compile_chart(chart_part(), word_workbook()).fill(data), data)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("1E+3", "1000"),
        ("1.50", "1.50"),
        ("-0.00", "0"),
        ("1E-7", "0.0000001"),
        ("-12.5", "-12.5"),
        ("123456789012.34", "123456789012.34"),
    ],
)
def test_numbers_are_printed_without_exponent(value, printed):
    chart, _ = compile_chart(chart_part(), None).fill(
        ChartData(("甲",), (("预算数", numbers(value)),))
    )
    assert drawn(chart)[0][2] == [printed]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+400", "1E-400"])
def test_a_number_that_excel_cannot_keep_is_refused(value):
    with pytest.raises(ValueRefused, match=re.escape(value)):
        compile_chart(chart_part(), None).fill(
            ChartData(("甲",), (("预算数", numbers(value)),))
        )


def test_a_name_too_long_for_a_cell_is_refused():
    with pytest.raises(ValueRefused, match=r"40000个字符.*32767"):
        compile_chart(chart_part(), None).fill(ChartData(("长" * 40000,), ()))


def test_values_and_categories_must_match_in_number():
    with pytest.raises(ValueError, match="1 values for 2 categories"):
        ChartData(("甲", "乙"), (("预算数", numbers("1")),))


def test_the_same_data_gives_the_same_bytes():
    first = compile_chart(chart_part(), word_workbook())
    second = compile_chart(chart_part(), word_workbook())
    first.fill(ChartData((), ()))
    assert first.fill(PROJECTS) == second.fill(PROJECTS)
    with zipfile.ZipFile(io.BytesIO(first.fill(PROJECTS)[1])) as package:
        assert {member.date_time for member in package.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
        assert package.testzip() is None


def test_the_workbook_keeps_its_look_and_loses_what_would_contradict_the_data():
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = b'<calcChain xmlns="%s"><c r="B9" i="1"/></calcChain>' % main
    template = word_workbook(
        more_parts=[("xl/calcChain.xml", chain)],
        edit=with_relationship("calcChain", "calcChain.xml"),
    )
    _, workbook = compile_chart(chart_part(), template).fill(PROJECTS)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["Sheet1"]
    assert sheet.column_dimensions["A"].width == 33
    assert (
        sheet["B1"].font.b,
        sheet["C4"].number_format,
        sheet["A1"].value,
    ) == (
        True,
        "0.00",
        None,
    )
    assert not sheet.tables
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        names = package.namelist()
        types = package.read("[Content_Types].xml").decode()
    assert not [
        name
        for name in names
        if re.search("table|calcChain|sharedStrings|docProps", name)
    ]
    declared = set(re.findall(r'PartName="/([^"]+)"', types))
    assert declared <= set(names)
    assert names[-1] in declared


def test_formulas_follow_the_name_of_the_sheet():
    name = "项目's & 数据"
    part = chart_part().replace(b"Sheet1!", "'项目''s &amp; 数据'!".encode())
    chart, workbook = compile_chart(part, word_workbook(name)).fill(PROJECTS)
    assert_shows(chart, workbook, PROJECTS, sheet_name=name)
    assert (
        next(etree.fromstring(chart).iter(f"{C}f")).text
        == "'项目''s & 数据'!$B$1"
    )


def test_other_sheets_stay():
    book = openpyxl.load_workbook(io.BytesIO(word_workbook()))
    book.create_sheet("说明")["A1"] = "填写说明"
    both = io.BytesIO()
    book.save(both)
    _, workbook = compile_chart(chart_part(), both.getvalue()).fill(PROJECTS)
    filled = openpyxl.load_workbook(io.BytesIO(workbook))
    assert (filled["Sheet1"]["A2"].value, filled["说明"]["A1"].value) == (
        "物业管理费",
        "填写说明",
    )


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not a zip",
        word_workbook()[:900],
        word_workbook(edit=lambda name, xml: b"<a"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_replaced(broken):
    chart, workbook = compile_chart(chart_part(), broken).fill(PROJECTS)
    assert_shows(chart, workbook, PROJECTS)
    assert (
        openpyxl.load_workbook(io.BytesIO(workbook))["Sheet1"][
            "B2"
        ].number_format
        == "0.00"
    )


def test_a_chart_without_workbook_gets_one_where_the_caller_says():
    part = re.sub(
        rb"<c:externalData.*?</c:externalData>", b"", chart_part(), flags=re.S
    )
    chart, workbook = compile_chart(part, None, workbook_id="rId9").fill(
        PROJECTS
    )
    assert_shows(chart, workbook, PROJECTS)
    assert (
        etree.fromstring(chart).find(f"{C}externalData").get(f"{R}id") == "rId9"
    )


def test_a_chart_without_workbook_points_to_none():
    chart, workbook = compile_chart(chart_part(), None).fill(PROJECTS)
    assert workbook is None
    assert etree.fromstring(chart).find(f"{C}externalData") is None


@pytest.mark.parametrize(
    ("kind", "mode", "says"),
    [
        ("vbaProject", "", "宏程序"),
        ("connections", "", "宏或外部链接"),
        ("externalLink", "", "宏或外部链接"),
        ("neverHeardOf", "", "不认识的部件（neverHeardOf）"),
        ("image", 'TargetMode="External"', "不在文档内：x.bin"),
    ],
)
def test_a_workbook_with_macros_or_links_is_refused(kind, mode, says):
    with pytest.raises(TemplateError, match=says):
        compile_chart(
            chart_part(),
            word_workbook(edit=with_relationship(kind, "x.bin", mode)),
        )


def test_a_zip_bomb_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(40_000_000))
    with pytest.raises(TemplateError, match="过大"):
        compile_chart(chart_part(), bomb.getvalue())


BAD_CHARTS = {
    "已损坏": b"<c:chartSpace",
    "已损坏，": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + chart_part().partition(b"?>")[2].strip(),
    "不是普通": b'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"/>',
    "没有数据系列": chart_part(()),
    "散点图": chart_part().replace(b"c:cat>", b"c:xVal>").replace(b"c:val>", b"c:yVal>"),
    "标题引用了单元格": re.sub(
        rb"<c:title>.*</c:title>", b"<c:title><c:tx><c:strRef><c:f>Sheet1!$A$1</c:f></c:strRef></c:tx></c:title>",
        chart_part(), flags=re.S,
    ),
}  # fmt: skip


@pytest.mark.parametrize("says", BAD_CHARTS)
def test_a_chart_that_cannot_be_filled_is_refused(says):
    with pytest.raises(TemplateError, match=says):
        compile_chart(BAD_CHARTS[says], None)


def test_a_chart_saved_by_libreoffice_is_filled():
    part = (
        chart_part()
        .replace(b"Sheet1!$B$1", b"label 0")
        .replace(b"Sheet1!$A$2:$A$3", b"categories")
    )
    part = part.replace(b"Sheet1!$B$2:$B$3", b"0").replace(
        b"Sheet1!$C$1", b"label 1"
    )
    assert_shows(*compile_chart(part, word_workbook()).fill(PROJECTS), PROJECTS)


@pytest.mark.parametrize(
    ("saved", "filled"), [("", "0"), (' rot="-2700000"', "-2700000")]
)
def test_category_names_stay_level_when_libreoffice_drops_their_angle(
    saved, filled
):
    text = (
        f'<c:catAx><c:axId val="1"/><c:txPr><a:bodyPr{saved}/><a:p/></c:txPr>'
    )
    part = chart_part().replace(b'<c:catAx><c:axId val="1"/>', text.encode())
    chart, _ = compile_chart(part, None).fill(PROJECTS)
    assert (
        etree.fromstring(chart)
        .find(f".//{C}catAx/{C}txPr/{A}bodyPr")
        .get("rot")
        == filled
    )


def test_a_chart_with_another_prefix_is_filled():
    part = (
        chart_part()
        .replace(b"<c:", b"<q:")
        .replace(b"</c:", b"</q:")
        .replace(b"xmlns:c=", b"xmlns:q=")
    )
    assert_shows(*compile_chart(part, word_workbook()).fill(PROJECTS), PROJECTS)


def test_series_follow_their_plotting_order_not_their_place_in_the_file():
    part = chart_part()
    swapped = re.sub(
        rb'<c:order val="([01])"/>',
        lambda m: b'<c:order val="%d"/>' % (1 - int(m[1])),
        part,
    )
    data = ChartData(
        ("甲",),
        (("一", numbers("1")), ("二", numbers("2")), ("三", numbers("3"))),
    )
    assert_shows(*compile_chart(swapped, word_workbook()).fill(data), data)


def test_series_hidden_by_the_chart_filter_do_not_come_back():
    hidden = (
        '<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}" '
        'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:filteredBarSeries><c15:ser>'
        '<c:idx val="5"/><c:order val="5"/><c:tx><c:strRef><c:f>Sheet1!$D$1</c:f></c:strRef></c:tx>'
        "</c15:ser></c15:filteredBarSeries></c:ext></c:extLst></c:barChart>"
    )
    part = chart_part().replace(b"</c:barChart>", hidden.encode())
    chart, _ = compile_chart(part, None).fill(PROJECTS)
    assert b"filteredBarSeries" not in chart
    assert len(drawn(chart)) == 2


printable = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"],
    )
    | st.sampled_from("\t\n\r&<>\"'="),
    min_size=1,
    max_size=12,
).filter(lambda text: "x005F" not in text)
amounts = st.none() | st.decimals(
    allow_nan=False,
    allow_infinity=False,
    places=2,
    min_value=-(10**11),
    max_value=10**11,
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_text_and_any_amount_read_back_unchanged(data):
    categories = tuple(data.draw(st.lists(printable, min_size=1, max_size=5)))
    values = st.tuples(*[amounts] * len(categories))
    shown = ChartData(
        categories,
        tuple(data.draw(st.lists(st.tuples(printable, values), max_size=5))),
    )
    assert_shows(*READY.fill(shown), shown)


READY = compile_chart(chart_part(), word_workbook())
