"""A colon between key and value that YAML does not see: the Chinese one, or one without a space behind it."""

from __future__ import annotations

import re

from reportgen.sources.characters import shown

_FULL_WIDTH = re.compile(r"\s*(?:-\s+)*([^\s:：#\"'，。；、]{1,30})：(?!.*:(?:\s|$))")
_NO_SPACE = re.compile(
    r"\s*(?:-\s+)*([^\s:#\"'{\[，。；、\d][^\s:#\"'，。；、]{0,29}):(?=[^\s/])(?!.*:(?:\s|$))"
)


def full_width_colon(line: str) -> str | None:
    """What to say if this line uses the Chinese colon between key and value."""
    match = _FULL_WIDTH.match(line)
    return (
        f"“{match[1]}：”用了全角冒号；请改为半角冒号加一个空格，写成“{_corrected(line, match)}”"
        if match
        else None
    )


def missing_space(line: str) -> str | None:
    """What to say if this line has no space between colon and value."""
    match = _NO_SPACE.match(line)
    return (
        f"“{match[1]}:”的冒号后面缺少空格；请写成“{_corrected(line, match)}”"
        if match
        else None
    )


def _corrected(line: str, match: re.Match[str]) -> str:
    return f"{match[1]}: {shown(line[match.end() :].strip(), 12)}".rstrip()
