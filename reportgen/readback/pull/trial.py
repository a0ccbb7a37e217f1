"""Values that come home are tried on the file first: what it would not take is told and left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.core.errors import Place, ValueRefused
from reportgen.core.findings import Finding, Rejected, Severity, dotted
from reportgen.model.loading import LoadedUnit, build_model
from reportgen.model.unit import Unit
from reportgen.readback.pull.proposals import Proposal, Pulled
from reportgen.sources.write_back import written_back
from reportgen.sources.yaml_tree import YamlDocument, build_tree

_NOT_TAKEN = "文档中填的“{new}”没有写回：{reason}"


def taken(loaded: LoadedUnit, pulled: Pulled, file: str) -> tuple[str, Pulled]:
    """The text of the file with what it takes of `pulled`, and the same with a finding for each value it does not."""
    kept, findings = list(pulled.proposals), list(pulled.findings)
    while kept:
        refused = list(_refused(loaded, kept))
        if not refused:
            break
        for proposal, reason in refused:
            kept.remove(proposal)
            told = _NOT_TAKEN.format(new=proposal.new, reason=reason)
            findings.append(
                Finding(
                    "RBK001",
                    Severity.WARNING,
                    told,
                    Place(file),
                    dotted(proposal.put.path),
                    "",
                    file,
                )
            )
    text = (
        written_back(loaded.document, [one.put for one in kept])
        if kept
        else loaded.document.source.text
    )
    return text, Pulled(kept, findings)


def _refused(
    loaded: LoadedUnit, proposals: Sequence[Proposal]
) -> Iterator[tuple[Proposal, str]]:
    """The proposals with which the file could not be written, or read as a unit, each with the reason."""
    unwritten = list(_unwritten(loaded.document, proposals))
    yield from unwritten
    if unwritten:
        return
    source = loaded.document.source
    new = build_tree(
        replace(
            source, text=written_back(loaded.document, [one.put for one in proposals])
        )
    )
    try:
        build_model(Unit, new)
    except Rejected as error:
        reasons = {
            (one.place.line, one.place.column): one.message for one in error.findings
        }
        places = [(one, new.place(one.put.path)) for one in proposals]
        found = [
            (one, reasons[at.line, at.column])
            for one, at in places
            if (at.line, at.column) in reasons
        ]
        yield from found or [(one, error.message) for one in proposals]


def _unwritten(
    document: YamlDocument, proposals: Sequence[Proposal]
) -> Iterator[tuple[Proposal, str]]:
    try:
        written_back(document, [one.put for one in proposals])
    except ValueRefused:
        for one in proposals:
            try:
                written_back(document, [one.put])
            except ValueRefused as error:
                yield one, error.message
