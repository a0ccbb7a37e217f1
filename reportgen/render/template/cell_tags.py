"""The tags that speak about their table cell: {% vm %}, {%vm 条件 %}, {% hm %}, {% cellbg 颜色 %}, {% colspan 数 %}."""

from copy import deepcopy

from lxml import etree

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element, child_of
from reportgen.render.template.tag_blocks import (
    carrier,
    texts_holding,
    write_before,
)
from reportgen.render.template.tags import (
    ATTRIBUTE,
    CELL_WORDS,
    TEXT,
    Tag,
    TagTable,
    drop_empty_run,
)

_CELL_ORDER = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap"


def apply_cell_tags(table: TagTable) -> None:
    """Turn each cell tag into what it means for the properties and the content of its cell."""
    seen: set[tuple[Element, str]] = set()
    for tag in [tag for tag in table.tags if tag.word in CELL_WORDS]:
        cell = carrier(tag, "tc")
        if cell is None:
            raise table.refused_at(tag, "只能用在表格的单元格里")
        if (cell, tag.word) in seen:
            raise table.refused_at(tag, "同一单元格里写了两次", "请删去一个")
        seen.add((cell, tag.word))
        _take_out(tag)
        _APPLY[tag.word](cell, tag, table)


def _take_out(tag: Tag) -> None:
    for text in texts_holding(tag):
        text.text = (text.text or "").replace(tag.stand_in, "", 1)
        if not text.text:
            drop_empty_run(text)


def _vertical_merge(cell: Element, tag: Tag, table: TagTable) -> None:
    """The cell begins a merge where the condition holds, and continues it, empty, where it does not."""
    condition = tag.code or "loop.first"

    def code(statement: str, kind: str = TEXT) -> str:
        return table.synthetic(tag, "%", statement, kind)

    merge = _property(cell, "vMerge")
    started = code(f"if {condition}", ATTRIBUTE)
    otherwise = code("else", ATTRIBUTE)
    ended = code("endif", ATTRIBUTE)
    merge.set(f"{W}val", f"{started}restart{otherwise}continue{ended}")
    first = cell.find(f"{W}p")
    empty = etree.SubElement(cell, f"{W}p")
    formatting = None if first is None else first.find(f"{W}pPr")
    if formatting is not None:
        empty.append(deepcopy(formatting))
    properties = child_of(cell, "tcPr")
    properties.tail = code(f"if {condition}") + (properties.tail or "")
    write_before(empty, code("else"))
    empty.tail = code("endif")


def _horizontal_merge(cell: Element, tag: Tag, table: TagTable) -> None:
    """The first cell of a loop over cells spans all of them, the others are not printed."""
    span = _property(cell, "gridSpan")
    own = span.get(f"{W}val") or "1"
    times = f"{own} * " if own.isdigit() else ""
    span.set(
        f"{W}val",
        table.synthetic(tag, "{", f"({times}loop.length)|as_span", ATTRIBUTE),
    )
    write_before(cell, table.synthetic(tag, "%", "if loop.first"))
    cell.tail = table.synthetic(tag, "%", "endif") + (cell.tail or "")


def _column_span(cell: Element, tag: Tag, table: TagTable) -> None:
    value = table.synthetic(tag, "{", f"({tag.code})|as_span", ATTRIBUTE)
    _property(cell, "gridSpan").set(f"{W}val", value)


def _background(cell: Element, tag: Tag, table: TagTable) -> None:
    shade = _property(cell, "shd")
    shade.attrib.clear()
    shade.set(f"{W}val", "clear")
    shade.set(f"{W}color", "auto")
    shade.set(
        f"{W}fill",
        table.synthetic(tag, "{", f"({tag.code})|as_colour", ATTRIBUTE),
    )


_APPLY = {
    "vm": _vertical_merge,
    "hm": _horizontal_merge,
    "colspan": _column_span,
    "cellbg": _background,
}


def _property(cell: Element, name: str) -> Element:
    """The property of a cell, made when missing, in the place where the schema wants it."""
    before = _CELL_ORDER.partition(f" {name} ")[0]
    return child_of(child_of(cell, "tcPr"), name, before)
