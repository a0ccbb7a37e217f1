"""Characters that no XML can hold, and so no template and no value: they carry meaning from one step to the next."""

import re

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

# What steers a terminal or turns the order of characters around; lone surrogates come of names that are not UTF-8.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def harmless(text: str) -> str:
    """`text` as it may be shown on a terminal: whatever would do something there stands as its number."""
    return _STEERING.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
