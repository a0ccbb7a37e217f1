"""How much of a print is still there in a document: whether it is that document at all."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.readback.read.blocks import Block, Holder, base_name
from reportgen.readback.read.document import open_document


def shared_part(base: bytes, theirs: bytes) -> float:
    """Which part of the paragraphs of `base` that say something stand in `theirs`: by their words or their values.

    Raises TemplateError where one of them is no docx that can be read.
    """
    printed = [one for one in _paragraphs(base) if one.key]
    there = list(_paragraphs(theirs))
    words = {one.key for one in there}
    marks = {base_name(mark) for one in there if one.key for mark in one.marks}
    kept = [
        one
        for one in printed
        if one.key in words or any(base_name(mark) in marks for mark in one.marks)
    ]
    return len(kept) / len(printed) if printed else 1.0


def _paragraphs(docx: bytes) -> Iterator[Block]:
    yield from _leaves(open_document(docx, "").story().parts)


def _leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Holder):
            yield from _leaves(block.parts)
        else:
            yield block
