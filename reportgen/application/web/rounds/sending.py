"""The forms of a round, one for each unit of its roster, made one after the other so that it can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportgen.application.web.desk import Desk
from reportgen.application.web.rounds.folders import RoundFolder
from reportgen.core.errors import OutputError
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output
from reportgen.workbooks.collection.round.roster import read_roster
from reportgen.workbooks.collection.round.sending import form_files


def count_asked(one: RoundFolder) -> int:
    """How many units its roster asks; raises Rejected."""
    return len(read_roster(one.roster))


def send_forms(
    desk: Desk,
    one: RoundFolder,
    pack: str,
    year: str,
    *,
    with_last_year: bool,
    step: Callable[[str], None],
    stopped: Callable[[], bool],
) -> int:
    """Writes the forms; the number of them. Nothing is written when it is stopped. Raises ReportgenError.

    They are of `year`, or of that which the roster tells. With `with_last_year` what the units of the folder say is
    taken a year on.
    """
    before: Path | None = desk.folder if with_last_year else None
    found: list[Output] = []
    search = desk.workplace.search
    made = form_files(one.roster, pack, before, year, search)
    for file in made:
        if stopped():
            raise OutputError("已停止，没有生成采集表")
        found.append(Output(*file))
        step(file.name)
    one.forms.mkdir(parents=True, exist_ok=True)
    write_outputs(one.forms, found, {})
    return len(found) - 1  # one is the note
