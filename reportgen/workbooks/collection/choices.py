"""The words that a cell offers: what the pack declares, and what the unit says beside it already."""

from __future__ import annotations

from itertools import chain
from typing import Any

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.form_tree import value_at


def choices_for(path: FieldPath, pack: Pack, tree: Any) -> tuple[str, ...]:
    """What may be chosen for the value at `path`, without positions of items; none where anything may stand."""
    manifest = pack.manifest
    last = str(path[-1])
    if last == "一级":
        return tuple(manifest.levels)
    if last == "二级":
        return tuple(dict.fromkeys(chain(*manifest.levels.values())))
    if last == "等级":
        return tuple(one.name for one in pack.scoring.grades)
    if last == "名称" and len(path) > 2:
        rows = {
            "按收入性质": manifest.income_kinds,
            "按支出性质": manifest.nature_kinds,
            "资金来源": manifest.sources,
        }
        return rows.get(str(path[-2]), ())
    if path[:1] == ("选项",):
        return manifest.choices.get(str(path[1]), ()) if len(path) > 1 else ()
    if last == "度量单位":
        return _measures(tree)
    return ()


def _measures(tree: Any) -> tuple[str, ...]:
    """Measures that the unit has typed."""
    rows = value_at(tree, ("指标",)) or ()
    found = (str(one.get("度量单位") or "") for one in rows)
    return tuple(dict.fromkeys(one for one in found if one))
