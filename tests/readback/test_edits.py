"""What a person changed, told block by block."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest

from reportgen.ooxml.names import W
from reportgen.readback.compare.edits import edits


def _document(body: str) -> bytes:
    bare, held = BytesIO(), BytesIO()
    docx.Document().save(bare)
    whole = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    with zipfile.ZipFile(bare) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                whole.encode()
                if name == "word/document.xml"
                else old.read(name),
            )
    return held.getvalue()


def _p(text: str, value: str = "", after: str = "", look: str = "") -> str:
    mark = f'<w:bookmarkStart w:id="1" w:name="_rg_a"/><w:r><w:t>{value}</w:t></w:r><w:bookmarkEnd w:id="1"/>'
    held = f"{mark}<w:r><w:t>{after}</w:t></w:r>" if value else ""
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>{held}</w:p>"


A, B, C = (
    _p("一、基本情况"),
    _p("执行率为", "98.20%", "。"),
    _p("总体情况良好，没有问题。"),
)


def test_formatting_is_no_edit() -> None:
    assert (
        edits(
            _document(A + B), _document(_p("一、基本情况", look="<w:b/>") + B)
        )
        == ()
    )


def test_a_changed_value_with_its_text_before_and_after() -> None:
    (one,) = edits(
        _document(A + B), _document(A + _p("执行率为", "99.00%", "。"))
    )
    assert (one.kind, one.where, one.before, one.after) == (
        "改",
        "一、基本情况",
        "执行率为98.20%。",
        "执行率为99.00%。",
    )
    assert one.marks == (("_rg_a", "98.20%", "99.00%"),)
    assert one.spans == ((4, 10, "_rg_a"),)


def test_values_that_stand_in_a_rewritten_sentence() -> None:
    (one,) = edits(
        _document(A + B),
        _document(A + _p("我们的执行率达到", "98.20%", "，很好。")),
    )
    assert [one.after[start:end] for start, end, _ in one.spans] == ["98.20%"]


def test_added_deleted_moved() -> None:
    added = edits(_document(A + C), _document(A + C + _p("人工补充的内容。")))
    assert [(one.kind, one.where, one.after) for one in added] == [
        ("增", "一、基本情况", "人工补充的内容。")
    ]
    assert [
        one.kind for one in edits(_document(A + B + C), _document(A + C))
    ] == ["删"]
    moved = edits(
        _document(A + C + _p("第二段文字内容") + _p("第三段文字内容")),
        _document(A + _p("第二段文字内容") + _p("第三段文字内容") + C),
    )
    assert {one.kind for one in moved} == {"移"}


def test_pending_changes_are_read_as_accepted() -> None:
    tracked = (
        '<w:p><w:r><w:t>总体情况</w:t></w:r><w:del w:id="1"><w:r><w:delText>良好</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>很好</w:t></w:r></w:ins><w:r><w:t>，没有问题。</w:t></w:r></w:p>'
    )
    assert [
        one.after for one in edits(_document(A + C), _document(A + tracked))
    ] == ["总体情况很好，没有问题。"]


def _table(*rows: tuple[str, ...]) -> str:
    """A table; what stands in braces is a printed value."""
    number = 0
    told = ""
    for row in rows:
        cells = ""
        for text in row:
            number += 1
            value = text.strip("{}")
            held = f"<w:r><w:t>{value}</w:t></w:r>"
            if value != text:
                held = (
                    f'<w:bookmarkStart w:id="{number}" w:name="_rg_{number}"/>'
                    f'{held}<w:bookmarkEnd w:id="{number}"/>'
                )
            cells += f"<w:tc><w:p>{held}</w:p></w:tc>"
        told += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{told}</w:tbl>"


FUNDS = ("资金来源", "年初预算数", "全年执行数")
AIMS = ("三级指标", "年度指标值", "实际完成值", "得分")


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([("核酸检测", "30场")], "核酸检测"),
        ([FUNDS, ("其中：县级", "{8.00}", "{30场}")], "其中：县级·全年执行数"),
        ([FUNDS, ("{县级}", "{8.00}", "{30场}")], "县级·全年执行数"),
        (
            [AIMS, ("{讲座}", "{≥20场}", "{30场}", "{5}")],
            "讲座·实际完成值",
        ),
        (
            [("一级指标", *AIMS), ("{效益}", "", "{≥1}", "{30场}", "")],
            "效益·实际完成值",
        ),
        ([("主办单位", "{县馆}", "规模", "{30场}")], "规模"),
        (
            [
                FUNDS,
                ("合计", "{8}", "{8}"),
                AIMS,
                ("{展览}", "{高质量}", "{30场}", "{5}"),
            ],
            "展览·实际完成值",
        ),
    ],
)
def test_a_cell_is_named_by_the_labels_of_its_row_and_column(
    rows: list[tuple[str, ...]], place: str
) -> None:
    table = _table(*rows)
    both = [_document(one) for one in (table, table.replace("30场", "31场"))]
    (one,) = edits(*both)
    assert one.where == place

    (under,) = edits(
        *(_document(A + one) for one in (table, table.replace("30场", "31场")))
    )
    assert under.where == f"一、基本情况「{place}」"


def _with_headers(*texts: str) -> bytes:
    """A document with a section for each header."""
    document = docx.Document()
    for number, text in enumerate(texts):
        section = document.add_section() if number else document.sections[0]
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = text
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def test_headers_are_compared_with_those_of_the_same_section() -> None:
    base = _with_headers("附件1", "附件2")

    found = edits(base, _with_headers("附件一", "另一份材料"))

    assert [(one.where, one.before, one.after) for one in found] == [
        ("页眉", "附件1", "附件一"),
        ("页眉", "附件2", "另一份材料"),
    ]


def test_a_header_that_went_with_its_section_is_not_taken_for_the_next() -> (
    None
):
    base = _with_headers("第一部分 自评报告", "第二部分 附表")

    assert [
        one
        for one in edits(base, _with_headers("第二部分 附表"))
        if one.where == "页眉"
    ] == []
