"""What pages have seen of a unit's file, by its sha256: whether a row still is the row that somebody changes."""

from __future__ import annotations

from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.unit_tree import UnitTree
from reportgen.core.value import FieldPath
from reportgen.workbooks.collection.form_tree import Tree, value_at

_KIND = "trees"
_KEPT = 8  # states of one file
_NAMES = ("一级", "二级", "三级", "名称", "代码")


class SeenTrees(dict[str, Tree]):
    """The last states of one file."""


def remember_tree(
    desk: Desk,
    unit: DeskUnit,
    read: UnitTree,
) -> None:
    """Keeps what a page is about to show."""
    held = desk.remembered.get((_KIND, unit.id))
    seen = held if isinstance(held, SeenTrees) else SeenTrees()
    seen.pop(read.digest, None)
    seen[read.digest] = read.tree
    for digest in list(seen)[:-_KEPT]:
        del seen[digest]
    desk.remembered[_KIND, unit.id] = seen


def is_same_place(
    desk: Desk,
    unit: DeskUnit,
    digest: str,
    now: Tree,
    path: FieldPath,
) -> bool:
    """Whether the rows on the way to `path` are those that a page saw when the file had that sha256."""
    if not any(isinstance(step, int) for step in path):
        return True
    held = desk.remembered.get((_KIND, unit.id))
    seen = held.get(digest) if isinstance(held, SeenTrees) else None
    if seen is None:
        return False
    lists = (at for at, step in enumerate(path) if isinstance(step, int))
    return all(
        _names(seen, path[: at + 1]) == _names(now, path[: at + 1])
        for at in lists
    )


def _names(
    tree: Tree,
    row: FieldPath,
) -> list[tuple[object, ...]]:
    """What the rows up to `row` are called."""
    rows = value_at(tree, row[:-1])
    position = row[-1]
    if not isinstance(rows, list) or not isinstance(position, int):
        return []
    return [
        tuple(value_at(one, (name,)) for name in _NAMES)
        for one in rows[: position + 1]
    ]
