"""Which block is which: by words, by the values printed in it, by its neighbours."""

from __future__ import annotations

import time

from lxml import etree

from reportgen.ooxml.blocks import Paragraph
from reportgen.ooxml.names import W
from reportgen.readback.compare.align import align, out_of_order


def _blocks(*texts: str) -> list[Paragraph]:
    """Paragraphs; `name:text` has a value of that name in it."""
    made = []
    for text in texts:
        name, _, words = text.rpartition(":")
        mark = (
            f'<w:bookmarkStart w:id="1" w:name="_rg_{name}"/>' if name else ""
        )
        end = '<w:bookmarkEnd w:id="1"/>' if name else ""
        whole = f'<w:p xmlns:w="{W[1:-1]}">{mark}<w:r><w:t>{words}</w:t></w:r>{end}</w:p>'
        made.append(Paragraph(etree.fromstring(whole)))
    return made


def test_the_same_is_the_same() -> None:
    assert align(_blocks("甲", "乙", "乙"), _blocks("甲", "乙", "乙")) == {
        0: 0,
        1: 1,
        2: 2,
    }


def test_what_was_added_and_deleted_is_left_out() -> None:
    assert align(
        _blocks("甲甲甲", "乙乙乙", "丙丙丙"),
        _blocks("甲甲甲", "丁丁丁", "戊戊戊", "丙丙丙"),
    ) == {0: 0, 2: 3}


def test_a_rewritten_paragraph_is_known_by_its_value_and_by_its_likeness() -> (
    None
):
    base = _blocks("开头", "a:全年执行率98%", "说明资金的管理情况良好", "结尾")
    theirs = _blocks(
        "开头", "完全另外的一段话", "a:九成八", "说明资金管理的情况很好", "结尾"
    )
    assert align(base, theirs) == {0: 0, 1: 2, 2: 3, 3: 4}


def test_a_paragraph_alone_between_two_neighbours_is_the_one_that_stood_there() -> (
    None
):
    assert align(
        _blocks("开头", "旧的文字", "结尾"), _blocks("开头", "毫不相干", "结尾")
    ) == {0: 0, 1: 1, 2: 2}


def test_a_moved_paragraph_is_found() -> None:
    found = align(
        _blocks("一", "这是移动了的段落", "二", "三"),
        _blocks("一", "二", "三", "这是移动了的段落"),
    )
    assert found == {0: 0, 1: 3, 2: 1, 3: 2}
    assert out_of_order(found) == [1]


def test_values_of_two_rows_are_told_apart() -> None:
    assert align(
        _blocks("a:第一项12次", "b:第二项12次"), _blocks("b:第二项13次")
    ) == {1: 0}


def test_many_blocks_take_no_long_time() -> None:
    base = _blocks(*(f"相同的文字{n % 7}" for n in range(3000)))
    theirs = _blocks(*(f"相同的文字{n % 5}" for n in range(3000)))
    started = time.perf_counter()
    align(base, theirs)
    assert time.perf_counter() - started < 20
