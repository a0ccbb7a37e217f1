"""The names of one evaluation: its funds, goals and indicators, formatted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from reportgen.figures.catalogue import EvaluationFigures, GroupFigures
from reportgen.figures.common import framework_name
from reportgen.figures.funds import FundsFigures, RowFigures
from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.target import Target, is_named
from reportgen.model.unit import AmountHistory, Evaluation, FundsRow, Indicator
from reportgen.packs.pack import Pack
from reportgen.view.shown import Formatter, Shown, View

_OUTPUTS = (
    "产出",
    "成本",
    "管理",
    "履职",
)  # what the regions call the 一级 of what was done and how
_BENEFITS = ("效益", "效果", "效应", "可持续")
_SATISFACTION = ("满意",)


def evaluation_view(figures: EvaluationFigures, pack: Pack, show: Formatter) -> View:
    """The names that the unit as a whole and each project share."""
    evaluation = figures.evaluation
    rows = _indicators(figures, pack, show)
    outcome = evaluation.outcome
    weight = (
        outcome.weight if outcome.weight is not None else figures.weight_total.value
    )
    return {
        "资金": _funds(figures, pack, show),
        "年度目标": {
            "预期目标": list(evaluation.goals.expected),
            "完成情况": list(evaluation.goals.achieved),
        },
        "指标": rows,
        "指标情况": _standing(rows, pack.limits.over_fulfilment),
        "合计": {
            "分值": show.points(weight),
            "得分": show.points(figures.printed_total),
        },
        "等级": figures.printed_grade,
    }


def _funds(figures: EvaluationFigures, pack: Pack, show: Formatter) -> View:
    funds, computed = figures.evaluation.funds, figures.funds
    rate = (
        funds.execution_rate
        if funds.execution_rate is not None
        else computed.execution_rate.value
    )
    weight = funds.weight
    if weight is None and funds.executed is not None:
        weight = pack.scoring.execution.weight
    carried = computed.carry_over.value
    return {
        "年初预算数": show.money(funds.initial),
        "全年预算数": show.money(funds.revised),
        "全年执行数": show.money(funds.executed),
        "执行率": show.rate(rate),
        "分值": show.points(weight),
        "得分": show.points(figures.printed_execution_score),
        "调整额": show.figure(computed.adjustment),
        "调增额": show.money(
            abs(computed.adjustment.value)
            if computed.adjustment.value is not None
            else None
        ),
        "调整率": show.figure(computed.adjustment_rate),
        "调幅": show.rate(
            abs(computed.adjustment_rate.value)
            if computed.adjustment_rate.value is not None
            else None
        ),
        "结转": show.figure(computed.carry_over),
        "超支额": show.money(-carried if carried is not None and carried < 0 else None),
        "调整原因": funds.adjustment_reason,
        "偏差原因": funds.reason,
        "收入": _rows(computed.by_income, show),
        "支出": _rows(computed.by_nature, show),
        "收入构成": _spent(computed.by_income, show),
        "支出构成": _spent(computed.by_nature, show),
        "来源": _named(computed.by_source, pack.manifest.sources, show),
        "收支对照": _side_by_side(computed, pack, show),
        "历年": _amount_history(funds.history, show),
    }


def _rows(
    rows: tuple[RowFigures, ...], show: Formatter, level: str = "1"
) -> list[View]:
    """The rows of a nature, each followed by its details, and theirs, on level 2."""
    flat: list[View] = []
    for at, row in enumerate(rows):
        flat.append(
            _row(
                row,
                show,
                level=level,
                label=("其中：" if at == 0 else "") + row.row.name,
            )
        )
        flat += _rows(row.details, show, "2")
    return flat


def _spent(rows: tuple[RowFigures, ...], show: Formatter) -> list[View]:
    """The rows that spent something, for prose: nobody writes 0.00万元 where nothing was planned."""
    return [
        _row(row, show, level="1", label=row.row.name)
        for row in rows
        if row.row.executed
    ]


def _row(figures: RowFigures, show: Formatter, *, level: str, label: str) -> View:
    row = figures.row
    rate = (
        row.execution_rate
        if row.execution_rate is not None
        else figures.execution_rate.value
    )
    share = row.share if row.share is not None else figures.share.value
    planned = (
        row.share
        if row.share is not None and row.executed is None
        else figures.budget_share.value
    )
    return {
        "名称": row.name,
        "标签": label,
        "层级": level,
        "明细": [
            _row(one, show, level="2", label=one.row.name) for one in figures.details
        ],
        "年初预算数": show.money(row.initial),
        "全年预算数": show.money(row.revised),
        "全年执行数": show.money(row.executed),
        "执行率": show.rate(rate),
        "占比": show.rate(share),
        "预算占比": show.rate(planned),
        "分值": show.points(row.weight) if row.weight is not None else show.dash,
        "得分": show.points(row.score) if row.score is not None else show.dash,
        "历年": _amount_history(row.history, show),
    }


def _amount_history(history: AmountHistory, show: Formatter) -> View:
    return {"上年": show.money(history.last), "前年": show.money(history.before_last)}


def _named(
    given: tuple[RowFigures, ...], names: Sequence[str], show: Formatter
) -> list[View]:
    """The rows that the pack's form prints, in its order, then any other that the unit reports."""
    found = {row.row.name: row for row in given}
    rows = []
    for position, name in enumerate(
        [*names, *(name for name in found if name not in names)]
    ):
        label = ("其中：" if position == 0 else "") + name
        row = found.get(name)
        rows.append(
            _row(row, show, level="1", label=label)
            if row
            else _empty_row(name, label, show)
        )
    return rows


