"""The words that a cell offers: what the pack declares, and what the unit says beside it already."""

from itertools import chain
from typing import Any

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.form_tree import value_at


def choices_for(path: FieldPath, pack: Pack, tree: Any) -> tuple[str, ...]:
    """What may be chosen for the value at `path`, without positions of items; none where anything may stand."""
    manifest = pack.manifest
    last = str(path[-1])
    if path[0] == "选项":
        name = str(path[1]) if len(path) > 1 else ""
        return manifest.choices.get(name, ())
    if last == "名称":
        return _row_names(path, pack)
    if last == "度量单位":
        return _measures(tree)
    return {
        "一级": tuple(manifest.levels),
        "二级": tuple(dict.fromkeys(chain(*manifest.levels.values()))),
        "等级": tuple(one.name for one in pack.scoring.grades),
    }.get(last, ())


def _row_names(path: FieldPath, pack: Pack) -> tuple[str, ...]:
    """What the rows of a table of the funds are called."""
    rows = {
        "按收入性质": pack.manifest.income_kinds,
        "按支出性质": pack.manifest.nature_kinds,
        "资金来源": pack.manifest.sources,
    }
    table = str(path[-2]) if len(path) > 1 else ""
    return rows.get(table, ())


def _measures(tree: Any) -> tuple[str, ...]:
    """Measures that the unit has typed."""
    rows = value_at(tree, ("指标",)) or ()
    found = (str(one.get("度量单位") or "") for one in rows)
    return tuple(dict.fromkeys(one for one in found if one))
