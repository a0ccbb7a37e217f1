"""What prints a value within its bookmark; the code of a compiled template calls these for every value."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from reportgen.core.trace import bookmark_name, bookmark_number
from reportgen.core.value import Span, Value, Values
from reportgen.language.entries import entry
from reportgen.language.xml_text import print_value

END = "</w:t></w:r>"
_STOP = "。"
_MOST_PATHS = 20_000  # of paths whose bookmarks are kept ready


class Trace(set[int]):
    """The numbers of the bookmarks of one document that is being printed.

    The number of a bookmark follows from the path of its value. When a value is printed again, its bookmark is
    numbered from `first` on.
    """

    def __init__(self, first: int) -> None:
        super().__init__()
        self.next = first
        self.repeated: dict[str, int] = {}

    def tags(self, path: str) -> tuple[str, str]:
        """What opens and what closes one more bookmark of the value at `path`."""
        number, opening, closing = _tags(path)
        if number not in self:
            self.add(number)
            return opening, closing
        number, self.next = self.next, self.next + 1
        name = bookmark_name(path)
        count = self.repeated[name] = self.repeated.get(name, 1) + 1
        _, opening, closing = _numbered(number, f"{name}_{count}")
        return opening, closing


@lru_cache(maxsize=_MOST_PATHS)
def _tags(path: str) -> tuple[int, str, str]:
    """The number of the value at `path`, and the tags around it."""
    return _numbered(bookmark_number(path), bookmark_name(path))


def _numbered(number: int, name: str) -> tuple[int, str, str]:
    return (
        number,
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
        f'<w:bookmarkEnd w:id="{number}"/>',
    )


def traced_entry(
    holder: Any,
    trace: Trace,
    key: str,
    before: str,
    written: str = "",
) -> str:
    """The run that shows the entry `key`, in the bookmark of its path; `before` is the run up to the text.

    `written` is the path as the template writes it from a name of the view. Thousands of values a second pass here:
    what is done for the first of them and in rare cases stands apart.
    """
    try:
        value = holder[key]
    except (LookupError, TypeError):
        value = None
    if type(value) is not Value:
        return traced_value(entry(holder, key), trace, written, before)
    if value.bookmark is None:
        if value.spans or value.section or not value.path:
            return traced_value(value, trace, written, before)
        number, opening, closing = _tags(value.path)
        value.bookmark = number, opening, f"{print_value(value)}{END}{closing}"
    number, opening, closing = value.bookmark
    if number in trace:
        return traced_value(value, trace, written, before)
    trace.add(number)
    return f"{opening}{before}{closing}"


def traced_value(value: Any, trace: Trace, path: str, before: str) -> str:
    """The run that shows `value`, in the bookmark of its own path, or of `path` where it has none; "" is none."""
    if type(value) is Value:
        if value.spans or value.section:
            return _passage(value, trace, before)
        path = value.path
    run = f"{before}{print_value(value)}{END}"
    if not path:
        return run
    opening, closing = trace.tags(path)
    return f"{opening}{run}{closing}"


def _passage(value: Value, trace: Trace, before: str) -> str:
    """The runs of a text that was told from values: a bookmark around the whole, and one around each value in it.

    A full stop at the end is left outside: LibreOffice does not paint one that hangs out of a bookmark.
    """
    stop = _STOP if value[-1:] == _STOP and len(value) > 1 else ""
    text = str.__str__(value).removesuffix(stop)
    behind = f"{before}{stop}{END}" if stop else ""
    opening, closing = trace.tags(value.path) if value.path else ("", "")
    inside = "".join(_pieces(text, value.spans, trace, before)) or before + END
    return f"{opening}{inside}{closing}{behind}"


def _pieces(
    text: str, spans: tuple[Span, ...], trace: Trace, before: str
) -> Iterator[str]:
    end = 0
    for start, stop, value in spans:
        if end < start:
            yield f"{before}{print_value(text[end:start])}{END}"
        told = text[max(start, end) : stop]
        if told:
            opening, closing = trace.tags(value.path)
            yield f"{opening}{before}{print_value(told)}{END}{closing}"
        end = max(end, stop)
    if end < len(text):
        yield f"{before}{print_value(text[end:])}{END}"


def traced_blank(items: Any, trace: Trace) -> str:
    """The bookmark in which the first of some paragraphs will stand that are still to be written."""
    if type(items) is not Values:
        return ""
    return "".join(trace.tags(items.blank.path))


TRACED_FILTERS: dict[str, Callable[..., Any]] = {
    "traced_entry": traced_entry,
    "traced_value": traced_value,
    "traced_blank": traced_blank,
}
PRINTING = frozenset(TRACED_FILTERS)  # which give XML
