"""Documents that others made to a draft of unit.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.application.new_unit import write_new
from reportgen.application.workplace import Workplace
from reportgen.recognition.draft_text import draft_of
from reportgen.recognition.imported import Imported


def import_unit(
    files: Sequence[Path],
    pack: str,
    output: Path | None,
    year: str,
    workplace: Workplace,
) -> Imported:
    """The draft that the documents of one unit give, written to `output`; for the pack that fits where none is named.

    With `year` it is a start for that year.

    Raises ReportgenError for what cannot be read, and where there is a file already.
    """
    made = draft_of(files, pack, workplace.search, output, year)
    write_new(made.target, made.data)
    return made
