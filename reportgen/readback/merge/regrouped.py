"""Paragraphs that the data cut in two or joined since they were printed, where a person changed or deleted one."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportgen.ooxml.blocks import Block, Blocks, Paragraph
from reportgen.readback.compare.split_paragraphs import (
    Pieces,
    in_pieces,
    pieces_of,
)
from reportgen.readback.merge.amounts import unnumbered
from reportgen.readback.merge.cut_paragraphs import cut_paragraph
from reportgen.readback.merge.figures import carry_figures, is_explained
from reportgen.readback.merge.merge_log import DELETED, KEPT_DELETED, MergeLog
from reportgen.readback.merge.three_way import ThreeWay

_FIGURE = re.compile(r"\d[\d,.]*")
_STOPS = re.compile("[。,;]")
_SHORTEST = (
    6  # characters by which a part of a deleted paragraph is known again
)


class Regrouped(NamedTuple):
    """Some paragraphs of base and those of ours in which their words stand now, by position; `standing` in theirs."""

    bases: Sequence[int]
    news: Sequence[int]
    standing: Sequence[Paragraph]


def regrouped(match: ThreeWay) -> list[Regrouped]:
    """Each such group that a person has touched; what nobody touched is merged block by block."""
    found: list[Regrouped] = []
    for bases, news in _by_data(match):
        if any(_is_touched(match, n) for n in bases):
            standing = {
                one.element: one for n in bases for one in _standing(match, n)
            }
            group = Regrouped(bases, news, tuple(standing.values()))
            if not _came_home(match, group):
                found.append(group)
    return found


def _came_home(match: ThreeWay, group: Regrouped) -> bool:
    """Whether a person wrote what is printed now, in whatever paragraphs."""
    typed = "".join(unnumbered(one.text) for one in group.standing)
    return typed == "".join(unnumbered(match.ours[n].text) for n in group.news)


def _by_data(match: ThreeWay) -> Iterator[tuple[list[int], list[int]]]:
    """The positions in base and in ours of what the data cut in two or joined."""
    pairs = match.to_ours
    taken = frozenset(pairs.values())
    for position, at in pairs.items():
        base, ours = match.base[position], match.ours[at]
        news = _positions_of(base, at, match.ours, taken)
        if news:
            yield [position], news
        bases = _positions_of(ours, position, match.base, pairs.keys())
        if bases:
            yield bases, [at]


def _positions_of(
    whole: Block, at: int, others: Blocks, taken: Collection[int]
) -> list[int]:
    """Where the paragraphs are, others[at] among them, that say together what `whole` does, but for figures."""
    row = pieces_of(in_pieces(whole, at, others, taken))
    own = set(map(id, row))
    places = enumerate(others if own else ())
    return [n for n, one in places if id(one) in own]


@lru_cache(maxsize=8192)  # what was deleted is looked at for all that is new
def _words(text: str) -> str:
    """What a paragraph says, whatever its figures and stops are."""
    return _STOPS.sub("", _FIGURE.sub("#", unnumbered(text)))


def _is_touched(match: ThreeWay, position: int) -> bool:
    theirs = match.theirs_of(position)
    base = match.base[position]
    return theirs is None or unnumbered(theirs.text) != unnumbered(base.text)


def _standing(match: ThreeWay, position: int) -> Sequence[Paragraph]:
    """What is left in theirs of a printed paragraph."""
    at = match.to_theirs.get(position)
    cut = cut_paragraph(match.base[position], at, match.theirs, match.taken)
    if cut:
        return cut.pieces
    theirs = match.theirs_of(position)
    return [theirs] if isinstance(theirs, Paragraph) and theirs.key else []


def merge_regrouped(
    match: ThreeWay, group: Regrouped, where: str, log: MergeLog
) -> None:
    """What a person left stays, its figures brought up to date; what they deleted stays out, and they are told."""
    base, ours = (
        _as_one(match.base, group.bases),
        _as_one(match.ours, group.news),
    )
    carried = [carry_figures(one, [base], [ours]) for one in group.standing]
    if any(carried):
        log.changed("更新数字")
    deleted = [match.base[n] for n in group.bases if not _standing(match, n)]
    log.changes += [KEPT_DELETED] * len(deleted)
    if base.key == ours.key:
        return
    if deleted:
        printed = "".join(one.text for one in deleted)
        log.doubt(DELETED, where, printed=printed, new=ours.text)
        return
    standing = Pieces(group.standing[0].element, tuple(group.standing))
    if not is_explained(base, standing, ours):
        log.conflict(standing.element, where, standing.text, ours.text)


def _as_one(blocks: Blocks, positions: Sequence[int]) -> Pieces:
    found = [blocks[n] for n in positions]
    paragraphs = tuple(one for one in found if isinstance(one, Paragraph))
    return Pieces(paragraphs[0].element, paragraphs)


def deleted_paragraphs(match: ThreeWay) -> list[Paragraph]:
    """The printed paragraphs of one container of which a person left nothing."""
    return [
        one
        for position, one in enumerate(match.base)
        if isinstance(one, Paragraph) and not _standing(match, position)
    ]


def whole_of(new: Block, deleted: Sequence[Paragraph]) -> Paragraph | None:
    """The one of some deleted paragraphs of which `new` is a part but for its figures."""
    if not deleted or not isinstance(new, Paragraph):
        return None
    words = _words(new.text)
    if len(words) < _SHORTEST:
        return None
    return next((one for one in deleted if words in _words(one.text)), None)
