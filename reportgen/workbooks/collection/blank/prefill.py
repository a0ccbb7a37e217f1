"""What a new form holds before anybody fills it in: the pack's blank unit.yaml, or last year's unit taken a year on."""

import re
from typing import Any

from reportgen.core.value import FieldPath
from reportgen.sources.yaml_tree import YamlDocument
from reportgen.workbooks.collection.form_tree import Tree, value_at

_REMARK = re.compile(r"\s#\s*(.+?)\s*$")
_RESULTS = frozenset(
    {
        "全年执行数",
        "全年预算数",
        "年初预算数",
        "执行率",
        "得分",
        "占比",
        "实际值",
        "偏差原因",
        "调整原因",
        "完成情况",
        "自评结果",
        "叙述",
        "豁免",
        "填报",
        "填报日期",
        "基础数据",
    }
)
KEPT = ("全年执行数", "实际值")  # last year's, kept in 历年


def notes_in(document: YamlDocument) -> dict[FieldPath, str]:
    """What the remarks of a blank form say beside its keys, by the paths of the keys."""
    lines = document.source.text.split("\n")
    found: dict[FieldPath, str] = {}
    for path in _paths(document.data):
        line = document.key_place(path).line
        remark = _REMARK.search(lines[line - 1]) if line else None
        if remark and not any(isinstance(step, int) for step in path[2:]):
            beside = value_at(document.data, path[:-1])
            if not _is_of_another(remark[1], path, beside):
                told = remark[1].removeprefix(f"{path[-1]}：")
                found.setdefault(path, told)
    return found


def _is_of_another(remark: str, path: FieldPath, beside: Any) -> bool:
    """Whether the remark of a line with several keys names another of them."""
    named, mark, _ = remark.partition("：")
    return bool(mark) and named in (beside or ()) and named != path[-1]


def _paths(data: Any, above: FieldPath = ()) -> list[FieldPath]:
    found: list[FieldPath] = []
    steps: Any = ()
    if isinstance(data, dict):
        steps = data.items()
    elif isinstance(data, list):
        steps = enumerate(data)
    for step, value in steps:
        path = (*above, step)
        if isinstance(step, str) and not isinstance(value, (dict, list)):
            found.append(path)
        found += _paths(value, path)
    return found


def next_year(tree: Tree) -> Tree:
    """Last year's unit as the beginning of this year's: names and targets stay, its results stand in 历年."""
    found: Tree = _carried(tree)
    year = str(tree.get("年度") or "").removesuffix("年度").removesuffix("年")
    if year.isdigit():
        found["年度"] = str(int(year) + 1)
    return found


def _carried(data: Any) -> Any:
    if isinstance(data, list):
        return [_carried(one) for one in data]
    return _carried_block(data) if isinstance(data, dict) else data


def _carried_block(block: Tree) -> Tree:
    """A block without its results, the last of them in 历年."""
    gone = _RESULTS | {"历年"}
    found = {
        key: _carried(value) for key, value in block.items() if key not in gone
    }
    results = (block.get(key) for key in KEPT)
    before = block.get("历年") or {}
    years = {
        "上年": next(filter(None, results), None),
        "前年": before.get("上年"),
    }
    kept = {key: value for key, value in years.items() if value}
    return (
        {
            **found,
            "历年": kept,
        }
        if kept
        else found
    )
