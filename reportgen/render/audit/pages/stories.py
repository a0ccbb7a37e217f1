"""The texts of a template part by part, and where an element of them stands in words that users can follow."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportgen.ooxml.lint import story_parts
from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.package import Package
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element

_HOLDERS = word_names("tbl tr tc")
_SHOWN = 3  # places that a message names


class Story(NamedTuple):
    """One part with text: its root, and where each of its paragraphs stands."""

    part: str
    root: Element
    locations: dict[Element, str]

    def where(self, element: Element) -> str:
        """The paragraph that holds an element, or the first one in its table, row or cell; else the part."""
        holder = next(element.iterancestors(*_HOLDERS), element)
        near = (
            element,
            *element.iterancestors(),
            *holder.iterdescendants(f"{W}p"),
        )
        known = (self.locations[one] for one in near if one in self.locations)
        return next(known, part_label(self.part))


def stories_of(package: Package) -> Iterator[Story]:
    """The document, headers, footers and notes, each a tree of the caller's own.

    Comments are left out, which are told where they are attached.
    """
    comments = package.related(package.main, "comments")
    for part in story_parts(package):
        if part == comments:
            continue
        root = package.fresh_tree(part)
        yield Story(part, root, dict(paragraph_locations(root, part)))


def listed(places: Iterable[str]) -> str:
    """The first places, each once, and how many there are: 正文第2段、正文第5段等4处."""
    found = list(dict.fromkeys(places))
    shown = "、".join(found[:_SHOWN])
    return f"{shown}等{len(found)}处" if len(found) > _SHOWN else shown
