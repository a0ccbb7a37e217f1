"""下属单位: a department beside its subordinate units, for the table 本级、下属、合计 and for the list of all."""

from __future__ import annotations

from decimal import Decimal

from reportgen.figures.department import AMOUNTS, HEADS, Department, Part
from reportgen.model.unit import Funds, Staff
from reportgen.view.shown import Formatter, Shown, View

_NOBODY = Part("", Funds.model_validate({}), Staff.model_validate({}))


def department_view(department: Department | None, show: Formatter) -> View:
    """The same names with nothing behind them where there are no subordinate units."""
    one = department
    return {
        "列表": [
            _part(unit.part, position, show)
            for position, unit in enumerate(one.units, start=1)
        ]
        if one
        else [],
        "本级": _part(one.own if one else _NOBODY, 0, show),
        "小计": _part(one.below if one else _NOBODY, 0, show),
        "合计": _part(one.whole if one else _NOBODY, 0, show),
        "平均得分": show.points(one.mean_score if one else None),
        "加权得分": show.points(one.weighted_score if one else None),
    }


def _part(part: Part, position: int, show: Formatter) -> View:
    return {
        "序号": Shown.of(str(position), Decimal(position)) if position else show.blank,
        "名称": part.name,
        **{label: show.money(getattr(part.funds, name)) for name, label in AMOUNTS},
        "执行率": show.rate(part.execution_rate),
        "人员": {
            **{label: show.count(getattr(part.staff, name)) for name, label in HEADS},
            "合计": show.count(part.staff.total),
        },
        "得分": show.points(part.score),
        "等级": part.grade,
    }
