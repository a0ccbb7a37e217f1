"""What is said of a conflict: one comment a spot, true for the data of today; a message that shows what differs."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from test_merge import (
    A,
    B,
    C,
    codes,
    document,
    main,
    p,
    rate,
    row,
    table,
    texts,
    value,
)

from reportgen.readback.merge.merge_document import Merged, merge
from reportgen.readback.merge.merge_log import quoted_from_difference

_BY_HAND, _NOW = "第二段由人工改成这样。", "第二段现在的文字。"
COMMENTS = "word/comments.xml"


def comments(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        has_some = COMMENTS in package.namelist()
        return package.read(COMMENTS).decode() if has_some else ""


def after(*printed: str, typed: str) -> Merged:
    """The last of several builds, the document edited after the first."""
    result = Merged(document(typed))
    for before, now in pairwise(printed):
        result = merge(
            document(before), result.data, document(now), "报告.docx"
        )
    return result


def cell_rate(text: str) -> str:
    return table(row("执行率", p(value("资金_执行率", text))))


@pytest.mark.parametrize("shape", [rate, cell_rate])
def test_a_comment_on_a_conflict_is_renewed(shape: type[str]) -> None:
    printed = [
        A + shape(one) + B for one in ("98.20%", "97.00%", "96.00%", "95.00%")
    ]
    result = after(*printed, typed=A + shape("99.00%") + B)

    assert comments(result.data).count("<w:comment ") == 1
    assert "95.00%" in comments(result.data)
    assert "97.00%" not in comments(result.data)
    assert codes(result) == ["RBK004"]


@pytest.mark.parametrize("shape", [rate, cell_rate])
def test_a_comment_goes_when_the_data_say_what_the_person_did(
    shape: type[str],
) -> None:
    printed = [A + shape(one) + B for one in ("98.20%", "97.00%", "99.00%")]
    result = after(*printed, typed=A + shape("99.00%") + B)
    assert comments(result.data).count("<w:comment ") == 0
    with zipfile.ZipFile(BytesIO(result.data)) as package:
        assert b"comment" not in package.read("word/document.xml")


def retyped(data: bytes, typed: str, now: str) -> bytes:
    """A document in which a person has typed something else."""
    held = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(held, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            spot = f">{typed}<".encode(), f">{now}<".encode()
            new.writestr(name, text.replace(*spot))
    return held.getvalue()


def settled(shape: type[str], typed: str, asked: str, now: str) -> Merged:
    """A conflict (typed, asked), then what the person typed on reading its comment; the data as before."""
    base, ours = A + shape("3"), A + shape(asked)
    first = after(base, ours, typed=A + shape(typed))
    assert comments(first.data).count("<w:comment ") == 1
    edited = retyped(first.data, typed, now)
    return merge(document(ours), edited, document(ours))


def cell(text: str) -> str:
    return table(row("执行数", p(value("资金_执行数", text))))


def box(text: str) -> str:
    inner = f"<w:txbxContent>{p(value('资金_执行数', text))}</w:txbxContent>"
    return p(f"<w:r><w:pict>{inner}</w:pict></w:r>")


def test_a_comment_goes_when_the_person_does_what_it_asks_for() -> None:
    result = settled(p, _BY_HAND, _NOW, _NOW)
    assert comments(result.data).count("<w:comment ") == 0
    assert texts(result.data)[1] == "第二段现在的文字。"


@pytest.mark.parametrize("shape", [p, cell, box])
@pytest.mark.parametrize(
    ("asked", "typed"),
    [
        ("12.50", "12.5"),
        ("1,234.00", "1234"),
        ("20万元", "200,000元"),
        ("90.00%", "９０％"),
        ("其中支出12.50万元", "其中支出125000元。"),
    ],
)
def test_a_comment_goes_when_the_amount_is_typed_in_another_form(
    shape: type[str], asked: str, typed: str
) -> None:
    result = settled(shape, "77", asked, typed)
    assert comments(result.data).count("<w:comment ") == 0
    assert typed in main(result.data)


@pytest.mark.parametrize("shape", [p, cell, box])
@pytest.mark.parametrize(
    ("asked", "typed"),
    [("12.50", "12.05"), ("20万元", "20元"), ("12.50", "12.50%"), ("5", "")],
)
def test_a_comment_stays_while_another_amount_is_there(
    shape: type[str], asked: str, typed: str
) -> None:
    result = settled(shape, "77", asked, typed)
    assert comments(result.data).count("<w:comment ") == 1


@pytest.mark.parametrize(("now", "left"), [("", 0), ("另见附件", 1)])
def test_a_comment_goes_when_the_text_is_taken_out_as_it_asks(
    now: str, left: int
) -> None:
    result = settled(cell, "见附件一", "", now)
    assert comments(result.data).count("<w:comment ") == left


def test_comments_of_a_person_stay() -> None:
    printed = [A + rate(one) for one in ("98.20%", "97.00%", "99.00%")]
    own = '<w:r><w:commentReference w:id="41"/></w:r>'
    result = after(
        *printed, typed=A + rate("99.00%").replace("</w:p>", f"{own}</w:p>")
    )
    with zipfile.ZipFile(BytesIO(result.data)) as package:
        assert b'commentReference w:id="41"' in package.read(
            "word/document.xml"
        )


def test_two_conflicts_have_a_comment_each() -> None:
    def both(one: str, other: str) -> str:
        return (
            rate(one) + B + p("预算调整率为", value("资金_调整率", other), "。")
        )

    result = after(
        both("98%", "3%"),
        both("97%", "4%"),
        both("96%", "5%"),
        typed=both("99%", "9%"),
    )
    assert comments(result.data).count("<w:comment ") == 2


LONG = "本单位围绕年度工作目标认真组织实施各项工作，严格执行预算管理制度，加强资金使用监管，提高资金使用效益，"


@pytest.mark.parametrize(
    "ending", [("全年执行100万元。", "全年执行200万元。"), ("", "另有说明。")]
)
@pytest.mark.parametrize("more", ["", LONG])
def test_the_quotes_show_the_difference(
    ending: tuple[str, str], more: str
) -> None:
    typed, new = (LONG + more + one + more for one in ending)
    own, other = quoted_from_difference([typed, new], 60)
    assert own != other
    assert max(len(own), len(other)) <= 60


def test_short_quotes_are_whole() -> None:
    pair = ["改过的第二段。", "第二段说明。"]
    assert quoted_from_difference(pair, 60) == pair
    assert quoted_from_difference([LONG * 3], 60)[0].startswith(LONG[:50])


def test_that_the_data_have_no_text_is_said_so() -> None:
    result = merge(
        document(A + table(row("备注", p(value("备注", "见附件"))))),
        document(A + table(row("备注", "见附件一"))),
        document(A + table(row("备注", p()))),
        "表.docx",
    )
    assert codes(result) == ["RBK004"]
    assert "应为“”" not in result.findings[0].message
    assert "没有文字" in result.findings[0].message
    assert "应为" not in comments(result.data)


@pytest.mark.parametrize(
    "more",
    [
        '<w:r><w:br w:type="page"/></w:r>',
        '<w:r><w:commentReference w:id="41"/></w:r>',
        '<w:hyperlink w:anchor="a"><w:r><w:t></w:t></w:r></w:hyperlink>',
    ],
)
def test_what_nobody_changed_is_not_called_changed(more: str) -> None:
    theirs = p("第二段说明资金情况。", more)
    result = merge(
        document(A + B + C), document(A + theirs + C), document(A + C)
    )
    assert codes(result) == ["RBK006"]
    assert "人工改过" not in result.findings[0].message


def test_what_is_no_longer_in_the_data_has_no_comment_of_what_it_should_be() -> (
    None
):
    printed = [A + rate("98.20%") + B, A + rate("97.00%") + B, A + B]
    result = after(*printed, typed=A + rate("99.00%") + B)
    assert codes(result) == ["RBK006"]
    assert comments(result.data).count("<w:comment ") == 0
