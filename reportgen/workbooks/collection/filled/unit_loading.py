"""A unit from whatever it was filled in as: unit.yaml, or a collection form."""

from __future__ import annotations

from pathlib import Path

from reportgen.core.findings import Rejected
from reportgen.model.loading import LoadedUnit, load_unit, validated
from reportgen.model.unit import Unit
from reportgen.sources.glance import text_at

_NAME = (("单位", "unit"), ("名称", "name"))
WORKBOOKS = frozenset(
    (
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
        ".ods",
    )
)


def is_workbook(path: Path) -> bool:
    """Whether the file is a workbook by its name."""
    return path.suffix.lower() in WORKBOOKS


def is_form(path: Path) -> bool:
    """Whether the file is a workbook with a block of the form, at a glance; one that cannot be read is none."""
    if not is_workbook(path):
        return False
    from reportgen.workbooks.collection.books.open_book import has_block  # noqa: PLC0415

    return has_block(path)


def unit_name(path: Path) -> str:
    """The name of the unit in the file, at a glance where that will do; raises Rejected."""
    glanced = None if is_workbook(path) else text_at(path, _NAME)
    return glanced or load_unit_file(path).unit.name


def load_unit_file(path: Path) -> LoadedUnit:
    """The unit that the file describes; raises Rejected with all problems of the file."""
    if not is_workbook(path):
        return load_unit(path)
    from reportgen.workbooks.collection.filled.reading import read_form  # noqa: PLC0415  lxml, wanted only for workbooks

    document = read_form(path)
    try:
        return LoadedUnit(validated(Unit, document), document)
    except Rejected as rejected:
        found = (*rejected.findings, *document.warnings)
        raise Rejected(found) from None
