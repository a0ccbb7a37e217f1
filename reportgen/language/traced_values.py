"""What prints a value within its bookmark; the code of a compiled template calls these for every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from reportgen.core.trace import PATH_KEY, Traced, bookmark_name
from reportgen.language.entries import entry
from reportgen.language.xml_text import print_value

END = "</w:t></w:r>"
_STOP = "。"
_LONG_COUNT, _SHORT = (
    1_000,
    30,
)  # a longer number leaves less of the 40 characters that a name may have
_MOST_PATHS, _MOST_NUMBERS = (
    5_000,
    50_000,
)  # of mappings and of bookmarks that are kept ready

_ready: dict[
    str, dict[str, str]
] = {}  # by path of a mapping and by key: the name of a bookmark and the end of its tag
_starts = ['<w:bookmarkStart w:id="0" w:name="']
_ends = [f'{END}<w:bookmarkEnd w:id="0"/>']


class Trace(dict[str, None]):
    """The bookmarks of one document that is being printed; `first` is what their numbers begin at."""

    __slots__ = ("first", "repeated")

    def __init__(self, first: int) -> None:
        super().__init__()
        self.first = first
        self.repeated: dict[str, int] = {}

    def opened(self, name: str) -> tuple[int, str]:
        """The number of one more bookmark, and its name, `name` when that is free, with the end of the tag."""
        named = f'{name}"/>'
        number = self.first + len(self)
        if named in self:
            return number, self.renamed(named)
        self[named] = None
        return number, named

    def renamed(self, named: str) -> str:
        """The name for one more bookmark of what is called `named` already."""
        name, count = named[:-3], self.repeated.get(named, 1)
        while True:
            count += 1
            other = f'{name if count < _LONG_COUNT else name[:_SHORT]}_{count}"/>'
            if other not in self:
                break
        self.repeated[named] = count
        self[other] = None
        return other


def traced_entry(
    holder: Any, trace: Trace, key: str, before: str, written: str = ""
) -> str:
    """The run that shows the entry `key`, in the bookmark of its path; `before` is the run up to the text.

    `written` is the path as the template writes it from a name of the view. Thousands of values a second pass here:
    what is done for the first of them and in rare cases stands apart.
    """
    try:
        named = _ready[holder[PATH_KEY]][key]
        value = holder[key]
        number = len(trace)
        start, end = _starts[trace.first + number], _ends[trace.first + number]
    except (LookupError, TypeError):
        return _first_entry(holder, trace, key, before, written)
    if type(value) is not str:
        if type(value) is Traced or not isinstance(value, str):
            return _first_entry(holder, trace, key, before, written)
        value = str.__str__(value)
    if not value.isprintable() or "&" in value or "<" in value or ">" in value:
        value = print_value(value)
    trace[named] = None
    if len(trace) == number:  # it is there already
        named = trace.renamed(named)
    return f"{start}{named}{before}{value}{end}"


def _first_entry(holder: Any, trace: Trace, key: str, before: str, written: str) -> str:
    value = entry(holder, key)
    path = holder.get(PATH_KEY) if type(holder) is dict else None
    if path is None:
        return traced_value(value, trace, written, before)
    whole = f"{path}.{key}"
    _make_ready(path, key, _name(whole), trace.first + len(trace))
    return traced_value(value, trace, whole, before)


def _make_ready(path: str, key: str, name: str, number: int) -> None:
    if len(_ready) >= _MOST_PATHS:
        _ready.clear()
    _ready.setdefault(path, {})[key] = f'{name}"/>'
    for one in range(len(_starts), min(number, _MOST_NUMBERS) + 1):
        _starts.append(f'<w:bookmarkStart w:id="{one}" w:name="')
        _ends.append(f'{END}<w:bookmarkEnd w:id="{one}"/>')


def traced_value(value: Any, trace: Trace, path: str, before: str) -> str:
    """The run that shows `value`, in the bookmark of the path that it brings or else of `path`; "" is none."""
    if type(value) is Traced:
        if value[-1:] == _STOP and len(value) > 1:
            return f"{traced_value(_without_stop(value), trace, path, before)}{before}{_STOP}{END}"
        if value.spans:
            return _passage(value, trace, before)
        value, path = str.__str__(value), value.path
    run = f"{before}{print_value(value)}{END}"
    return _marked(run, trace, _name(path)) if path else run


def _without_stop(value: Traced) -> Traced:
    """A passage without its full stop, which LibreOffice does not paint where it hangs out of a bookmark."""
    end = len(value) - 1
    spans = (
        (start, min(stop, end), path)
        for start, stop, path in value.spans
        if start < end
    )
    return Traced.of(value[:end], value.path, spans)


_name = lru_cache(maxsize=_MOST_PATHS)(bookmark_name)


def traced_path(holder: Any, key: str, above: str, more: str) -> str:
    """The path of the entry `key` of `holder`, which is `above` where the holder has none; "" when there is none."""
    path = holder.get(PATH_KEY, "") if type(holder) is dict else ""
    whole = f"{path}.{key}" if path else above
    return whole and f"{whole}{more}"


def own_path(value: Any, more: str) -> str:
    """The path that a text brings with it; "" when it brings none."""
    return value.path and f"{value.path}{more}" if type(value) is Traced else ""


def told(items: Any, path: str) -> Any:
    """The items of a loop; texts among them bring the path of their list and their place in it."""
    if not path or type(items) not in (list, tuple):
        return items
    return [
        Traced.of(item, f"{path}#{n}") if type(item) is str else item
        for n, item in enumerate(items)
    ]


def _passage(value: Traced, trace: Trace, before: str) -> str:
    """The runs of a text that was told from names: a bookmark around the whole, and one around each value in it."""
    path = value.path
    if not path:
        return "".join(_pieces(value, trace, before))
    number, named = trace.opened(_name(path))
    inside = "".join(_pieces(value, trace, before)) or before + END
    return f'<w:bookmarkStart w:id="{number}" w:name="{named}{inside}<w:bookmarkEnd w:id="{number}"/>'


def _pieces(value: Traced, trace: Trace, before: str) -> Iterator[str]:
    text, end = str.__str__(value), 0
    for start, stop, path in value.spans:
        if end < start:
            yield f"{before}{print_value(text[end:start])}{END}"
        if max(start, end) < stop:
            run = f"{before}{print_value(text[max(start, end) : stop])}{END}"
            yield _marked(run, trace, _name(path)) if path else run
        end = max(end, stop)
    if end < len(text):
        yield f"{before}{print_value(text[end:])}{END}"


def _marked(run: str, trace: Trace, name: str) -> str:
    number, named = trace.opened(name)
    return f'<w:bookmarkStart w:id="{number}" w:name="{named}{run}<w:bookmarkEnd w:id="{number}"/>'


def as_it_is(xml: str) -> str:
    """What was printed already."""
    return xml


TRACED_FILTERS: dict[str, Callable[..., Any]] = {
    "traced_entry": traced_entry,
    "traced_value": traced_value,
    "traced_path": traced_path,
    "own_path": own_path,
    "told": told,
    "as_it_is": as_it_is,
}
PRINTING = frozenset({"traced_entry", "traced_value", "as_it_is"})  # which give XML
