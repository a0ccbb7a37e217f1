"""What a page changes besides writing values: a value emptied, rows taken out or moved, a project put in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reportgen.core.value import FieldPath
from reportgen.sources.places import Spot, spots_along
from reportgen.sources.write_back import Edit, line_end
from reportgen.sources.yaml_tree import YamlDocument


class Cleared(NamedTuple):
    """A value that is emptied; its key stays."""

    path: FieldPath

    def among(
        self,
        old: Any,
    ) -> Any:
        """What is read at its path afterwards."""
        return None

    def edits(
        self,
        document: YamlDocument,
    ) -> Iterator[Edit]:
        """Start, end and text of replacements, the plainest first."""
        text = document.source.text
        spot = spots_along(document.root, self.path)[-1]
        start = len(text[: spot.start.index].rstrip())
        end = len(text[: spot.end.index].rstrip())
        yield start, end, " "
        yield start, end, ""


class Removed(NamedTuple):
    """A row that is taken out of its list."""

    path: FieldPath  # of the list
    position: int

    def among(
        self,
        old: Any,
    ) -> Any:
        """What is read at the list afterwards."""
        left = [one for at, one in enumerate(old) if at != self.position]
        return left or None

    def edits(
        self,
        document: YamlDocument,
    ) -> Iterator[Edit]:
        """Start, end and text of replacements, the plainest first."""
        text = document.source.text
        items = _items(document, self.path)
        if len(items) == 1:
            yield from Cleared(self.path).edits(document)
            return
        own = items[self.position]
        start, end = _lines(text, own)
        yield start, min(end + 1, len(text)), ""
        if self.position:
            before = items[self.position - 1].end.index
            yield before, own.end.index, ""
        else:
            yield own.start.index, items[1].start.index, ""


class Swapped(NamedTuple):
    """A row that changes places with the next."""

    path: FieldPath  # of the list
    position: int

    def among(
        self,
        old: Any,
    ) -> Any:
        """What is read at the list afterwards."""
        rows = list(old)
        first, second = self.position, self.position + 1
        rows[first], rows[second] = rows[second], rows[first]
        return rows

    def edits(
        self,
        document: YamlDocument,
    ) -> Iterator[Edit]:
        """Start, end and text of replacements, the plainest first."""
        text = document.source.text
        items = _items(document, self.path)
        first, second = items[self.position], items[self.position + 1]
        yield _exchanged(text, _lines(text, first), _lines(text, second))
        yield _exchanged(text, _span(first), _span(second))


class ProjectAdded(NamedTuple):
    """A project behind the others, as a block of lines of its own that one can go on with by hand."""

    path: FieldPath  # of the list
    lines: tuple[str, ...]  # of the block, without the indent
    tree: Any  # as it reads

    def among(
        self,
        old: Any,
    ) -> Any:
        """What is read at the list afterwards."""
        return [*(old or ()), self.tree]

    def edits(
        self,
        document: YamlDocument,
    ) -> Iterator[Edit]:
        """Start, end and text of replacements, the plainest first."""
        text = document.source.text
        trail = spots_along(document.root, self.path)
        items = list((trail[-1].children or {}).values())
        if len(trail) <= len(self.path):  # no key yet
            end = len(text.rstrip())
            key = f"\n\n{self.path[-1]}:\n"
            yield end, end, key + self._block("  ")
        elif items:
            first = items[0].start
            dash = text[first.index - first.column : first.index]
            end = line_end(text, items[-1])
            yield end, end, "\n" + self._block(dash.partition("-")[0])
        else:
            key_spot = trail[-1]
            end = line_end(text, key_spot)
            yield end, end, "\n" + self._block("  ")

    def _block(
        self,
        indent: str,
    ) -> str:
        first, *rest = self.lines
        others = (f"{indent}  {line}" if line else "" for line in rest)
        return "\n".join((f"{indent}- {first}", *others))


RowChange = Cleared | Removed | Swapped | ProjectAdded


def _items(
    document: YamlDocument,
    path: FieldPath,
) -> list[Spot]:
    spot = spots_along(document.root, path)[-1]
    return list((spot.children or {}).values())


def _span(spot: Spot) -> tuple[int, int]:
    return spot.start.index, spot.end.index


def _lines(
    text: str,
    spot: Spot,
) -> tuple[int, int]:
    """From the start of the line in which an item begins to the end of that in which it ends."""
    return spot.start.index - spot.start.column, line_end(text, spot)


def _exchanged(
    text: str,
    first: tuple[int, int],
    second: tuple[int, int],
) -> Edit:
    """What stands from the first to the end of the second, both in each other's place."""
    between = text[first[1] : second[0]]
    new = text[second[0] : second[1]] + between + text[first[0] : first[1]]
    return first[0], second[1], new
