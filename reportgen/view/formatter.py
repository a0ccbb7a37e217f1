"""Fields and figures to values: formatted in the way of one pack, each with its path and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from reportgen.core.numerals import (
    IN_WAN,
    MONEY_UNITS,
    amount_text,
    fixed,
    percent,
    plain,
)
from reportgen.core.trace import item_ids
from reportgen.core.value import FieldPath, Rows, Value, Values, view_value
from reportgen.figures.figure import Figure
from reportgen.model.fractions import (
    half_digit,
    is_fraction,
)
from reportgen.model.shape import FieldShape, fields_of
from reportgen.model.target import Target
from reportgen.model.values import Kind, Reported
from reportgen.packs.manifest import NumberFormat

View = dict[str, Any]
Views = list[View]

_BY_UNIT = {"%": "rate", "万元": "money", "分": "points"}


class Formatter:
    """Makes the values of one mapping of the view: `path` leads to it, `source` to what was reported of it.

    Each method takes what is printed and the name it has in the mapping; `field` is its key in unit.yaml where that
    is another.
    """

    __slots__ = ("_numbers", "_path", "_unit", "source")

    def __init__(
        self,
        numbers: NumberFormat,
        path: str = "",
        source: FieldPath | None = (),
        unit: str = IN_WAN,
    ) -> None:
        self._numbers = numbers
        self._unit = unit
        self._path = path
        self.source = source

    def at(self, name: str, *steps: str | int) -> Formatter:
        """For the mapping `name` of this one; it was reported at `steps` below this, or else at `name`."""
        source = (
            None if self.source is None else (*self.source, *(steps or (name,)))
        )
        return self._new(f"{self._path}{name}.", source)

    def _new(self, path: str, source: FieldPath | None) -> Formatter:
        return Formatter(self._numbers, path, source, self._unit)

    def rows(
        self,
        name: str,
        told_by: Iterable[str],
        sources: Iterable[FieldPath | None],
    ) -> Iterator[Formatter]:
        """For each row of the list `name`: by what it is told from the others, and where it was reported."""
        for one, source in zip(item_ids(told_by), sources, strict=False):
            yield self._new(f"{self._path}{name}#{one}.", source)

    def reported_at(self, *steps: str | int) -> Formatter:
        """For values of the same mapping that are reported at `steps`."""
        return self.reported_as((*(self.source or ()), *steps))

    def reported_as(self, source: FieldPath) -> Formatter:
        """For values of the same mapping that stand at `source` in the unit."""
        return self._new(self._path, source)

    @property
    def computed(self) -> Formatter:
        """For values of the same mapping that nobody reports."""
        return self._new(self._path, None)

    def reported(self, model: BaseModel) -> View:
        """Every field of `model` that holds a single value or paragraphs, by its Chinese name."""
        values = model.__dict__
        return {
            alias: format_field(self, values[name], alias)
            for name, alias, format_field in _printed_fields(type(model))
        }

    def money(
        self,
        value: Decimal | None,
        name: str,
        field: str = "",
    ) -> Value:
        """An amount, printed in the unit of the form; the number behind it is in 万元."""
        if value is None:
            return self.blank(name, field)
        if self._unit != IN_WAN:
            text = amount_text(value / MONEY_UNITS[self._unit])
            return self._made(text, value, name, field)
        as_typed = self._numbers.money == "原样"
        if as_typed and isinstance(value, Reported):
            return self._made(value.text, value, name, field)
        return self._made(
            plain(value, 2) if as_typed else fixed(value), value, name, field
        )

    def rate(
        self,
        value: Decimal | None,
        name: str,
        field: str = "",
        *,
        exact: Decimal | None = None,
    ) -> Value:
        """A ratio as percent; one that was reported as a rounding of `exact` is printed as that."""
        if value is None:
            return self.blank(name, field)
        if isinstance(value, Reported):
            if self._numbers.rate == "原样" and not is_fraction(value):
                return self._made(value.text, value * 100, name, field)
            if exact is not None and abs(exact - value) <= half_digit(value):
                value = exact
        return self._made(percent(value), value * 100, name, field)

    def limit(self, value: Reported | None, name: str) -> Value:
        """A ratio that a pack sets, as it was typed there."""
        if value is None:
            return self.blank(name)
        return self._made(value.text, value * 100, name, "")

    def points(
        self,
        value: Decimal | None,
        name: str,
        field: str = "",
    ) -> Value:
        """Points or a score: as typed, or at most two decimals."""
        if value is None:
            return self.blank(name, field)
        if isinstance(value, Reported):
            text = value.text.removesuffix("分").strip()
        else:
            text = plain(value, 2)
        return self._made(text, value, name, field)

    def points_or_dash(self, value: Decimal | None, name: str) -> Value:
        """Points of a row that need not have any."""
        if value is not None:
            return self.points(value, name)
        return self.blank(name, mark=self._numbers.dash)

    def count(
        self,
        value: Decimal | int | None,
        name: str,
        field: str = "",
    ) -> Value:
        """A number of persons or things."""
        if value is None:
            return self.blank(name, field)
        number = Decimal(value)
        return self._made(plain(number), number, name, field)

    def those(self, rows: Iterable[View], name: str) -> Rows:
        """Rows that are counted in prose."""
        return Rows(rows, self._path + name)

    def text(
        self,
        value: str,
        name: str,
        field: str = "",
    ) -> Value:
        """Words as they were typed."""
        return self._made(value, None, name, field)

    def measured(
        self,
        value: Target | None,
        name: str,
        field: str = "",
    ) -> Value:
        """A 指标值 or 实际值 as it was typed, with the measure of its row where it says none."""
        if value is None:
            return self.blank(name, field)
        return self._made(value.shown, None, name, field)

    def paragraphs(self, texts: Sequence[str], name: str) -> Values:
        """Each paragraph, told by its place; where there is none, a blank for the first."""
        path, above = f"{self._path}{name}#", (*(self.source or ()), name)
        return Values(
            [
                view_value(
                    text, None, f"{path}{position}", (*above, position), False
                )
                for position, text in enumerate(texts)
            ],
            view_value("", None, f"{path}0", (*above, 0), False),
        )

    def tick(self, name: str, *, chosen: bool) -> Value:
        """☑ or □, in the marks of the pack; what is reported is the name of the choice."""
        numbers = self._numbers
        mark = numbers.ticked if chosen else numbers.unticked
        value = self.text(mark, name)
        value.computed = True
        return value

    def figure(self, figure: Figure, name: str) -> Value:
        """A computed figure, which nobody can report, by its unit."""
        value: Value = getattr(self, _BY_UNIT[figure.unit])(figure.value, name)
        value.source, value.computed = figure.path, True
        return value

    def blank(
        self,
        name: str,
        field: str = "",
        *,
        mark: str = "",
    ) -> Value:
        """What stands for a value that is missing."""
        value = self._made(mark or self._numbers.blank, None, name, field)
        value.stated = False
        return value

    def _made(
        self,
        text: str,
        number: Decimal | None,
        name: str,
        field: str,
    ) -> Value:
        source = self.source
        if source is None:
            return view_value(text, number, self._path + name, (), True)
        place = (*source, field or name)
        return view_value(text, number, self._path + name, place, False)


def most_first(rows: Views, of: Callable[[View], Value]) -> Views:
    """Those that have a number which is not nothing, the most first."""
    there = [row for row in rows if of(row).number]
    return sorted(there, key=lambda row: of(row).number or 0, reverse=True)


def label(*parts: str) -> Value:
    """A text around values, each of which can be changed in it; it has no path of its own."""
    spans, text = [], ""
    for part in parts:
        if isinstance(part, Value):
            spans.append((len(text), len(text) + len(part), part))
        text += part
    return Value(text, spans=tuple(spans))


_Format = Callable[[Formatter, Any, str], Value | Values]
_METHODS: dict[Kind, _Format] = {
    Kind.MONEY: Formatter.money,
    Kind.RATE: Formatter.rate,
    Kind.POINTS: Formatter.points,
    Kind.COUNT: Formatter.count,
    Kind.MEASURED: Formatter.measured,
}


@cache
def _printed_fields(
    model: type[BaseModel],
) -> tuple[tuple[str, str, _Format], ...]:
    """Name, Chinese name and formatting method of each field that is printed as it is."""
    return tuple(
        (field.name, field.key, _method(field))
        for field in fields_of(model)
        if field.model is None
        and not field.named
        and field.kind is not Kind.CHOICE
    )


def _method(field: FieldShape) -> _Format:
    if field.listed or field.kind is None:
        return Formatter.paragraphs
    return _METHODS.get(field.kind, Formatter.text)
