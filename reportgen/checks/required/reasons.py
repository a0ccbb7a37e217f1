"""BUD003, IND003: deviations that ask for a reason and have none."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import has_word, is_stated
from reportgen.checks.facts.spoken_names import shortened
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.core.numerals import ZERO, known, percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.indicators import is_reverse
from reportgen.model.unit import Evaluation

_CENT = Decimal("0.01")  # 万元: less than that is rounding
_FEW = Decimal(10)  # of so few one more is no over-fulfilment: 1次 -> 2次
_SHORT = (
    12  # characters: what is shorter names a cause and hardly a measure as well
)
_CAUSE = re.compile(  # any words that say why; whether they are a good reason a person sees
    r"原因|由于|因(?!此|地制宜|材施教)|(?<![享接承遭])受(?![理益教训众惠助奖检保])|主要是|主要系|导致|致使|所致|未支付|未能|未及时|尚未|未完工|未验收|未结算|结转|结余|跨年|次年|下年|滞后|推迟|延迟|延期|较晚|"
    r"未[接开通到供按获]|不足(?!\d)|短缺|停[产工课办业]|疫情|汛期|暴雨|流标|"
    r"质保金|尾款|进度款|节约|节省|压减|收回|统筹|审计|待.{0,6}(?:支付|结算|验收)"
)
_COUNT = (
    re.compile(  # 26公里: of two digits at least, as nothing else may be meant
        r"\A\d[\d.]+[^\d\s%％.年月日]{1,4}\Z"
    )
)
_SENTENCE = (
    r"[^。；\n]{0,60}{}[^。；\n]*(?:[。；](?:主要|原因|因|由于|受)[^。；\n]*)?"
)
_RATE = re.compile(
    r"执行率|支付率|支出率|使用率|(?:支[出付]|执行)[^，。；]{0,4}(?:进度|[偏较][低慢]|缓慢|不[高足快到])|资金.{0,6}未.{0,4}支|支出偏[低慢]"
)


@rule(
    "BUD003",
    WARNING,
    "预算执行率{rate}低于{floor}，没有说明原因；请补填偏差原因",
)
def low_rate_unexplained(facts: Facts) -> Problems:
    """预算执行率低于下限，没有说明原因.

    依据：执行率未达到下限的须说明原因（下限见模板包的限值）。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 60}
    """
    floor = facts.limits.execution_rate
    if floor is None:
        return
    for one in facts.evaluations:
        rate = one.funds.execution_rate.value
        if rate is None or rate >= floor:
            continue
        explained = (
            _is_explained(one.evaluation)
            or _explained_below(facts, one, floor)
            or _explained_above(facts, one)
        )
        if not explained:
            yield at(
                one,
                "资金",
                "偏差原因",
                rate=percent(rate),
                floor=percent(floor, 0),
            )


def _is_explained(one: Evaluation) -> bool:
    """Whether there is a reason: in its cell, in a section for it, in a sentence or an indicator on the rate."""
    told = (
        (name, text) for name, texts in one.narrative.items() for text in texts
    )
    rows = (row for row in one.indicators if _RATE.search(row.name))
    return (
        is_stated(one.funds.reason)
        or any(_tells_reason(name, text) for name, text in told)
        or any(is_stated(row.deviation) for row in rows)
    )


def _tells_reason(section: str, text: str) -> bool:
    in_section = has_word(section, ("偏差", "原因")) and is_stated(text)
    of_rate = _RATE.search(text) is not None
    is_problem = "问题" in section or _CAUSE.search(text) is not None
    return in_section or (of_rate and is_problem)


def _explained_above(facts: Facts, one: EvaluationFigures) -> bool:
    """Whether the unit's own report says why this project, which it names, is behind."""
    name = getattr(one.evaluation, "name", "")
    return bool(name) and any(
        name in text and _tells_reason(section, text)
        for section, texts in facts.unit.narrative.items()
        for text in texts
    )


def _explained_below(
    facts: Facts, one: EvaluationFigures, floor: Decimal
) -> bool:
    """Whether the projects that are behind, and there are some, all say why: the whole is behind because of them."""
    behind = []
    for project in facts.figures.projects if not one.path else ():
        rate = project.funds.execution_rate.value
        if rate is not None and rate < floor:
            behind.append(project.evaluation.funds.reason)
    return bool(behind) and all(map(is_stated, behind))


@rule(
    "BUD003",
    WARNING,
    "全年预算数 {revised} 比年初预算数 {initial} {way} {amount}（{rate}），没有说明调整原因；请补填调整原因",
)
def adjustment_unexplained(facts: Facts) -> Problems:
    """年中调整了预算，没有说明原因.

    依据：年中追加、追减预算的须另作说明（调整幅度见模板包的限值）。
    反例：
        资金: {年初预算数: 80, 全年预算数: 100, 全年执行数: 100}
    """
    limit = facts.limits.adjustment_rate
    if limit is None:
        return
    for one in facts.evaluations:
        changed = one.funds.adjustment.value
        rate = one.funds.adjustment_rate.value
        told = is_stated(one.evaluation.funds.adjustment_reason)
        if told or changed is None or abs(changed) < _CENT:
            continue
        if _adjusted_below(facts, one, changed):
            continue
        small = rate is not None and abs(rate) <= limit
        funds = one.funds.totals
        yield at(
            one,
            "资金",
            "调整原因",
            severity=ADVICE if small else WARNING,
            initial=funds.initial or ZERO,
            revised=funds.revised or ZERO,
            way="增加" if changed > 0 else "减少",
            amount=plain(abs(changed)),
            rate="年初没有预算" if rate is None else percent(abs(rate)),
        )


