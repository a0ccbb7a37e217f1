"""How the files of a set lie on disk, by their receipt: nothing is made and nothing written to find out."""

from pathlib import Path

from reportgen.core.file_names import sha256
from reportgen.outputs.receipt import (
    LEFT,
    MERGED_AS,
    PRINTED,
    SET,
    Entry,
    Receipt,
    entries_of,
    is_file_name,
    name_on_disk,
    prints_of,
    texts_at,
)
from reportgen.outputs.whole_files import read_file
from reportgen.results.unit_status import (
    EDITED,
    FRESH,
    MERGED,
    MISSING,
    STALE,
    Standing,
)


def file_states(folder: Path, receipt: Receipt) -> dict[str, Standing]:
    """Each file of the set that `receipt` is of, as it lies in `folder`; the others of the folder are left out.

    None of them where the receipt does not say, or says wrongly, which files the set has.
    """
    names, entries = texts_at(receipt, SET), entries_of(receipt)
    left = texts_at(receipt, LEFT)
    if not all(map(is_file_name, names)):
        return {}
    return {
        name: _file_state(
            folder, name, entries.get(name, {}), kept=name in left
        )
        for name in names
    }


def _file_state(
    folder: Path, name: str, entry: Entry, *, kept: bool
) -> Standing:
    present = digest_of(folder / name_on_disk(name, entry))
    if not present:
        return MISSING
    if present == entry.get(PRINTED):
        return STALE if kept else FRESH
    if present == entry.get(MERGED_AS):
        # kept: what is new since then has not come in
        return EDITED if kept else MERGED
    is_old = present in prints_of(entry)
    return STALE if is_old else EDITED


def digest_of(path: Path) -> str:
    """The sha256 of a file, "" where there is none; raises OutputError."""
    data = read_file(path)
    return "" if data is None else sha256(data)
