"""How much of a print is still there in a document: whether it is that document at all."""

from collections.abc import Iterator, Sequence

from reportgen.ooxml.blocks import Block, Holder, base_name
from reportgen.ooxml.document import open_document

_LEAST_THE_SAME = 0.85  # two projects of one unit share up to 0.84


def shared_part(base: bytes, theirs: bytes) -> float:
    """Which part of the paragraphs of `base` that say something stand in `theirs`: by their words or their values.

    Raises TemplateError where one of them is no docx that can be read.
    """
    printed, there = list(_paragraphs(base)), list(_paragraphs(theirs))
    words = {one.key for one in there}
    marks = set[str]().union(*map(_names, there))
    kept = [
        one.key in words or not marks.isdisjoint(_names(one)) for one in printed
    ]
    return sum(kept) / len(kept) if kept else 1.0


def tells_the_same(
    base: bytes, ours: bytes, renamed: Sequence[tuple[str, str]]
) -> bool:
    """Whether nearly all values of a print stand in another one, which calls some things by other names."""
    printed, now = _filled(base, renamed), _filled(ours, ())
    return len(printed & now) >= _LEAST_THE_SAME * len(printed)


def _filled(docx: bytes, renamed: Sequence[tuple[str, str]]) -> set[str]:
    """The texts in which values are printed."""
    text = "\n".join(one.key for one in _paragraphs(docx) if one.marks)
    for old, new in renamed:
        text = text.replace(old, new)
    return set(text.split("\n"))


def _names(block: Block) -> set[str]:
    return set(map(base_name, block.marks))


def _paragraphs(docx: bytes) -> Iterator[Block]:
    """The paragraphs that say something."""
    leaves = _leaves(open_document(docx, "").story().parts)
    return (one for one in leaves if one.key)


def _leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Holder):
            yield from _leaves(block.parts)
        else:
            yield block