def _side_by_side(computed: FundsFigures, pack: Pack, show: Formatter) -> list[View]:
    """收入 beside 支出 without details, for forms with one column for each; the shorter one is filled up."""
    income = _named(computed.by_income, pack.manifest.income_kinds, show)
    spending = _named(computed.by_nature, pack.manifest.nature_kinds, show)
    nothing = _empty_row("", "", show)
    return [
        {"收入": left, "支出": right}
        for left, right in zip_longest(income, spending, fillvalue=nothing)
    ]


def _empty_row(name: str, label: str, show: Formatter) -> View:
    blanks = dict.fromkeys(
        (alias for field in FundsRow.model_fields.values() if (alias := field.alias)),
        show.money(None),
    )
    return {
        **blanks,
        "预算占比": show.blank,
        "明细": [],
        "历年": _amount_history(AmountHistory(), show),
        "名称": name,
        "标签": label,
        "层级": "1",
        "分值": show.dash,
        "得分": show.dash,
    }


def _indicators(figures: EvaluationFigures, pack: Pack, show: Formatter) -> list[View]:
    labels = {
        group.dimension: _group_label(group, figures.evaluation, show)
        for group in figures.groups
    }
    rows = indicator_rows(figures.indicators, show)
    named = pack.scoring.framework
    return [
        {
            **row,
            "一级标签": labels.get(row["一级"], row["一级"]),
            "共性": framework_name(row["三级"]) in named,
        }
        for row in rows
    ]


def indicator_rows(
    indicators: Sequence[IndicatorFigures], show: Formatter
) -> list[View]:
    """One row for each indicator; 目标起, 一级起 and 二级起 are true where a group begins.

    A row that the form leaves open (……) belongs to no group of the row above.
    """
    rows: list[View] = []
    above = ("", "", "")
    for position, one in enumerate(indicators):
        place = (one.indicator.goal, one.indicator.dimension, one.indicator.category)
        opened = bool(place[2]) and not is_named(place[2])
        rows.append(
            {
                **_indicator(one, show),
                "序号": str(position + 1),
                "一级标签": place[1],
                "目标起": position == 0 or place[0] != above[0],
                "一级起": position == 0 or place[:2] != above[:2],
                "二级起": position == 0 or place != above or opened,
            }
        )
        above = place
    return rows


def _group_label(group: GroupFigures, evaluation: Evaluation, show: Formatter) -> str:
    reported = evaluation.dimension_weights.get(group.dimension)
    weight = show.points(reported if reported is not None else group.weight.value)
    return (
        f"{group.dimension}（{weight}分）"
        if weight and group.dimension
        else group.dimension
    )


