"""Boxes that a person ticked: which option of a line is chosen."""

from __future__ import annotations

import re

EMPTY = "□☐◻▢○〇"
TICKED = "☑☒√✓✔■▣●◉✅"
_BOX = re.compile(
    f"[{EMPTY}]?[{TICKED}]|[{EMPTY}]|[(（\\[]\\s*[√✓✔]\\s*[)）\\]]"
)
_NUMBER = re.compile(r"^\s*[(（]?\d{1,2}[)）]?[、.．]?\s*")
_AROUND = " \t\u3000；;，,、/"


def has_boxes(text: str) -> bool:
    """Whether there are options with boxes in a text."""
    return _BOX.search(text) is not None


def chosen(text: str) -> list[str]:
    """The options that are ticked: 1、常年性 ☑ 2、延续性 □ -> 常年性; a box before or behind its option."""
    boxes = list(_BOX.finditer(text))
    if not boxes:
        return []
    ends = [0, *(one.end() for one in boxes)]
    parts = [
        text[start : one.start()]
        for start, one in zip(ends, boxes, strict=False)
    ]
    behind = bool(parts[0].strip(_AROUND))
    if not behind:
        parts = [*parts[1:], text[ends[-1] :]]
    picked = [
        _option(part)
        for part, one in zip(parts, boxes, strict=True)
        if any(sign in one[0] for sign in TICKED)
    ]
    return [one for one in picked if one]


def _option(text: str) -> str:
    return _NUMBER.sub("", text.strip(_AROUND)).strip(_AROUND)
