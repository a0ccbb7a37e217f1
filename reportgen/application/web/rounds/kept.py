"""How a round stood when it was collected last, kept so that it is shown again after the program was ended."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.rounds.collecting import (
    CollectedRound,
    RoundUnit,
)
from reportgen.application.web.rounds.folders import RoundFolder
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.outputs.whole_files import Output, replace_all

_FOLDER = ".reportgen"
_FILE = "收表情况.json"
_KIND = "round"


class KeptRound(NamedTuple):
    """How it stood, and when."""

    collected: CollectedRound
    at: datetime


@cache
def _adapter() -> TypeAdapter[CollectedRound]:
    return TypeAdapter(CollectedRound)


def keep_round(
    desk: Desk,
    one: RoundFolder,
    collected: CollectedRound,
) -> None:
    """Keeps it in the folder of the round; raises OutputError."""
    folder = one.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    data = _adapter().dump_json(collected)
    replace_all(folder, [Output(_FILE, data)])
    desk.remembered.pop((_KIND, one.id), None)


def kept_round(
    desk: Desk,
    one: RoundFolder,
) -> KeptRound | None:
    """How it stood; None where it was never collected, or what was kept cannot be read any more."""
    file = one.folder / _FOLDER / _FILE
    try:
        changed = file.stat().st_mtime
        held = desk.remembered.get((_KIND, one.id))
        at = datetime.fromtimestamp(changed).astimezone()
        if isinstance(held, KeptRound) and held.at == at:
            return held
        found = _adapter().validate_json(read_plain(file))
    except (OSError, ValidationError):
        return None
    units = tuple(_at_hand(desk, unit) for unit in found.units)
    kept = KeptRound(found._replace(units=units), at)
    desk.remembered[_KIND, one.id] = kept
    return kept


def _at_hand(
    desk: Desk,
    one: RoundUnit,
) -> RoundUnit:
    """The unit with its file as it lies in the folder now: what a file says of paths is not believed."""
    file = _file_of(desk, one.unit)
    return one._replace(unit=desk.unit_at(file) if file else None)


def _file_of(
    desk: Desk,
    unit: DeskUnit | None,
) -> Path | None:
    if unit is None:
        return None
    file = desk.folder / unit.shown
    return file if file.is_file() and stays_in(file, desk.folder) else None
