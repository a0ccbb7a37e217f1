"""What a person should look at in a merged document; without a comment at its place it is known by the receipt."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from reportgen.core.findings import Finding
from reportgen.outputs.receipt import DOUBTS, Entry


@dataclass(frozen=True)
class MergeDoubt:
    """A finding of a merge.

    It is open while `text` stands in the document as often as `times`, or while it stands there no more often where it
    `is_missing`; without a text it is told by the comment at its place.
    """

    finding: Finding
    text: str = ""
    is_missing: bool = False
    times: int = 0


Doubts = tuple[MergeDoubt, ...]


def doubts_in(entry: Entry) -> Doubts:
    """Those that an entry of a receipt keeps; none where it is damaged."""
    with suppress(ValueError):
        return tuple(_adapter().validate_python(entry.get(DOUBTS, [])))
    return ()


def as_kept(doubts: Doubts) -> object:
    """The same as an entry keeps it."""
    return _adapter().dump_python(list(doubts), mode="json")


@cache
def _adapter() -> TypeAdapter[list[MergeDoubt]]:
    return TypeAdapter(list[MergeDoubt])
