"""A printed paragraph that a person cut in two, or joined to its neighbour, brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reportgen.readback.compare.split_paragraphs import (
    Pieces,
    in_pieces,
    joined_into,
    reads_now,
)
from reportgen.readback.merge.amounts import (
    unnumbered,
    with_amounts_in_one_form,
)
from reportgen.readback.merge.figures import carry_figures, is_explained
from reportgen.readback.merge.merge_log import MergeLog
from reportgen.readback.read.blocks import Block, Paragraph


@dataclass(frozen=True, slots=True)
class CutParagraph:
    """The paragraphs in which the words of one of print stand; `reworded` where a person also wrote them anew."""

    pieces: Sequence[Paragraph]
    reworded: Pieces | None = None


def cut_paragraph(
    base: Block, at: int | None, theirs: Sequence[Block], taken: Collection[int]
) -> CutParagraph | None:
    """How `base`, whose counterpart is theirs[at], was cut or joined; None where it was not."""
    if at is None:
        joined = joined_into(base, theirs)
        return None if joined is None else CutParagraph([joined])
    cut = in_pieces(base, at, theirs, taken)
    if cut is None:
        return None
    return CutParagraph(cut.pieces, None if cut.key == base.key else cut)


def merge_cut(
    cut: CutParagraph,
    base: Paragraph,
    ours: Paragraph,
    where: str,
    log: MergeLog,
) -> None:
    """Brings the figures in its pieces up to date; a conflict where more than figures is new."""
    is_known = cut.reworded is not None and is_explained(
        base, cut.reworded, ours
    )
    carried = [carry_figures(one, [base], [ours]) for one in cut.pieces]
    if any(carried):
        log.changed("更新数字", where, ours.text)
    stands = with_amounts_in_one_form(reads_now(cut.pieces))
    if is_known or unnumbered(ours.text) in stands:
        return
    typed = "".join(one.text for one in cut.pieces)
    log.conflict(cut.pieces[0].element, where, typed, ours.text)
