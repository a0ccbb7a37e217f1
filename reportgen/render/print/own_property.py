"""The property by which a document says what it is, filled in when it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportgen.language.xml_text import escaped, without_forbidden

MARK = "reportgen-identity"  # stands for the text until it is printed; the last in its part


class OwnProperty(NamedTuple):
    """The part that holds the property; `content` is the part, empty when it has tags and is printed itself."""

    part: str
    content: bytes

    def printed(self, before: Sequence[bytes], text: str) -> list[bytes]:
        """The part with `text` in the property; `before` is the part as it was printed, if it was."""
        start, _, end = (b"".join(before) or self.content).rpartition(
            MARK.encode()
        )
        return [start, escaped(without_forbidden(text)).encode(), end]
