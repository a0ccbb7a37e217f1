"""The forms of a pack in a document: which of its rows are rows of a form, and which field each cell holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.recognition.reading.grids import Grid, GridCell, Row
from reportgen.recognition.reading.words import squeezed
from reportgen.recognition.tables.form_rows import (
    FormRow,
    Labels,
    RowField,
    forms_in,
    others_in,
    sections_in,
)

_SHARE = 0.6  # of the rows of a form that a document must have
_HEAD = FormRow(0, (), ())  # a row of labels alone


@dataclass
class PackForms:
    """The forms of a pack that name their rows themselves."""

    forms: list[list[FormRow]] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # by their label
    others: dict[str, FieldPath] = field(default_factory=dict)
    """Fields that may stand beside a label in place of what it names."""

    @classmethod
    def of(cls, pack: Pack | None) -> PackForms:
        """Those of a pack; none where there is no pack."""
        found = cls()
        if pack is not None:
            for name in sorted(
                {one.template for one in pack.manifest.documents}
            ):
                template = pack.template(name)
                found.forms += forms_in(template)
                found.sections |= sections_in(template)
                found.others |= others_in(template)
        return found

    def rows_in(self, grid: Grid) -> dict[int, FormRow]:
        """By their number the rows of a table that are rows of the form which it is."""
        best: dict[int, FormRow] = {}
        for form in self.forms:
            fixed = [one for one in form if one.labels]
            found = _FormInTable(form).rows_in(grid)
            known = sum(bool(one.labels) for one in found.values())
            if known >= _SHARE * len(fixed) and len(found) > len(best):
                best = found
        return best


class _FormInTable:
    """The rows of a form that are looked for in a table, in their order."""

    def __init__(self, form: Sequence[FormRow]) -> None:
        self._by_label: dict[tuple[int, str], list[FormRow]] = defaultdict(list)
        for one in form:
            if one.labels:
                self._by_label[one.labels[0]].append(one)
        self._heads = {one.head for one in form}
        self._bare = [one for one in form if not one.labels]
        self._head: Labels = ()
        self._open: FormRow | None = None  # one that is repeated

    def rows_in(self, grid: Grid) -> dict[int, FormRow]:
        """The rows that are found, by their number."""
        found: dict[int, FormRow] = {}
        above: list[str] = []
        for number, row in enumerate(grid.rows):
            texts = [squeezed(cell.text) for cell in row]
            self._head = self._head_in(texts) or self._head
            known = self._labelled(texts) or self._without_label(row, above)
            if known is not None:
                found[number] = known
                if known.after and above:
                    found.setdefault(number - 1, _HEAD)
            above = texts
        return found

    def _head_in(self, texts: Sequence[str]) -> Labels:
        heads = (one for one in self._heads if one and _says(texts, one))
        return next(heads, ())

    def _labelled(self, texts: Sequence[str]) -> FormRow | None:
        """The row of the form that says these labels below that head."""
        for label in enumerate(texts):
            for one in self._by_label.get(label, ()):
                is_below = one.head in ((), self._head)
                is_same = one.width == len(texts) and is_below
                if is_same and _says(texts, one.labels):
                    self._by_label[label].remove(one)
                    self._open = None
                    return one
        return None

    def _without_label(
        self,
        row: Row,
        above: Sequence[str],
    ) -> FormRow | None:
        """The row without a label of its own that stands below such a row."""
        for one in self._bare:
            is_below = one is self._open or _says(above, one.after)
            if is_below and one.width == len(row) and _fits(one, row):
                is_repeated = one.name_at >= 0
                self._open = one if is_repeated else None
                return one.named(row) if is_repeated else one
        return None


def _says(
    texts: Sequence[str],
    labels: Labels,
) -> bool:
    return all(at < len(texts) and texts[at] == one for at, one in labels)


def _fits(
    form: FormRow,
    row: Row,
) -> bool:
    """Whether something stands where the form has its fields, and only there."""
    leads = {one.at: one.lead for one in form.fields}
    said = {
        at: squeezed(cell.text) for at, cell in enumerate(row) if cell.lines
    }
    is_named = said.pop(form.name_at, "") or form.name_at < 0
    is_alike = said.keys() <= leads.keys()
    begins = (text.startswith(leads.get(at, "")) for at, text in said.items())
    return bool(said and is_named and is_alike) and all(begins)


def cells_of(
    form: FormRow,
    row: Row,
) -> Iterator[tuple[GridCell, RowField]]:
    """The cells of a row in which something stands, each with its field."""
    for one in form.fields:
        if row[one.at].lines:
            yield row[one.at], one
