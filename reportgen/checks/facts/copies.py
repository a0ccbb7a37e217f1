"""Which paragraphs are compared with others, and how a message says how alike two are."""

from collections.abc import Iterator

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.figures.figure import FieldPath


def section_path(block: Block) -> FieldPath:
    """The section that a paragraph belongs to."""
    return block.path[:-1] if isinstance(block.path[-1], int) else block.path


def comparable_blocks(facts: Facts, least: int) -> Iterator[tuple[Block, str]]:
    """The paragraphs worth comparing, masked: of `least` characters and more, in no section that reads alike anyway."""
    alike_anyway = facts.words.sections_alike_anyway
    skipped = {
        one
        for one in {block.section for block in facts.blocks}
        if any(map(one.__contains__, alike_anyway))
    }
    for block, text in zip(facts.blocks, facts.masked, strict=True):
        if len(text) >= least and block.section not in skipped:
            yield block, text


def how_alike(one: str, other: str, ratio: float) -> str:
    """文字完全相同, or 的文字除名称和数字外相似 95%, for a message."""
    if one == other:
        return "文字完全相同"
    return f"的文字除名称和数字外{'相同' if ratio == 1 else f'相似{int(ratio * 100)}%'}"
