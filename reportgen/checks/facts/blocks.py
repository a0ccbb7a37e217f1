"""What a unit wrote itself, paragraph by paragraph, for the rules that read text.

Passages told from snippets are left out: their figures come from the same values as the tables.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportgen.figures.figure import FieldPath
from reportgen.model.values import IN_SENTENCES
from reportgen.model.walker import Leaf


class Block(NamedTuple):
    """One paragraph: where it was typed, which project it speaks of (None: the whole unit), and of what.

    `section` is the last name of the place: a section of 叙述 (存在问题), or 预期目标, 完成情况, 偏差原因, 职责 …
    """

    path: FieldPath
    text: str
    section: str
    project: int | None = None


def prose_blocks(leaves: Iterable[Leaf]) -> Iterator[Block]:
    """Every paragraph that was typed, in the order of the form."""
    return (
        Block(leaf.path, leaf.value, leaf.name, leaf.owner)
        for leaf in leaves
        if leaf.kind in IN_SENTENCES
    )
