"""The corpus: edits as a person in Word or an editor makes them, each with what must stand after the next build."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from edited_documents import (
    Edit,
    Element,
    W,
    new_paragraph,
    paragraph,
    piece,
    retype,
    rewrite,
    row,
    run,
    text_of,
    tracked,
)
from lxml import etree

OWN = "这一句是经办人自己写的。"
FUNDS = "本单位全年预算2662.18万元，全年执行2560.18万元，预算执行率96.17%"
WHOLE = "本单位全年预算2662.18万元"
GOALS = "2022年度绩效目标：一是负责机关大院"
UNTOUCHED = "较年初预算增加262.02万元"


@dataclass(frozen=True)
class Case:
    """`document` is the number of the document; `stands` must be there afterwards, `gone` must not."""

    name: str
    document: str
    edit: Edit
    stands: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    conflict: bool = False


def split_runs(root: Element) -> None:
    """Word splits runs wherever the cursor was."""
    for text in list(root.iter(f"{W}t")):
        whole, own = text.text or "", text.getparent()
        if own is None or len(whole) < 4 or own.tag != f"{W}r":
            continue
        second = copy.deepcopy(own)
        text.text = whole[:2]
        next(second.iter(f"{W}t")).text = whole[2:]
        own.addnext(second)


def merge_runs(root: Element) -> None:
    """An editor joins neighbouring runs of one look where no bookmark lies between them."""
    for own in list(root.iter(f"{W}r")):
        other = own.getnext()
        if (
            other is not None
            and other.tag == f"{W}r"
            and own.find(f"{W}t") is not None
        ):
            first, second = own.find(f"{W}t"), other.find(f"{W}t")
            if (
                first is not None
                and second is not None
                and len(other.findall(f"{W}t")) == 1
            ):
                first.text = (first.text or "") + (second.text or "")
                holder = other.getparent()
                assert holder is not None
                holder.remove(other)


def sprinkle(root: Element) -> None:
    """rsid on every run and proofErr round every second one."""
    for n, own in enumerate(list(root.iter(f"{W}r"))):
        own.set(f"{W}rsidR", f"00{n:06X}")
        if n % 2 and own.getparent() is not None:
            own.addprevious(
                etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"})
            )
            own.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellEnd"}))


def without_bookmarks(root: Element) -> None:
    for mark in [
        *root.iter(f"{W}bookmarkStart"),
        *root.iter(f"{W}bookmarkEnd"),
    ]:
        holder = mark.getparent()
        assert holder is not None
        holder.remove(mark)


def cut_bookmarks(root: Element) -> None:
    """Every third bookmark loses its end."""
    for mark in list(root.iter(f"{W}bookmarkEnd"))[::3]:
        holder = mark.getparent()
        assert holder is not None
        holder.remove(mark)


def twice_bookmarked(root: Element) -> None:
    """A copied paragraph brings its bookmarks with it, as some editors do."""
    found = paragraph(root, "全年执行2662.18万元，预算执行率")
    found.addnext(copy.deepcopy(found))


def cut(holding: str, at: str) -> Edit:
    """Enter is pressed in the middle of a paragraph, before the words `at`."""

    def edit(root: Element) -> None:
        found = paragraph(root, holding)
        second = new_paragraph("", found)
        second.remove(second[-1])
        behind = False
        for child in [one for one in found if one.tag != f"{W}pPr"]:
            text = next(child.iter(f"{W}t"), None)
            place = (
                (text.text or "").find(at)
                if text is not None and not behind
                else -1
            )
            if place >= 0 and text is not None:
                behind = True
                rest = copy.deepcopy(child)
                next(rest.iter(f"{W}t")).text = (text.text or "")[place:]
                text.text = (text.text or "")[:place]
                second.append(rest)
            elif behind:
                second.append(child)
        found.addnext(second)

    return edit


def joined_to_next(holding: str) -> Edit:
    """The end of a paragraph is deleted, so that the next one follows on its line."""

    def edit(root: Element) -> None:
        found = paragraph(root, holding)
        other = found.getnext()
        assert other is not None
        for child in [one for one in other if one.tag != f"{W}pPr"]:
            found.append(child)
        holder = other.getparent()
        assert holder is not None
        holder.remove(other)

    return edit


def spread_bookmark(root: Element) -> None:
    """The end of a bookmark lands in the next paragraph."""
    found = paragraph(root, "全年执行2662.18万元，预算执行率")
    end = next(found.iter(f"{W}bookmarkEnd"))
    following = found.getnext()
    assert following is not None
    following.append(end)


def moved_paragraph(root: Element) -> None:
    found = paragraph(root, "按收入性质分")
    target = paragraph(root, "围绕年度目标")
    target.addnext(found)


def insert_tracked(root: Element) -> None:
    found = paragraph(root, GOALS)
    found.append(tracked("ins", run(OWN)))


def delete_tracked(root: Element) -> None:
    found = paragraph(root, "（三）绩效目标设定情况").getnext()
    assert found is not None
    own = list(found.iter(f"{W}r"))[-1]
    place = own.getparent()
    assert place is not None
    at = place.index(own)
    place.insert(at, tracked("del", own, 901))


def tracked_round_figure(root: Element) -> None:
    """A tracked insertion in a sentence whose figure will change."""
    paragraph(root, "全年执行2662.18万元，预算执行率").append(
        tracked("ins", run(OWN))
    )


def insert_row(root: Element) -> None:
    found = row(root, "核酸检测")
    made = copy.deepcopy(found)
    without_bookmarks(made)
    for text in made.iter(f"{W}t"):
        text.text = "自加" if "核酸" in (text.text or "") else text.text
    found.addnext(made)


def delete_row(root: Element) -> None:
    found = row(root, "事故率")
    holder = found.getparent()
    assert holder is not None
    holder.remove(found)


def add_column(root: Element) -> None:
    table = next(
        one for one in root.iter(f"{W}tbl") if "核酸检测" in text_of(one)
    )
    for number, one in enumerate(table.findall(f"{W}tr")):
        cell = etree.SubElement(one, f"{W}tc")
        held = etree.SubElement(cell, f"{W}p")
        if number < 3:
            held.append(run("备注"))


def emphasised(root: Element) -> None:
    for own in paragraph(root, "全年执行2662.18万元，预算执行率").iter(f"{W}r"):
        properties = own.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            own.insert(0, properties)
        etree.SubElement(properties, f"{W}b")


def centred(root: Element) -> None:
    properties = paragraph(root, GOALS).find(f"{W}pPr")
    assert properties is not None
    etree.SubElement(properties, f"{W}jc", {f"{W}val": "center"})


def commented(root: Element) -> None:
    found = paragraph(root, "全年执行2662.18万元，预算执行率")
    found.insert(1, etree.Element(f"{W}commentRangeStart", {f"{W}id": "77"}))
    found.append(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "77"}))


def boxed(root: Element) -> None:
    """A paragraph put into a content control."""
    found = paragraph(root, "全年执行2662.18万元，预算执行率")
    control = etree.Element(f"{W}sdt")
    etree.SubElement(control, f"{W}sdtPr")
    content = etree.SubElement(control, f"{W}sdtContent")
    found.addprevious(control)
    content.append(found)


def removed(holding: str) -> Edit:
    def edit(root: Element) -> None:
        found = paragraph(root, holding)
        holder = found.getparent()
        assert holder is not None
        holder.remove(found)

    return edit


def behind(holding: str, text: str = OWN) -> Edit:
    def edit(root: Element) -> None:
        found = paragraph(root, holding)
        found.addnext(new_paragraph(text, found))

    return edit


def chapter(root: Element) -> None:
    heading = paragraph(root, "三、存在问题")
    heading.addprevious(new_paragraph("三之一、其他需要说明的情况", heading))
    heading.addprevious(new_paragraph(OWN, paragraph(root, GOALS)))


def no_table(root: Element) -> None:
    table = next(
        one for one in root.iter(f"{W}tbl") if "水电维修费" in text_of(one)
    )
    holder = table.getparent()
    assert holder is not None
    holder.remove(table)


def page_break(root: Element) -> None:
    own = etree.Element(f"{W}r")
    etree.SubElement(own, f"{W}br", {f"{W}type": "page"})
    paragraph(root, "二、绩效目标完成情况").insert(1, own)


def appended(holding: str) -> Edit:
    def edit(root: Element) -> None:
        paragraph(root, holding).append(run(OWN))

    return edit


def smart_quotes(root: Element) -> None:
    found = piece(root, "等级为“")
    found.text = (found.text or "").replace("“", '"')


def wide_digits(root: Element) -> None:
    found = piece(root, "单位内设机构")
    found.text = (found.text or "") + "（截至１２月）"


def joined(root: Element) -> None:
    """The end of a paragraph deleted: its text goes on in the one before."""
    first, second = (
        paragraph(root, "按收入性质分"),
        paragraph(root, "按支出性质分"),
    )
    for child in [one for one in second if one.tag != f"{W}pPr"]:
        first.append(child)
    holder = second.getparent()
    assert holder is not None
    holder.remove(second)


def halved(root: Element) -> None:
    """Enter pressed in the middle of a paragraph."""
    found = paragraph(root, GOALS)
    runs = [one for one in found if one.tag == f"{W}r"]
    made = new_paragraph(OWN, found)
    found.addnext(made)
    if len(runs) > 1:
        made.append(runs[-1])


def all_of(*edits: Edit) -> Edit:
    def edit(root: Element) -> None:
        for one in edits:
            one(root)

    return edit


REPORT, FORM = "1", "2"
RATE = "全年执行2560.18万元，预算执行率96.17%"
CASES = (
    Case(
        "nothing",
        REPORT,
        lambda root: None,
        (FUNDS, RATE, UNTOUCHED, "公务用车购置"),
        ("100.00%，年末无结转",),
    ),
    Case("runs split", REPORT, split_runs, (FUNDS, RATE, UNTOUCHED)),
    Case("runs joined", REPORT, merge_runs, (FUNDS, RATE, UNTOUCHED)),
    Case("rsid and proofErr", REPORT, sprinkle, (FUNDS, RATE, UNTOUCHED)),
    Case("bookmarks gone", REPORT, without_bookmarks, (FUNDS, RATE, UNTOUCHED)),
    Case("bookmarks cut", REPORT, cut_bookmarks, (FUNDS, RATE, UNTOUCHED)),
    Case("bookmarks twice", REPORT, twice_bookmarked, (FUNDS, RATE)),
    Case("bookmark spread", REPORT, spread_bookmark, (FUNDS, RATE)),
    Case(
        "paragraph moved",
        REPORT,
        moved_paragraph,
        (FUNDS, RATE, "按收入性质分"),
    ),
    Case(
        "paragraph cut in two",
        REPORT,
        cut(WHOLE, "预算执行率"),
        ("全年执行2560.18万元，", "预算执行率96.17%，预算"),
        (FUNDS,),
    ),
    Case(
        "paragraph joined to the next",
        REPORT,
        joined_to_next(WHOLE),
        (FUNDS, "项目的预算执行率均达到100%"),
    ),
    Case(
        "paragraph with new words cut in two",
        REPORT,
        cut("全年执行2662.18万元，预算执行率", "预算执行率"),
        (
            "全年执行2560.18万元，",
            "预算执行率96.17%，年末无结转结余。",
            "按现在的数据，这一段应为",
        ),
        conflict=True,
    ),
    Case(
        "sentence added to an unchanged paragraph",
        REPORT,
        appended(GOALS),
        (OWN, FUNDS, RATE),
    ),
    Case(
        "word changed in an unchanged paragraph",
        REPORT,
        retype("一是负责机关大院", "一是保障机关大院"),
        ("一是保障机关大院", RATE),
    ),
    Case(
        "unchanged paragraph rewritten",
        REPORT,
        rewrite(GOALS, OWN),
        (OWN, FUNDS, RATE),
    ),
    Case(
        "figure in a rewritten sentence",
        REPORT,
        retype("年末无结转结余", "年末没有结转"),
        ("全年执行2560.18万元，预算执行率96.17%",),
        (),
        True,
    ),
    Case(
        "words before a figure",
        REPORT,
        retype("，全年执行", "，全年实际支出"),
        ("全年实际支出2560.18万元，预算执行率96.17%",),
    ),
    Case(
        "changed paragraph rewritten",
        REPORT,
        rewrite("本单位全年预算", OWN),
        (OWN, RATE),
        (),
        True,
    ),
    Case(
        "sentence behind a changing one",
        REPORT,
        appended("5个项目的预算执行率"),
        (OWN, FUNDS),
        (),
        True,
    ),
    Case("paragraph added", REPORT, behind(GOALS), (OWN, FUNDS, RATE)),
    Case(
        "paragraph added beside changing ones",
        REPORT,
        behind("全年执行2662.18万元，预算执行率"),
        (OWN, FUNDS, RATE),
    ),
    Case(
        "chapter added",
        REPORT,
        chapter,
        (OWN, "三之一、其他需要说明的情况", RATE),
    ),
    Case(
        "unchanged paragraph deleted",
        REPORT,
        removed(GOALS),
        (FUNDS, RATE),
        (GOALS,),
    ),
    Case(
        "changing paragraph deleted",
        REPORT,
        removed("全年执行2662.18万元，预算执行率"),
        (FUNDS,),
        ("预算执行率96.17%，年末",),
    ),
    Case("table deleted", REPORT, no_table, (FUNDS, RATE)),
    Case("bold on a changing sentence", REPORT, emphasised, (FUNDS, RATE)),
    Case("centred", REPORT, centred, (FUNDS, RATE)),
    Case("comment on a changing sentence", REPORT, commented, (FUNDS, RATE)),
    Case("content control", REPORT, boxed, (FUNDS, RATE)),
    Case("page break", REPORT, page_break, (FUNDS, RATE)),
    Case("straight quotes", REPORT, smart_quotes, ('等级为"优', RATE)),
    Case("wide digits", REPORT, wide_digits, ("（截至１２月）", RATE)),
    Case("tracked insertion", REPORT, insert_tracked, (OWN, RATE)),
    Case("tracked deletion", REPORT, delete_tracked, (RATE,)),
    Case(
        "tracked insertion beside a figure",
        REPORT,
        tracked_round_figure,
        (OWN, "2560.18"),
        (),
        True,
    ),
    Case("paragraphs joined", REPORT, joined, (FUNDS, RATE)),
    Case("paragraph halved", REPORT, halved, (OWN, RATE)),
    Case(
        "heading renamed",
        REPORT,
        retype("三、存在问题", "三、存在的问题"),
        ("三、存在的问题", RATE),
    ),
    Case(
        "title renamed",
        REPORT,
        retype("部门整体支出绩效自评报告", "整体支出绩效评价报告"),
        ("整体支出绩效评价报告", RATE),
    ),
    Case(
        "many things at once",
        REPORT,
        all_of(split_runs, sprinkle, behind("三、存在问题"), moved_paragraph),
        (OWN, FUNDS, RATE),
    ),
    Case(
        "form: nothing",
        FORM,
        lambda root: None,
        ("2560.18", "33场", "会议保障"),
    ),
    Case(
        "form: bookmarks gone",
        FORM,
        without_bookmarks,
        ("2560.18", "33场", "会议保障"),
    ),
    Case("form: runs split", FORM, split_runs, ("2560.18", "33场", "会议保障")),
    Case(
        "form: cell of an unchanged row",
        FORM,
        retype("小于0.05%", "小于0.04%"),
        ("小于0.04%", "33场", "会议保障"),
    ),
    Case(
        "form: cell that the data changes too",
        FORM,
        retype("31场", "32场"),
        ("32场", "会议保障", "33场"),
        (),
        True,
    ),
    Case(
        "form: label",
        FORM,
        retype("核酸检测", "核酸检测点"),
        ("核酸检测点", "33场", "会议保障"),
    ),
    Case("form: row added", FORM, insert_row, ("自加", "33场", "会议保障")),
    Case(
        "form: row deleted", FORM, delete_row, ("33场", "会议保障"), ("事故率",)
    ),
    Case("form: column added", FORM, add_column, ("备注", "33场", "会议保障")),
    Case(
        "form: words under the table",
        FORM,
        lambda root: next(root.iter(f"{W}body")).insert(
            0, new_paragraph(OWN, next(root.iter(f"{W}p")))
        ),
        (OWN, "33场", "会议保障"),
    ),
)
