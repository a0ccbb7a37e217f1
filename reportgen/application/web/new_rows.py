"""A new project in a unit's file: the lines of the pack's blank form, with its name."""

from __future__ import annotations

from reportgen.application.web.desk import Desk
from reportgen.application.web.form import pack_of
from reportgen.application.web.row_changes import ProjectAdded
from reportgen.application.web.texts.typed_text import plain_text
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import build_tree
from reportgen.sources.yaml_writing import scalars
from reportgen.workbooks.collection.blank.making import blank_form
from reportgen.workbooks.collection.form import PROJECTS
from reportgen.workbooks.collection.form_tree import Tree

_NAME = "名称"


def new_project(
    desk: Desk,
    tree: Tree,
    name: str,
) -> ProjectAdded:
    """The project `name` as the first of the blank form is, without remarks."""
    blank = blank_form(pack_of(desk, tree))
    item = (blank.data.get(PROJECTS) or [{}])[0]
    called = next(scalars(plain_text(name) or "新项目", ""))
    lines = (f"{_NAME}: {called}", *_lines(item))
    read = build_tree(SourceText("", "\n".join(lines), ""))
    return ProjectAdded((PROJECTS,), lines, read.data)


def _lines(item: Tree) -> list[str]:
    """The fields of a project line by line; those that stand in a block on one line."""
    found: list[str] = []
    for key, value in item.items():
        if key == _NAME:
            continue
        if isinstance(value, dict):
            found.append(f"{key}:")
            found += [f"  {line}" for line in _lines(value)]
        elif isinstance(value, list):
            found.append(f"{key}:")
            found += [f"  - {_flow(one)}" for one in value]
        else:
            text = next(scalars(str(value), "")) if value else ""
            found.append(f"{key}: {text}".rstrip())
    return found


def _flow(row: Tree) -> str:
    cells = (f"{key}: {value or ''}" for key, value in row.items())
    return f"{{{', '.join(cells)}}}"
