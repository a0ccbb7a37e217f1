"""Whose names and numbers are known before anything is masked: from the unit, and from all documents of the set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from reportgen.model.unit import Unit
from reportgen.model.values import Kind
from reportgen.model.walker import walk
from reportgen.ooxml.blocks import TableRow
from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element
from reportgen.publishing.masker import Masker
from reportgen.publishing.names import (
    is_name_label,
    is_phone_label,
    names_behind_labels,
    names_of_field,
)
from reportgen.publishing.patterns import narrow
from reportgen.publishing.properties import authors_of
from reportgen.publishing.surnames import is_name
from reportgen.publishing.texts import text_groups, typed_attributes

_SHORTEST, _LONGEST = (
    7,
    16,
)  # digits of a telephone number, within a town or with all codes
_LABEL = 8  # characters of what stands over a column
_BETWEEN = re.compile("[、，,；;/转]")


def masker_for(
    packages: Iterable[Package],
    units: Iterable[Unit],
    names: Iterable[str] = (),
) -> Masker:
    """What is masked in `packages`: what the units and the documents say of persons, and the `names` given."""
    known = {"".join(one.split()) for one in names}
    numbers: set[str] = set()
    for unit in units:
        known.update(_names_of_unit(unit))
        for leaf in walk(unit, frozenset({Kind.PHONE})):
            numbers.update(_numbers_in(leaf.text))
    for package in packages:
        known.update(_names_in(package))
        numbers.update(_numbers_of(package))
    return Masker(frozenset(filter(None, known)), frozenset(numbers))


def _names_of_unit(unit: Unit) -> Iterator[str]:
    for leaf in walk(unit, frozenset({Kind.PERSON})):
        yield from names_of_field(leaf.text)


def _names_in(package: Package) -> Iterator[str]:
    for author in authors_of(package):
        yield from filter(is_name, names_of_field(author))
    for part in package.parts:
        if not _is_read(package, part):
            continue
        root = package.tree(part)
        for group in text_groups(root):
            yield from names_behind_labels(narrow(group.text))
        for _, _, typed in typed_attributes(root):
            yield from names_behind_labels(narrow(typed))
        for cell in _labelled(root, is_name_label):
            yield from names_of_field(cell)


def _numbers_of(package: Package) -> Iterator[str]:
    for part in package.parts:
        if _is_read(package, part):
            for cell in _labelled(package.tree(part), is_phone_label):
                yield from _numbers_in(cell)


def _is_read(package: Package, part: str) -> bool:
    return (
        part.startswith(("word/", "docProps/"))
        and package.is_xml(part)
        and not part.endswith(".rels")
    )


def _numbers_in(text: str) -> Iterator[str]:
    """The telephone numbers of a field that holds such: without area code too."""
    for piece in _BETWEEN.split(narrow(text)):
        digits = "".join(one for one in piece if one.isdigit())
        is_masked = "*" in piece
        if _SHORTEST <= len(digits) <= _LONGEST and not is_masked:
            yield digits


def _labelled(root: Element, is_label: Callable[[str], bool]) -> Iterator[str]:
    """The texts of the cells that stand beside or below a cell with such a label."""
    for element in root.iter(f"{W}tbl"):
        head: list[str] = []
        for row in element.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not element:
                continue
            texts = [one.text for one in TableRow(row).parts]
            if len(texts) != len(head):
                head = []
            yield from _beside(texts, is_label)
            below = (n for n, text in enumerate(head) if is_label(text))
            yield from (texts[n] for n in below)
            head = texts if _is_head(texts) else head


def _beside(texts: list[str], is_label: Callable[[str], bool]) -> Iterator[str]:
    for label, text in pairwise(texts):
        if is_label(label) and not is_label(text):
            yield text


def _is_head(texts: list[str]) -> bool:
    """Whether a row may stand over columns: short words in every cell, no number in any."""
    return len(texts) > 1 and all(
        0 < len(text.strip()) <= _LABEL and not any(map(str.isdigit, text))
        for text in texts
    )
