"""What a build changes in a document that is there, change by change, and which of these a person does not want."""

from pathlib import Path
from typing import NamedTuple


class DocumentChange(NamedTuple):
    """One change in words: 改 （二）资金执行情况：甲 → 乙. One that is not free comes with the document."""

    text: str
    is_free: bool = True

    def __str__(self) -> str:
        return self.text


class RefusedChange(NamedTuple):
    """A change that a person does not want: the document, the number of the change in it from 1, and its text."""

    document: Path
    number: int
    text: str
