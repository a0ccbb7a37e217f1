"""What prints a value within its bookmark; the code of a compiled template calls these for every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from reportgen.render.entries import entry
from reportgen.render.escape import print_value
from reportgen.trace import PATH_KEY, Traced, bookmark_name

END = "</w:t></w:r>"
_LONGEST = 40  # characters of a bookmark's name in Word


class Trace(dict[str, str]):
    """The paths by bookmark of one document that is being printed; `first` is the number of its first bookmark."""

    __slots__ = ("first", "repeated")

    def __init__(self, first: int) -> None:
        super().__init__()
        self.first = first
        self.repeated: dict[str, int] = {}

    def opened(self, name: str, path: str) -> tuple[int, str]:
        """The number and the name of one more bookmark for `path`, called `name` when that is free."""
        if name in self:
            base, count = name, self.repeated.get(name, 1)
            while name in self:
                count += 1
                name = f"{base[: _LONGEST - len(str(count)) - 1]}_{count}"
            self.repeated[base] = count
        self[name] = path
        return self.first + len(self), name


@lru_cache(maxsize=65_536)
def _named(path: str, key: str) -> tuple[str, str]:
    whole = f"{path}.{key}"
    return bookmark_name(whole), whole


def traced_entry(holder: Any, trace: Trace, key: str, before: str, written: str) -> str:
    """The run that shows the entry `key`, in the bookmark of its path; `before` is the run up to the text.

    `written` is the path as the template writes it from a name of the view, "" where it begins with that of a loop.
    """
    try:
        name, path = _named(holder[PATH_KEY], key)
        value = holder[key]
    except (KeyError, TypeError):
        return traced_value(entry(holder, key), trace, written, before)
    if type(value) is Traced:
        return _passage(value, trace, before)
    text = print_value(value)
    if name in trace:
        number, name = trace.opened(name, path)
    else:
        trace[name] = path
        number = trace.first + len(trace)
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{before}{text}</w:t></w:r><w:bookmarkEnd w:id="{number}"/>'
    )


def traced_value(value: Any, trace: Trace, path: str, before: str) -> str:
    """The run that shows `value`, in the bookmark of the path that it brings or else of `path`; "" is none."""
    if type(value) is Traced:
        return _passage(value, trace, before)
    run = f"{before}{print_value(value)}{END}"
    return _marked(run, trace, path) if path else run


def traced_path(holder: Any, key: str, written: str, more: str) -> str:
    """The path of the entry `key` of `holder`; "" when there is none."""
    path = holder.get(PATH_KEY, "") if type(holder) is dict else ""
    whole = f"{path}.{key}" if path else written
    return whole and f"{whole}{more}"


def own_path(value: Any, more: str) -> str:
    """The path that a text brings with it; "" when it brings none."""
    return value.path and f"{value.path}{more}" if type(value) is Traced else ""


def told(items: Any, path: str) -> Any:
    """The items of a loop; texts among them bring the path of their list and their place in it."""
    if not path or type(items) not in (list, tuple):
        return items
    return [Traced.of(item, f"{path}#{n}") if type(item) is str else item for n, item in enumerate(items)]


def _passage(value: Traced, trace: Trace, before: str) -> str:
    """The runs of a text that was told from names: a bookmark around the whole, and one around each value in it."""
    path = value.path
    if not path:
        return "".join(_pieces(value, trace, before))
    number, name = trace.opened(bookmark_name(path), path)
    inside = "".join(_pieces(value, trace, before)) or before + END
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def _pieces(value: Traced, trace: Trace, before: str) -> Iterator[str]:
    text, end = str.__str__(value), 0
    for start, stop, path in value.spans:
        if end < start:
            yield f"{before}{print_value(text[end:start])}{END}"
        if max(start, end) < stop:
            run = f"{before}{print_value(text[max(start, end) : stop])}{END}"
            yield _marked(run, trace, path) if path else run
        end = max(end, stop)
    if end < len(text):
        yield f"{before}{print_value(text[end:])}{END}"


def _marked(run: str, trace: Trace, path: str) -> str:
    number, name = trace.opened(bookmark_name(path), path)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{number}"/>'


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
