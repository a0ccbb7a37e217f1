"""What the form of a 共性 framework says itself beside its groups and indicators: their points, how they are scored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.core.value import FieldPath
from reportgen.figures.formulas import FORMULAS
from reportgen.packs.pack import Pack
from reportgen.packs.scoring import CommonSpec
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import GridCell, Row
from reportgen.recognition.reading.words import meaning, plain, points_in
from reportgen.recognition.tables.form_rows import FormRow

_GROUP = "指标栏"
_FRAMEWORKS = frozenset(["共性指标", "项目共性指标"])
_LEVELS = frozenset(["一级", "二级"])
_STANDARD = "评分标准"
_CHECKED = re.compile(r"\d\s*%|百分点|(?:19|20)\d\d年")
"""A standard with a rate or a year can be wrong; one in words alone cannot be checked."""


def keep_framework_marks(
    draft: ImportDraft,
    form: FormRow,
    row: Row,
) -> None:
    """Puts the points of the groups and the standards of a row into the draft."""
    path = form.fields[0].path if form.fields else ()
    is_indicator = _FRAMEWORKS.issuperset(path[:1]) and "指标" in path[1:2]
    for role, cell in _columns(form, row) if is_indicator else ():
        points = points_in(cell.text) if role in _LEVELS else ""
        is_checked = _CHECKED.search(cell.text) is not None
        if points:
            there = (path[0], "标明分值", plain(cell.text))
            _put(draft, there, points, cell)
        elif role == _STANDARD and is_checked:
            _put(draft, (*path[:-1], _STANDARD), cell.text, cell)


def keep_blank_rates(
    draft: ImportDraft,
    form: FormRow,
    row: Row,
    pack: Pack | None,
) -> None:
    """Notes what is left blank and the pack would compute, so that it stays as it was handed in."""
    for one in form.fields:
        spec = _spec(pack, one.path)
        formula = (
            FORMULAS.get(spec.formula or str(one.path[2])) if spec else None
        )
        if formula and not row[one.at].lines:
            draft.put_blank(one.path)


def _spec(
    pack: Pack | None,
    path: FieldPath,
) -> CommonSpec | None:
    """What the pack says of the indicator whose actual value stands at a path."""
    if pack is None or path[0] not in _FRAMEWORKS or path[-1] != "实际值":
        return None
    is_project = path[0] == "项目共性指标"
    scoring = pack.scoring
    known = scoring.project_framework if is_project else scoring.framework
    return known.get(str(path[2]))


def _put(
    draft: ImportDraft,
    path: FieldPath,
    text: str,
    cell: GridCell,
) -> None:
    """Puts a value that the form says again on each page."""
    if path not in draft.values:
        draft.put(path, text, cell)


def _columns(
    form: FormRow,
    row: Row,
) -> Iterator[tuple[str, GridCell]]:
    """The cells that say something, by what the head of their column means."""
    for at, label in form.head:
        told = meaning(_GROUP, label)
        if told and at < len(row) and row[at].lines:
            yield told.key, row[at]
