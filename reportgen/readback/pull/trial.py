"""What comes home is tried on the file, one after the other: what the file would not take is told and left out."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.core.errors import Place, ValueRefused
from reportgen.core.findings import Finding, Rejected, Severity, dotted
from reportgen.model.loading import LoadedUnit, build_model
from reportgen.model.unit import Unit
from reportgen.readback.pull.context import Proposal
from reportgen.readback.pull.proposals import Pulled
from reportgen.sources.write_back import Insert, written_with

_NOT_TAKEN = "文档中填的“{new}”没有写回：{reason}"


def taken(loaded: LoadedUnit, pulled: Pulled, file: str) -> tuple[str, Pulled]:
    """The text of the file with what it takes of `pulled`, and the same with a finding for each value it does not."""
    document = loaded.document
    kept: list[Proposal] = []
    findings = list(pulled.findings)
    for proposal in _in_order(pulled.proposals):
        try:
            new = written_with(document, proposal.put)
            build_model(Unit, new)
        except (ValueRefused, Rejected) as error:
            findings.append(_not_taken(proposal, error.message, file))
        else:
            document = new
            kept.append(proposal)
    return document.source.text, Pulled(kept, findings)


def _in_order(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Values, then new rows, the last of each list first: what is put in moves what stands below."""
    rows = [one for one in proposals if isinstance(one.put, Insert)]
    values = [one for one in proposals if one not in rows]
    return values + sorted(reversed(rows), key=_position, reverse=True)


def _position(row: Proposal) -> int:
    return row.put.position if isinstance(row.put, Insert) else 0


def _not_taken(proposal: Proposal, reason: str, file: str) -> Finding:
    message = _NOT_TAKEN.format(new=proposal.new, reason=reason)
    field = dotted(proposal.put.path)
    return Finding(
        "RBK001", Severity.WARNING, message, Place(file), field, document=file
    )
