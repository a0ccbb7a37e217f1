"""Where a block stands, in words that a person can follow."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.readback.read.blocks import Block, Paragraph, Table, TableRow


class Places:
    """The places of the blocks of one container, of which `where` is the place."""

    def __init__(self, blocks: Sequence[Block], where: str) -> None:
        self._blocks = blocks
        self._where = where
        self._headings: list[str] = []
        self._tables: list[int] = []
        heading, tables = where, 0
        for block in blocks:
            if isinstance(block, Paragraph) and block.is_heading:
                heading = block.text.strip()
            tables += isinstance(block, Table)
            self._headings.append(heading)
            self._tables.append(tables)

    def heading(self, position: int | None) -> str:
        """The heading above a block, or itself where it is one; of no block that of the container."""
        return self._where if position is None else self._headings[position]

    def above(self, position: int) -> str:
        """The heading above a block, whatever it is itself."""
        return self.heading(position - 1 if position else None)

    def of(self, position: int) -> str:
        """The heading above a block, the table, the row."""
        block, heading = self._blocks[position], self._headings[position]
        if isinstance(block, TableRow):
            return f"{heading}第{position + 1}行"
        if isinstance(block, Table):
            return f"{heading}第{self._tables[position]}个表格"
        return heading


def column_of(row: str, position: int) -> str:
    """The place of a cell in a row whose place is `row`."""
    return f"{row}第{position + 1}列"
