"""SCO001, SCO002, SCO004: points against those that the form prescribes, or prints beside its groups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import label_kind, row_label
from reportgen.checks.rule import ERROR, WARNING, Problems, added_up, at, rule
from reportgen.checks.scores.addends import addends
from reportgen.core.numerals import ZERO, known_of, plain
from reportgen.figures.catalogue import EvaluationFigures, GroupFigures
from reportgen.packs.scoring import Scoring

_NOTHING = Decimal(
    "Infinity"
)  # off: a group that is there and has no points is always worth saying


class _GroupOff(NamedTuple):
    """A group, the points that a layout prescribes for it, and by how much those given differ."""

    group: GroupFigures
    layout: Mapping[str, Decimal]
    prescribed: Decimal
    off: Decimal


@rule(
    "SCO002",
    WARNING,
    "{group}共 {points} 分，表式规定 {prescribed} 分（{layout}），相差太多；请按表式调整各项分值",
)
def group_points_not_of_form(facts: Facts) -> Problems:
    """一级指标的分值与表式规定的相差太多.

    依据：表式规定各一级指标的分值，可以适当调整（模板包评分规则的“一级分值”“分值偏离”）；没有设的一级指标，分值可以归入其他各组，
    设了的不能是 0 分。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 31场, 分值: 30, 得分: 30}
          - {一级: 效益指标, 三级: 取得证书人数, 指标值: 80人, 实际值: 82人, 分值: 20, 得分: 20}
          - {一级: 满意度指标, 三级: 学员满意度, 指标值: ≥90%, 实际值: 95%, 分值: 40, 得分: 40}
    """
    scoring = facts.scoring
    for one in facts.evaluations:
        found = _furthest_off(one, scoring)
        if found is not None and found.off > scoring.layout_slack:
            yield at(
                found.group.weight,
                group=found.group.dimension,
                points=found.group.weight.value or ZERO,
                prescribed=found.prescribed,
                layout="、".join(
                    f"{name}{plain(points)}"
                    for name, points in found.layout.items()
                ),
            )


def _furthest_off(one: EvaluationFigures, scoring: Scoring) -> _GroupOff | None:
    """The group that is furthest off in the layout that fits best; sums and labels that are wrong come first."""
    groups = [group for group in one.groups if group.weight.value is not None]
    given = {_kind(group.dimension): group for group in groups}
    if (
        len(given) < 2
        or len(given) < len(groups)
        or _wrong_elsewhere(one, scoring)
    ):
        return None
    offs = [_group_off(given, layout) for layout in _fitting(given, scoring)]
    return min(offs, key=lambda found: found.off, default=None)


def _fitting(
    kinds: Iterable[str], scoring: Scoring
) -> Iterator[Mapping[str, Decimal]]:
    """The layouts of this form with the groups given and as few others as can be: 成本 is one only where it is.

    A layout is of this form where its points and those of the execution rate come to the total.
    """
    execution = scoring.execution.weight
    complete = (
        one
        for one in scoring.layouts
        if sum(one.values(), execution) == scoring.total
    )
    holding = [one for one in complete if one.keys() >= set(kinds)]
    fewest = min(map(len, holding), default=0)
    return (one for one in holding if len(one) == fewest)


def _wrong_elsewhere(one: EvaluationFigures, scoring: Scoring) -> bool:
    """Whether the sum, a label or a single row is wrong, which is told by itself."""
    too_large = any(
        _is_too_large(row.indicator.weight, scoring) for row in one.indicators
    )
    differs = one.weight_total.value != scoring.total or _differs_from_label(
        one
    )
    return too_large or differs


def _kind(dimension: str) -> str:
    return "满意度" if "满意度" in dimension else label_kind(dimension)


def _differs_from_label(one: EvaluationFigures) -> bool:
    labels = one.evaluation.dimension_weights
    return any(
        labels.get(group.dimension, group.weight.value) != group.weight.value
        for group in one.groups
    )


def _group_off(
    given: Mapping[str, GroupFigures], layout: Mapping[str, Decimal]
) -> _GroupOff:
    """The group that is furthest off; the points of groups that are not there may be given to any other."""
    spare = sum((layout[name] for name in layout.keys() - given.keys()), ZERO)
    found = []
    for name, group in given.items():
        weight = group.weight.value or ZERO
        over = weight - layout[name]
        off = over - spare if over > 0 else -over if weight else _NOTHING
        found.append(_GroupOff(group, layout, layout[name], off))
    return max(found, key=lambda one: one.off)


@rule(
    "SCO002",
    WARNING,
    "「{name}」一项就占 {weight} 分，超过 {limit} 分，其他各项几乎没有分值；请把分值分到各项指标",
)
def points_in_one_row(facts: Facts) -> Problems:
    """有几项指标，分值几乎都给了一项.

    依据：分值按指标的重要程度分到各项，单项分值不超过模板包评分规则的“单项分值上限”；只有一项、也没有标明一级分值的除外。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100}
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 31场, 分值: 85, 得分: 85}
          - {一级: 产出指标, 三级: 培训人次, 指标值: 900人次, 实际值: 910人次, 分值: 5, 得分: 5}
    """
    scoring = facts.scoring
    for table in facts.tables:
        weights = _weights(table)
        one = table.figures
        stated = one.evaluation.outcome.weight or ZERO
        labels = one.evaluation.dimension_weights.values()
        rest: list[Decimal] = [stated - one.execution_weight]
        alone = [weight for _, weight in weights] == ([*labels] or rest)
        for row, weight in weights if len(weights) > 1 or alone else ():
            if _is_too_large(weight, scoring):
                yield at(
                    row,
                    "分值",
                    name=row_label(row.indicator),
                    weight=weight,
                    limit=scoring.largest_row or ZERO,
                )


def _weights(table: IndicatorTable) -> Sequence[tuple[IndicatorRow, Decimal]]:
    """The rows with points; none where one has less than 0, which is told by itself."""
    weights = known_of((row, row.indicator.weight) for row in table.applicable)
    return weights if all(weight >= 0 for _, weight in weights) else []


def _is_too_large(weight: Decimal | None, scoring: Scoring) -> bool:
    limit = scoring.largest_row
    return weight is not None and limit is not None and weight > limit


def _labelled_only(facts: Facts) -> Iterator[EvaluationFigures]:
    """The forms without a column of points: their groups have some, as printed."""
    for one in facts.evaluations:
        scored = any(row.indicator.score is not None for row in one.indicators)
        pointed = any(
            row.indicator.weight is not None for row in one.indicators
        )
        if one.evaluation.dimension_weights and scored and not pointed:
            yield one


@rule(
    "SCO001",
    ERROR,
    "执行率分值 {execution} 与标明的一级分值（{parts}）相加为 {total}，{told} {expected}；请核对各级分值",
)
def labels_not_in_full(facts: Facts) -> Problems:
    """各项不设分值的表，执行率分值与标明的一级分值相加不是总分.

    依据：预算执行率与各一级指标的分值之和应等于表中总分（一般为100分）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10}
        一级分值: {产出指标: 60, 效益指标: 40}
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 31场, 得分: 60}
          - {一级: 效益指标, 三级: 取得证书人数, 指标值: 80人, 实际值: 82人, 得分: 30}
    """
    for one in facts.once(_labelled_only):
        labels = one.evaluation.dimension_weights
        execution = one.execution_weight
        stated = one.evaluation.outcome.weight
        expected = facts.scoring.total if stated is None else stated
        total = sum(labels.values(), execution)
        complete = all(group.dimension in labels for group in one.groups)
        if complete and expected not in _labelled_sums(one, total, execution):
            yield at(
                one.weight_total,
                execution=execution,
                parts=added_up(labels.items()),
                total=total,
                told="应为" if stated is None else "填报的分值合计为",
                expected=expected,
            )


def _labelled_sums(
    one: EvaluationFigures, total: Decimal, execution: Decimal
) -> tuple[Decimal, ...]:
    """What the labels may come to; alone where nothing says that the execution rate is scored."""
    scored = one.evaluation.funds.weight is not None
    return (total,) if scored else (total, total - execution)


@rule(
    "SCO004",
    ERROR,
    "{group}各项得分相加为 {score}（{parts}），大于标明的 {weight} 分；请核对得分和一级分值",
)
def group_score_above_label(facts: Facts) -> Problems:
    """各项不设分值的表，一组的得分之和大于标明的一级分值.

    依据：一级指标的得分不超过该一级指标的分值。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 100, 分值: 10}
        一级分值: {产出指标: 60, 效益指标: 30}
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 31场, 得分: 70}
          - {一级: 效益指标, 三级: 取得证书人数, 指标值: 80人, 实际值: 82人, 得分: 20}
    """
    for one in facts.once(_labelled_only):
        labels = one.evaluation.dimension_weights
        for group in one.groups:
            score = group.score.value
            weight = labels.get(group.dimension)
            if score is None or weight is None:
                continue
            if score - weight > facts.tolerance:
                yield at(
                    group.weight,
                    group=group.dimension,
                    score=plain(score, 2),
                    parts=addends(group.score, named=False),
                    weight=weight,
                )
