"""The rows of the tables of a template: their labels, and which field each other cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, field_named
from reportgen.model.unit import Unit
from reportgen.model.values import Kind
from reportgen.ooxml.names import W
from reportgen.ooxml.package import read_package
from reportgen.recognition.reading.grids import Grid, Row
from reportgen.recognition.reading.numbers_of_lists import ListNumbers
from reportgen.recognition.reading.words import plain, squeezed
from reportgen.recognition.reading.written import DocumentReader

_TAG = re.compile(
    r"(?P<lead>[^{}]{2,12}[:：])?\s*\{\{\s*(?P<name>[^\s{}|()\[\]]+)\s*\}\}"
)
_SECTION = re.compile(r"for 段 in (?:项目\.)?叙述\.(\w+)")
_OTHER = re.compile(r"for 段 in 补充\.(\w+) or ")
_WHOLE_TAG = re.compile(r"\{[{%].*?[%}](?:\}|$)")
_ANY_TAG = re.compile(r"\{[{%#]")
_LOOP = re.compile(r"\{%tr for (\S+) in (\S+)[^%]*%\}")
_CALLED = {  # what templates call otherwise than the file
    "共性": ("共性指标", "指标"),
    "项目共性": ("项目共性指标", "指标"),
    "共性合计": ("共性指标", "自评结果"),
    "项目共性合计": ("项目共性指标", "自评结果"),
}
_LISTS: dict[str, FieldPath] = {"基础数据.其他明细": ("基础数据", "明细")}
_VALUES = frozenset(["指标值", "实际值"])
_TOTAL = {"得分": "总分", "分值": "分值合计"}
_ROW_NAME = "行.名称"
_HEAD = 3  # labels that make the head of columns
_FEWEST = 4  # rows; a smaller form is read by its labels

Labels = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class RowField:
    """A cell of a row: the field it holds; `lead` is what the form prints before the value."""

    at: int
    path: FieldPath
    kind: Kind | None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: how many cells it has, the labels in it, the fields of its other cells."""

    width: int
    labels: Labels
    fields: tuple[RowField, ...]
    head: Labels = ()  # of the columns, as the row above says them
    after: Labels = ()  # what the row above says, where this one has no label
    name_at: int = -1  # the cell that names the row, of one that is repeated

    @property
    def is_indicator(self) -> bool:
        """Whether it holds what an indicator was to be and came to be."""
        return any(one.path[-1] in _VALUES for one in self.fields)

    def is_filled(self, row: Row) -> bool:
        """Whether something stands in one of its fields."""
        return any(row[one.at].lines for one in self.fields)

    def named(self, row: Row) -> FormRow:
        """A repeated row as that of the name which stands in it."""
        name = plain(row[self.name_at].text)
        fields = tuple(
            replace(one, path=(*one.path[:-1], name, one.path[-1]))
            for one in self.fields
        )
        return replace(self, fields=fields)


@lru_cache(maxsize=200)
def forms_in(
    template: Path,
) -> tuple[list[FormRow], ...]:
    """The tables of a template with enough rows whose labels and fields are fixed."""
    tables = [list(_form_rows(one)) for one in _grids(template)]
    return tuple(one for one in tables if len(one) >= _FEWEST)


@lru_cache(maxsize=200)
def sections_in(
    template: Path,
) -> dict[str, str]:
    """The sections of 叙述 that stand beside a label."""
    found: dict[str, str] = {}
    for row in (row for grid in _grids(template) for row in grid.rows):
        for label, cell in pairwise(row):
            section = _SECTION.search(cell.text)
            if section and label.lines and not _ANY_TAG.search(label.text):
                found[plain(label.text)] = section[1]
    return found


@lru_cache(maxsize=200)
def others_in(
    template: Path,
) -> dict[str, FieldPath]:
    """The fields of 补充 that stand beside a label in place of what it names, where the unit fills them in."""
    found: dict[str, FieldPath] = {}
    for row in (row for grid in _grids(template) for row in grid.rows):
        for label, cell in pairwise(row):
            other = _OTHER.search(cell.text)
            if other:
                fixed = plain(_WHOLE_TAG.sub("", label.text))
                found[fixed] = ("补充", other[1])
    return found


@lru_cache(maxsize=200)
def _grids(
    template: Path,
) -> tuple[Grid, ...]:
    """The tables of a template."""
    try:
        package = read_package(read_plain(template), str(template))
    except (OSError, ReportgenError):
        return ()
    body = package.tree(package.main).find(f"{W}body")
    reader = DocumentReader(ListNumbers(package))
    blocks = reader.read(package.tree(package.main) if body is None else body)
    return tuple(one for one in blocks if isinstance(one, Grid))


def _form_rows(
    grid: Grid,
) -> Iterator[FormRow]:
    head: Labels = ()
    above: Labels = ()
    loop: FieldPath = ()
    for row in grid.rows:
        labels = tuple(_labels(row))
        fields = tuple(_fields(row))
        if labels and fields:
            yield FormRow(len(row), labels, fields, head)
        elif fields and above:
            yield FormRow(len(row), (), fields, after=above)
        elif loop:
            yield from _repeated(row, loop, above)
        elif len(labels) >= _HEAD:
            head = labels
        loop = _list_in(row)
        above = labels or above


def _labels(
    row: Row,
) -> Iterator[tuple[int, str]]:
    for at, cell in enumerate(row):
        if cell.lines and not _ANY_TAG.search(cell.text):
            yield at, squeezed(cell.text)


def _fields(
    row: Row,
) -> Iterator[RowField]:
    for at, cell in enumerate(row):
        tag = _TAG.fullmatch(cell.text.strip())
        path = _path(tag["name"]) if tag else ()
        shape = _shape(path)
        if tag and shape and not shape.listed and not shape.model:
            yield RowField(at, path, shape.kind, squeezed(tag["lead"] or ""))


def _path(
    name: str,
) -> FieldPath:
    first, *rest = name.split(".")
    if first.endswith("合计") and rest:
        rest = [_TOTAL.get(rest[0], rest[0])]
    return (*_CALLED.get(first, (first,)), *rest)


def _list_in(
    row: Row,
) -> FieldPath:
    """The list that the rows below repeat; () where it is none whose rows are called by a name."""
    texts = "".join(one.text for one in row)
    loop = _LOOP.search(texts)
    return _LISTS.get(loop[2], ()) if loop else ()


def _repeated(
    row: Row,
    below: FieldPath,
    above: Labels,
) -> Iterator[FormRow]:
    """A row that is repeated for each name of a list."""
    named = [at for at, cell in enumerate(row) if _ROW_NAME in cell.text]
    fields = tuple(_row_fields(row, below))
    if named and fields:
        yield FormRow(len(row), (), fields, after=above, name_at=named[0])


def _row_fields(
    row: Row,
    below: FieldPath,
) -> Iterator[RowField]:
    """The fields of a row of a list, but for its name."""
    for at, cell in enumerate(row):
        tag = _TAG.search(cell.text)
        step = tag["name"].split(".")[-1] if tag else ""
        shape = _shape((*below, "", step))
        if shape and _ROW_NAME not in cell.text:
            yield RowField(at, (*below, step), shape.kind)


def _shape(
    path: FieldPath,
) -> FieldShape | None:
    """The field of the file at a path; None where the file has none."""
    model: Model | None = Unit
    shape: FieldShape | None = None
    is_name = False
    for step in path:
        if is_name:  # a name of the file's own
            is_name = False
            continue
        shape = field_named(model, str(step)) if model else None
        if shape is None:
            return None
        model, is_name = shape.model, shape.named
    return None if is_name else shape
