"""A value of the view: what is printed, the number behind it, what it is called and where it was reported."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

FieldPath = tuple[str | int, ...]


class Value(str):
    """Printed text that knows where it comes from and compares as the number behind it: `资金.执行率 < 90`.

    `number` is in the printed unit (percent as 90, not 0.9); without one every comparison is false. `path` is what
    a template calls the value; `source` is its field in unit.yaml, also where it was computed for want of a report.
    With `computed` nobody can report it: `source` is its figure, () where there is none. A value that is told from
    others has `spans`: start, end and value of each, in the order of the text, none within another.
    """

    __slots__ = (
        "bookmark",
        "computed",
        "number",
        "path",
        "source",
        "spans",
        "stated",
    )

    bookmark: tuple[int, str, str] | None  # in Word, once it was printed
    computed: bool
    number: Decimal | None
    path: str
    source: FieldPath
    spans: tuple[Span, ...]
    stated: bool

    def __new__(
        cls,
        text: str,
        number: Decimal | None = None,
        path: str = "",
        source: FieldPath = (),
        *,
        stated: bool | None = None,
        computed: bool = False,
        spans: tuple[Span, ...] = (),
    ) -> Value:
        """`stated` is false for what prints a blank mark."""
        value = view_value(text, number, path, source, computed)
        if stated is not None:
            value.stated = stated
        value.spans = spans
        return value

    @property
    def section(self) -> FieldPath:
        """The section of 叙述 that a passage belongs to, () for any other value."""
        return self.source if self.source[-2:-1] == ("叙述",) else ()

    @property
    def field(self) -> FieldPath:
        """The field of unit.yaml that holds the value, () where it is written nowhere as it is printed."""
        return () if self.computed or self.section else self.source

    def __bool__(self) -> bool:
        return self.stated

    def __lt__(self, other: object) -> bool:
        return self._is(operator.lt, other)

    def __gt__(self, other: object) -> bool:
        return self._is(operator.gt, other)

    def __le__(self, other: object) -> bool:
        return self._is(operator.le, other)

    def __ge__(self, other: object) -> bool:
        return self._is(operator.ge, other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str.__eq__(self, other)
        return self._is(operator.eq, other)

    def _is(
        self, compared: Callable[[Decimal, Decimal], bool], other: object
    ) -> bool:
        """Whether both have a number, and these compare so."""
        own = self.number
        there = _number_of(other)
        return own is not None and there is not None and compared(own, there)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


Span = tuple[int, int, Value]
_new = str.__new__


def view_value(
    text: str,
    number: Decimal | None,
    path: str,
    source: FieldPath,
    computed: bool,
) -> Value:
    """The same as `Value(…)` in half the time: a view has a thousand of them, a department thousands."""
    value = _new(Value, text)
    value.number = number
    value.path = path
    value.source = source
    value.stated = number is not None or text != ""
    value.computed = computed
    value.spans = ()
    value.bookmark = None
    return value


class Values(list[Value]):
    """Paragraphs of the view; `blank` stands where there is none, to be filled in."""

    __slots__ = ("blank",)

    def __init__(self, values: Iterable[Value], blank: Value) -> None:
        super().__init__(values)
        self.blank = blank


class Rows(list[dict[str, Any]]):
    """Rows of the view that know how many they are, as `|length` prints it; `path` leads to them."""

    __slots__ = ("path",)

    def __init__(self, rows: Iterable[dict[str, Any]], path: str) -> None:
        super().__init__(rows)
        self.path = path

    @property
    def length(self) -> Value:
        """How many they are; of most lists nobody asks."""
        path = f"{self.path}|length"
        return Value(str(len(self)), Decimal(len(self)), path, computed=True)


def _number_of(other: object) -> Decimal | None:
    if isinstance(other, Value):
        return other.number
    if isinstance(other, (int, float, Decimal)) and not isinstance(other, bool):
        return Decimal(str(other))
    return None
