"""What stands before the parts of a bundle: a cover, and a table of contents with the pages on which the parts begin.

Each part counts its own pages, as it does alone; the contents count those of the whole. The number of a part is a
field: the pages of what stands before it, which Word knows by the page on which each of them ends, and one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from reportgen.ooxml.names import WORD_MAIN, W
from reportgen.ooxml.xml_parts import Element

FRONT_END = "_FrontEnd"
PART_START, PART_END = "_PartStart", "_PartEnd"  # with the number of the part
TITLE, UNIT = "RgCoverTitle", "RgCoverUnit"
HEAD, LINE, NOTE = "RgContents", "RgContentsLine", "RgContentsNote"
_COUNTED = "注：目录的页码从合订本封面数起；各份文件页脚的页码是该份自己的。"
_DUE = "…"  # stands for a number that Word has not counted yet
_YEAR = re.compile(r"(.+?)(\d{4}年度.+)")
_SONG, _FANGSONG = "方正小标宋简体", "仿宋_GB2312"
_STYLES = (
    (
        UNIT,
        "合订封面单位",
        _SONG,
        44,
        '<w:spacing w:before="3600" w:after="400" w:line="760" w:lineRule="exact"/><w:jc w:val="center"/>',
    ),
    (
        TITLE,
        "合订封面标题",
        _SONG,
        44,
        '<w:spacing w:before="0" w:after="400" w:line="760" w:lineRule="exact"/><w:jc w:val="center"/>',
    ),
    (
        HEAD,
        "合订目录标题",
        _SONG,
        36,
        '<w:pageBreakBefore/><w:spacing w:before="0" w:after="400"/><w:jc w:val="center"/>',
    ),
    (
        LINE,
        "合订目录",
        _FANGSONG,
        28,
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8845"/></w:tabs>'
        '<w:spacing w:line="520" w:lineRule="exact"/><w:ind w:left="280" w:hanging="280"/>'
        '<w:jc w:val="left"/>',
    ),
    (
        NOTE,
        "合订目录说明",
        _FANGSONG,
        24,
        '<w:spacing w:before="280"/><w:jc w:val="left"/>',
    ),
)
_SECTION = (
    f'<w:sectPr xmlns:w="{WORD_MAIN}"><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1247" w:gutter="0"/>'
    '<w:pgNumType w:start="1"/></w:sectPr>'
)


class Front(NamedTuple):
    """The title of a bundle, and how its parts are called."""

    title: str
    parts: tuple[str, ...]


def front_styles() -> Iterator[Element]:
    """The styles of the cover and of the contents."""
    for key, name, font, size, paragraph in _STYLES:
        yield etree.fromstring(
            f'<w:style xmlns:w="{WORD_MAIN}" w:type="paragraph" w:customStyle="1" w:styleId="{key}">'
            f'<w:name w:val="{name}"/><w:pPr>{paragraph}</w:pPr>'
            f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:eastAsia="{font}"'
            f' w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            "</w:rPr></w:style>"
        )


def front_body(front: Front) -> Element:
    """The cover and the contents as a body with a section of its own."""
    body = etree.Element(f"{W}body", nsmap={"w": WORD_MAIN})
    split = _YEAR.fullmatch(front.title)
    unit, title = split.groups() if split else ("", front.title)
    if unit:
        body.append(_paragraph(UNIT, unit))
    body.append(_paragraph(TITLE if unit else UNIT, title))
    body.append(_paragraph(HEAD, "目　录"))
    for number, name in enumerate(front.parts, start=1):
        body.append(_line(number, name))
    body.append(_paragraph(NOTE, _COUNTED))
    mark(body, FRONT_END, last=True)
    body.append(etree.fromstring(_SECTION))
    return body


def mark_part(body: Element, number: int) -> None:
    """Bookmarks at the beginning and at the end of a part."""
    mark(body, f"{PART_START}{number}", last=False)
    mark(body, f"{PART_END}{number}", last=True)


def mark(body: Element, name: str, *, last: bool) -> None:
    """A bookmark around the first paragraph of a body, or the last one; none where there is no paragraph."""
    paragraphs = [
        one
        for one in body.iter(f"{W}p")
        if next(one.iterancestors(f"{W}txbxContent"), None) is None
    ]
    if not paragraphs:
        return
    paragraph = paragraphs[-1 if last else 0]
    attributes = {f"{W}id": f"front{name}", f"{W}name": name}
    ends = etree.Element(f"{W}bookmarkEnd", {f"{W}id": f"front{name}"})
    starts = etree.Element(f"{W}bookmarkStart", attributes)
    has_properties = paragraph.find(f"{W}pPr") is not None
    paragraph.insert(int(has_properties), starts)
    paragraph.append(ends)


def _paragraph(style: str, text: str) -> Element:
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(properties, f"{W}pStyle", {f"{W}val": style})
    paragraph.append(_run(text))
    return paragraph


def _run(text: str) -> Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    return run


def _line(number: int, name: str) -> Element:
    """A line of the contents: it leads to the part, and ends with the page on which that begins."""
    paragraph = _paragraph(LINE, name)
    link = etree.Element(
        f"{W}hyperlink", {f"{W}anchor": f"{PART_START}{number}"}
    )
    link.append(paragraph[-1])
    tab = etree.SubElement(link, f"{W}r")
    etree.SubElement(tab, f"{W}tab")
    link.extend(_page_field(number))
    paragraph.append(link)
    return paragraph


def _page_field(number: int) -> Iterable[Element]:
    """{ = 1 + the pages of the front + those of each part before this one }, not counted yet."""
    before = [FRONT_END, *(f"{PART_END}{one}" for one in range(1, number))]
    yield _sign("begin", dirty=True)
    yield _code(" = 1")
    for mark_name in before:
        yield _code(" + ")
        yield _sign("begin", dirty=True)
        yield _code(f" PAGEREF {mark_name} ")
        yield _sign("separate")
        yield _run("1")
        yield _sign("end")
    yield _code(" ")
    yield _sign("separate")
    yield _run(_DUE)
    yield _sign("end")


def _sign(kind: str, *, dirty: bool = False) -> Element:
    run = etree.Element(f"{W}r")
    sign = etree.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": kind})
    if dirty:
        sign.set(f"{W}dirty", "true")
    return run


def _code(text: str) -> Element:
    run = etree.Element(f"{W}r")
    code = etree.SubElement(run, f"{W}instrText")
    code.text = text
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def set_pages(document: Element, pages: Sequence[int]) -> None:
    """Writes into the contents on which page each part begins, in the place of the fields.

    LibreOffice cannot count a field within a field, and WPS does not when it opens a document.
    """
    links = [
        one
        for one in document.iter(f"{W}hyperlink")
        if one.get(f"{W}anchor", "").startswith(PART_START)
    ]
    for link, page in zip(links, pages, strict=True):
        tab = next(one for one in link if one.find(f"{W}tab") is not None)
        del link[link.index(tab) + 1 :]
        link.append(_run(str(page)))
