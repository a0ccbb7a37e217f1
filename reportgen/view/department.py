"""下属单位: a department beside its subordinate units, for the table 本级、下属、合计 and for the list of all."""

from itertools import repeat

from reportgen.figures.adding import AMOUNTS, HEADS
from reportgen.figures.department import Department, Part
from reportgen.model.unit import Funds, Staff
from reportgen.view.formatter import Formatter, View

_NOBODY = Part("", Funds.model_validate({}), Staff.model_validate({}))
_NONE = Department(_NOBODY, (), _NOBODY, _NOBODY, ())


def department_view(department: Department | None, show: Formatter) -> View:
    """The same names with nothing behind them where there are no subordinate units."""
    all_of = department or _NONE
    units = all_of.units
    rows = show.rows("列表", (one.part.name for one in units), repeat(None))
    parts = [
        _part(unit.part, position, row)
        for position, (unit, row) in enumerate(
            zip(units, rows, strict=False), start=1
        )
    ]
    return {
        "列表": show.those(parts, "列表"),
        "本级": _part(all_of.own, None, show.at("本级").reported_at("本级")),
        "小计": _part(all_of.below, None, show.at("小计")),
        "合计": _part(all_of.whole, None, show.at("合计")),
        "平均得分": show.points(all_of.mean_score, "平均得分"),
        "加权得分": show.points(all_of.weighted_score, "加权得分"),
    }


def _part(part: Part, position: int | None, show: Formatter) -> View:
    funds, staff = show.reported_at("资金"), show.at("人员")
    heads = {
        label: staff.count(getattr(part.staff, name), label)
        for name, label in HEADS
    }
    amounts = {
        label: funds.money(getattr(part.funds, name), label)
        for name, label in AMOUNTS
    }
    return {
        "序号": show.count(position, "序号"),
        "名称": show.text(part.name, "名称"),
        **amounts,
        "执行率": show.rate(part.execution_rate, "执行率"),
        "人员": {**heads, "合计": staff.count(part.staff.total, "合计")},
        "得分": show.points(part.score, "得分"),
        "等级": show.text(part.grade, "等级"),
    }
