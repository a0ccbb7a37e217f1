"""IND001, IND008: numbers told in words, and targets whose relation goes against the indicator."""

from itertools import chain

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, with_actuals
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_share,
    is_stated,
)
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import ZERO, plain
from reportgen.model.target import Target

_ALL = ("全部", "全面", "全覆盖", "百分之百", "均")  # words for 100 %
_HEADS = ("人", "名", "户", "万人", "万户")  # a measure of them begins so
_NONE = ("未", "没有", "无")  # words for 0


@rule(
    "IND001",
    WARNING,
    "「{name}」指标值 {target} 是数，实际值“{actual}”没有数，得满分 {score} 没有依据；请填写实际的数",
)
def number_told_in_words(facts: Facts) -> Problems:
    """指标值是数，实际值只写“完成”“达标”等文字，却得满分.

    依据：定量指标的实际完成值应为统计、测量得到的数，得分按它与指标值比较得出。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 已完成, 分值: 90, 得分: 90}]
    """
    for row, target, actual in with_actuals(facts.rows):
        weight = row.indicator.weight
        score = row.indicator.score
        if not weight or score is None or score < weight:
            continue
        if row.figures.reached and _lacks_number(target, actual):
            yield at(
                row,
                "实际值",
                score=weight,
            )


def _lacks_number(target: Target, actual: Target) -> bool:
    """Whether the target is a number and the actual neither is one nor has words for all, or nothing, of it."""
    text = actual.text.strip()
    if target.value is None or actual.value is not None or not is_stated(text):
        return False
    return not any(map(str.isdigit, text)) and not has_word(
        text, _words(target)
    )


def _words(target: Target) -> tuple[str, ...]:
    """The words that say the number of the target."""
    if target.value == 0:
        return _NONE
    return _ALL if target.measure == "%" and target.value == 100 else ()


@rule(
    "IND008",
    WARNING,
    "「{name}」{sense}，指标值 {target} 的方向相反；{cure}",
)
def relation_against_sense(facts: Facts) -> Problems:
    """指标值的 ≥、≤ 与指标的方向相反，或者小于 0.

    依据：成本越少越好，用“≤”；合格率、满意度等占比（词表“占比类”），受益、服务的人数户数（词表“越多越好”）都越多越好，用“≥”；
    数量、比率小于 0 没有意义。
    反例：
        指标: [{一级: 产出指标, 二级: 成本指标, 三级: 设备购置费, 指标值: ≥80万元, 实际值: 80万元}]
    """
    for row in chain(facts.rows, facts.long_term):
        target = row.target
        if target is None or target.value is None or not row.applicable:
            continue
        sense, cure = _against_sense(facts, row, target)
        if sense:
            yield at(
                row,
                "指标值",
                sense=sense,
                target=target.text.strip(),
                cure=cure,
            )


def _against_sense(
    facts: Facts, row: IndicatorRow, target: Target
) -> tuple[str, str]:
    """What the indicator is, and how its target should be written; "" where it is well."""
    above = target.relation in ("≥", ">")
    below = target.relation in ("≤", "<")
    if target.value == 0 and target.relation == "<":
        return "不会小于 0", "请写成 0，或者写能达到的上限"
    if below and _is_wanted(facts, row.name, target.measure):
        return "越多越好", f"请写成 ≥{_number(target)}"
    if (
        above
        and _is_spending(facts, row)
        and target.measure in ("元", "万元", "亿元")
    ):
        return "是成本，越少越好", f"请写成 ≤{_number(target)}"
    return "", ""


def _is_wanted(facts: Facts, name: str, measure: str) -> bool:
    """Whether more is better: a share of what is good, or those who are served, in heads or households."""
    words = facts.words
    if not measure.startswith(_HEADS):
        return is_share(name, words)
    unwanted = has_word(name, words.unwanted_counts)
    return not unwanted and has_word(name, words.wanted_counts)


def _is_spending(facts: Facts, row: IndicatorRow) -> bool:
    """Whether the row is money spent as cost, and not what is saved, or a standard of payment that is to be kept."""
    apart = (*facts.words.saving_terms, *facts.words.other_costs)
    return row.is_cost and not has_word(row.name, apart)


def _number(target: Target) -> str:
    """The target without its relation, as a corrected one is written."""
    return f"{plain(target.value or ZERO)}{target.measure}"
