"""A paragraph is read as if every tracked change were accepted."""

from __future__ import annotations

import pytest
from lxml import etree

from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import (
    alike,
    is_gone,
    read_line,
    replace_text,
)

_OPEN = f'<w:p xmlns:w="{W[1:-1]}">'


def _line(content: str) -> etree._Element:
    return etree.fromstring(f"{_OPEN}{content}</w:p>")


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (_run("预") + '<w:proofErr w:type="spellEnd"/>' + _run("算"), "预算"),
        (
            f"<w:ins>{_run('新增')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>",
            "新增",
        ),
        (
            f"<w:moveFrom>{_run('移走')}</w:moveFrom><w:moveTo>{_run('移来')}</w:moveTo>",
            "移来",
        ),
        (
            f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{_run('控件')}</w:sdtContent></w:sdt>",
            "控件",
        ),
        (f'<w:hyperlink w:anchor="a">{_run("链接")}</w:hyperlink>', "链接"),
        (
            "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>",
            "一\t二\n三",
        ),
        (f'<w:fldSimple w:instr=" PAGE ">{_run("12")}</w:fldSimple>', "\ufffc"),
        (
            f'<w:fldSimple w:instr=" FORMTEXT ">{_run("填写")}</w:fldSimple>',
            "填写",
        ),
    ],
)
def test_text(content: str, text: str) -> None:
    assert read_line(_line(content)).text == text


def test_a_mark_without_its_end_here_is_none() -> None:
    start = '<w:bookmarkStart w:id="1" w:name="_rg_a"/>'
    assert read_line(_line(start + _run("98%"))).marks == {}
    assert read_line(
        _line(start + _run("98%") + '<w:bookmarkEnd w:id="1"/>')
    ).marks == {"_rg_a": (0, 3)}


def test_of_a_mark_that_is_there_twice_the_first_counts() -> None:
    twice = "".join(
        f'<w:bookmarkStart w:id="{n}" w:name="_rg_a"/>{_run(text)}<w:bookmarkEnd w:id="{n}"/>'
        for n, text in enumerate(("98%", "99%"))
    )
    assert read_line(_line(twice)).marked("_rg_a") == "98%"


@pytest.mark.parametrize("sign", ["del", "moveFrom"])
def test_a_paragraph_deleted_or_moved_away_with_changes_tracked_is_gone(
    sign: str,
) -> None:
    assert is_gone(_line(f"<w:pPr><w:rPr><w:{sign}/></w:rPr></w:pPr>"))
    assert not is_gone(
        _line(f"<w:pPr><w:rPr><w:{sign}/></w:rPr></w:pPr>{_run('还在')}")
    )


def test_text_is_put_in_over_several_runs() -> None:
    paragraph = _line(_run("执行率9") + _run("8.2") + _run("0%，好"))
    replace_text(read_line(paragraph), 3, 9, "7%")
    assert [one.text for one in paragraph.iter(f"{W}t")] == [
        "执行率7%",
        "",
        "，好",
    ]


def test_quotes_widths_and_blanks_do_not_count() -> None:
    assert alike("“三公” ９８％") == alike('"三公"98%')
