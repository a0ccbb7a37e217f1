"""What came from a field of a page, without the signs that no field shows."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # Word has \x0b
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def plain_text(sent: str) -> str:
    """The text with plain line breaks and without control signs, blanks around it gone."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", sent)).strip()
