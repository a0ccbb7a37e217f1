"""What a person chose of the differences of a Word document: taken home, left as it is, or put back as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.application.restore import restore, versions_of
from reportgen.application.unit_text import write_unit
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.received.word_edits import (
    Difference,
    WordComparison,
    compare,
)
from reportgen.core.errors import OutputError
from reportgen.readback.pull.context import Proposal
from reportgen.readback.pull.trial import tried

HOME, BACK = "home", "back"
_MOVED = "填报文件或这份 Word 文件刚才又改过，没有写"
_MOVED_HINT = "请看一遍现在的内容，重新选择"
_NO_PRINT = "没有留存生成时的底稿，不能恢复"


class Chosen(NamedTuple):
    """What came of the choice: how many values were written, places put back, and why others were not."""

    written: int = 0
    restored: int = 0
    refused: tuple[str, ...] = ()


def take(
    desk: Desk,
    unit: DeskUnit,
    file: Path,
    state: str,
    choices: Mapping[int, str],
    *,
    is_output: bool,
) -> Chosen:
    """Writes what was chosen, by the numbers of the differences; raises ReportgenError, and then nothing is written."""
    with desk.writing:
        shown = compare(desk, unit, file)
        if shown.state != state:
            raise OutputError(_MOVED, hint=_MOVED_HINT)
        wanted = _chosen(shown, choices, HOME)
        back = _chosen(shown, choices, BACK) if is_output else []
        chosen = _written(shown, wanted)
        return chosen._replace(restored=_put_back(file, back))


def _chosen(
    shown: WordComparison,
    choices: Mapping[int, str],
    wanted: str,
) -> list[Difference]:
    return [
        one
        for one in shown.differences
        if choices.get(one.number, "") == wanted
    ]


def _written(
    shown: WordComparison,
    wanted: Sequence[Difference],
) -> Chosen:
    proposals: dict[object, Proposal] = {}
    for one in wanted:
        of_question = one.question.proposals if one.question else ()
        for proposal in (*one.proposals, *of_question):
            proposals[proposal.put] = proposal
    if shown.draft is None or not proposals:
        return Chosen()
    document = shown.draft.loaded.document
    trial = tried(document, list(proposals.values()))
    if trial.taken:
        write_unit(document, trial.document)
    refused = tuple(f"“{one.new}”：{why}" for one, why in trial.refused)
    return Chosen(len(trial.taken), refused=refused)


def _put_back(
    file: Path,
    back: Sequence[Difference],
) -> int:
    """Puts the places of the document back as they were printed last."""
    only = [one.back for one in back if one.back]
    if not only:
        return 0
    versions = enumerate(versions_of(file), start=1)
    printed = next((n for n, one in versions if not one.is_whole), 0)
    if not printed:
        raise OutputError(_NO_PRINT, place=file)
    done = restore(file, printed, only=only, apply=True)
    return len(only) - done.left
