"""下属单位: a department beside its subordinate units, for the table 本级、下属、合计 and for the list of all."""

from itertools import repeat
from operator import itemgetter

from reportgen.core.numerals import ZERO, less, ratio
from reportgen.figures.adding import AMOUNTS, HEADS
from reportgen.figures.department import Department, Part, Subordinate
from reportgen.model.unit import Funds, Staff
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views, most_first
from reportgen.view.indicators import grouped
from reportgen.view.spoken import lost, reasons

_NOBODY = Part("", Funds.model_validate({}), Staff.model_validate({}))
_NONE = Department(_NOBODY, (), _NOBODY, _NOBODY, ())


def department_view(
    department: Department | None, pack: Pack, show: Formatter
) -> View:
    """The same names with nothing behind them where there are no subordinate units."""
    all_of = department or _NONE
    units = all_of.units
    shown = show.rows("列表", (one.part.name for one in units), repeat(None))
    below = all_of.below.funds
    left = less(below.revised, below.executed)
    rows: Views = []
    for unit, row in zip(units, shown, strict=False):
        funds = unit.part.funds
        own = less(funds.revised, funds.executed)
        rows.append(
            _part(unit.part, len(rows) + 1, row)
            | _shortfall(unit, pack, row)
            | {"结转": row.money(own, "结转")}
            | {"结转占比": row.rate(ratio(own, left), "结转占比")}
        )
    ranked = most_first(rows, itemgetter("得分"))
    return {
        "列表": show.those(rows, "列表"),
        "本级": _part(all_of.own, None, show.at("本级").reported_at("本级")),
        "小计": _part(all_of.below, None, show.at("小计")),
        "合计": _part(all_of.whole, None, show.at("合计")),
        "平均得分": show.points(all_of.mean_score, "平均得分"),
        "加权得分": show.points(all_of.weighted_score, "加权得分"),
        "等级": grades(ranked, show),
        "按得分": ranked,
        "按结转": most_first(rows, itemgetter("结转")),
    }


def _shortfall(unit: Subordinate, pack: Pack, show: Formatter) -> View:
    """失分项: what a unit lost most on, with cause and measure."""
    missed = [
        (points, one.indicator)
        for one in unit.figures.indicators
        if (
            points := lost(
                show.points(one.indicator.weight, "分值"),
                show.points(one.printed_score, "得分"),
                show,
            )
        )
    ]
    missed.sort(key=lambda one: -(one[0].number or ZERO))
    name, reason = "", unit.unit.funds.reason
    if missed:
        name, reason = missed[0][1].name, missed[0][1].deviation
    return {
        "失分项": show.text(name, "失分项"),
        "扣分": missed[0][0] if missed else show.blank("扣分"),
        **reasons(show.text(reason, "偏差原因"), pack, show),
    }


def grades(rows: Views, show: Formatter) -> Views:
    """How many there are of each grade, in the order of the rows."""
    members = {
        grade: those for grade, those in grouped(rows, "等级").items() if grade
    }
    named = zip(members, show.rows("等级", members, repeat(None)), strict=False)
    return [
        {
            "名称": own.text(grade, "名称"),
            "个数": own.count(len(members[grade]), "个数"),
        }
        for grade, own in named
    ]


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
