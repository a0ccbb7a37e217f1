"""What a cell says as a title, a heading or a label, however people have touched it up."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reportgen.core.numerals import read_amount
from reportgen.model.synonyms import meanings
from reportgen.workbooks.collection.form import (
    BETWEEN,
    CONTENT_LABEL,
    NAME_LABEL,
    NAMED,
    ONE,
    PARENT_LABEL,
    FormBlock,
    FormField,
)

VALUE_HEAD, AUTO_HEAD, NOTE_HEAD = ("填写内容", "自动计算", "填写说明")
_COMPUTED = "自动"  # how headings of computed columns begin
_NUMBERS = frozenset({"序号", "编号", "行次"})
SUM_LABEL = "自动合计"
PARENT, NAME, NOTE, AUTO = ("parent", "name", "note", "auto")
_TITLE = re.compile(
    r"[【\[]\s*([^】\]]{1,40}?)\s*[】\]]\s*([(（][^()（）]{0,20}[)）])?"
)
_BEHIND = re.compile(r"[(\[]([^()\[\]]{0,12})[)\]]$")
_LONGEST_TITLE = 80
_EDGES = "*:：·.、 "

Meaning = FormField | str  # a field, or one of PARENT, NAME, NOTE, AUTO


def plain_label(text: str) -> str:
    """A label without blanks, marks and the unit behind it."""
    return _parts(text)[0]


def unit_in(text: str) -> str:
    """The unit of money that a label says, "" for none and for 万元, which is meant anyway."""
    unit = _parts(text)[1].removeprefix("单位:")
    is_money = bool(unit) and read_amount(f"1{unit}") is not None
    return unit if is_money and unit != "万元" else ""


@cache
def _parts(text: str) -> tuple[str, str]:
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    narrow = narrow.strip(_EDGES)
    behind = _BEHIND.search(narrow)
    if not behind:
        return narrow, ""
    return narrow[: behind.start()].strip(_EDGES), behind[1]


def title_in(text: str) -> str:
    """The title of a block that a cell prints, "" where it prints none."""
    text = text.strip()
    found = _TITLE.fullmatch(text) if len(text) <= _LONGEST_TITLE else None
    return plain_label(found[1]) if found else ""


@cache
def headings_of(block: FormBlock) -> dict[str, Meaning]:
    """What each heading of a table stands for."""
    if block.rows == ONE:
        return {
            NAME_LABEL: NAME,
            VALUE_HEAD: CONTENT_LABEL,
            AUTO_HEAD: AUTO,
            NOTE_HEAD: NOTE,
        }
    found: dict[str, Meaning] = dict(labels_of(block))
    if block.rows == NAMED:
        found[NAME_LABEL] = NAME
    if block.inner:
        found[PARENT_LABEL] = PARENT
    return found


@cache
def labels_of(block: FormBlock) -> dict[str, FormField]:
    """Each field by its label, or by the last word of it where no other field has the same."""
    fields = block.columns
    found = {plain_label(one.label): one for one in fields}
    lasts = [one.label.rpartition(BETWEEN)[2] for one in fields]
    for one, last in zip(fields, lasts, strict=True):
        if lasts.count(last) == 1:
            found.setdefault(plain_label(last), one)
    return found


@cache
def _other_words(label: str) -> tuple[str, ...]:
    return tuple(meanings(label))


def meaning_of(text: str, known: dict[str, Meaning]) -> Meaning | None:
    """What a heading or label stands for, also in other words of the trade; None for nothing that is known."""
    label = plain_label(text)
    if label.startswith(_COMPUTED):
        return AUTO
    if label in _NUMBERS:
        return NOTE
    if label in known:
        return known[label]
    others = [known[one] for one in _other_words(label) if one in known]
    return others[0] if len(others) == 1 else None
