"""Documents that others made to a draft of unit.yaml; a workbook to unit.yaml and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.application.new_unit import write_new
from reportgen.application.workplace import Workplace
from reportgen.recognition.draft_text import complete_tree, draft_of
from reportgen.recognition.imported import Imported
from reportgen.recognition.reading.office_files import (
    OfficeError,
    is_document,
)
from reportgen.recognition.tree_text import tree_text
from reportgen.workbooks.collection.blank.making import new_form, unit_form
from reportgen.workbooks.collection.filled.unit_loading import (
    is_workbook,
    load_unit_file,
)
from reportgen.workbooks.collection.form_tree import chinese_tree

_NO_YEAR = "请先读成 .yaml，填上年度再转"


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
    to_form = output is not None and is_workbook(output)
    made = draft_of(
        files, pack, workplace.search, output, "" if to_form else year
    )
    data = _form_of(made, year, workplace) if to_form else made.data
    write_new(made.target, data)
    return made


def _form_of(
    made: Imported,
    year: str,
    workplace: Workplace,
) -> bytes:
    """The collection form with what was read; with `year` a start, last year's values beside the blanks.

    Raises OfficeError where the documents do not say of which year they are.
    """
    tree = complete_tree(made.found, made.pack)
    if year.isdigit():
        tree["年度"] = str(int(year) - 1)
    if "年度" not in tree:
        message = "文中没有找到年度，不能写成采集表"
        raise OfficeError(message, place=made.target, hint=_NO_YEAR)
    if year:
        return new_form(made.pack, tree, workplace.search)
    with TemporaryDirectory(prefix="reportgen") as folder:
        draft = Path(folder, "draft.yaml")
        draft.write_bytes(tree_text(tree, {}).encode())
        return unit_form(draft, made.pack, workplace.search)


def convert_unit(
    file: Path, pack: str, output: Path | None, workplace: Workplace
) -> Path | None:
    """Where the unit of `file` was written in its other form, every value as it was typed; None for a Word document.

    Raises ReportgenError for what cannot be read, and where there is a file already.
    """
    if output and is_workbook(output) and not is_document(file):
        return write_new(output, unit_form(file, pack, workplace.search))
    if not is_workbook(file):
        return None
    tree = chinese_tree(load_unit_file(file).document.data)
    target = output or Path(f"{file.stem}.yaml")
    return write_new(target, tree_text(tree, {}).encode())
