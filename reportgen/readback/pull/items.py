"""What documents bring home, item by item: numbered, so that a person can choose; where two differ it is a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportgen.core.findings import ERROR, Finding, dotted
from reportgen.ooxml.paragraph_text import quoted
from reportgen.readback.pull.context import Proposal
from reportgen.readback.read.remark import Remark
from reportgen.sources.write_back import Insert, Put

_SHOWN = 40
_DIFFER = Remark(
    "RBK009",
    ERROR,
    "{field} 有两种改法：{one}，{other}；都没有写回，请定下用哪一个，用 --only 写明它的项号",
)


@dataclass
class PullItem:
    """One value or row that the document `file` brings home."""

    number: int
    file: str
    proposal: Proposal
    rival: PullItem | None = None  # that says otherwise of the same field

    @property
    def text(self) -> str:
        """The item in one line: where it goes, what it was, what it becomes, and where that was typed."""
        one = self.proposal
        old, new = quoted(one.old, _SHOWN), quoted(one.new, _SHOWN)
        change = f"{old} → {new}" if old else f"填“{new}”"
        place = f"（{one.where}）" if one.where else ""
        return f"[{self.number}] {dotted(one.put.path)}：{change}{place}"

    def question(self) -> Iterator[Finding]:
        """What a person has to decide before it can be written."""
        if self.rival is None:
            return
        field = dotted(self.proposal.put.path)
        yield _DIFFER.on(
            self.file,
            field,
            field=field,
            one=_told(self),
            other=_told(self.rival),
        )


def _told(item: PullItem) -> str:
    new = quoted(item.proposal.new, _SHOWN)
    return (
        f"{item.file} {item.proposal.where}改为“{new}”（第 {item.number} 项）"
    )


def find_rivals(items: Sequence[PullItem]) -> None:
    """Marks the items of one unit that cannot both be meant."""
    for one, other in combinations(items, 2):
        if _contradict(one.proposal.put, other.proposal.put):
            one.rival = one.rival or other
            other.rival = other.rival or one


def _contradict(one: Put | Insert, other: Put | Insert) -> bool:
    if isinstance(one, Insert) and isinstance(other, Insert):
        is_one_row = one.path == other.path and _name(one) == _name(other)
        return is_one_row and one.item != other.item
    if one.path == other.path:
        return one != other
    longer, shorter = sorted((one, other), key=lambda put: -len(put.path))
    is_inside = longer.path[: len(shorter.path)] == shorter.path
    return is_inside and isinstance(shorter, Put)


def _name(row: Insert) -> str:
    told = dict(row.item)
    return told.get("三级") or told.get("名称") or ""


def without_twins(items: Sequence[PullItem]) -> list[Proposal]:
    """What is to be written of `items`: what two documents say alike once."""
    return list({item.proposal.put: item.proposal for item in items}.values())
