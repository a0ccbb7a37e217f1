"""The pages of the form: the sheets of the collection form, that of projects once for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportgen.workbooks.collection.form import (
    PROJECTS,
    FormSheet,
    form_sheets,
)
from reportgen.workbooks.collection.form_tree import Tree, text_at

OF_PROJECT = "p"  # how the key of a project's section begins


class SectionName(NamedTuple):
    """One page of the form."""

    key: str
    title: str

    @property
    def is_project(self) -> bool:
        """Whether it is that of one project."""
        return self.key.startswith(OF_PROJECT)


def section_names(tree: Tree) -> tuple[SectionName, ...]:
    """The pages of the form in the order of the paper: that of projects once for each."""
    return tuple(_section_names(tree))


def _section_names(tree: Tree) -> Iterator[SectionName]:
    for position, sheet in enumerate(form_sheets()):
        if not sheet.of_project:
            yield SectionName(str(position), sheet.name)
            continue
        for number, one in enumerate(tree.get(PROJECTS) or (), start=1):
            name = text_at(one, ("名称",)) or f"项目{number}"
            yield SectionName(f"{OF_PROJECT}{number}", name)


def section_of(path: str) -> str:
    """The key of the section in which a finding with that path is shown: 项目[2].资金 -> p2."""
    if path.startswith(f"{PROJECTS}["):
        number = path[len(PROJECTS) + 1 :].partition("]")[0]
        return f"{OF_PROJECT}{number}"
    top = path.partition(".")[0].partition("[")[0]
    for position, sheet in enumerate(form_sheets()):
        if not sheet.of_project and top in _tops(sheet):
            return str(position)
    return "0"


def _tops(sheet: FormSheet) -> set[str]:
    return {str(one.path[0]) for one in sheet.blocks if one.path}


def sheet_of(key: str) -> FormSheet:
    """The sheet of the section with that key."""
    sheets = form_sheets()
    if key.startswith(OF_PROJECT):
        return next(one for one in sheets if one.of_project)
    return sheets[int(key)]
