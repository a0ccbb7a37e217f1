"""A printed paragraph that a person cut in two, or joined to its neighbour, brought up to date."""

from collections.abc import Collection

from reportgen.ooxml.blocks import Block, Blocks, Paragraph
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


def cut_paragraph(
    base: Block, at: int | None, theirs: Blocks, taken: Collection[int]
) -> Pieces | None:
    """How `base`, whose counterpart is theirs[at], was cut or joined; None where it was not."""
    if at is not None:
        return in_pieces(base, at, theirs, taken)
    joined = joined_into(base, theirs)
    return None if joined is None else Pieces(joined.element, (joined,))


def merge_cut(
    cut: Pieces,
    base: Paragraph,
    ours: Paragraph,
    where: str,
    log: MergeLog,
) -> None:
    """Brings the figures in its pieces up to date; a conflict where more than figures is new."""
    is_known = is_explained(base, cut, ours)
    carried = [carry_figures(one, [base], [ours]) for one in cut.pieces]
    if any(carried):
        log.changed("更新数字")
    stands = with_amounts_in_one_form(reads_now(cut.pieces))
    if not is_known and unnumbered(ours.text) not in stands:
        log.conflict(cut.element, where, cut.text, ours.text)
