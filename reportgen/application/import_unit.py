"""Documents that others made to a draft of unit.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen.application.edited import unreadable
from reportgen.application.new_unit import write_new
from reportgen.application.workplace import Workplace
from reportgen.core.errors import ReportgenError
from reportgen.packs.pack import Pack, find_pack, load_pack, pack_folders
from reportgen.recognition.draft_text import draft_of
from reportgen.recognition.imported import Imported
from reportgen.recognition.reading.office_files import read_document


def import_unit(
    files: Sequence[Path], pack: str, output: Path, workplace: Workplace
) -> Imported:
    """The draft that the documents of one unit give, written to `output`; for the pack that fits where none is named.

    Raises ReportgenError for what cannot be read, and where there is a file already.
    """
    packs = list(_packs(pack, workplace))
    made = draft_of([(_read(one), str(one)) for one in files], packs)
    write_new(output, made.text.encode())
    return made


def _packs(name: str, workplace: Workplace) -> Iterator[Pack]:
    """The pack of that name, or all that can be used."""
    search = workplace.search
    if name:
        yield load_pack(find_pack(name, search), search)
        return
    for folder in pack_folders(search):
        with suppress(ReportgenError):
            yield load_pack(folder, search)


def _read(file: Path) -> bytes:
    try:
        return read_document(file)
    except OSError as error:
        raise unreadable(file, error) from None