def _adjusted_below(
    facts: Facts, one: EvaluationFigures, changed: Decimal
) -> bool:
    """Whether projects that say why make up the whole change of the unit."""
    told = known(
        project.funds.adjustment.value
        for project in facts.figures.projects
        if is_stated(project.evaluation.funds.adjustment_reason)
    )
    return not one.path and abs(sum(told, ZERO) - changed) < _CENT


@rule(
    "IND003",
    WARNING,
    "「{name}」指标值 {target}，实际 {actual}，没有达到，也没有说明原因；请写明偏差原因和改进措施",
)
def miss_unexplained(facts: Facts) -> Problems:
    """指标没有达到，没有说明原因.

    依据：实际值低于指标值的一律说明原因和改进措施。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 20场, 分值: 90}]
    """
    for row, explained in facts.once(_rows):
        missed = row.figures.reached is False and not explained
        if missed and not _is_told_in_prose(facts, row):
            yield at(row, "偏差原因")


@rule(
    "IND003",
    ADVICE,
    "「{name}」的偏差原因“{reason}”没有写改进措施；请补写准备怎样做",
)
def cause_without_measure(facts: Facts) -> Problems:
    """指标没有达到，只写了原因，没有写改进措施.

    依据：实际值低于指标值的一律说明原因和改进措施（词表“措施用语”）。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 20场, 分值: 90, 偏差原因: 场地停用}]
    """
    for row in facts.rows:
        if row.figures.reached is not False:
            continue
        reason = row.indicator.deviation.strip()
        names_cause = is_stated(reason) and len(reason) <= _SHORT
        if names_cause and not has_word(reason, facts.words.measure_terms):
            yield at(row, "偏差原因", reason=reason)


def _is_told_in_prose(facts: Facts, row: IndicatorRow) -> bool:
    """Whether a sentence that names the indicator or its count, or the next one, says why."""
    counted = _COUNT.findall(row.said["actual"])
    names = (row.name, shortened(row.name), *counted)
    text = facts.paragraph_text
    return text.holds(names) and any(
        block.project in (None, row.owner) and _CAUSE.search(match[0])
        for block, match in text.hits(any_of(names, _SENTENCE))
    )


def _rows(facts: Facts) -> Iterator[tuple[IndicatorRow, bool]]:
    """Every row, and whether its cell or a section on deviations of its table says why."""
    for table in facts.tables:
        narrative = table.figures.evaluation.narrative.items()
        explained = any(
            any(map(is_stated, texts))
            for name, texts in narrative
            if "偏差" in name
        )
        for row in table.rows:
            yield row, explained or is_stated(row.indicator.deviation)


@rule(
    "IND003",
    WARNING,
    "「{name}」指标值 {target}，实际 {actual}，超出{over}，没有说明原因；请写明原因，或调整指标值",
)
def excess_unexplained(facts: Facts) -> Problems:
    """超出指标值较多，没有说明原因.

    依据：超额完成超过 20% 的说明原因，超过 30% 的视为指标值明显偏低（界限见模板包的限值）。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 50场}]
    """
    grave = facts.limits.over_fulfilment_error
    for row, explained in facts.once(_rows):
        if explained or not row.figures.reached:
            continue
        over = _excess(facts, row)
        done = row.figures.completion.value
        told = over and _is_told_in_prose(facts, row)
        if over and done is not None and not told:
            of_rate = row.target is not None and row.target.measure == "%"
            is_grave = grave is not None and done > 1 + grave and not of_rate
            severity = ERROR if is_grave else WARNING
            yield at(
                row,
                "偏差原因",
                severity=severity,
                over=over,
            )


def _excess(facts: Facts, row: IndicatorRow) -> str:
    """By how much the actual is beyond what the pack lets pass; "" where it is not.

    Of rates the points count: 3% to 4% is no third more, 80% to 98% no target set too low.
    """
    done = row.figures.completion.value
    limit = facts.limits.over_fulfilment
    target = row.target
    if done is None or limit is None or done <= 1 + limit or target is None:
        return ""
    value = row.actual.value_in(target.measure) if row.actual else None
    if value is None or target.value is None:
        return ""
    if is_reverse(row.indicator, target, facts.scoring):
        return ""
    excess = value - target.value
    if target.measure == "%":
        return f"{plain(excess)}个百分点" if excess > limit * 100 else ""
    return percent(done - 1) if target.value >= _FEW or excess > 1 else ""


@rule(
    "IND003",
    WARNING,
    "「{name}」指标值 {target} 与上年的 {last} 相比变动{change}，没有说明依据；请写明依据，或核对指标值",
)
def target_far_from_last_year(facts: Facts) -> Problems:
    """指标值与上年相比变动很大，没有说明依据.

    依据：指标值与上年相比变动很大的须有依据（界限见模板包的限值）；比率有各自的变动原因，不比较。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: ≥50场, 实际值: 50场, 历年: {上年: 20场}}]
    """
    limit = facts.limits.history_change
    if limit is None:
        return
    for row in facts.rows:
        last = row.indicator.history.last
        target = row.target
        if last is None or target is None or target.value is None:
            continue
        before = last.value_in(target.measure) or ZERO
        of_rate = target.measure == "%"
        if of_rate or before < _FEW or is_stated(row.indicator.deviation):
            continue
        change = target.value / before - 1
        if abs(change) > limit:
            way = "增加" if change > 0 else "减少"
            yield at(
                row,
                "指标值",
                last=last.text,
                change=f"{way}{percent(abs(change))}",
            )
