"""Tables without ruled lines: rows whose texts stand apart from each other, told apart by where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from reportgen.recognition.pdf.page_marks import Sign
from reportgen.recognition.pdf.ruled_tables import RuledCell, RuledTable
from reportgen.recognition.pdf.text_lines import rows_of_signs

_APART = 0.9  # of the size of a sign; texts as far apart stand in two columns
_STEP = 4.0  # points; the columns of such a table are as narrow
_WIDE, _ROWS = 3, 3  # a table has as many rows of as many texts, or a wider one
_ALONE = 2  # as many lines of one text may stand between its rows
_FULL = 2.2  # of the size; a text with less room behind it goes on below
_NEAR = 3.0
_REACH = 1.2  # of the size; so far a text reaches to its sides
_COLUMN = 90.0  # points; so far the name of a column does
_DIFFERENT = 40
_COLUMNS = 400  # of the grid, for pages of any width
_END = "指标"  # of the names of groups, which are often set one sign a line


@dataclass(slots=True)
class StandingText:
    """A text of a row: its signs, from where to where it goes."""

    signs: list[Sign]
    rest: list[Sign] = field(default_factory=list)  # lines below it

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.signs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(one.right for one in self.signs)

    @property
    def has_digit(self) -> bool:
        """Whether it says a number."""
        return any(one.text.isdigit() for one in self.signs)

    @property
    def is_sign(self) -> bool:
        """Whether it is one sign, of a name that may be set one sign a line."""
        return len(self.signs) == 1 and not self.has_digit

    def goes_down_to(
        self,
        text: StandingText,
    ) -> bool:
        """Whether a sign below belongs to the same name, which is not whole yet."""
        is_whole = "".join(one.text for one in self.rest).endswith(_END)
        is_below = abs(self.left - text.left) <= _NEAR
        return text.is_sign and is_below and not is_whole

    @property
    def size(self) -> float:
        """The height of its signs."""
        return self.signs[0].size


TextRow = list[StandingText]


def aligned_tables(
    signs: Sequence[Sign],
) -> list[RuledTable]:
    """The tables among signs that no lines rule."""
    rows = [_texts_in(one) for one in rows_of_signs(signs)]
    return [_table(one) for one in _runs(rows)]


def _texts_in(
    row: Sequence[Sign],
) -> TextRow:
    made = [StandingText([row[0]])]
    for before, sign in pairwise(row):
        if sign.left - before.right >= _APART * sign.size:
            made.append(StandingText([sign]))
        else:
            made[-1].signs.append(sign)
    return made


def _runs(
    rows: Sequence[TextRow],
) -> Iterator[list[TextRow]]:
    """Rows that follow each other, of which enough are of several texts."""
    held: list[TextRow] = []
    alone = 0
    for row in rows:
        alone = 0 if len(row) > 1 else alone + 1
        if held and alone > _ALONE:
            yield from _cut(held)
            held = []
        elif held or len(row) > 1:
            held.append(row)
    yield from _cut(held)


def _cut(
    rows: list[TextRow],
) -> Iterator[list[TextRow]]:
    """The rows up to the last of several texts, where they are a table."""
    while rows and len(rows[-1]) == 1:
        rows.pop()
    wide = sum(len(one) >= _WIDE for one in rows)
    is_wider = any(len(one) > _WIDE for one in rows)
    if wide >= _ROWS - is_wider:
        yield rows


def _table(
    rows: Sequence[TextRow],
) -> RuledTable:
    """The table of these rows; its columns are counted from the edge of the page, so that those of two pages agree."""
    made: list[TextRow] = []
    for row in _without_columns(rows):
        if not (made and _goes_on(made[-1], row)):
            made.append(row)
    xs = [at * _STEP for at in range(_COLUMNS)]
    ys = [*map(_top, made), max(one.bottom for one in _signs_of(made[-1]))]
    most = max(map(len, made))
    numbered = enumerate(made)
    cells = chain.from_iterable(_cells(row, at, most) for at, row in numbered)
    return RuledTable(xs, ys, [*cells])


def _top(
    row: TextRow,
) -> float:
    return min(one.top for one in _signs_of(row))


def _signs_of(
    row: TextRow,
) -> Iterator[Sign]:
    return chain.from_iterable(one.signs for one in row)


def _without_columns(
    rows: Sequence[TextRow],
) -> Iterator[TextRow]:
    """The rows; the signs of a name that is set one sign a line stand together where it begins."""
    name: StandingText | None = None
    for first, *others in rows:
        is_more = name is not None and name.goes_down_to(first)
        if is_more and name is not None:
            name.rest += first.signs
        else:
            name = first if first.is_sign else None
        kept = others if is_more else [first, *others]
        if kept:
            yield kept


def _goes_on(
    above: TextRow,
    row: TextRow,
) -> bool:
    """Whether each text of a row goes on with one above that had no more room; then it is put to it."""
    pairs = [(_over(above, one), one) for one in row]
    if len(row) >= len(above) or not all(over for over, _ in pairs):
        return False
    for over, one in pairs:
        if over is not None:
            over.rest += one.signs
    return True


def _over(
    above: TextRow,
    text: StandingText,
) -> StandingText | None:
    """The text above that is full and begins where this one does."""
    ends = [*(one.left for one in above[1:]), None]
    for one, end in zip(above, ends, strict=True):
        is_below = abs(one.left - text.left) <= _NEAR
        room = end - one.right if end is not None else 0.0
        if is_below and room < _FULL * one.size:
            return one
    return None


def _cells(
    row: TextRow,
    at: int,
    most: int,
) -> list[RuledCell]:
    """The cells of a row, and blank ones where its texts stand far apart.

    With these its number of cells is that of no other row: two of as many cells are read by their order.
    """
    made: list[RuledCell] = []
    end = -1
    for text, (left, right) in zip(row, _edges(row), strict=True):
        first, last = round(left / _STEP), round(right / _STEP)
        if 0 <= end < first:
            made.append(_blank(at, end, first))
        first = max(first, end)
        wide = max(last - first, 1)
        signs = [*text.signs, *text.rest]
        made.append(RuledCell(at, first, 1, wide, left, right, signs))
        end = first + wide
    if len(made) > len(row):
        more = range(len(made), most + 1 + at % _DIFFERENT)
        made += [_blank(at, end + one, end + one + 1) for one in more]
    return made


def _edges(
    row: TextRow,
) -> Iterator[tuple[float, float]]:
    """From where to where each text reaches: half of the room to the next, and not far; the head covers its column."""
    middles = [(one.right + other.left) / 2 for one, other in pairwise(row)]
    lefts = [row[0].left, *middles]
    rights = [*middles, row[-1].right]
    is_head = len(row) >= _WIDE and not any(one.has_digit for one in row)
    for text, left, right in zip(row, lefts, rights, strict=True):
        room = _COLUMN if is_head else _REACH * text.size
        yield max(left, text.left - room), min(right, text.right + room)


def _blank(
    at: int,
    start: int,
    end: int,
) -> RuledCell:
    return RuledCell(at, start, 1, end - start, start * _STEP, end * _STEP)
