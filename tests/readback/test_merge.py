"""base · theirs · ours merged: what a person did stays, what nobody touched is brought up to date."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest

from reportgen.core.errors import TemplateError
from reportgen.ooxml.document import open_document
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import read_line
from reportgen.readback.merge.merge_document import Merged, merge

_MAIN = "word/document.xml"
_NAMESPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
)


def _bare() -> bytes:
    held = BytesIO()
    docx.Document().save(held)
    return held.getvalue()


_BARE = _bare()


def document(body: str) -> bytes:
    """A docx with this body."""
    held = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(_BARE)) as old,
        zipfile.ZipFile(held, "w") as new,
    ):
        for name in old.namelist():
            whole = f"<w:document {_NAMESPACE}><w:body>{body}<w:sectPr/></w:body></w:document>"
            new.writestr(
                name, whole.encode() if name == _MAIN else old.read(name)
            )
    return held.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def value(name: str, text: str, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="_rg_{name}"/>{run(text)}<w:bookmarkEnd w:id="{number}"/>'


def p(*content: str) -> str:
    return f"<w:p>{''.join(one if one.startswith('<') else run(one) for one in content)}</w:p>"


def row(*cells: str, merges: str = "") -> str:
    made = []
    for n, cell in enumerate(cells):
        merge_sign = {
            "r": '<w:vMerge w:val="restart"/>',
            "c": "<w:vMerge/>",
        }.get(merges[n : n + 1], "")
        made.append(
            f"<w:tc><w:tcPr>{merge_sign}</w:tcPr>{cell if cell.startswith('<') else p(cell)}</w:tc>"
        )
    return f"<w:tr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def texts(data: bytes) -> list[str]:
    return [
        read_line(one).text
        for one in open_document(data, "").body.iter(f"{W}p")
    ]


def main(data: bytes) -> str:
    return zipfile.ZipFile(BytesIO(data)).read(_MAIN).decode()


def merged(base: str, theirs: str, ours: str) -> Merged:
    """The merge of three bodies, which merged again stays as it is."""
    once = merge(document(base), document(theirs), document(ours), "报告.docx")
    again = merge(document(ours), once.data, document(ours), "报告.docx")
    assert again.data == once.data
    return once


def codes(result: Merged) -> list[str]:
    return [one.code for one in result.findings]


A, B, C = (
    p("第一段说明基本情况。"),
    p("第二段说明资金情况。"),
    p("第三段说明绩效情况。"),
)
RATE = ("全年预算执行率为", "98.20%", "，总体良好。")


def rate(text: str, before: str = RATE[0], after: str = RATE[2]) -> str:
    return p(before, value("资金_执行率", text), after)


def test_nothing_new_leaves_their_bytes() -> None:
    base, theirs = document(A + B), document(A + p("改过的第二段，完全不同。"))
    assert merge(base, theirs, base).data is theirs


def test_an_untouched_paragraph_gets_the_new_text() -> None:
    assert texts(
        merged(A + rate("98.20%"), A + rate("98.20%"), A + rate("97.00%")).data
    )[1] == ("全年预算执行率为97.00%，总体良好。")


def test_a_touched_paragraph_stays_where_the_data_are_the_same() -> None:
    result = merged(
        A + B,
        p("第一段说明基本情况，补充。") + B,
        A + p("第二段说明新的资金情况。"),
    )
    assert texts(result.data) == [
        "第一段说明基本情况，补充。",
        "第二段说明新的资金情况。",
    ]
    assert not result.findings


def test_a_figure_in_a_rewritten_sentence_is_brought_up_to_date() -> None:
    result = merged(
        A + rate("98.20%"),
        A + rate("98.20%", "我们的执行率达到", "，很好。"),
        A + rate("97.00%"),
    )
    assert texts(result.data)[1] == "我们的执行率达到97.00%，很好。"
    assert not result.findings
    assert list(result.changes) == ["更新数字"]


def test_a_figure_that_a_person_changed_is_a_conflict() -> None:
    result = merged(rate("98.20%"), rate("99.00%"), rate("97.00%"))
    assert texts(result.data) == ["全年预算执行率为99.00%，总体良好。"]
    assert codes(result) == ["RBK004"]
    comments = (
        zipfile.ZipFile(BytesIO(result.data)).read("word/comments.xml").decode()
    )
    assert "97.00%" in comments
    assert "commentReference" in main(result.data)


def test_both_to_the_same_is_no_conflict() -> None:
    result = merged(rate("98.20%"), rate("97.00%"), rate("97.00%"))
    assert (texts(result.data), codes(result)) == (
        ["全年预算执行率为97.00%，总体良好。"],
        [],
    )


def test_words_changed_on_both_sides_are_a_conflict() -> None:
    result = merged(
        A, p("第一段说明基本情况和人员。"), p("第一段说明基本的情况。")
    )
    assert (texts(result.data), codes(result)) == (
        ["第一段说明基本情况和人员。"],
        ["RBK004"],
    )


def test_what_a_person_deleted_stays_deleted() -> None:
    result = merged(A + B + C, A + C, A + B + p("第三段说明绩效的情况。"))
    assert texts(result.data) == [
        "第一段说明基本情况。",
        "第三段说明绩效的情况。",
    ]
    assert "保留删除" in list(result.changes)
    assert not result.findings


def test_what_a_person_deleted_and_the_data_changed_is_told() -> None:
    result = merged(A + rate("98.20%") + C, A + C, A + rate("97.00%") + C)
    assert (len(texts(result.data)), codes(result)) == (2, ["RBK005"])


def test_what_the_data_no_longer_hold_goes_only_untouched() -> None:
    assert texts(merged(A + B + C, A + B + C, A + C).data) == texts(
        document(A + C)
    )
    result = merged(A + B + C, A + p("第二段说明资金情况，有补充。") + C, A + C)
    assert texts(result.data)[1] == "第二段说明资金情况，有补充。"
    assert codes(result) == ["RBK006"]


def test_new_from_data_stands_behind_its_predecessor() -> None:
    added = p("新增的项目情况说明。")
    result = merged(
        A + B + C, A + p("人工写的一段话。") + B + C, A + B + added + C
    )
    assert texts(result.data)[1:4] == [
        "人工写的一段话。",
        "第二段说明资金情况。",
        "新增的项目情况说明。",
    ]


def test_a_new_paragraph_without_its_style_is_still_printed() -> None:
    styled = (
        '<w:p><w:pPr><w:pStyle w:val="Own1"/></w:pPr>'
        + run("新增一段文字。")
        + "</w:p>"
    )
    result = merged(A, A, A + styled)
    assert texts(result.data)[1] == "新增一段文字。"
    assert "Own1" not in main(result.data)


def test_formatting_of_a_person_stays_on_new_text() -> None:
    bold = p(
        run(RATE[0], "<w:b/>")
        + run("98.20%", "<w:b/>")
        + run(RATE[2], "<w:b/>")
    )
    result = merged(rate("98.20%"), bold, rate("97.00%"))
    assert texts(result.data) == ["全年预算执行率为97.00%，总体良好。"]
    assert (
        main(result.data).count("<w:b/>")
        == main(result.data).count("<w:r>")
        > 0
    )


@pytest.mark.parametrize(
    "kept",
    [
        '<w:r><w:br w:type="page"/></w:r>',
        '<w:bookmarkStart w:id="77" w:name="_Toc1"/><w:bookmarkEnd w:id="77"/>',
        '<w:commentRangeStart w:id="0"/>',
    ],
)
def test_what_is_no_text_stays_in_a_paragraph_with_new_text(kept: str) -> None:
    theirs = p(RATE[0], value("资金_执行率", "98.20%"), RATE[2], kept)
    result = merged(rate("98.20%"), theirs, rate("97.00%"))
    assert texts(result.data) == ["全年预算执行率为97.00%，总体良好。"]
    assert kept in main(result.data)


def test_tracked_changes_stay_tracked() -> None:
    typed = (
        '<w:ins w:id="5" w:author="a"><w:r><w:t>（见附表）</w:t></w:r></w:ins>'
    )
    gone = '<w:del w:id="6" w:author="a"><w:r><w:delText>总体</w:delText></w:r></w:del>'
    theirs = p(
        RATE[0], value("资金_执行率", "98.20%"), "，", gone, "良好", typed, "。"
    )
    result = merged(rate("98.20%"), theirs, rate("97.00%"))
    assert texts(result.data) == ["全年预算执行率为97.00%，良好（见附表）。"]
    assert "<w:delText>总体</w:delText>" in main(result.data)
    assert typed in main(result.data)
    assert not result.findings


def test_runs_split_with_marks_of_editing_are_no_edit() -> None:
    split = p(
        "全年预算",
        '<w:proofErr w:type="spellStart"/>',
        "执行率为",
        value("资金_执行率", "98.20%"),
        RATE[2],
    )
    result = merged(
        rate("98.20%"),
        split.replace("<w:r>", '<w:r w:rsidR="00A1">'),
        rate("97.00%"),
    )
    assert (texts(result.data), codes(result)) == (
        ["全年预算执行率为97.00%，总体良好。"],
        [],
    )


def test_without_any_bookmark_text_alone_must_do() -> None:
    def bare(text: str) -> str:
        return re.sub(r"<w:bookmark[^>]*>", "", A + rate(text) + C)

    theirs = bare("98.20%").replace("第三段", "第三大段")
    result = merged(bare("98.20%"), theirs, bare("97.00%"))
    assert texts(result.data)[1:] == [
        "全年预算执行率为97.00%，总体良好。",
        "第三大段说明绩效情况。",
    ]


def test_smart_quotes_and_full_width_digits_are_kept_and_no_conflict() -> None:
    base = rate("98.20%", '"三公"经费执行率')
    result = merged(
        A + base,
        A + rate("９８．２０%", "“三公”经费执行率"),
        p("第一段说明的情况。") + base,
    )
    assert texts(result.data) == [
        "第一段说明的情况。",
        "“三公”经费执行率９８．２０%，总体良好。",
    ]
    again = merged(
        base,
        rate("９８．２０%", "“三公”经费执行率"),
        rate("97.00%", '"三公"经费执行率'),
    )
    assert texts(again.data) == ["“三公”经费执行率97.00%，总体良好。"]


def test_a_moved_paragraph_is_brought_up_to_date_where_it_stands() -> None:
    result = merged(
        rate("98.20%") + A + B + C,
        A + B + C + rate("98.20%"),
        rate("97.00%") + A + B + C,
    )
    assert texts(result.data)[3] == "全年预算执行率为97.00%，总体良好。"


def test_a_paragraph_made_two_has_its_figures_brought_up_to_date() -> None:
    long = "全年预算执行情况总体良好，支出进度符合要求，"
    base = (
        A
        + p(
            long,
            value("甲", "98.20%", 1),
            "，其中项目为",
            value("乙", "90.00%", 2),
            "。",
        )
        + C
    )
    theirs = (
        A
        + p(long, value("甲", "98.20%", 1), "。")
        + p("其中项目为", value("乙", "90.00%", 2), "。")
        + C
    )
    result = merged(base, theirs, base.replace("90.00%", "91.00%"))
    assert texts(result.data)[2] == "其中项目为91.00%。"


HEAD = row("指标", "实际值", "得分")


def test_cells_merge_one_by_one() -> None:
    base = table(
        HEAD, row("核酸检测", "30场", "10"), row("出车次数", "14000次", "10")
    )
    theirs = table(
        HEAD, row("核酸检测", "30场", "9"), row("出车次数", "14000次", "10")
    )
    ours = table(
        HEAD, row("核酸检测", "31场", "10"), row("出车次数", "15000次", "10")
    )
    result = merged(base, theirs, ours)
    assert texts(result.data)[3:] == [
        "核酸检测",
        "31场",
        "9",
        "出车次数",
        "15000次",
        "10",
    ]
    assert not result.findings


def test_rows_a_person_added_or_deleted_stay_so() -> None:
    base = table(
        HEAD, row("核酸检测", "30场", "10"), row("出车次数", "14000次", "10")
    )
    theirs = table(
        HEAD, row("会议保障", "12次", "5"), row("核酸检测", "30场", "10")
    )
    ours = table(
        HEAD,
        row("核酸检测", "31场", "10"),
        row("出车次数", "14000次", "10"),
        row("接待批次", "8批", "5"),
    )
    result = merged(base, theirs, ours)
    assert texts(result.data)[3::3] == ["会议保障", "核酸检测", "接待批次"]
    assert texts(result.data)[7] == "31场"


def test_a_new_row_joins_its_group_and_the_merge_goes_on() -> None:
    base = table(
        HEAD,
        row("数量指标", "核酸检测", "30场", merges="r"),
        row("", "出车次数", "14000次", merges="c"),
        row("质量指标", "事故率", "0.05%", merges="r"),
    )
    first = row("数量指标", "会议保障", "12次", merges="r")
    ours = base.replace(
        row("数量指标", "核酸检测", "30场", merges="r"),
        first + row("", "核酸检测", "30场", merges="c"),
    )
    result = merged(base, base.replace("0.05%", "0.01%"), ours)
    assert texts(result.data)[3:] == (
        [
            "数量指标",
            "会议保障",
            "12次",
            "",
            "核酸检测",
            "30场",
            "",
            "出车次数",
            "14000次",
            "质量指标",
            "事故率",
            "0.01%",
        ]
    )
    assert main(result.data).count('w:val="restart"') == 2


def test_a_column_a_person_added_stays() -> None:
    base = table(HEAD, row("核酸检测", "30场", "10"))
    theirs = table(
        row("指标", "单位", "实际值", "得分"),
        row("核酸检测", "行政科", "30场", "10"),
    )
    ours = table(
        HEAD, row("核酸检测", "31场", "10"), row("会议保障", "12次", "5")
    )
    result = merged(base, theirs, ours)
    assert texts(result.data)[4:8] == ["核酸检测", "行政科", "31场", "10"]
    assert {
        len(one.findall(f"{W}tc"))
        for one in open_document(result.data, "").body.iter(f"{W}tr")
    } == {4}


@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_column_a_person_took_out_is_in_no_new_row(column: int) -> None:
    heads = ("指标", "单位", "实际值", "得分")
    first = ("核酸检测", "行政科", "30场", "10")
    second = ("会议保障", "综合科", "12次", "5")

    def without(*cells: str) -> str:
        return row(*cells[:column], *cells[column + 1 :])

    base = table(row(*heads), row(*first))
    ours = table(row(*heads), row(*first), row(*second))

    result = merged(base, table(without(*heads), without(*first)), ours)

    left = [*second[:column], *second[column + 1 :]]
    assert texts(result.data)[6:] == left
    assert codes(result) == []


def test_an_empty_cell_is_filled_in_place() -> None:
    result = merged(
        table(HEAD, row("核酸检测", "", "10")),
        table(HEAD, row("核酸检测", "", "10")),
        table(HEAD, row("核酸检测", "31场", "10")),
    )
    assert texts(result.data)[3:] == ["核酸检测", "31场", "10"]


def test_both_writings_of_a_text_box_are_brought_up_to_date() -> None:
    def box(text: str) -> str:
        held = f"<w:txbxContent>{rate(text)}</w:txbxContent>"
        return p(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="wps"><w:drawing>{held}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{held}</w:pict></mc:Fallback></mc:AlternateContent>"
        )

    result = merged(
        A + box("98.20%"),
        A + box("98.20%") + p("人工写的一段。"),
        A + box("97.00%"),
    )
    assert main(result.data).count("97.00%") == 2
    assert len(result.changes) == 1


def test_a_page_number_is_no_edit() -> None:
    def page(number: str) -> str:
        signs = [
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
            for kind in ("begin", "separate", "end")
        ]
        return p(
            "第",
            signs[0],
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
            signs[1],
            number,
            signs[2],
            "页，共若干",
        )

    result = merged(
        page("1") + A, page("12") + A, page("1").replace("若干", "数") + A
    )
    assert re.search("<w:t[^>]*>12</w:t>", main(result.data))
    assert texts(result.data)[0].endswith("共数")


def test_other_members_are_copied_as_they_lie() -> None:
    theirs = document(A)
    result = merge(theirs, theirs, document(B))
    before, after = (
        zipfile.ZipFile(BytesIO(theirs)),
        zipfile.ZipFile(BytesIO(result.data)),
    )
    assert {
        name
        for name in before.namelist()
        if before.read(name) != after.read(name)
    } == {_MAIN}


def test_a_file_that_is_no_document_is_refused() -> None:
    with pytest.raises(TemplateError):
        merge(document(A), b"not a zip", document(B))


def item(number: str, name: str, words: str, mark: int = 1) -> str:
    return p(value(f"叙述_{name}", f"{number}{words}。", mark))


PEOPLE, STOCK, BUYING, TRAVEL = "人员经费", "资产管理", "政府采购", "公务接待"


def listed(
    *names: str, style: str = "（{}）", numerals: str = "一二三四五"
) -> str:
    numbers = [style.format(one) for one in numerals]
    return "".join(
        item(number, name, f"{name}按规定执行", n)
        for n, (number, name) in enumerate(zip(numbers, names, strict=False), 1)
    )


@pytest.mark.parametrize(
    ("style", "numerals"),
    [("（{}）", "一二三四五"), ("{}.", "12345"), ("{}、", "12345")],
)
@pytest.mark.parametrize("deleted", [0, 1, 2])
@pytest.mark.parametrize("added", [0, 1, 2, 3])
def test_a_list_with_one_deleted_and_one_new_is_numbered_through_at_once(
    style: str, numerals: str, deleted: int, added: int
) -> None:
    names = [PEOPLE, STOCK, BUYING]
    base = listed(*names, style=style, numerals=numerals)
    items = [f"<w:p>{one}" for one in base.split("<w:p>")[1:]]
    theirs = "".join(one for n, one in enumerate(items) if n != deleted)
    more = [*names[:added], TRAVEL, *names[added:]]
    ours = listed(*more, style=style, numerals=numerals)

    result = merged(A + base + B, A + theirs + B, A + ours + B)

    numbers = [
        re.split("[一-龥]{2}", one)[0] for one in texts(result.data)[1:-1]
    ]
    assert numbers[:3] == [style.format(one) for one in numerals[:3]]


@pytest.mark.parametrize(
    ("printed", "typed", "now"),
    [
        ("636.20", "635.8", "635.80"),
        ("1636.20", "1,635.8", "1635.80"),
        ("98.20%", "97%", "97.00%"),
        ("636.20万元", "6358000元", "635.80万元"),
        ("636.20", "６３５．８", "635.80"),
    ],
)
@pytest.mark.parametrize("before", ["全年执行", "我们实际执行"])
def test_a_figure_that_came_home_is_no_conflict_in_whatever_form(
    printed: str, typed: str, now: str, before: str
) -> None:
    def sentence(text: str, start: str = "全年执行") -> str:
        return p(start, value("资金_执行", text), "，总体良好。")

    result = merged(
        A + sentence(printed), A + sentence(typed, before), A + sentence(now)
    )

    assert codes(result) == []
    assert texts(result.data)[1] == f"{before}{now}，总体良好。"


def test_a_figure_retyped_in_another_form_is_brought_up_to_date() -> None:
    result = merged(rate("98.20%"), rate("98.2%", "执行率"), rate("97.00%"))
    assert (texts(result.data), codes(result)) == (
        ["执行率97.00%，总体良好。"],
        [],
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("年中追加预算20万元", "年中追加预算20.00万元。"),
        ("（三）年中追加预算200,000元。", "（二）年中追加预算20.00万元。"),
        (
            "执行率达到98%，较上年提高2.5%。",
            "执行率达到98.00%，较上年提高2.50%。",
        ),
    ],
)
def test_a_paragraph_that_came_home_stands_once(
    typed: str, printed: str
) -> None:
    result = merged(A + B, A + p(typed) + B, A + p(printed) + B)
    assert len(texts(result.data)) == 3
    other = merged(
        A + B, A + p(typed) + B, A + p(printed.replace("2", "3", 1)) + B
    )
    assert len(texts(other.data)) == 4


FIRST = ("全年预算", "100.00万元", "，资金到位及时。")
SECOND = ("全年执行", "90.00万元", "，支出进度符合要求。")


def sentence(words: tuple[str, str, str], mark: str, figure: str = "") -> str:
    return run(words[0]) + value(mark, figure or words[1]) + run(words[2])


def of_data(*, is_cut: bool, budget: str = "", executed: str = "") -> str:
    halves = sentence(FIRST, "预算", budget), sentence(SECOND, "执行", executed)
    return "".join(map(p, halves)) if is_cut else p("".join(halves))


@pytest.mark.parametrize("executed", ["", "95.00万元"])
@pytest.mark.parametrize("is_cut", [True, False])
def test_a_deleted_paragraph_that_the_data_cut_stays_out(
    executed: str, is_cut: bool
) -> None:
    ours = of_data(is_cut=is_cut, executed=executed)
    result = merged(
        A + of_data(is_cut=False) + B + C, A + B + C, A + ours + B + C
    )
    assert texts(result.data) == texts(document(A + B + C))
    assert codes(result) == (["RBK005"] if executed else [])


@pytest.mark.parametrize("deleted", [0, 1])
@pytest.mark.parametrize("executed", ["", "95.00万元"])
def test_a_deleted_paragraph_that_the_data_joined_to_its_neighbour_stays_out(
    executed: str, deleted: int
) -> None:
    kept = [p(sentence(FIRST, "预算")), p(sentence(SECOND, "执行"))][
        1 - deleted
    ]
    ours = of_data(is_cut=False, executed=executed)
    result = merged(A + of_data(is_cut=True) + C, A + kept + C, A + ours + C)

    now = executed if executed and deleted == 0 else SECOND[1]
    stands = ["".join(FIRST), f"{SECOND[0]}{now}{SECOND[2]}"][1 - deleted]
    assert texts(result.data)[1:-1] == [stands]
    assert codes(result) == (["RBK005"] if executed else [])


def test_a_deleted_paragraph_that_the_data_cut_in_four_stays_out() -> None:
    four = [f"第{n}项工作已经按照计划全部完成。" for n in "甲乙丙丁"]
    result = merged(
        A + p("".join(four)) + B, A + B, A + "".join(map(p, four)) + B
    )
    assert texts(result.data) == texts(document(A + B))


@pytest.mark.parametrize("executed", ["", "95.00万元"])
def test_a_changed_paragraph_that_the_data_cut_stands_once(
    executed: str,
) -> None:
    own = of_data(is_cut=False).replace("资金到位及时", "资金及时到位了")
    ours = of_data(is_cut=True, executed=executed)
    result = merged(A + of_data(is_cut=False) + B, A + own + B, A + ours + B)
    stands = f"资金及时到位了。全年执行{executed or '90.00万元'}，支出"
    assert [stands in one for one in texts(result.data)] == [False, True, False]
    assert codes(result) == []


def test_what_nobody_touched_is_cut_and_joined_as_the_data_are() -> None:
    whole, halves = of_data(is_cut=False), of_data(is_cut=True)
    for base, ours in ((whole, halves), (halves, whole)):
        result = merged(A + base + C, A + base + C, A + ours + C)
        assert texts(result.data) == texts(document(A + ours + C))
        assert not result.findings


GOAL_ROWS = ("核酸检测", "出车次数", "接待批次", "会议保障")
WITH_MORE = {
    "comment": '<w:r><w:commentReference w:id="41"/></w:r>',
    "tracked": '<w:ins w:id="5" w:author="a"><w:r><w:t>甲</w:t></w:r></w:ins>',
    "link": '<w:hyperlink w:anchor="a"><w:r><w:t></w:t></w:r></w:hyperlink>',
    "page break": '<w:r><w:br w:type="page"/></w:r>',
    "words": run("甲"),
}


def goal_rows(order: str, more: dict[str, str]) -> str:
    rows = []
    for at in map(int, order):
        name = GOAL_ROWS[at]
        words = p(value(f"指标_{name}", name, at), more.get(name, ""))
        rows.append(
            row(words, p(value(f"实际_{name}", f"{at}0场", 10 + at)), "10")
        )
    return table(HEAD, *rows)


@pytest.mark.parametrize("more", WITH_MORE.values(), ids=list(WITH_MORE))
@pytest.mark.parametrize("touched", GOAL_ROWS)
@pytest.mark.parametrize("order", ["1230", "3012", "0321", "1032"])
def test_a_row_with_something_of_a_person_moves_with_the_data(
    more: str, touched: str, order: str
) -> None:
    base = goal_rows("0123", {})
    result = merged(
        base, goal_rows("0123", {touched: more}), goal_rows(order, {})
    )

    names = [one.replace("甲", "") for one in texts(result.data)[3::3]]
    assert names == [GOAL_ROWS[int(at)] for at in order]
    sign = re.search('w:id="41"|<w:ins|<w:hyperlink|w:type="page"|甲', more)
    assert sign
    assert main(result.data).count(sign[0]) == 1
    assert codes(result) == []
