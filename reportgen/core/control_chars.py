"""Characters that no XML can hold, and so no template and no value: they carry meaning from one step to the next."""

from __future__ import annotations

BLOCK_START, BLOCK_END, PRINT_START, PRINT_END = (
    "\x0e",
    "\x0f",
    "\x10",
    "\x11",
)  # around the code for Jinja
CELL_MARK, TABLE_MARK, ROW_MARK, GRID_MARK = (
    "\x01",
    "\x02",
    "\x03",
    "\x04",
)  # set by `balance.py` for `repair.py`
