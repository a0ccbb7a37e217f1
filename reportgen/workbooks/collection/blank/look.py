"""How the form looks: formats, widths, what is written into a cell, messages and lists of choices."""

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from reportgen.core.errors import OutputError
from reportgen.model.values import Kind
from reportgen.workbooks.collection.books.number_formats import typed_number
from reportgen.workbooks.collection.form import FormField

WIDTH = 12.5  # characters of a column
LABEL_WIDTH = 17  # of the first one
COLUMNS = 14
LAST = COLUMNS - 1
_LINE, _HIGHEST, _LONGEST = (
    15,
    400,
    32_000,
)
_LIST_ROOM = 250  # characters of the choices of a cell
_FONT = "微软雅黑"
WHITE, YELLOW, GREY, BLUE = (
    "#FFFFFF",
    "#FFF8DC",
    "#E7E6E6",
    "#D9E1F2",
)
_WRONG = "#F8CBAD"
_NUMBER_KINDS = {
    Kind.MONEY: "General",
    Kind.POINTS: "General",
    Kind.COUNT: "General",
    Kind.RATE: "0.00%",
}
KIND_NOTES = {
    Kind.MONEY: "万元；按元填的写上“元”，如 997561.26元",
    Kind.RATE: "百分数，如 98.12%",
    Kind.POINTS: "分数，如 10",
    Kind.COUNT: "整数",
    Kind.MEASURED: "照写，如 ≥95%、12次、高质量完成",
    Kind.YEAR: "四位年度，如 2024",
    Kind.DATE: "如 2025-03-14",
}
_NOTE_LISTED = "有几条的，按 Alt+Enter 换行，一行一条，不写序号"


class Painter:
    """Writes cells of one book in the few formats that it has, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[tuple[Any, ...], Any] = {}
        self.wrong = book.add_format({"bg_color": _WRONG})

    def style(self, **look: Any) -> Any:
        """A format of the book; cells that are to be filled in are not locked."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {
                "font_name": _FONT,
                "font_size": 10,
                "border": 1,
                "border_color": "#A6A6A6",
                "valign": "vcenter",
                "text_wrap": True,
            }
            self._made[key] = self.book.add_format(
                {
                    **base,
                    **look,
                }
            )
        return self._made[key]

    def title(self) -> Any:
        """Of a block."""
        return self.style(
            bold=True,
            border=0,
            font_size=12,
            text_wrap=False,
        )

    def label(self, *, asked: bool = True) -> Any:
        """Of a heading or label; those that few fill in are not bold."""
        return self.style(
            bold=asked,
            bg_color=BLUE,
            align="center",
            num_format="@",
        )

    def note(self) -> Any:
        """Of an explanation."""
        return self.style(font_color="#7F6000", font_size=9, indent=1)

    def auto(self, code: str = "General") -> Any:
        """Of a cell that is computed."""
        return self.style(bg_color=GREY, num_format=code, align="right")

    def filled(
        self, code: str, *, prefilled: bool, beside_label: bool = False
    ) -> Any:
        """Of a cell to be filled in; beside its label a number stands left, as it is far to the other end."""
        colour = YELLOW if prefilled else WHITE
        look = {"bg_color": colour, "num_format": code, "locked": False}
        if beside_label:
            look["align"] = "left"
        return self.style(**look)


class CellContent(NamedTuple):
    """What stands in a cell: a text or a number, and its format."""

    value: str | float
    code: str


def as_written(text: str, kind: Kind) -> CellContent:
    """A typed text as the cell that reads back as just that text."""
    if len(text) > _LONGEST:
        raise OutputError(
            f"“{text[:20]}…”有 {len(text)} 字，超过 Excel 一格能放的 {_LONGEST} 字",
            hint="请分成几段填写",
        )
    if kind not in _NUMBER_KINDS:
        return CellContent(text, "@")
    if not text:
        return CellContent("", _NUMBER_KINDS[kind])
    number = typed_number(text)
    if number is None or ("%" in number[1]) != (kind is Kind.RATE):
        return CellContent(text, "@")  # 61.2 in a column of percentages too
    return CellContent(*number)


def put(sheet: Any, row: int, column: int, one: CellContent, look: Any) -> None:
    """Writes a cell."""
    if one.value == "":
        sheet.write_blank(
            row,
            column,
            None,
            look,
        )
    elif isinstance(one.value, str):
        sheet.write_string(
            row,
            column,
            one.value,
            look,
        )
    else:
        sheet.write_number(
            row,
            column,
            one.value,
            look,
        )


def note_of(asked: FormField, note: str = "") -> str:
    """What is said about a field: by the form itself of several paragraphs, by the pack, or else by its kind."""
    if asked.listed:
        return _NOTE_LISTED
    return note or KIND_NOTES.get(asked.kind, "")


def guide_cell(
    sheet: Any,
    spot: tuple[int, int],
    asked: FormField,
    note: str,
    choices: Sequence[str] = (),
) -> None:
    """The message that shows when the cell is chosen, and the list to choose from; other words may be typed."""
    rule: dict[str, Any] = {
        "validate": "any",
        "show_error": False,
    }
    listed = list(asked.options or choices)
    text = ",".join(listed)
    fits = len(text) <= _LIST_ROOM and text.count(",") == len(listed) - 1
    if listed and fits:
        rule |= {
            "validate": "list",
            "source": listed,
        }
    if note:
        title = asked.label.rpartition("·")[2][:30]
        rule |= {
            "input_title": title,
            "input_message": note[:250],
        }
    if len(rule) > 2:
        sheet.data_validation(*spot, *spot, rule)


def height(*cells: tuple[str, float]) -> int:
    """The points of a row that shows each text in its width."""
    lines = 1
    for text, width in cells:
        count = 0
        for line in text.split("\n"):
            room = sum(2.1 if ord(char) > 0x2E7F else 1.1 for char in line)
            count += max(1, ceil(room / width))
        lines = max(lines, count)
    return min(_LINE * lines + 3, _HIGHEST)
