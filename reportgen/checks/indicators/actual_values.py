"""IND001, IND002: actual values as they are written, against their targets."""

from decimal import Decimal
from itertools import chain

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import (
    IndicatorRow,
    IndicatorTable,
    with_actuals,
)
from reportgen.checks.facts.indicator_text import (
    is_share,
    is_stated,
    same_value,
)
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.figures.common import framework_name
from reportgen.figures.indicators import DEADLINE
from reportgen.model.target import Target

_OPEN = frozenset("≥≤><")
_NEAR = Decimal("0.9")  # of 约3200次 this much is about as many
_FEWEST = 5  # rows: fewer may all be equal by chance
_ALL = Decimal("0.9")  # of the rows
_A_STATE = (
    6  # characters: shorter words (提升, 达标) can hardly be said otherwise
)


@rule(
    "IND001",
    ERROR,
    "「{name}」实际 {actual}，没有达到指标值 {target}，却得满分 {score}；请核对实际值和得分",
)
def target_missed_at_full_score(facts: Facts) -> Problems:
    """实际值不满足指标值却没有扣分.

    依据：指标值为“＜220”时，220 不算达到；没有达到的按规则扣分。
    反例：
        指标: [{一级: 产出指标, 三级: 设备采购周期, 指标值: ＜30天, 实际值: 30天,
          分值: 90, 偏差原因: 供货晚一天，今后加强催办}]
    """
    for row, target, _ in with_actuals(facts.rows):
        weight = row.indicator.weight
        score = row.figures.printed_score
        if not weight or score is None or not _is_missed(row, target):
            continue
        if score >= weight:
            certain = target.relation or _is_deadline(row)
            yield at(
                row,
                "实际值",
                severity=ERROR if certain else WARNING,
                score=weight.text,
            )


def _is_deadline(row: IndicatorRow) -> bool:
    return row.figures.completion.formula == DEADLINE


def _is_missed(row: IndicatorRow, target: Target) -> bool:
    """Whether a number or a date was missed, and not only nearly where it was given as 约."""
    if row.figures.reached is not False:
        return False
    done = row.figures.completion.value
    nearly = target.relation == "≈" and done is not None and done >= _NEAR
    return not nearly and (target.value is not None or _is_deadline(row))


@rule(
    "IND001",
    WARNING,
    "「{name}」是占比，不会超过 100%，{column} {value} 不合理；{cure}",
)
def share_over_the_whole(facts: Facts) -> Problems:
    """合格率、满意度等占比超过 100%，或指标值写成“≥100%”.

    依据：占比类指标（词表“占比类”）不会超过 100%，指标值写“100%”，不写“≥100%”。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 检测合格率, 指标值: ≥100%, 实际值: 100%}]
    """
    for row in chain(facts.rows, facts.long_term):
        if not is_share(row.name, facts.words):
            continue
        for column, stated in (("指标值", row.target), ("实际值", row.actual)):
            of_target = column == "指标值"
            if stated is not None and _is_over(stated, of_target=of_target):
                cure = (
                    "请写成 100% 或低于它的数"
                    if of_target
                    else "请核对分子和分母"
                )
                yield at(
                    row,
                    column,
                    name=row.name,
                    column=column,
                    value=stated.text,
                    cure=cure,
                )


def _is_over(stated: Target, *, of_target: bool) -> bool:
    if stated.measure != "%" or stated.value is None:
        return False
    open_above = (
        of_target and stated.value == 100 and stated.relation in (">", "≥")
    )
    return stated.value > 100 or open_above


@rule(
    "IND002",
    WARNING,
    "{count} 项指标中有 {equal} 项的实际值与指标值完全相同{full}；请填写统计、测量得到的实际值",
)
def every_actual_is_its_target(facts: Facts) -> Problems:
    """各项实际值与指标值几乎全部相同.

    依据：实际完成值应为统计、测量的结果；各项实际值与指标值全部相同的，一般没有实际测量。
    反例：
        指标:
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场}
          - {一级: 产出指标, 二级: 数量指标, 三级: 培训人次, 指标值: 900人次, 实际值: 900人次}
          - {一级: 产出指标, 二级: 质量指标, 三级: 教材审定率, 指标值: 95%, 实际值: 95%}
          - {一级: 产出指标, 二级: 时效指标, 三级: 每期天数, 指标值: 5天, 实际值: 5天}
          - {一级: 效益指标, 二级: 社会效益指标, 三级: 取得证书人数, 指标值: 80人, 实际值: 80人}
    """
    for table in facts.tables:
        equal, count = _equal_rows(table)
        if _all_equal(equal, count):
            scored = any(row.indicator.score is not None for row in equal)
            full = "，且全部满分" if scored else ""
            yield at(
                table.figures,
                "指标",
                count=count,
                equal=len(equal),
                full=full,
            )


def _equal_rows(table: IndicatorTable) -> tuple[list[IndicatorRow], int]:
    """The rows whose actual is the target, and how many rows have both."""
    stated = [
        (row, same_value(target, actual))
        for row, target, actual in with_actuals(table.applicable)
        if is_stated(target.text)
    ]
    return [row for row, same in stated if same], len(stated)


def _all_equal(equal: list[IndicatorRow], count: int) -> bool:
    many = count >= _FEWEST and len(equal) >= _ALL * count
    return many and all(map(_has_full_score, equal))


def _has_full_score(row: IndicatorRow) -> bool:
    score = row.indicator.score
    weight = row.indicator.weight
    return score is None or weight is None or score >= weight


@rule(
    "IND002",
    WARNING,
    "「{name}」实际值“{actual}”照抄了指标值，不是测量结果；请填写统计、测量得到的数",
)
def relation_in_actual(facts: Facts) -> Problems:
    """实际值连同“大于”“≥”照抄了指标值.

    依据：实际完成值应为统计、测量的结果；“大于14000次”是目标的写法，不是结果。
    反例：
        指标: [{一级: 产出指标, 三级: 出车次数, 指标值: 大于14000次, 实际值: 大于14000次}]
    """
    for table in facts.tables:
        for row, target, actual in with_actuals(table.applicable):
            is_open = actual.value is not None and actual.relation in _OPEN
            if is_open and same_value(target, actual):
                yield at(row, "实际值")


@rule(
    "IND002",
    ADVICE,
    "「{name}」实际值照抄了指标值“{target}”；请写实际做到的程度",
)
def words_of_target_as_actual(facts: Facts) -> Problems:
    """定性指标的实际值逐字照抄了指标值.

    依据：实际完成值写实际做到的程度。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 运行情况, 指标值: 保障机关正常运转, 实际值: 保障机关正常运转}]
    """
    of_the_form = facts.scoring.framework  # for these the words are given
    for table in facts.tables:
        if _all_equal(*_equal_rows(table)):
            continue
        for row, target, actual in with_actuals(table.applicable):
            text = target.text.strip()
            repeated = len(text) >= _A_STATE and text == actual.text.strip()
            if target.value is not None or not repeated:
                continue
            if framework_name(row.name) not in of_the_form:
                yield at(
                    row,
                    "实际值",
                    target=text,
                )
