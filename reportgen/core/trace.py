"""What a printed value is called: its path among the names of the view, and the bookmark that carries it in Word.

A path is what a template would write, 资金.执行率. A row of a list is told by what names it, not by where it stands:
项目#1a2b3c4.指标#5d6e7f8.实际值. So a path stays the same from build to build while rows come and go. The name of a
bookmark is a number that follows from the path, so that every bookmark costs the same few bytes; who wants the path
looks it up among the values of the view.
"""

import re
from collections.abc import Iterable, Iterator
from zlib import crc32

PREFIX = "_rg_"  # a bookmark that begins with _ is not shown by Word
LEAST_NUMBER = (
    10**8
)  # below it are the numbers that templates give their own marks
_PLACED = "p"
_PLACE = re.compile(r"#(?:本单位)?(\d+)$")
_NUMBERS = 9 * LEAST_NUMBER


def item_ids(names: Iterable[str]) -> Iterator[str]:
    """For each row of a list, by what names it, seven characters that stay the same wherever the row stands."""
    seen: dict[str, int] = {}
    taken: set[str] = set()
    for name in names:
        one = ""
        while not one or one in taken:
            seen[name] = number = seen.get(name, 0) + 1
            typed = name if number == 1 else f"{name}\n{number}"
            one = f"{crc32(typed.encode('utf-8', 'replace')):07x}"[-7:]
        taken.add(one)
        yield one


def row_id(path: str) -> str:
    """What tells the row that a path leads through from the others of its list; "" where there is none."""
    _, sign, row = path.rpartition("#")
    return row.partition(".")[0] if sign else ""


def bookmark_number(path: str) -> int:
    """The number of the value at `path`, of nine digits whatever the path."""
    return LEAST_NUMBER + crc32(path.encode("utf-8", "replace")) % _NUMBERS


def bookmark_name(path: str, occurrence: int = 1) -> str:
    """The name of the bookmark of the value at `path`; `occurrence` counts within a document.

    A paragraph that only its place tells from the others has the number of them all, and its place behind that.
    """
    place = _PLACE.search(path)
    name = (
        f"{PREFIX}{bookmark_number(path[: place.start()] if place else path)}"
    )
    if place:
        name = f"{name}{_PLACED}{place[1]}"
    return name if occurrence == 1 else f"{name}_{occurrence}"


def without_place(name: str) -> str:
    """The name of a bookmark, the same for all paragraphs that only their place tells from each other."""
    return name.partition(_PLACED)[0]
