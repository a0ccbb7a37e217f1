"""What a printed value is called: its path among the names of the view, and the bookmark that carries it in Word.

A path is what a template would write, 资金.执行率. A row of a list is told by what names it, not by where it stands:
项目#1a2b3c4.指标#5d6e7f8.实际值. So a path stays the same from build to build while rows come and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from zlib import crc32

PREFIX = "_rg_"  # a bookmark that begins with _ is not shown by Word
PATH_KEY = "_路径"  # under which every mapping of the view holds its own path
_LONGEST = 40  # characters of a bookmark's name in Word
_ROOM_FOR_NUMBER = 4  # _999
_NOT_IN_NAMES = re.compile(r"\W+")


class Traced(str):
    """Text that was told from names: `path` is its own, `spans` are start, end and path of each value within it."""

    __slots__ = ("path", "spans")
    path: str
    spans: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(
        cls, text: str, path: str, spans: Iterable[tuple[int, int, str]] = ()
    ) -> Traced:
        """`text` with its path; `spans` in the order of the text, none within another."""
        traced = cls(text)
        traced.path = path
        traced.spans = tuple(spans)
        return traced


def item_ids(names: Iterable[str]) -> Iterator[str]:
    """For each row of a list, by what names it, seven characters that stay the same wherever the row stands."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = number = seen.get(name, 0) + 1
        typed = name if number == 1 else f"{name}\n{number}"
        yield f"{crc32(typed.encode('utf-8', 'replace')):07x}"[-7:]


def bookmark_name(path: str, occurrence: int = 1) -> str:
    """The name of the bookmark of the value at `path`, at most 40 characters; `occurrence` counts within a document."""
    name = PREFIX + _NOT_IN_NAMES.sub("_", path)
    if len(name) > _LONGEST - _ROOM_FOR_NUMBER:
        name = f"{name[: _LONGEST - _ROOM_FOR_NUMBER - 9]}_{crc32(path.encode()):08x}"
    return name if occurrence == 1 else f"{name}_{occurrence}"
