"""The texts of a part as a reader meets them: a paragraph whose characters stand in many runs is one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.ooxml.names import SIGNS, A, C, M, W
from reportgen.ooxml.xml_parts import Element
from reportgen.publishing.patterns import Spotted

_PARAGRAPHS = (f"{W}p", f"{A}p")
_PIECES = frozenset((f"{W}t", f"{A}t", f"{M}t"))
_ALONE = frozenset((f"{C}v", f"{C}f", f"{W}instrText"))
_MOBILE_NUMBER = 11  # digits; shorter ones are measures and names of styles
_STANDS_APART = frozenset((*SIGNS, f"{A}br"))
# what a person may have typed that is shown or kept in an attribute
_TYPED = frozenset(
    (
        "descr",
        "title",
        "name",
        "alt",
        "string",
        "tooltip",
        "val",
        "alias",
        "author",
        "initials",
        "displayText",
        "uri",
    )
)
_FONTS = frozenset(
    (
        "ascii",
        "hAnsi",
        "eastAsia",
        "cs",
        "typeface",
    )
)


@dataclass(frozen=True)
class TextGroup:
    """The elements that hold one text, and the paragraph it belongs to."""

    holder: Element
    pieces: tuple[tuple[Element, str], ...]  # an element, or a sign's text

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(text for _, text in self.pieces)

    def replace(self, spots: Sequence[Spotted]) -> None:
        """Writes what is shown instead of each of `spots`: into the element in which it begins."""
        for one in reversed(spots):
            self._replace(one)

    def _replace(self, spot: Spotted) -> None:
        at, shown = 0, spot.shown
        for element, text in self.pieces:
            start, end = max(spot.start - at, 0), min(spot.end - at, len(text))
            at += len(text)
            if start >= end or str(element.tag) in _STANDS_APART:
                continue
            # what stands behind it was written already, so that only the beginning is as it was
            told = element.text or ""
            # an empty text would be written otherwise than it is read
            element.text = told[:start] + shown + told[end:] or None
            shown = ""


def text_groups(root: Element) -> Iterator[TextGroup]:
    """Every text of a part; one that stands in a text box is its own."""
    for paragraph in root.iter(*_PARAGRAPHS):
        pieces = tuple(_pieces(paragraph))
        if pieces:
            yield TextGroup(paragraph, pieces)
    for element in root.iter(*_ALONE, *_PIECES):
        above = next(element.iterancestors(*_PARAGRAPHS), None)
        if element.text and (above is None or element.tag in _ALONE):
            yield TextGroup(element, ((element, element.text),))


def _pieces(paragraph: Element) -> Iterator[tuple[Element, str]]:
    for element in paragraph.iterdescendants():
        tag = str(element.tag)
        if tag not in _PIECES and tag not in _STANDS_APART:
            continue
        if next(element.iterancestors(*_PARAGRAPHS)) is paragraph:
            text = SIGNS.get(tag, element.text or "")
            yield element, text or "\n"


def typed_attributes(root: Element) -> Iterator[tuple[Element, str, str]]:
    """The attributes in which a person's words may stand: the element, the attribute's name, the text."""
    for element in root.iter():
        for name, value in element.items():
            local = str(name).rpartition("}")[2]
            if _is_wordy(local, str(value)):
                yield element, str(name), str(value)


def _is_wordy(name: str, value: str) -> bool:
    """Whether a value says something: not only a number, a measure or a font."""
    if not value.isascii():
        return name not in _FONTS
    is_long = "@" in value or len(value) >= _MOBILE_NUMBER
    return name in _TYPED and is_long
