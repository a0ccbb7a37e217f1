"""Several changes written into the text of a unit: all at once where they do not touch, else one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reportgen.application.web.row_changes import RowChange
from reportgen.core.errors import ReportgenError, ValueRefused
from reportgen.core.findings import dotted
from reportgen.sources.write_back import (
    Edit,
    Insert,
    Put,
    candidates,
    tree_with,
    written_with,
)
from reportgen.sources.yaml_tree import YamlDocument, build_tree

Change = Put | Insert | RowChange


def changed_document(
    document: YamlDocument,
    changes: Sequence[Change],
) -> YamlDocument:
    """The document as it reads with the changes; everything else in its text stays. Raises ValueRefused."""
    together = _written_at_once(document, changes)
    if together is not None:
        return together
    for change in changes:
        document = _written(document, change)
    return document


def _written(
    document: YamlDocument,
    change: Change,
) -> YamlDocument:
    if isinstance(change, (Put, Insert)):
        return written_with(document, change)
    wanted = _tree_with(document.data, change)
    for edit in change.edits(document):
        new = _read_with(document, [edit], wanted)
        if new is not None:
            return new
    place = dotted(change.path)
    raise ValueRefused(f"「{place}」不能这样改，请在填报文件里自行修改")


def _tree_with(
    data: Any,
    change: Change,
) -> Any:
    # it asks a change for nothing but what is read at its path
    return tree_with(data, change.path, change)  # type: ignore[arg-type]


def _written_at_once(
    document: YamlDocument,
    changes: Sequence[Change],
) -> YamlDocument | None:
    """The document with the plainest way of each change; None where two of them meet, or it does not read so."""
    if len(changes) < 2:
        return None
    if not all(isinstance(one, (Put, Insert)) for one in changes):
        return None  # rows that move change what the others stand for
    wanted = document.data
    for change in changes:
        wanted = _tree_with(wanted, change)
    edits = list(_plainest(document, changes))
    if len(edits) < len(changes) or _do_meet(edits):
        return None
    return _read_with(document, edits, wanted)


def _plainest(
    document: YamlDocument,
    changes: Sequence[Change],
) -> Iterator[Edit]:
    for change in changes:
        if isinstance(change, (Put, Insert)):
            first = next(iter(candidates(document, change)), None)
            if first is not None:
                yield first


def _do_meet(edits: Sequence[Edit]) -> bool:
    """Whether one begins before another has ended; several may be put in at one place, in their order."""
    ordered = sorted(edits, key=lambda one: one[0])
    return any(later[0] < earlier[1] for earlier, later in pairwise(ordered))


def _read_with(
    document: YamlDocument,
    edits: Sequence[Edit],
    wanted: Any,
) -> YamlDocument | None:
    """The document with the edits, if it reads as it should."""
    text = document.source.text
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda one: one[0]):
        parts += [text[at:start], new]
        at = end
    parts.append(text[at:])
    source = document.source._replace(text="".join(parts))
    try:
        new_document = build_tree(source)
    except ReportgenError:
        return None
    return new_document if new_document.data == wanted else None