def _indicator(figures: IndicatorFigures, show: Formatter) -> View:
    indicator = figures.indicator
    return {
        "目标": indicator.goal,
        "一级": indicator.dimension,
        "二级": indicator.category,
        "三级": indicator.name,
        "指标名": _spoken_name(indicator),
        "指标值": measured_text(indicator.target, show),
        "实际值": measured_text(indicator.actual, show),
        "分值": show.points(indicator.weight),
        "得分": show.points(figures.printed_score),
        "完成率": show.figure(figures.completion),
        "偏差原因": indicator.deviation,
        "指标分类": indicator.classification,
        "指标值依据": indicator.basis,
        "历年": {
            "上年": measured_text(indicator.history.last, show),
            "前年": measured_text(indicator.history.before_last, show),
        },
        "空行": indicator.left_blank,
        "适用": indicator.applicable,
        "定量": bool(indicator.target and indicator.target.quantitative),
        "达标": figures.reached is True,
        "未达标": figures.reached is False,
    }


def _spoken_name(indicator: Indicator) -> str:
    """What prose calls an indicator: its name, or its category where the name is missing or only repeats the target."""
    name, target = indicator.name.strip(), indicator.target
    if name and not (target and target.quantitative and target.text.strip() == name):
        return name
    return (
        indicator.category.strip()
        or indicator.dimension.strip()
        or name
        or "未命名指标"
    )


def measured_text(value: Target | None, show: Formatter) -> str:
    """A 指标值 or 实际值 as it was typed."""
    return value.text.strip() if value else show.blank


def _standing(rows: list[View], over_fulfilment: Decimal | None) -> View:
    """How the indicators stand, in the groups that a report speaks of; rows left blank or 不适用 do not count."""
    rows = [row for row in rows if row["适用"]]
    reached = [row for row in rows if row["达标"]]
    missed = [row for row in rows if row["未达标"]]
    kinds = [
        _kind(name, group) for name, group in grouped(rows, "二级", "一级").items()
    ]
    excess = None if over_fulfilment is None else (1 + over_fulfilment) * 100
    return {
        "总数": Shown.of(str(len(rows)), Decimal(len(rows))),
        "达标数": Shown.of(str(len(reached)), Decimal(len(reached))),
        "未达标数": Shown.of(str(len(missed)), Decimal(len(missed))),
        "达标": reached,
        "未达标": missed,
        "其他": [row for row in rows if not row["达标"] and not row["未达标"]],
        "尚无实际值": [row for row in rows if not row["实际值"]],
        "超额": [
            row
            for row in rows
            if excess is not None and row["定量"] and row["完成率"] > excess
        ],
        "一级": [_kind(name, group) for name, group in grouped(rows, "一级").items()],
        "主要产出": [
            row
            for row in reached
            if row["定量"] and "产出" in row["一级"] and "成本" not in row["二级"]
        ],
        "产出": [kind for kind in kinds if _speaks_of(kind, _OUTPUTS)],
        "效益": [kind for kind in kinds if _speaks_of(kind, _BENEFITS)],
        "满意度": [kind for kind in kinds if _speaks_of(kind, _SATISFACTION)],
    }


def _speaks_of(kind: View, words: tuple[str, ...]) -> bool:
    return any(word in kind["一级"] for word in words)


def grouped(rows: list[View], key: str, otherwise: str = "") -> dict[str, list[View]]:
    """`rows` by what stands under `key` (under `otherwise` where that is empty), in the order of first sight."""
    groups: dict[str, list[View]] = {}
    for row in rows:
        groups.setdefault(row[key] or (row[otherwise] if otherwise else ""), []).append(
            row
        )
    return groups


def _kind(name: str, rows: list[View]) -> View:
    return {
        "一级": rows[0]["一级"],
        "名称": name,
        "全部": rows,
        "达标": [row for row in rows if row["达标"]],
        "未达标": [row for row in rows if row["未达标"]],
        "其他": [row for row in rows if not row["达标"] and not row["未达标"]],
    }
