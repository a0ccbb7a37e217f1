"""Do the rows of a template's tables fill its columns, and does every tag have both of its braces."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reportgen.ooxml.lint import story_parts
from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.render.template.template_package import open_template

_CELL_TAG = re.compile(r"\{%\s*(?:tc\b|colspan\b|hm\b)")
_ROW_TAG = re.compile(r"\{%\s*tr\b")
_BESIDE = (f"{W}gridBefore", f"{W}gridAfter")
_COLUMN_PLACE = re.compile(r"第\d+列(?:第\d+段)?$")
_SINGLE = re.compile(r"(?<!\{)\{\s*([\u4e00-\u9fff][\w.\[\]]*)\s*\}(?!\})")


def grid_problems(path: Path) -> Iterator[str]:
    """Rows of the template at `path` with a cell more or less than the others, and names in single braces."""
    package = open_template(path)
    for part in story_parts(package):
        root = package.tree(part)
        locations = dict(paragraph_locations(root, part))
        for table in root.iter(f"{W}tbl"):
            yield from _rows(table, locations)
        for paragraph, location in locations.items():
            yield from _single_braces(paragraph, location)


def _single_braces(paragraph: Element, location: str) -> Iterator[str]:
    for match in _SINGLE.finditer(_text(paragraph)):
        yield f"{location}，“{match[0]}”只有一层花括号，会照原样印出；请写成 {{{{ {match[1]} }}}}"


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext(f"{W}t", with_tail=False)))


def _rows(table: Element, locations: dict[Element, str]) -> Iterator[str]:
    """Rows that hold data but fill another number of columns than most rows of their table."""
    widths = {row: _width(row) for row in table.iterchildren(f"{W}tr")}
    counts = Counter(width for width in widths.values() if width)
    (usual, _), *_ = counts.most_common(1) or [(0, 0)]
    for row, width in widths.items():
        if width in {0, usual}:
            continue
        place = _COLUMN_PLACE.sub("", _place(row, locations))
        yield f"{place}占 {width} 列，而这个表格的其他行占 {usual} 列；请检查是否多了或少了一格"


def _place(row: Element, locations: dict[Element, str]) -> str:
    return next(
        (locations[one] for one in row.iter(f"{W}p") if one in locations),
        "表格",
    )


def _width(row: Element) -> int:
    """The columns that a row fills; 0 for a row of tags, and for one whose cells are told by tags."""
    text = _text(row)
    if _CELL_TAG.search(text) or _ROW_TAG.search(text):
        return 0
    properties = row.find(f"{W}trPr")
    beside = () if properties is None else properties.iter(*_BESIDE)
    cells = (
        cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterchildren(f"{W}tc")
    )
    return sum(map(_value, (*beside, *cells)))


def _value(element: Element | None) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    return int(text) if text.isdigit() else 1
