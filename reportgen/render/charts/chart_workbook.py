"""The workbook that a chart embeds, so that 编辑数据 in Word opens the printed figures as a table.

The template's own workbook is kept (styles, theme, column widths); only the cells of the charted sheet are written
anew, and what would contradict them (its table, the calculation chain, stale shared strings) goes. Everything but that
one sheet is compressed at compile time (`compile_workbook.py`); the sheet is the last member of the zip.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_CODE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ in a cell as A
_DEFLATED = 8


@dataclass(frozen=True, slots=True)
class CompiledWorkbook:
    """A workbook complete but for the cells of the sheet that the chart shows."""

    sheet: str  # as formulas and XML write it: Sheet1, '项目 &amp; 数据'
    members: bytes  # every other member of the zip
    directory: bytes  # their entries in its directory
    count: int
    sheet_path: str
    before: str
    after: str
    header_styles: tuple[
        str, ...
    ]  # for each column, the last one for all that follow: ' s="1"' or nothing
    value_styles: tuple[str, ...]

    def fill(
        self,
        categories: Sequence[str],
        names: Sequence[str],
        columns: Sequence[Sequence[str | None]],
    ) -> bytes:
        """The workbook with names in row 1 from B on, categories in column A, values below their names.

        Texts come escaped for XML, numbers printed. Texts are inline strings: `=1+1` is never a formula.
        """
        letters = [column_letters(column) for column in range(len(names) + 1)]
        heads, styles = (
            _for_columns(given, len(letters))
            for given in (self.header_styles, self.value_styles)
        )
        titles = (
            _text_cell(f"{letters[number]}1", heads[number], name)
            for number, name in enumerate(names, 1)
        )
        rows = [f'<row r="1">{"".join(titles)}</row>']
        for place, category in enumerate(categories):
            row = place + 2
            cells = [_text_cell(f"A{row}", styles[0], category)]
            for number, values in enumerate(columns, 1):
                if values[place] is not None:
                    cells.append(
                        f'<c r="{letters[number]}{row}"{styles[number]}><v>{values[place]}</v></c>'
                    )
            rows.append(f'<row r="{row}">{"".join(cells)}</row>')
        sheet = "".join((self.before, *rows, self.after)).encode()
        member, entry = zip_member(self.sheet_path, sheet, len(self.members))
        count, directory = self.count + 1, self.directory + entry
        end = struct.pack(
            "<4s4H2IH",
            b"PK\5\6",
            0,
            0,
            count,
            count,
            len(directory),
            len(self.members) + len(member),
            0,
        )
        return b"".join((self.members, member, directory, end))


def column_letters(column: int) -> str:
    """The name of a column counted from 0: A … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _for_columns(styles: tuple[str, ...], count: int) -> tuple[str, ...]:
    return styles + styles[-1:] * (count - len(styles))


def _text_cell(cell: str, style: str, text: str) -> str:
    """An inline string, or nothing for an empty text, as an empty cell is what the chart's cache says too."""
    if not text:
        return ""
    text = _CODE_LIKE.sub("_x005F_", text)
    return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def zip_member(path: str, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """A member of a zip and its entry in the directory, dated 1980-01-01 whatever the day."""
    name = path.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    flags = 0 if path.isascii() else 0x800
    sizes = zlib.crc32(content), len(packed), len(content), len(name), 0
    shared = struct.pack("<5H3I2H", 20, flags, _DEFLATED, 0, 0x21, *sizes)
    entry = (
        b"PK\1\2"
        + struct.pack("<H", 20)
        + shared
        + struct.pack("<3H2I", 0, 0, 0, 0, offset)
        + name
    )
    return b"PK\3\4" + shared + name + packed, entry
