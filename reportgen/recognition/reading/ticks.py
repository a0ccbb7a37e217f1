"""Boxes that a person ticked: which option of a line is chosen."""

import re

EMPTY = "□☐◻▢○〇"
TICKED = "☑☒√✓✔■▣●◉✅"
_BOX = re.compile(
    f"[{EMPTY}]?[{TICKED}]|[{EMPTY}]|[(（\\[]\\s*[√✓✔]\\s*[)）\\]]"
)
_TICKED = frozenset(TICKED)
_NUMBER = re.compile(r"^\s*[(（]?\d{1,2}[)）]?[、.．]?\s*")
_AROUND = " \t\u3000；;，,、/"


def has_boxes(text: str) -> bool:
    """Whether there are options with boxes in a text."""
    return _BOX.search(text) is not None


def chosen(text: str) -> list[str]:
    """The options that are ticked: 1、常年性 ☑ 2、延续性 □ -> 常年性; a box before or behind its option."""
    boxes = _BOX.findall(text)
    parts = _BOX.split(text)
    is_behind = bool(parts[0].strip(_AROUND))
    options = parts[:-1] if is_behind else parts[1:]
    picked = (
        _option(option)
        for option, box in zip(options, boxes, strict=True)
        if not _TICKED.isdisjoint(box)
    )
    return list(filter(None, picked))


def _option(text: str) -> str:
    return _NUMBER.sub("", text.strip(_AROUND)).strip(_AROUND)
