"""IND008: targets of nothing but praise (明显提高), and quantities that do not say what is counted (≥24)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import (
    IndicatorRow,
    IndicatorTable,
    ValueCell,
)
from reportgen.checks.rule import WARNING, Problems, at, first_of, rule
from reportgen.narrative.measure_words import MEASURE, MEASURES

_DEGREE = (
    r"(?:明显|显著|大幅度?|大大|较大(?:程度|幅度)?(?:的|地|上)?|有所|有一定(?:程度)?的?"
    r"|(?:在?一定|不同)程度(?:上|的)?|进一步|比较|较为?|很|非常|十分)"
)
_CHANGE = (
    r"(?:提高|提升|改善|增强|增加|增长|好转|优化|促进|降低|减少|下降|减轻|加强|完善|改进|缓解|上升"
    r"|推动|带动|扩大|成效|效果|作用|影响|变化|成果)"
)
_QUALITY = r"(?:高|强|大|低|少|小|多|快|广|深|优|优秀|满意|合理|规范|完善|及时|稳定|明显|显著|突出)"
_PRAISE = re.compile(
    rf"(?:得到|有|有着|取得|达到|起到|具有|使其)?(?:{_DEGREE}(?:地|的|得到)?{_CHANGE}|(?:比较|较为?|很|非常|十分){_QUALITY}"
    r"|(?:提高|提升|改善|增强|好转|优化|降低|减少|下降|加强)(?:明显|显著|较大|较好))(?:水平|程度)?[了。]?"
)
_SAYS_LITTLE = re.compile(  # an actual that tells nothing of its own either
    rf"(?:{_DEGREE}|{_CHANGE}|{_QUALITY}|[已均都全部基本按时期如达到成]|完成|实现|预期|目标|指标|效果|要求|较好|良好|好|[了的]|[\d.]+[%％])*。?"
)
_LONG = "|".join(one for one in MEASURES if len(one) > 1)
_COUNTED_IN = re.compile(  # 讲座 is no number of 座
    rf"(?:{MEASURE})(?:数量?|次)\Z|人\Z|(?:{_LONG})\Z|[（(][^（）()\d]{{1,6}}[)）]\Z"
)
_NAMED = 3  # rows that a message names


@rule(
    "IND008",
    WARNING,
    "「{name}」指标值“{target}”只有形容，没有可以衡量的标准；请写明达到什么程度、用什么衡量",
)
def target_is_praise(facts: Facts) -> Problems:
    """指标值只写“明显提高”“较高”，没有衡量的标准，实际值也没有写做到什么程度.

    依据：指标值应当清晰、可衡量；定性指标也应写明达到的状态，或在备注、指标值依据中写明评判的标准。
    反例：
        指标: [{一级: 效益指标, 二级: 社会效益指标, 三级: 居民防灾意识, 指标值: 明显提高, 实际值: 已提高}]
    """
    for table in facts.tables:
        for row in table.applicable:
            text = row.said["target"].strip()
            explained = row.indicator.remark or row.indicator.basis
            vague = _PRAISE.fullmatch(text) and not explained
            if vague and _SAYS_LITTLE.fullmatch(row.said["actual"]):
                yield at(row, "指标值")


@rule(
    "IND008",
    WARNING,
    "「{name}」是数量指标，指标值“{target}”没有计量单位{others}；请写明单位，如“次”“个”“人”",
)
def quantity_of_nothing(facts: Facts) -> Problems:
    """数量指标的指标值、实际值都只有数字，名称里也看不出单位.

    依据：数量指标写明数的是什么；单位写在度量单位一栏、指标名称里的也可以。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 应急演练, 指标值: ≥6, 实际值: 7}]
    """
    for table in facts.tables:
        bare = [*_bare(table)]
        if bare:
            more = [f"「{row.label}」" for row in bare[1:]]
            named = first_of(more, _NAMED, f"等{len(more)}项", "")
            others = f"，{named}也没有" if more else ""
            first = bare[0]
            yield at(first, "指标值", others=others)


def _bare(table: IndicatorTable) -> Iterator[IndicatorRow]:
    """The rows that count something, of which no cell and no word says in what."""
    for row in table.applicable:
        cells = row.values
        counted = row.category == "数量" and cells and row.target is not None
        clear = row.is_money or any(map(_is_clear, cells))
        if counted and not clear and not _COUNTED_IN.search(row.name):
            yield row


def _is_clear(cell: ValueCell) -> bool:
    """Whether it has a measure, or needs none."""
    one = cell.target
    return bool(one.measure) or not one.value
