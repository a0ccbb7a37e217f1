"""The forms of a pack as its templates draw them: which cell of a row of its own labels is which field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
from reportgen.packs.pack import Pack
from reportgen.recognition.reading.grids import Grid, GridCell, Row
from reportgen.recognition.reading.numbers_of_lists import ListNumbers
from reportgen.recognition.reading.words import plain, squeezed
from reportgen.recognition.reading.written import DocumentReader

_TAG = re.compile(r"\{\{\s*([^\s{}|()\[\]]+)\s*\}\}")
_SECTION = re.compile(r"for 段 in (?:项目\.)?叙述\.(\w+)")
_ANY_TAG = re.compile(r"\{[{%#]")
_CALLED = {  # what templates call otherwise than the file
    "共性": ("共性指标", "指标"),
    "项目共性": ("项目共性指标", "指标"),
    "共性合计": ("共性指标", "自评结果"),
    "项目共性合计": ("项目共性指标", "自评结果"),
}
_VALUES = frozenset(["指标值", "实际值"])
_TOTAL = {"得分": "总分", "分值": "分值合计"}
_SHARE = 0.6  # of the rows of a form that a document must have
_HEAD = 3  # labels that make the head of columns
_FEWEST = 4  # rows; a smaller form is read by its labels

Labels = tuple[tuple[int, str], ...]
RowKey = tuple[int, Labels]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form: the labels that stand in it, and the fields of its other cells."""

    key: RowKey
    fields: tuple[tuple[int, FieldPath, Kind | None], ...]
    head: Labels  # of the columns, as the row above says them

    @property
    def is_indicator(self) -> bool:
        """Whether it holds what an indicator was to be and came to be."""
        return any(path[-1] in _VALUES for _, path, _ in self.fields)

    def is_filled(self, row: Row) -> bool:
        """Whether something stands in one of its fields."""
        return any(row[at].lines for at, _, _ in self.fields)

    @property
    def first(self) -> tuple[int, str]:
        """Its first label, by which it is looked up."""
        return self.key[1][0]


@dataclass(slots=True)
class PackForms:
    """The forms of a pack that name their rows themselves."""

    forms: list[list[FormRow]] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # by their label

    @classmethod
    def of(cls, pack: Pack | None) -> PackForms:
        """Those of a pack; none where there is no pack."""
        found = cls()
        if pack is not None:
            for name in sorted(
                {one.template for one in pack.manifest.documents}
            ):
                template = pack.template(name)
                found.forms += _forms_in(template)
                found.sections |= _sections_in(template)
        return found

    def rows_in(self, grid: Grid) -> dict[int, FormRow]:
        """By their number the rows of a table that are rows of the form which it is."""
        best: dict[int, FormRow] = {}
        for form in self.forms:
            found = _found(form, grid)
            if len(found) >= _SHARE * len(form) and len(found) > len(best):
                best = found
        return best


def _found(
    form: Sequence[FormRow],
    grid: Grid,
) -> dict[int, FormRow]:
    """The rows of a form in a table, in their order."""
    by_label: dict[tuple[int, str], list[FormRow]] = defaultdict(list)
    for one in form:
        by_label[one.first].append(one)
    heads = {one.head for one in form}
    there: Labels = ()
    found: dict[int, FormRow] = {}
    for number, row in enumerate(grid.rows):
        texts = [squeezed(cell.text) for cell in row]
        there = _head_in(heads, texts) or there
        known = _known(by_label, texts, there)
        if known is not None:
            by_label[known.first].remove(known)
            found[number] = known
    return found


def _head_in(
    heads: set[Labels],
    texts: Sequence[str],
) -> Labels:
    return next((one for one in heads if one and _says(texts, one)), ())


def _known(
    by_label: dict[tuple[int, str], list[FormRow]],
    texts: Sequence[str],
    head: Labels,
) -> FormRow | None:
    """The row of the form that says these labels below that head."""
    for label in enumerate(texts):
        for one in by_label.get(label, ()):
            width, labels = one.key
            is_same = width == len(texts) and one.head in ((), head)
            if is_same and _says(texts, labels):
                return one
    return None


def _says(
    texts: Sequence[str],
    labels: Labels,
) -> bool:
    return all(at < len(texts) and texts[at] == one for at, one in labels)


@lru_cache(maxsize=200)
def _grids(template: Path) -> tuple[Grid, ...]:
    """The tables of a template."""
    try:
        package = read_package(read_plain(template), str(template))
    except (OSError, ReportgenError):
        return ()
    body = package.tree(package.main).find(f"{W}body")
    reader = DocumentReader(ListNumbers(package))
    blocks = reader.read(package.tree(package.main) if body is None else body)
    return tuple(one for one in blocks if isinstance(one, Grid))


@lru_cache(maxsize=200)
def _forms_in(template: Path) -> tuple[list[FormRow], ...]:
    """The tables of a template with enough rows whose labels and fields are fixed."""
    tables = [list(_form_rows(one)) for one in _grids(template)]
    return tuple(one for one in tables if len(one) >= _FEWEST)


@lru_cache(maxsize=200)
def _sections_in(template: Path) -> dict[str, str]:
    """The sections of 叙述 that stand beside a label."""
    found: dict[str, str] = {}
    for row in (row for grid in _grids(template) for row in grid.rows):
        for label, cell in pairwise(row):
            section = _SECTION.search(cell.text)
            if section and label.lines and not _ANY_TAG.search(label.text):
                found[plain(label.text)] = section[1]
    return found


def _form_rows(grid: Grid) -> Iterator[FormRow]:
    head: Labels = ()
    for row in grid.rows:
        labels = tuple(_labels(row))
        fields = tuple(_fields(row))
        if labels and fields:
            yield FormRow((len(row), labels), fields, head)
        elif len(labels) >= _HEAD:
            head = labels


def _labels(row: Row) -> Iterator[tuple[int, str]]:
    for at, cell in enumerate(row):
        if cell.lines and not _ANY_TAG.search(cell.text):
            yield at, squeezed(cell.text)


def _fields(row: Row) -> Iterator[tuple[int, FieldPath, Kind | None]]:
    for at, cell in enumerate(row):
        tag = _TAG.fullmatch(cell.text.strip())
        path = _path(tag[1]) if tag else ()
        shape = _shape(path)
        if shape is not None and not shape.listed and not shape.model:
            yield at, path, shape.kind


def _path(name: str) -> FieldPath:
    first, *rest = name.split(".")
    if first.endswith("合计") and rest:
        rest = [_TOTAL.get(rest[0], rest[0])]
    return (*_CALLED.get(first, (first,)), *rest)


def _shape(path: FieldPath) -> FieldShape | None:
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


def cells_of(
    form: FormRow,
    row: Row,
) -> Iterator[tuple[GridCell, FieldPath, Kind | None]]:
    """The cells of a row in which something stands, each with its field."""
    for at, path, kind in form.fields:
        if row[at].lines:
            yield row[at], path, kind
