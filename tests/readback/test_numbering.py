"""The numbers that the print types in front of paragraphs, and a person's own."""

from __future__ import annotations

import pytest
from lxml import etree

from reportgen.ooxml.blocks import Paragraph
from reportgen.ooxml.names import W
from reportgen.readback.compare.numbering import (
    list_number,
    printed_series,
    same_but_for_number,
)


def paragraph(text: str, *, printed: bool = True) -> Paragraph:
    """A paragraph that is one printed value, or fixed text."""
    start = '<w:bookmarkStart w:id="1" w:name="_rg_1"/>' if printed else ""
    end = '<w:bookmarkEnd w:id="1"/>' if printed else ""
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    whole = f'<w:p xmlns:w="{W[1:-1]}">{start}{run}{end}</w:p>'
    return Paragraph(etree.fromstring(whole))


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("（三）地方文献", 3, "（十二）"),
        ("12、地方文献", 12, "12、"),
        ("2.地方文献", 2, "12."),
        ("2.5万元", 0, ""),
        ("一、基本情况", 0, ""),
        ("地方文献", 0, ""),
    ],
)
def test_a_number_is_read_and_written_in_its_style(
    text: str, value: int, other: str
) -> None:
    number = list_number(text)
    assert (number.value if number else 0) == value
    assert (number.as_text(12) if number else "") == other


def test_a_series_begins_at_one_and_is_the_print_s() -> None:
    blocks = [
        paragraph("（一）甲"),
        paragraph("说明"),
        paragraph("（二）乙"),
        paragraph("（三）标题", printed=False),
        paragraph("（一）丙"),
        paragraph("（三）丁"),
        paragraph("1.戊"),
    ]
    assert printed_series(blocks) == [[0, 2], [4], [6]]


@pytest.mark.parametrize(
    ("other", "same"),
    [("（二）甲", True), ("甲", True), ("2.甲", False), ("（二）甲乙", False)],
)
def test_another_number_of_its_style_is_no_other_text(
    other: str, same: bool
) -> None:
    assert same_but_for_number(paragraph("（三）甲"), paragraph(other)) is same
    fixed = paragraph("（三）甲", printed=False)
    assert not same_but_for_number(fixed, paragraph("（二）甲"))
