"""What comes home is tried on the file first: what the file would not take is told and left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.core.errors import Place, ValueRefused
from reportgen.core.findings import Finding, Rejected, Severity, dotted
from reportgen.model.loading import LoadedUnit, build_model
from reportgen.model.unit import Unit
from reportgen.readback.pull.context import Proposal
from reportgen.readback.pull.proposals import Pulled
from reportgen.sources.write_back import Insert, Put, written_back
from reportgen.sources.yaml_tree import YamlDocument, build_tree

_NOT_TAKEN = "文档中填的“{new}”没有写回：{reason}"
_Refused = tuple[Proposal, str]


def taken(loaded: LoadedUnit, pulled: Pulled, file: str) -> tuple[str, Pulled]:
    """The text of the file with what it takes of `pulled`, and the same with a finding for each value it does not."""
    refused: list[_Refused] = []
    kept = [one for one in pulled.proposals if isinstance(one.put, Put)]
    while found := dict(_refused(loaded, kept)):
        kept = [one for one in kept if one not in found]
        refused += found.items()
    for row in _rows(pulled.proposals):
        found = dict(_refused(loaded, [*kept, row]))
        if found:
            refused.append((row, next(iter(found.values()))))
        else:
            kept.append(row)
    told = [_not_taken(one, reason, file) for one, reason in refused]
    return _written(loaded.document, kept), Pulled(kept, [*pulled.findings, *told])


def _rows(proposals: Sequence[Proposal]) -> list[Proposal]:
    """New rows, the last of each list first: what is put in moves what stands below."""
    rows = [one for one in proposals if isinstance(one.put, Insert)]
    return sorted(reversed(rows), key=_position, reverse=True)


def _position(row: Proposal) -> int:
    return row.put.position if isinstance(row.put, Insert) else 0


def _not_taken(proposal: Proposal, reason: str, file: str) -> Finding:
    message = _NOT_TAKEN.format(new=proposal.new, reason=reason)
    return Finding(
        "RBK001",
        Severity.WARNING,
        message,
        Place(file),
        dotted(proposal.put.path),
        document=file,
    )


def _written(document: YamlDocument, proposals: Sequence[Proposal]) -> str:
    return written_back(document, [one.put for one in proposals])


def _refused(loaded: LoadedUnit, proposals: Sequence[Proposal]) -> Iterator[_Refused]:
    """The proposals with which the file could not be written, or read as a unit, each with the reason."""
    unwritten = list(_unwritten(loaded.document, proposals))
    yield from unwritten
    if unwritten or not proposals:
        return
    text = _written(loaded.document, proposals)
    new = build_tree(replace(loaded.document.source, text=text))
    try:
        build_model(Unit, new)
    except Rejected as error:
        yield from _rejected(error, new, proposals)


def _rejected(
    error: Rejected, new: YamlDocument, proposals: Sequence[Proposal]
) -> Iterator[_Refused]:
    """The proposals at whose places the model found faults; all of them where it found the faults elsewhere."""
    reasons = {
        (one.place.line, one.place.column): one.message for one in error.findings
    }
    places = [(one, new.place(one.put.path)) for one in proposals]
    found = [
        (one, reasons[at.line, at.column])
        for one, at in places
        if (at.line, at.column) in reasons
    ]
    yield from found or [(one, error.findings[0].message) for one in proposals]


def _unwritten(
    document: YamlDocument, proposals: Sequence[Proposal]
) -> Iterator[_Refused]:
    try:
        _written(document, proposals)
        return
    except ValueRefused as error:
        together = error.message
    alone = list(_unwritten_alone(document, proposals))
    yield from alone or [(one, together) for one in proposals]


def _unwritten_alone(
    document: YamlDocument, proposals: Sequence[Proposal]
) -> Iterator[_Refused]:
    for one in proposals:
        try:
            _written(document, [one])
        except ValueRefused as error:
            yield one, error.message
