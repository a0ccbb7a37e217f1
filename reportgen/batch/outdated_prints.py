"""Prints that nobody touched and whose document has another name by now: they go to the history.

A project that moved from 3-2 to 3-3 would otherwise leave its old form beside the new one, to be handed in by mistake.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reportgen.core.file_names import sha256
from reportgen.outputs.print_store import history_name
from reportgen.outputs.receipt import (
    ROLE,
    entries_of,
    name_on_disk,
    prints_of,
    read_receipt,
)
from reportgen.outputs.steps import Written, owner_of
from reportgen.outputs.whole_files import (
    Output,
    is_there,
    read_file,
    replace_all,
)
from reportgen.results.unit_result import UnitResult


def put_away(
    result: UnitResult,
    folder: Path,
    outputs: Sequence[Output],
    written: Sequence[Written],
) -> UnitResult:
    """Keeps each such print in the history instead of beside the new one; `result` says where they were."""
    roles = {one.role for one in outputs if one.role}
    names = {one.name for one in written}
    gone = [
        path
        for path, data in _outdated(folder, roles, names)
        if _move_to_history(folder, path, data)
    ]
    left = tuple(one for one in result.left_over if one not in gone)
    return replace(result, left_over=left, put_away=tuple(gone))


def _move_to_history(
    folder: Path,
    path: Path,
    data: bytes,
) -> bool:
    """Whether the print was put away: its copy stands in the history, and nobody saved it meanwhile."""
    kept = Output(history_name(folder, path.name), data)
    replace_all(folder, [kept])
    with suppress(OSError):
        if is_there(path, data):
            path.unlink()
            return True
    return False


def _outdated(
    folder: Path,
    roles: set[str],
    names: set[str],
) -> Iterator[tuple[Path, bytes]]:
    taken = {folder / one for one in names}
    for name, entry in entries_of(read_receipt(folder)).items():
        path = folder / name_on_disk(name, entry)
        is_old = name not in names and entry.get(ROLE) in roles
        if not is_old or path in taken or owner_of(path):
            continue
        data = read_file(path)
        if data is not None and sha256(data) in prints_of(entry):
            yield path, data
