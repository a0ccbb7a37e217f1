"""Where each value of a draft stands in its documents, in words."""

from __future__ import annotations

import re

from reportgen.core.value import FieldPath
from reportgen.recognition.recognize import Recognized

_ROW_NAMES = ("三级", "名称")
_TABLE = re.compile(r"(?:《[^《》]*》)?表\d+")


def spots_of(
    found: Recognized,
) -> dict[FieldPath, str]:
    """Where each value stands; a group stands where its first value does, a row where its name does."""
    spots: dict[FieldPath, str] = {(): "全文"}
    for path, placed in found.draft.values.items():
        for at in range(1, len(path) + 1) if placed.spot else ():
            _keep_spot(spots, path, at, placed.spot)
    return spots


def _keep_spot(
    spots: dict[FieldPath, str],
    path: FieldPath,
    at: int,
    spot: str,
) -> None:
    """Notes the spot of a value for the group that holds it, down to the step `at`."""
    if any(isinstance(one, int) for one in path[at : at + 1]):
        spot = _table_of(spot)
    known = spots.setdefault(path[:at], spot)
    is_named = at == len(path) - 1 and path[-1] in _ROW_NAMES
    if is_named or ("「" in spot and "「" not in known):
        spots[path[:at]] = spot


def _table_of(
    spot: str,
) -> str:
    """The table in which a row stands."""
    table = _TABLE.match(spot)
    return table[0] if table else spot
