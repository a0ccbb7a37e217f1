"""A Word document that somebody edited, beside what was printed: place by place, and what each can bring home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from reportgen.application.edited import NO_BASE
from reportgen.application.pull import PulledDocument, pull
from reportgen.application.web.desk import Desk, DeskUnit, digest_of
from reportgen.application.web.received.both_sides import TextPiece, both_sides
from reportgen.application.web.received.word_questions import (
    Question,
    questions_of,
)
from reportgen.application.web.unit_list import glance
from reportgen.core.errors import OutputError
from reportgen.core.file_names import digest_at, sha256
from reportgen.core.findings import Rejected, dotted
from reportgen.core.plain_files import read_plain
from reportgen.core.value import FieldPath
from reportgen.ooxml.document_identity import identity_for, identity_of
from reportgen.pipeline import Draft
from reportgen.readback.compare.edits import MOVED, Edit
from reportgen.readback.pull.context import Proposal
from reportgen.readback.pull.proposals import pull as pull_edits
from reportgen.sources.write_back import Insert
from reportgen.workbooks.collection.form import PROJECTS

_MOST = 300  # differences of one document: with more it is another document
_TOO_MANY = "这份文件改了 {count} 处，太多，不能在网页里一处一处选"
_TOO_MANY_HINT = "请核对是不是拿错了文件；要改这么多，请在“填报”页里改"
_OTHER = "这份文件是{year}年度「{unit}」的，不是这个单位的，没有比较"
_OTHER_HINT = "请在单位列表上放这份文件，会自动找到它的单位"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: where it is, both texts piece by piece, what it brings home, and why something is not brought.

    `number` counts from 1; `back` is the number by which it can be put back as printed, 0 where it cannot.
    """

    number: int
    kind: str
    where: str
    printed: tuple[TextPiece, ...]
    edited: tuple[TextPiece, ...]
    proposals: tuple[Proposal, ...] = ()
    question: Question | None = None
    reasons: tuple[str, ...] = ()
    has_rival: bool = False
    back: int = 0

    @property
    def goes_home(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.proposals or self.question)

    @property
    def targets(self) -> tuple[str, ...]:
        """The fields that it would be written to."""
        paths = (_in_words(one.put.path) for one in self.proposals)
        return tuple(dict.fromkeys(paths))


def _in_words(path: FieldPath) -> str:
    """A path as a person says it: 项目2·资金·全年执行数, 指标第4行·实际值."""
    words: list[str] = []
    for step in path:
        if isinstance(step, str):
            words.append(step)
        elif len(words) == 1 and words[0] == PROJECTS:
            words[0] = f"{PROJECTS}{step + 1}"
        else:
            words[-1] = f"{words[-1]}第{step + 1}行"
    return "·".join(words)


class WordComparison(NamedTuple):
    """A document beside its print: its name, all differences, what is to be known of them, and the state compared."""

    name: str
    state: str
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]
    resaved: bool
    sure: bool
    draft: Draft | None


def compare(
    desk: Desk,
    unit: DeskUnit,
    file: Path,
) -> WordComparison:
    """What was changed in `file` since it was printed for the unit; raises ReportgenError."""
    state = state_of(unit, file)
    with desk.packs_at_hand():
        _refuse_others(desk, unit, file)
        found = pull(
            [file], desk.output, unit.file, desk.workplace, apply=False
        )
        (copy,) = found
        if copy.failures or copy.edited is None:
            raise Rejected(copy.failures)
        edits = copy.edited.edits
        if len(edits) > _MOST:
            told = _TOO_MANY.format(count=len(edits))
            raise OutputError(told, hint=_TOO_MANY_HINT)
        differences = tuple(_differences(copy, edits))
    sure = copy.edited.sure
    remarks = [copy.remark] if copy.remark else []
    if not sure:
        remarks.append(NO_BASE)
    return WordComparison(
        file.name,
        state,
        differences,
        tuple(remarks),
        copy.edited.resaved,
        sure,
        copy.draft,
    )


def state_of(
    unit: DeskUnit,
    file: Path,
) -> str:
    """A sign that is another one as soon as the unit's file or the document is."""
    return sha256(f"{digest_of(unit)} {digest_at(file)}".encode())[:16]


def _refuse_others(
    desk: Desk,
    unit: DeskUnit,
    file: Path,
) -> None:
    """Raises OutputError where the document says that it is of another unit than the file does at a glance."""
    try:
        identity = identity_of(read_plain(file))
    except OSError:
        return  # reading it will say so
    own = unit_identity(desk, unit)
    if identity is None or own in {None, (identity.year, identity.unit)}:
        return
    told = _OTHER.format(year=identity.year, unit=identity.unit)
    raise OutputError(told, place=file, hint=_OTHER_HINT)


def unit_identity(
    desk: Desk,
    unit: DeskUnit,
) -> tuple[str, str] | None:
    """Year and unit as documents of the unit name them; None where the file does not say so at a glance."""
    seen = glance(desk, unit)
    if not seen.year:
        return None
    own = identity_for(seen.year, seen.name, "", "")
    return own.year, own.unit


def _differences(
    copy: PulledDocument,
    edits: Sequence[Edit],
) -> Iterator[Difference]:
    backs = 0
    for number, edit in enumerate(edits, start=1):
        can_go_back = edit.spot is not None and edit.kind != MOVED
        backs += can_go_back
        before, after = both_sides(edit.before, edit.after)
        shown = Difference(
            number,
            edit.kind,
            edit.where,
            before,
            after,
            back=backs if can_go_back else 0,
        )
        yield _with_homecoming(shown, copy, edit)


def _with_homecoming(
    shown: Difference,
    copy: PulledDocument,
    edit: Edit,
) -> Difference:
    draft = copy.draft
    if draft is None:
        return shown
    alone = pull_edits(
        [edit], draft.loaded, draft.computed, draft.view, str(copy.file)
    )
    items = [
        one
        for one in copy.items
        if any(_is_same(one.proposal, its) for its in alone.proposals)
    ]
    question = None if items else questions_of(edit, draft, str(copy.file))
    reasons = [_reason(one.message, edit) for one in alone.findings]
    reasons += _refused(copy, alone.proposals)
    return replace(
        shown,
        proposals=tuple(one.proposal for one in items),
        question=question,
        reasons=() if question else tuple(reasons),
        has_rival=any(one.rival for one in items),
    )


def _is_same(
    one: Proposal,
    other: Proposal,
) -> bool:
    if isinstance(one.put, Insert) and isinstance(other.put, Insert):
        return one.put.is_of(other.put) or one.put == other.put
    return one.put.path == other.put.path


def _reason(
    message: str,
    edit: Edit,
) -> str:
    return message.removeprefix(f"{edit.where}：")


def _refused(
    copy: PulledDocument,
    proposals: Sequence[Proposal],
) -> list[str]:
    """What the unit's file does not take, of those that were proposed."""
    paths = {dotted(one.put.path) for one in proposals}
    return [one.message for one in copy.findings if one.path in paths]
