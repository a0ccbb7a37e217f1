"""Headers and footers of two documents: which is which, by what they are and what they say."""

from collections.abc import Iterator

from reportgen.ooxml.blocks import Box
from reportgen.ooxml.document import Document
from reportgen.readback.compare.align import align

_PLACES = {"headerReference": "页眉", "footerReference": "页脚"}


def story_pairs(
    base: Document, other: Document
) -> Iterator[tuple[str, Box, Box]]:
    """The body, and each header and footer that both have: what it is called, and the text of either side."""
    yield "正文", base.story(), other.story()
    for where, own, there in header_footer_pairs(base, other):
        yield where, base.story(own), other.story(there)


def header_footer_pairs(
    base: Document, other: Document
) -> Iterator[tuple[str, str, str]]:
    """Each header and footer that both have: 页眉 or 页脚, its part in `base`, its part in `other`.

    Those of one kind are paired by the order of their sections; by their text where there are more or fewer of them
    now. The names of parts tell nothing: editors change them.
    """
    there = _by_kind(other)
    for kind, parts in _by_kind(base).items():
        others = there.get(kind, [])
        if len(parts) == len(others):
            pairs = {n: n for n in range(len(parts))}
        else:
            pairs = align(
                [base.story(one) for one in parts],
                [other.story(one) for one in others],
            )
        for number in sorted(pairs):
            yield (
                _PLACES[kind.partition(" ")[0]],
                parts[number],
                others[pairs[number]],
            )


def _by_kind(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part, kind in document.margins().items():
        found.setdefault(kind, []).append(part)
    return found
