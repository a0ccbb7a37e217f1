"""IND008: targets that cannot be measured against."""

import re
from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import has_word, is_stated
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.model.target import Target

# a question, or praise that stands alone: nothing tells when it is reached
_NO_STANDARD = re.compile(r"(?:是否|能否|有无).*|(?:较为?|很)?(?:良好|好|优良)")
_SHORT = 10  # characters of a target: a vague word in a longer one may be about something else


def _targets(facts: Facts) -> Iterator[tuple[IndicatorRow, Target, str]]:
    """The rows with a target, the target, and how it is written."""
    for table in facts.tables:
        for row in table.applicable:
            text = row.target.text.strip() if row.target else ""
            if row.target is not None and is_stated(text):
                yield row, row.target, text


def _is_vague(facts: Facts, target: Target, text: str) -> bool:
    in_words = target.value is None and len(text) <= _SHORT
    bare = _NO_STANDARD.fullmatch(text) is not None
    return (
        bare
        or target.relation == "≈"
        or (in_words and has_word(text, facts.words.vague_terms))
    )


@rule(
    "IND008",
    WARNING,
    "「{name}」指标值“{target}”含糊，没有可以衡量的标准；请填写确切的数",
)
def target_vague(facts: Facts) -> Problems:
    """指标值含糊.

    依据：指标值应当清晰、可衡量；“约”“一批”“若干”无法判断是否完成（词表“含糊词”）。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 设备采购数, 指标值: 一批, 实际值: 一批}]
    """
    for row, target, text in facts.once(_targets):
        if _is_vague(facts, target, text):
            yield at(row, "指标值", target=text)


@rule(
    "IND008",
    WARNING,
    "「{name}」是{kind}，指标值“{target}”没有可以衡量的数；请填写数量",
)
def quantity_without_number(facts: Facts) -> Problems:
    """数量指标的指标值没有数.

    依据：数量指标应为数量。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 设备采购, 指标值: 按采购计划执行, 实际值: 已按计划采购}]
    """
    for row, target, text in facts.once(_targets):
        if row.category != "数量" or target.value is not None:
            continue
        if any(map(str.isdigit, text)) or _is_vague(facts, target, text):
            continue
        kind = row.category_label
        yield at(row, "指标值", kind=kind, target=text)


@rule(
    "IND008",
    WARNING,
    "「{name}」是成本指标，指标值 {target} 不是金额；请填写金额，或在名称中写明是什么比率",
)
def rate_as_cost(facts: Facts) -> Problems:
    """成本指标的指标值是百分数，名称又没有写明是什么比率.

    依据：成本指标应为金额。
    反例：
        指标: [{一级: 产出指标, 二级: 成本指标, 三级: 运行成本, 指标值: ≤95%, 实际值: 93%}]
    """
    for row, target, text in facts.once(_targets):
        if row.category != "成本" or target.measure != "%":
            continue
        named_so = has_word(row.label, ("率", "比"))
        if not named_so and not _is_vague(facts, target, text):
            yield at(row, "指标值", target=text)
