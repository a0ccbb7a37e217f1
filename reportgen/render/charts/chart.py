"""Native Word charts filled with data: the template draws the chart once, this module replaces what it shows.

A chart part keeps every value twice: as a reference into the embedded workbook, which Word follows on 编辑数据, and as
a cached copy, which Word draws. Both are written here from the same strings, so they cannot differ. The part is cut
at compile time (`compile_chart.py`) into the text around the data of each series; filling it joins strings and touches
no XML tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import NamedTuple

from reportgen.core.errors import ValueRefused
from reportgen.render.charts.chart_workbook import (
    CompiledWorkbook,
    column_letters,
)

NEW_INDEX, NEW_ORDER, NEW_ACCENT = (
    "rg-index",
    "rg-order",
    "rg-accent",
)  # stand in the slot of extra series for their own
_CELL_LIMIT = (
    32767  # UTF-16 units; Excel calls a workbook with a longer cell damaged
)
_DOUBLE_DIGITS = 300  # Excel keeps doubles, up to about 1E308, and calls a workbook with more damaged


@dataclass(frozen=True)
class ChartData:
    """What a chart shows: categories (projects, say) and series with one value for each; None is a gap."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]

    def __post_init__(self) -> None:
        for name, values in self.series:
            if len(values) != len(self.categories):
                raise ValueError(
                    f"series {name!r}: {len(values)} values for {len(self.categories)} categories"
                )


class Slot(NamedTuple):
    """The text around one series of the template: before it, up to its name, up to its data, up to its end."""

    before: str
    head: str
    middle: str
    tail: str
    column: int  # place in plotting order, which is the order of the workbook's columns
    format_code: str


@dataclass(frozen=True)
class Extras:
    """How series beyond those of the template differ from the last one, whose look they copy."""

    first: int  # the column at which they begin: how many series the template draws
    index: int
    order: int
    accents: tuple[str, ...]

    def slots(self, pattern: Slot, count: int) -> Iterator[Slot]:
        """One slot for each extra series, with its own index, order and theme colour."""
        for number in range(count):
            own = {
                f'val="{NEW_INDEX}"': f'val="{self.index + number}"',
                f'val="{NEW_ORDER}"': f'val="{self.order + number}"',
                f'val="{NEW_ACCENT}"': f'val="{self.accents[number % len(self.accents)]}"',
            }
            head = pattern.head
            middle = pattern.middle
            tail = pattern.tail
            for placeholder, value in own.items():
                head, middle, tail = (
                    part.replace(placeholder, value)
                    for part in (head, middle, tail)
                )
            yield pattern._replace(
                before="",
                head=head,
                middle=middle,
                tail=tail,
                column=self.first + number,
            )


class CompiledChart(NamedTuple):
    """A chart of a template, ready to be filled many times; only text and bytes."""

    slots: tuple[
        Slot, ...
    ]  # in document order, the pattern of extra series included
    rest: str
    extras: Extras
    workbook: CompiledWorkbook
    has_workbook: bool

    def fill(self, data: ChartData) -> tuple[bytes, bytes | None]:
        """The chart part and its embedded workbook, both showing `data`; None when the chart has no workbook.

        Raises ValueRefused for a text that no cell can hold and for a number that Excel cannot keep.
        """
        categories = [_cell_text(name, "类别") for name in data.categories]
        names = [_cell_text(name, "系列") for name, _ in data.series]
        columns = [
            [_plain(value) for value in values] for _, values in data.series
        ]
        shared = f"<c:cat><c:strRef>{self._reference(0, len(categories))}{_text_cache(categories)}</c:strRef></c:cat>"
        out: list[str] = []
        for slot in self.slots:
            out.append(slot.before)
            for own in self._drawn(slot, len(names)):
                name = self._name(own.column, names[own.column])
                values = self._values(own, columns[own.column])
                out += (own.head, name, own.middle, shared, values, own.tail)
        chart = "".join((*out, self.rest)).encode()
        return chart, self.workbook.fill(
            categories, names, columns
        ) if self.has_workbook else None

    def _drawn(self, slot: Slot, count: int) -> Iterator[Slot]:
        if slot.column >= self.extras.first:
            yield from self.extras.slots(slot, count - self.extras.first)
        elif slot.column < count:
            yield slot

    def _name(self, column: int, name: str) -> str:
        cell = (
            f"<c:f>{self.workbook.sheet}!${column_letters(column + 1)}$1</c:f>"
        )
        return f"<c:tx><c:strRef>{cell}{_text_cache([name])}</c:strRef></c:tx>"

    def _values(self, slot: Slot, numbers: Sequence[str | None]) -> str:
        cells = self._reference(slot.column + 1, len(numbers))
        cache = f"<c:numCache>{slot.format_code}{_points(numbers)}</c:numCache>"
        return f"<c:val><c:numRef>{cells}{cache}</c:numRef></c:val>"

    def _reference(self, column: int, rows: int) -> str:
        """The cells below the header; without rows the first empty one, as a range of no cells cannot be written."""
        letters = column_letters(column)
        end = f":${letters}${rows + 1}" if rows > 1 else ""
        return f"<c:f>{self.workbook.sheet}!${letters}$2{end}</c:f>"


def _cell_text(text: str, what: str) -> str:
    """The text as it stands in XML; refused where a workbook cell has no room for it."""
    if (
        len(text) * 2 > _CELL_LIMIT
        and len(text.encode("utf-16-le")) // 2 > _CELL_LIMIT
    ):
        raise ValueRefused(
            f"图表{what}“{text[:20]}…”有{len(text)}个字符，图表数据表的单元格最多容纳{_CELL_LIMIT}个"
        )
    return escape(text, quote=False).replace(
        "\r", "&#13;"
    )  # a bare one would be read back as a line feed


def _plain(value: Decimal | None) -> str | None:
    """The number without exponent; zero loses its sign."""
    if value is None:
        return None
    if not value.is_finite() or (
        value and abs(value.adjusted()) > _DOUBLE_DIGITS
    ):
        raise ValueRefused(
            f"图表数值“{value}”超出可以显示的范围", "请检查该项金额"
        )
    return format(value, "f") if value else "0"


def _points(values: Sequence[str | None]) -> str:
    """The count and one point for each value that is there; an absent point is a gap, as an empty cell is."""
    points = (
        f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value
    )
    return f'<c:ptCount val="{len(values)}"/>{"".join(points)}'


def _text_cache(texts: Sequence[str]) -> str:
    return f"<c:strCache>{_points(texts)}</c:strCache>"
