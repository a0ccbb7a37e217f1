"""The workbook that a chart embeds, so that 编辑数据 in Word opens the printed figures as a table.

The template's own workbook is kept (styles, theme, column widths); only the cells of the charted sheet are written
anew, and what would contradict them (its table, the calculation chain, stale shared strings) goes. Everything but that
one sheet is compressed at compile time (`compile_workbook.py`); the sheet is the last member of the zip.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportgen.ooxml.zip_writer import StaticZip, write_zip

_CODE_LIKE = re.compile(
    r"_(?=x[0-9A-Fa-f]{4}_)"
)  # Excel reads _x0041_ in a cell as A


class CompiledWorkbook(NamedTuple):
    """A workbook complete but for the cells of the sheet that the chart shows."""

    sheet: str  # as formulas and XML write it: Sheet1, '项目 &amp; 数据'
    static: StaticZip  # every other member of the zip
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
        # the last one is that of all further columns
        heads = (*self.header_styles, *self.header_styles[-1:] * len(letters))
        styles = (*self.value_styles, *self.value_styles[-1:] * len(letters))
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
        return write_zip(self.static, {self.sheet_path: (sheet,)})


def column_letters(column: int) -> str:
    """The name of a column counted from 0: A … Z, AA …"""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text_cell(cell: str, style: str, text: str) -> str:
    """An inline string, or nothing for an empty text, as an empty cell is what the chart's cache says too."""
    if not text:
        return ""
    text = _CODE_LIKE.sub("_x005F_", text)
    return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
