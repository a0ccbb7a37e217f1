"""One part of a template as a Jinja source: tags taken out whole, docxtpl's patching, proof that it prints XML."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from reportgen.core.control_chars import (
    BLOCK_END,
    BLOCK_START,
    PRINT_END,
    PRINT_START,
)
from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import DRAWING_ID, W, word_names
from reportgen.ooxml.package import Package
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element
from reportgen.render.template.balance import check_source, lines_of
from reportgen.render.template.kept_rows import keep_rows
from reportgen.render.template.split_runs import split_runs
from reportgen.render.template.tag_blocks import (
    apply_cell_tags,
    isolate_carriers,
    pair_blocks,
    settle_levels,
)
from reportgen.render.template.tags import (
    ATTRIBUTE,
    PLAIN,
    TagAt,
    TagTable,
    take_plain_tags,
    take_tags,
)

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_STAND_IN = re.compile(r"\{([{%#])\s*T(\d+)\s*[}%#]\}")
_LEFT_OVER = re.compile(r"\{[{%#][a-z]* T(\d+) ")
_TEXTS = word_names("t instrText delText delInstrText")
_FIELD_CODE = word_names("instrText fldSimple")
_DATES = frozenset(
    "{http://purl.org/dc/terms/}" + name for name in ("created", "modified")
)
_KINDS = re.compile(
    "(?:header|footer|footnotes|endnotes|comments|(?:core|extended|custom)-properties)\\+xml"
)
_SIGNS = (b"{", "｛".encode(), b"&#")  # a part without these holds no tag
_AROUND = {"{": (PRINT_START, PRINT_END), "%": (BLOCK_START, BLOCK_END)}


class PartSource(NamedTuple):
    """A part as Jinja source, and what printing it needs to know."""

    part: str
    source: str
    tag_at: TagAt
    table: TagTable
    marked: bool
    first_drawing: int  # 0 where no loop repeats a drawing


def read_part(
    package: Package, part: str, first_drawing: int, *, traced: bool
) -> PartSource | None:
    """The source of a part, or None when it holds no tag; drawings are numbered from `first_drawing`.

    With `traced` what is printed will lie in bookmarks.
    """
    data = package.parts[part]
    if not any(sign in data for sign in _SIGNS):
        return None
    root = package.fresh_tree(part)
    table = TagTable(package.file)
    _take_paragraphs(root, part, table)
    _take_other_texts(root, part, table)
    if not table.tags:
        return None
    settle_levels(table, pair_blocks(table))
    keep_rows(root, table)
    isolate_carriers(root, table)
    apply_cell_tags(table)
    if traced:
        split_runs(root, table)
    for number, drawing in enumerate(root.iter(DRAWING_ID), first_drawing):
        drawing.set("id", str(number))
    xml = etree.tostring(root, encoding="unicode")
    is_word = etree.QName(root).namespace == W[1:-1]
    return _finished(
        part, _patched(xml) if is_word else xml, table, first_drawing
    )


def _take_paragraphs(root: Element, part: str, table: TagTable) -> None:
    """Takes the tags out of every paragraph."""
    places = dict(paragraph_locations(root, part))
    # no user can name some places, for instance within an unknown wrapper
    anywhere = part_label(part)
    for paragraph in root.iter(f"{W}p"):
        take_tags(paragraph, places.get(paragraph, anywhere), table)


def _take_other_texts(root: Element, part: str, table: TagTable) -> None:
    """Takes the tags out of attributes and of texts that are no paragraphs."""
    label = part_label(part)
    for element in root.iter(etree.Element):
        if element.tag in _FIELD_CODE:
            _refuse_field_code(element, label, table)
        if element.tag not in _TEXTS:
            _take_text(element, label, table)
        for name, value in element.items():
            if _opens(str(value)):
                _take_attribute(element, str(name), str(value), label, table)


def _take_text(element: Element, label: str, table: TagTable) -> None:
    text = element.text or ""
    if element.tag in _DATES and _opens(text):
        raise table.refused("日期属性里不能放标签", label, text)
    if "{" in text:
        element.text = take_plain_tags(text, label, table, PLAIN)


def _opens(text: str) -> bool:
    """Whether a tag begins in the text."""
    return "{{" in text or "{%" in text


def _refuse_field_code(element: Element, label: str, table: TagTable) -> None:
    code = element.text or str(element.get(f"{W}instr"))
    if _opens(code):
        raise table.refused(
            "域代码里不能放标签", label, code, hint="请把标签放在正文文字里"
        )


def _take_attribute(
    element: Element,
    name: str,
    value: str,
    label: str,
    table: TagTable,
) -> None:
    is_stand_in = _STAND_IN.fullmatch(value) is not None
    if (
        etree.QName(name).localname not in ("descr", "title", "tooltip", "alt")
        or is_stand_in
    ):
        raise table.refused(
            "属性里不能放标签，只有图片的替换文字和提示可以",
            label,
            value,
            hint="请把标签放在正文文字里",
        )
    element.set(name, take_plain_tags(value, label, table, ATTRIBUTE))


def _patched(xml: str) -> str:
    """The XML as docxtpl patches it for Jinja; its pass replaces the carriers of p, tr and tc tags by the tags."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  70 ms, wanted only when a template is compiled

    patched: str = DocxTemplate("").patch_xml(xml)
    return patched


def _finished(
    part: str, xml: str, table: TagTable, first_drawing: int
) -> PartSource:
    """The source with the code of each tag in its place, found to print sound XML."""
    numbers: list[int] = []

    def code(match: re.Match[str]) -> str:
        sign, number = match.groups()
        if sign == "#":
            return ""
        numbers.append(int(number))
        start, end = _AROUND[sign]
        return f"{start}\n{table.tags[int(number)].code} {end}"

    source = _STAND_IN.sub(code, xml)
    left = _LEFT_OVER.search(source)
    if left:
        tag = table.tags[int(left[1])]
        raise table.refused_at(
            tag, "标签放的位置不能识别", "请把它单独放在一段里"
        )
    tag_at = lines_of(source, iter(numbers), table)
    checked = check_source(source, tag_at, table)
    return PartSource(
        part,
        checked.source,
        tag_at,
        table,
        checked.marked,
        first_drawing if checked.repeats_drawings else 0,
    )


def dynamic_parts(package: Package) -> Iterator[str]:
    """The parts in which tags are filled in: document first, then headers, footers, notes, comments, properties."""
    yield package.main
    for name in package.parts:
        kind = re.split("[./]", package.content_type(name))[-1]
        if name != package.main and _KINDS.fullmatch(kind):
            yield name
