"""The names of one evaluation: its funds, goals and indicators, formatted."""

from itertools import repeat

from reportgen.core.numerals import given
from reportgen.core.value import Value
from reportgen.figures.catalogue import EvaluationFigures, GroupFigures
from reportgen.figures.common import framework_name
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views, label
from reportgen.view.funds import funds_view
from reportgen.view.indicators import indicator_rows, standing


def evaluation_view(
    figures: EvaluationFigures, pack: Pack, show: Formatter
) -> View:
    """The names that the unit as a whole and each project share."""
    evaluation = figures.evaluation
    outcome = evaluation.outcome
    rows = _indicators(figures, pack, show)
    totals = show.at("合计", "自评结果")
    weight = given(outcome.weight, figures.weight_total.value)
    return {
        "资金": funds_view(figures, pack, show.at("资金")),
        "年度目标": show.at("年度目标").reported(evaluation.goals),
        "指标": rows,
        "指标情况": standing(rows, show.at("指标情况")),
        "合计": {
            "分值": totals.points(weight, "分值", "分值合计"),
            "得分": totals.points(figures.printed_total, "得分", "总分"),
            "复核得分": totals.points(outcome.reviewed_score, "复核得分"),
        },
        "表注": show.paragraphs(evaluation.notes, "表注"),
        "一级得分": _group_scores(figures, show),
        "等级": show.reported_at("自评结果").text(
            figures.printed_grade, "等级"
        ),
    }


def _indicators(
    figures: EvaluationFigures, pack: Pack, show: Formatter
) -> Views:
    rows = indicator_rows("指标", figures.indicators, pack, show)
    below = show.at("二级分值")
    weights = {
        "一级": {
            group.dimension: _group_weight(group, figures, show.at("一级分值"))
            for group in figures.groups
        },
        "二级": {
            name: below.points(points, name)
            for name, points in figures.evaluation.category_weights.items()
        },
    }
    for row in rows:
        row["共性"] = framework_name(row["三级"]) in pack.scoring.framework
        for level, points in weights.items():
            name = row[level]
            weight = points.get(name) if name else None
            row[f"{level}标签"] = (
                label(name, "（", weight, "分）") if weight else name
            )
    return rows


def _group_weight(
    group: GroupFigures, figures: EvaluationFigures, show: Formatter
) -> Value:
    reported = figures.evaluation.dimension_weights.get(group.dimension)
    return show.points(given(reported, group.weight.value), group.dimension)


def _group_scores(figures: EvaluationFigures, show: Formatter) -> Views:
    """Points and score of each 一级."""
    groups = [one for one in figures.groups if one.dimension]
    told_by = (one.dimension for one in groups)
    rows = show.rows("一级得分", told_by, repeat(None))
    return [
        {
            "名称": own.text(one.dimension, "名称"),
            "分值": own.points(one.weight.value, "分值"),
            "得分": own.points(one.score.value, "得分"),
        }
        for one, own in zip(groups, rows, strict=False)
    ]
