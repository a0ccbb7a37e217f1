"""Every mapping of a view is told its own path, so that what is printed from it can be traced (reportgen.core.trace)."""

from __future__ import annotations

from reportgen.core.trace import PATH_KEY, item_ids
from reportgen.view.shown import View

_NAMED = (dict, list)
_SHORT = {"项目列表": "项目"}  # what one of them is called in a document of its own
_SIDE_BY_SIDE = (
    "收支对照"  # its rows hold those of 收入 and 支出 that stand beside each other
)


def add_paths(view: View) -> View:
    """`view`, with the path of each mapping in it; one that is met again keeps the path by which it was met first."""
    for key, value in view.items():
        _name_value(value, _SHORT.get(key, key))
    return view


def _name_value(value: object, path: str) -> None:
    if type(value) is dict:
        if PATH_KEY not in value:
            _name_mapping(value, path)
    elif type(value) is list and value and type(value[0]) is dict:
        for row, one in zip(value, item_ids(map(_identity, value)), strict=True):
            if PATH_KEY not in row:
                _name_mapping(row, f"{path}#{one}")


def _name_mapping(names: View, path: str) -> None:
    names[PATH_KEY] = path
    for key, value in names.items():
        if key == _SIDE_BY_SIDE:
            for side in ("收入", "支出"):
                _name_value([row[side] for row in value], f"{path}.{side}")
        elif type(value) in _NAMED:  # nine of ten values are neither
            _name_value(value, f"{path}.{key}")


def _identity(row: View) -> str:
    if "三级" in row:
        return "\n".join((row["目标"], row["一级"], row["二级"], row["三级"]))
    return str(row.get("名称", ""))
