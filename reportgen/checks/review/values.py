"""REV001–REV003, REV008, REV009: what an indicator measures, and whether its value can be assessed."""

import re
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import label_kind, money, same_value
from reportgen.checks.review.reviewed import DEDUCTED, reviewed, texts_of
from reportgen.checks.rule import WARNING, Problems, rule
from reportgen.core.numerals import percent

_OUTPUT = frozenset({"数量", "质量", "时效"})
_SPENDING = re.compile(
    r"(?:资金|经费|款项?|补助|补贴|奖金|工资)"
    r"(?:支付|支出|拨付|发放|投入|到位|下达|使用)(?:额|金额|数额?|总额|数量)?$"
)
_HOLLOW = re.compile(
    r"(?:(?:项目|总体|综合|整体)?(?:经济|社会|生态|可持续|环境)?"
    r"(?:效益|影响|作用)(?:指标|情况|发挥|程度|显著|明显|良好|提升)*|成效)"
)
_SURVEY = re.compile(
    r"问卷|调查|回访|测评|评议|评价器|访谈|抽样|样本|有效[票卷]|打分"
)
_COMPLAINTS = re.compile(r"投诉|上访|信访|差评")
_FAR_OVER = Decimal("1.3")
_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千]")
_PART = Decimal("0.6")
_LITTLE = Decimal("0.3")


@rule("REV001", WARNING, "「{name}」是花出去的钱，不是产出" + DEDUCTED)
def money_as_output(facts: Facts) -> Problems:
    """产出指标填的是支付、支出的资金.

    依据：产出是钱办成的事；支付、拨付、支出多少钱由预算执行率考核。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 助学金发放额, 指标值: ≥60万元, 实际值: 60万元, 得分: 40,
          核心指标: 是, 佐证材料: 发放表}]
    """
    for one in reviewed(facts, "REV001"):
        for row in one.rows:
            spent = _SPENDING.search(row.name) or money(row.target) is not None
            if row.category in _OUTPUT and row.dimension != "成本" and spent:
                yield one.problem(row, "三级")


@rule(
    "REV002",
    WARNING,
    "「{name}」没有说明考核什么；请写明受益的是谁、改变了什么" + DEDUCTED,
)
def hollow_benefit(facts: Facts) -> Problems:
    """效益指标只写了效益的类别，没有写衡量什么.

    依据：效益指标应当写明衡量的内容和对象；只写“社会效益≥95%”的无法复核。
    反例：
        模板: hubei
        指标: [{一级: 效益指标, 二级: 社会效益指标, 三级: 社会效益发挥程度, 指标值: ≥95%, 实际值: 96%, 得分: 30,
          核心指标: 是, 佐证材料: 工作总结}]
    """
    for one in reviewed(facts, "REV002"):
        for row in one.rows:
            if "效益" in row.dimension and _HOLLOW.fullmatch(
                label_kind(row.name)
            ):
                yield one.problem(row, "三级")


@rule(
    "REV003",
    WARNING,
    "「{name}」{how}；请写明调查的对象、方式和份数" + DEDUCTED,
)
def satisfaction_without_survey(facts: Facts) -> Problems:
    """满意度没有调查，或者拿没有投诉当满意.

    依据：满意度由问卷、回访、测评得出，没有收到投诉不等于满意。
    反例：
        模板: hubei
        指标: [{一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 学生满意度, 指标值: ≥90%, 实际值: 96%, 得分: 10,
          核心指标: 是, 佐证材料: 工作总结}]
    """
    for one in reviewed(facts, "REV003"):
        for row in one.rows:
            how = _unsurveyed(facts, row) if row.is_about("满意") else ""
            if how:
                yield one.problem(row, "佐证材料", how=how)


def _unsurveyed(facts: Facts, row: IndicatorRow) -> str:
    """What is wrong with how satisfaction was measured, "" where it was asked for."""
    said = texts_of(row)
    if _COMPLAINTS.search(f"{row.name}{said}") and not _SURVEY.search(said):
        return "以没有投诉代替满意度调查"
    told = any(
        "满意" in block.text and _SURVEY.search(block.text)
        for block in facts.blocks
    )
    return "" if told or _SURVEY.search(said) else "看不出做过调查"


@rule(
    "REV008",
    WARNING,
    "「{name}」指标值 {target}，实际 {actual}，完成{done}，没有说明；请在备注或偏差原因中说明"
    + DEDUCTED,
)
def far_over_without_remark(facts: Facts) -> Problems:
    """超额完成 130% 以上，没有说明.

    依据：超额过多的多半是指标值偏低，没有说明的复核时酌情扣分。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 52场, 得分: 40,
          核心指标: 是, 佐证材料: 签到册}]
    """
    for one in reviewed(facts, "REV008"):
        for row in one.rows:
            done = row.figures.completion.value or Decimal(0)
            explained = row.indicator.remark or row.indicator.deviation
            if done > _FAR_OVER and _is_more(row) and not explained:
                yield one.problem(row, "实际值", done=percent(done))


def _is_more(row: IndicatorRow) -> bool:
    """Whether more was done: of what should be little, less says nothing of the target."""
    target, actual = row.target, row.actual
    if target is None or actual is None or target.value is None:
        return False
    value = actual.value_in(target.measure)
    return value is not None and value > target.value


@rule(
    "REV009",
    WARNING,
    "「{name}」{why}，无法复核；请写明做到了什么程度、凭什么材料" + DEDUCTED,
)
def not_assessable(facts: Facts) -> Problems:
    """定性指标看不出完成的程度.

    依据：无法复核的指标按程度扣分：照抄目标又没有材料的全扣，另写了话而没有数也没有材料的扣六成，照抄目标而有材料的扣三成。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 质量指标, 三级: 制度建设, 指标值: 建立健全制度, 实际值: 各项制度印发执行,
          得分: 40, 核心指标: 是}]
    """
    for one in reviewed(facts, "REV009"):
        for row in one.rows:
            why, part = _in_doubt(row)
            if why:
                yield one.problem(row, "实际值", part=part, why=why)


def _in_doubt(row: IndicatorRow) -> tuple[str, Decimal]:
    """Why a row in words cannot be assessed, and the part of the deduction."""
    target, actual = row.target, row.actual
    if target is None or actual is None or target.value is not None:
        return "", Decimal(0)
    copied, shown = same_value(target, actual), row.indicator.evidence
    if copied:
        why = "实际值照抄指标值"
        return (why, _LITTLE) if shown else (why, Decimal(1))
    if shown or _FIGURE.search(actual.text):
        return "", Decimal(0)
    return "实际值没有数，也没有佐证材料", _PART
