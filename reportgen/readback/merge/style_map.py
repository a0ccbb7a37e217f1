"""Blocks of a new print made to fit into the document of a person: styles, numbering, numbers of bookmarks."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from itertools import count

from reportgen.ooxml.document import Document
from reportgen.ooxml.lint import number_ids, style_ids
from reportgen.ooxml.names import R, W
from reportgen.ooxml.xml_parts import Element, highest_id, remove

_STYLES = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_MARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


@dataclass
class StyleMap:
    """What `theirs` knows of styles, and by what name it knows those of `ours`.

    `renamed` is learned from blocks that are known to be the same: LibreOffice gives styles other ids.
    """

    known: frozenset[str]
    numbers: frozenset[str]
    next_id: count[int]
    renamed: dict[str, str] = field(default_factory=dict)
    renumbered: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, edited: Document) -> StyleMap:
        """What a document knows, and the first number that none of its bookmarks has."""
        styles = style_ids(edited.package) or frozenset()
        stories = edited.stories()
        first = max(
            highest_id(root.iter(f"{W}bookmarkStart")) for root in stories
        )
        numbers = number_ids(edited.package)
        return cls(styles, numbers, count(first + 1))

    def learn(self, ours: Element, theirs: Element) -> None:
        """Takes note of what a paragraph's style and list are called on either side."""
        for name, names in (
            (f"{W}pStyle", self.renamed),
            (f"{W}numId", self.renumbered),
        ):
            own, other = ours.find(f".//{name}"), theirs.find(f".//{name}")
            if own is not None and other is not None:
                names.setdefault(
                    str(own.get(f"{W}val")), str(other.get(f"{W}val"))
                )

    def copied(self, block: Element) -> Element | None:
        """A copy of a block of `ours` for `theirs`; None where it needs a picture, a chart."""
        if any(
            str(key).startswith(R)
            for element in block.iter()
            for key, _ in element.items()
        ):
            return None
        new = copy.deepcopy(block)
        for style in list(new.iter(*_STYLES)):
            self._settle(style, self.known, self.renamed)
        for number in list(new.iter(f"{W}numId")):
            self._settle(number, self.numbers, self.renumbered)
        self.number(new)
        return new

    def number(self, block: Element) -> None:
        """Gives the bookmarks of a copied block numbers of their own."""
        given: dict[str, str] = {}
        for mark in block.iter(*_MARKS):
            key = str(mark.get(f"{W}id"))
            if key not in given:
                given[key] = str(next(self.next_id))
            mark.set(f"{W}id", given[key])

    @staticmethod
    def _settle(
        element: Element, known: frozenset[str], names: dict[str, str]
    ) -> None:
        value = str(element.get(f"{W}val"))
        if value in names:
            element.set(f"{W}val", names[value])
        elif value not in known:
            remove(element)
