"""What comes home is tried on the file, one after the other: what the file would not take is told and left out."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.core.errors import ValueRefused
from reportgen.core.findings import WARNING, Finding, Rejected, dotted
from reportgen.readback.pull.context import Proposal
from reportgen.readback.read.remark import Remark
from reportgen.sources.write_back import Insert
from reportgen.sources.yaml_tree import YamlDocument
from reportgen.workbooks.collection.write_back.unit_document import unit_with

_NOT_TAKEN = Remark("RBK001", WARNING, "文档中填的“{new}”没有写回：{reason}")


@dataclass
class Trial:
    """The file with what it takes, and what it does not take with the reasons."""

    document: YamlDocument
    taken: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)

    def findings(self, file: str) -> list[Finding]:
        """A finding for each value of the document `file` that the unit's file does not take."""
        return [
            _NOT_TAKEN.on(
                file, dotted(one.put.path), new=one.new, reason=reason
            )
            for one, reason in self.refused
        ]


def tried(document: YamlDocument, proposals: Sequence[Proposal]) -> Trial:
    """What becomes of `document` with `proposals`, each of which it takes or not."""
    trial = Trial(document)
    for proposal in _in_order(proposals):
        try:
            document = unit_with(document, proposal.put)
        except (ValueRefused, Rejected) as error:
            trial.refused.append((proposal, error.message))
        else:
            trial.taken.append(proposal)
    trial.document = document
    return trial


def _in_order(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Values, then new rows, the last of each list first: what is put in moves what stands below."""
    return sorted(reversed(proposals), key=_turn)


def _turn(proposal: Proposal) -> int:
    put = proposal.put
    return -put.position if isinstance(put, Insert) else -sys.maxsize
