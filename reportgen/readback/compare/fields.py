"""The values of a view by the names of their bookmarks: what a printed value is, and where it was reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.core.trace import bookmark_name
from reportgen.core.value import Rows, Value, Values
from reportgen.language.filters import row_name
from reportgen.ooxml.blocks import base_name

_UNQUOTED = frozenset("'\\{}]%\n")  # what a name in quotes cannot hold


def printed_fields(view: Mapping[str, Any]) -> dict[str, Value]:
    """Every value of the view by the name of its bookmark; a name that two of them have is left out."""
    found: dict[str, Value] = {}
    twice: set[str] = set()
    for value in _values(view, set()):
        name = bookmark_name(value.path)
        if found.setdefault(name, value).path != value.path:
            twice.add(name)
    return {name: value for name, value in found.items() if name not in twice}


def value_of(fields: Mapping[str, Value], mark: str) -> Value | None:
    """The value that a bookmark holds; one that is printed again has a number behind its name."""
    return fields[mark] if mark in fields else fields.get(base_name(mark))


def _values(holder: Any, seen: set[int]) -> Iterator[Value]:
    """The values below one mapping or list; rows that stand in several lists are met once."""
    if isinstance(holder, Value):
        yield from (value for _, _, value in holder.spans)
        if holder.path:
            yield holder
    elif isinstance(holder, Mapping | list) and id(holder) not in seen:
        seen.add(id(holder))
        yield from _of_the_whole(holder)
        below = holder.values() if isinstance(holder, Mapping) else holder
        for one in below:
            yield from _values(one, seen)


def _of_the_whole(holder: Any) -> Iterator[Value]:
    """What a list prints itself: where it is blank, how long it is."""
    if isinstance(holder, Rows):
        yield holder.length
    elif isinstance(holder, Values) and not holder:
        yield holder.blank


def names_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What a text calls each value of a view, by its path.

    A row is called by its name in its list, 资金.收入构成['其他资金'].占比, for where it stands may change.
    """
    return dict(reversed(list(_names(view, ""))))


def _names(holder: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(holder, Value):
        yield holder.path, name
    elif isinstance(holder, Mapping):
        for key, one in holder.items():
            yield from _names(one, f"{name}.{key}".lstrip("."))
    elif isinstance(holder, list):
        yield from _names(getattr(holder, "length", None), f"{name}|length")
        called = list(map(row_name, holder))
        often = Counter(called)
        for own, row in zip(called, holder, strict=True):
            if often[own] == 1 and _UNQUOTED.isdisjoint(own):
                yield from _names(row, f"{name}['{own}']")
