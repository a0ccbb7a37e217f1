"""Two texts side by side, cut into pieces that stand in both and pieces that do not."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_LONGEST = 1500  # characters that are compared one by one
_SHOWN = 3000
_LEAST_ALIKE = 0.3  # with less in common, pieces would only confuse


class TextPiece(NamedTuple):
    """A piece of a text, and whether the other text has it not."""

    text: str
    changed: bool


Pieces = tuple[TextPiece, ...]


def both_sides(
    before: str,
    after: str,
) -> tuple[Pieces, Pieces]:
    """The pieces of both texts."""
    before, after = before[:_SHOWN], after[:_SHOWN]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    is_long = max(len(before), len(after)) > _LONGEST
    if is_long or matcher.ratio() < _LEAST_ALIKE:
        return _whole(before), _whole(after)
    steps = matcher.get_opcodes()
    old = [(before[a:b], name) for name, a, b, _, _ in steps]
    new = [(after[a:b], name) for name, _, _, a, b in steps]
    return _pieces(old), _pieces(new)


def _whole(text: str) -> Pieces:
    return (TextPiece(text, changed=True),) if text else ()


def _pieces(parts: Sequence[tuple[str, str]]) -> Pieces:
    return tuple(
        TextPiece(text, changed=name != "equal") for text, name in parts if text
    )
