"""Documents that others made to a draft of unit.yaml; a workbook to unit.yaml and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.application.new_unit import write_new
from reportgen.application.workplace import Workplace
from reportgen.recognition.draft_text import draft_of
from reportgen.recognition.imported import Imported
from reportgen.recognition.tree_text import tree_text
from reportgen.workbooks.collection.blank.making import unit_form
from reportgen.workbooks.collection.filled.unit_loading import (
    is_workbook,
    load_unit_file,
)
from reportgen.workbooks.collection.form_tree import chinese_tree


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


def convert_unit(
    file: Path, pack: str, output: Path | None, workplace: Workplace
) -> Path | None:
    """Where the unit of `file` was written in its other form, every value as it was typed; None for a Word document.

    Raises ReportgenError for what cannot be read, and where there is a file already.
    """
    if output and is_workbook(output):
        return write_new(output, unit_form(file, pack, workplace.search))
    if not is_workbook(file):
        return None
    tree = chinese_tree(load_unit_file(file).document.data)
    target = output or Path(f"{file.stem}.yaml")
    return write_new(target, tree_text(tree, {}).encode())
