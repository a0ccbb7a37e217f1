"""Where the printed values of a paragraph stand after a person edited it, by what can be seen.

A bookmark alone is no proof: words typed over its edge lie half outside of it, and bookmarks can change places. A value
stands between the words that stood before and behind it when it was printed, where these are still there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Indel

from reportgen.ooxml.paragraph_text import Line

_NUMERIC = frozenset("0123456789０１２３４５６７８９.．,，%％")
Span = tuple[int, int]


@dataclass(frozen=True)
class VisibleValues:
    """The values of a paragraph as printed (`base`) and as it is now (`theirs`)."""

    base: Line
    theirs: Line

    @cached_property
    def _places(self) -> dict[int, int]:
        """Where each character of `base` that was kept stands now."""
        found: dict[int, int] = {}
        changes = Indel.opcodes(self.base.text, self.theirs.text)
        for one in changes.as_matching_blocks():
            found.update((one.a + n, one.b + n) for n in range(one.size))
        return found

    def span(self, name: str) -> Span | None:
        """Where the value stands now; None where its bookmark is lost and its neighbours changed."""
        marked, between = self.theirs.marks.get(name), self._between(name)
        if self._is_all(name) or self._reads_as_printed(name, between):
            return between
        kept = self._kept(name)
        return kept if self._reads_as_printed(name, marked) and kept else marked

    def is_doubtful(self, name: str) -> bool:
        """Whether what stands in the bookmark is not what stands in the value's place."""
        marked, between = self.theirs.marks.get(name), self._between(name)
        if marked is None or self._is_all(name):
            return False
        if self._reads_as_printed(name, between):
            return False
        if self._reads_as_printed(name, marked):
            return self._kept(name) is None or self._is_continued(name, between)
        return (
            between is None
            or self._text(between).strip() != self._text(marked).strip()
        )

    def _is_all(self, name: str) -> bool:
        """Whether the paragraph was that value and nothing else."""
        return self.base.marks[name] == (0, len(self.base.text))

    def _reads_as_printed(self, name: str, span: Span | None) -> bool:
        return span is not None and self._text(span) == self.base.marked(name)

    def _is_continued(self, name: str, between: Span | None) -> bool:
        """Whether digits were typed on to a value that its bookmark still holds as it was."""
        printed, marked = self.base.marked(name), self.theirs.marks[name]
        if between is None:
            return False
        before = self.theirs.text[between[0] : marked[0]][-1:]
        behind = self.theirs.text[marked[1] : between[1]][:1]
        is_led = bool(before) and {before, printed[0]} <= _NUMERIC
        return is_led or (bool(behind) and {behind, printed[-1]} <= _NUMERIC)

    def _text(self, span: Span) -> str:
        return self.theirs.text[span[0] : span[1]]

    def _kept(self, name: str) -> Span | None:
        """Where the value stands whole and untouched."""
        start, end = self.base.marks[name]
        places = [self._places.get(at) for at in range(start, end)]
        first = places[0]
        if first is None or places != list(range(first, first + len(places))):
            return None
        return first, first + len(places)

    def _between(self, name: str) -> Span | None:
        """What stands between what stood before and behind the value: a character, another value, or nothing."""
        start, end = self.base.marks[name]
        first = self._end_before(start) if start else 0
        last = self._start_behind(end)
        if first is None or last is None or first > last:
            return None
        return first, last

    def _end_before(self, start: int) -> int | None:
        before = self._places.get(start - 1)
        return self._value_beside(start, 1) if before is None else before + 1

    def _start_behind(self, end: int) -> int | None:
        if end == len(self.base.text):
            return len(self.theirs.text)
        behind = self._places.get(end)
        return self._value_beside(end, 0) if behind is None else behind

    def _value_beside(self, at: int, side: int) -> int | None:
        """Where a value now begins (side 0) or ends (1) that did so at a place when it was printed."""
        there = self.theirs.marks
        for name, span in self.base.marks.items():
            if span[side] == at and name in there:
                return there[name][side]
        return None

    def values(self) -> Iterator[tuple[str, str | None, Span | None]]:
        """Each printed value: its name, its text now, None where it is lost, and where that stands."""
        for name in self.base.marks:
            span = self.span(name)
            yield name, None if span is None else self._text(span), span
