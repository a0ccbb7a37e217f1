"""Where in a finished text the values stand that it was told from."""

from collections.abc import Iterable, Iterator

from reportgen.core.value import Span
from reportgen.language.expressions import Slot

_SHORTEST = 2  # characters of words that are hardly there by chance
_NUMBER_GOES_ON = frozenset("0123456789.,%％０１２３４５６７８９")


def spans_of(text: str, slots: Iterable[Slot]) -> Iterator[Span]:
    """Start, end and value of each of `slots` that is surely found, in the order of the text.

    A text is changed after it was told (full stops, numbers of a list), so its values are looked for in their order;
    one that is not there as it was printed, or within a longer number, has no span.
    """
    at = 0
    for value, printed, lead in slots:
        shown = printed.strip()
        led = text.find(f"{lead}{shown}", at)
        start = _found(
            text, shown, max(at, led + len(lead)) if led >= at else at
        )
        if start >= 0:
            at = start + len(shown)
            yield start, at, value


def _found(text: str, value: str, at: int) -> int:
    is_number = value[:1].isdigit() or value[:1] == "-"
    if not is_number and len(value) < _SHORTEST:
        return -1
    start = text.find(value, at)
    while (
        start >= 0
        and is_number
        and _is_within_number(text, start, start + len(value))
    ):
        start = text.find(value, start + 1)
    return start


def _is_within_number(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before and before in _NUMBER_GOES_ON and before not in "%％,":
        return True
    if not after or after not in _NUMBER_GOES_ON:
        return False
    return after not in ".," or text[end + 1 : end + 2].isdigit()
