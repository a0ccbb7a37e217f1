"""Says where a paragraph stands in words that users can follow: 正文第3段, 页眉1第2个表格第1行第4列."""

from collections.abc import Iterator

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element, unwrapped

_NOTES = word_names("footnote endnote comment")
Placed = Iterator[tuple[Element, str]]  # paragraphs, and where they stand


def paragraph_locations(root: Element, part: str) -> Placed:
    """Every paragraph of a part, in the order of the document, with the place where it stands."""
    title = part_label(part)
    body = root.find(f"{W}body")
    if body is not None:
        yield from _inside(body, title)
        return
    notes = [child for child in root if child.tag in _NOTES]
    if not notes:
        yield from _inside(root, title)
    for number, note in enumerate(
        (note for note in notes if note.get(f"{W}type") is None), 1
    ):
        yield from _inside(note, f"{title}第{number}条")


def _inside(container: Element, place: str) -> Placed:
    paragraphs = tables = 0
    blocks = list(unwrapped(container))
    only = (
        container.tag == f"{W}tc"
        and sum(block.tag == f"{W}p" for block in blocks) == 1
    )
    for block in blocks:
        if block.tag == f"{W}p":
            paragraphs += 1
            where = place if only else f"{place}第{paragraphs}段"
            yield block, where
            yield from _boxes(block, where)
        elif block.tag == f"{W}tbl":
            tables += 1
            yield from _cells(block, f"{place}第{tables}个表格")


def _cells(table: Element, place: str) -> Placed:
    for row_number, row in enumerate(
        (block for block in unwrapped(table) if block.tag == f"{W}tr"), 1
    ):
        for number, cell in enumerate(
            (block for block in unwrapped(row) if block.tag == f"{W}tc"), 1
        ):
            yield from _inside(cell, f"{place}第{row_number}行第{number}列")


def _boxes(paragraph: Element, place: str) -> Placed:
    for box in paragraph.iter(f"{W}txbxContent"):
        if next(box.iterancestors(f"{W}p")) is paragraph:
            yield from _inside(box, f"{place}的文本框")
