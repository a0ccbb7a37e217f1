"""Where a block stands, in words that a person can follow."""

from itertools import accumulate

from reportgen.ooxml.blocks import Block, Blocks, Paragraph, Table, TableRow


class Places:
    """The places of the blocks of one container, of which `where` is the place."""

    def __init__(self, blocks: Blocks, where: str) -> None:
        self._blocks = blocks
        self._headings = list(accumulate(blocks, _heading, initial=where))

    def above(self, position: int) -> str:
        """The heading above a block, whatever it is itself; above the first the place of the container."""
        return self._headings[position]

    def of(self, position: int) -> str:
        """The heading above a block, or itself where it is one, the table, the row."""
        block, heading = self._blocks[position], self._headings[position + 1]
        if isinstance(block, TableRow):
            return f"{heading}第{position + 1}行"
        if isinstance(block, Table):
            before = self._blocks[: position + 1]
            number = sum(isinstance(one, Table) for one in before)
            return f"{heading}第{number}个表格"
        return heading


def _heading(above: str, block: Block) -> str:
    """The heading that counts from a block on."""
    is_heading = isinstance(block, Paragraph) and block.is_heading
    return block.text.strip() if is_heading else above


def column_of(row: str, position: int) -> str:
    """The place of a cell in a row whose place is `row`."""
    return f"{row}第{position + 1}列"
