"""A text as the XML of a cell: a number where the look of the cell shows it just so, else a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportgen.core.control_chars import harmless
from reportgen.core.errors import OutputError, ValueRefused
from reportgen.model.values import Kind
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element
from reportgen.workbooks.collection.blank.look import as_written
from reportgen.workbooks.collection.books.grid import Spot, address
from reportgen.workbooks.collection.books.number_formats import exact, shown
from reportgen.workbooks.collection.books.xlsx_grid import (
    children,
    number_codes,
)

_CONTROL = "文字里有不能保存的控制字符，没有写回"
_OF_NUMBERS = frozenset({"numFmtId", "applyNumberFormat"})
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class CellStyles:
    """The cell styles of a workbook: their number formats, and what they look like besides."""

    codes: tuple[str, ...]
    looks: tuple[str, ...]

    def showing(self, style: str, text: str, number: float) -> str | None:
        """The style among those that look like `style` which shows the number as `text`; None where none does."""
        stored = exact(f"{number:.15g}")
        if stored is None:
            return None
        own = int(style) if style.isdigit() else 0
        look = self.looks[own] if own < len(self.looks) else ""
        others = (n for n, one in enumerate(self.looks) if one == look)
        for position in (own, *others):
            known = position < len(self.codes)
            code = self.codes[position] if known else "General"
            if code != "@" and shown(stored, code) == text:
                return str(position) if known else style
        return None


def styles_of(package: Package) -> CellStyles:
    """The cell styles of a workbook."""
    part = package.related(package.main, "styles")
    root = package.tree(part) if part else None
    styles = None if root is None else next(children(root, "cellXfs"), None)
    looks = () if styles is None else tuple(map(_look, styles))
    return CellStyles(number_codes(package, package.main), looks)


def _look(style: Element) -> str:
    """A style without its number format, as a text that can be compared."""
    own = [pair for pair in style.attrib.items() if pair[0] not in _OF_NUMBERS]
    further = [sorted(one.attrib.items()) for one in style.iterdescendants()]
    return repr((sorted(own), further))


def cell_xml(
    spot: Spot,
    text: str,
    kind: Kind,
    style: str,
    styles: CellStyles,
    prefix: str,
) -> bytes:
    """The cell with that text; raises ValueRefused where no cell can hold it."""
    try:
        written = as_written(text, kind)
    except OutputError as error:
        raise ValueRefused(error.message) from error
    tag = f"{prefix}c"
    value = written.value
    if isinstance(value, float):
        found = styles.showing(style, text, value)
        if found is not None:
            number = f"{value:.15g}"
            inside = f"<{prefix}v>{number}</{prefix}v>"
            return f"{_start(tag, spot, found)}>{inside}</{tag}>".encode()
    start = _start(tag, spot, style)
    if not text:
        return f"{start}/>".encode()
    if harmless(text) != text:
        raise ValueRefused(_CONTROL)
    plain = _LOOKS_ESCAPED.sub("_x005F_", text)
    inside = f'<{prefix}t xml:space="preserve">{escape(plain)}</{prefix}t>'
    inline = f"<{prefix}is>{inside}</{prefix}is>"
    return f'{start} t="inlineStr">{inline}</{tag}>'.encode()


def _start(tag: str, spot: Spot, style: str) -> str:
    look = f' s="{style}"' if style else ""
    return f'<{tag} r="{address(spot)}"{look}'
