"""REQ001, IND003, TXT003: 完成情况 against 预期目标, head by head, and what is told of after the end of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorTable, with_actuals
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Goals
from reportgen.narrative.numbers import (
    COUNT,
    PERCENT,
    Quantity,
    read_quantities,
)

_HEAD = re.compile(
    r"(?:目标|任务)[一二三四五六七八九十\d]{1,2}\s*[：:、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）]"
    r"|(?<![\d.])\d{1,2}[.．、](?!\d)|[一二三四五六七八九]是(?!否)|[①-⑩]"
)
_ITEM = re.compile(  # a comma divides where a number of something else follows
    r"(?:[^。；;\n，,]|[，,](?![^。；;\n，,\d]*\d))*[^。；;\s，,]"
)
_TELLS_WHOLE = re.compile(
    r"全部|均|各项|圆满|如期|逐[项条]|未|没有|推迟|延期|暂停|取消"
)  # sums up, or tells why nothing came of it
_CLAUSE = re.compile(r"[^。；;\n]*[^。；;\s]")
_LESS_IS_BETTER = re.compile(
    r"降低|减少|下降|压减|压缩|控制|不超过|以内|以下|缩短|≤|＜|<|低于|投诉|事故|差错"
)
_REASON = re.compile(r"因|由于|受|未|原因|推迟|调整|取消|尚|暂")
_LATER = re.compile(
    r"(?P<year>20\d\d)\s*年\s*(?:\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
    r"|(?:(?<![级一])次|(?<!结转)(?:下一?|翌))年度?(?:年?初|春节?|[上下]半年|第?[一二三四]季度|[\d一二三四五六七八九十]{1,3}月(?:\d{1,2}日)?)"
)
_EARLIER = re.compile(r"(?:19|20)\d\d\s*年|[上去前]年|往年")
_FINISHED = re.compile(
    r"完成|竣工|完工|验收|建成|投入使用|投用|交付|支付|拨付|发放|办结"
    r"|举办|召开|新增|开通|通车|启用|上线|移交|培训|受益|开工|获评|荣获"
)
_PLANNED = re.compile(
    r"预计|计划|将|(?<!模)拟|力争|争取|确保|规划|截至|截止|期限|到期|有效期|学年|推迟|延[期至后迟]|顺延|滞后|未|尚|应[当该于]|需|[年月日底]前|[前内]完成"
    r"|自评|评价|报告|报送|填报|上报|公开|决算"
    r"|质保|保修|维保|免费(?:维护|服务|升级)|服务期|合同期|结转|剩余|后(?:支|拨|交)付"
)


@rule(
    "REQ001",
    WARNING,
    "预期目标有 {goals} 条，完成情况只写了 {results} 条；请逐条对应，补写漏掉的完成情况",
)
def results_fewer_than_goals(facts: Facts) -> Problems:
    """完成情况的条数少于预期目标.

    依据：年度总体目标的完成情况与预期目标逐条对应。
    反例：
        年度目标:
          预期目标: [培训检测人员两百人次, 更新检测设备, 建成样品库]
          完成情况: [培训检测人员两百一十人次, 样品库已投入使用]
    """
    for one in facts.figures.evaluations:
        goals = _items(one.evaluation.goals.expected)
        results = _items(one.evaluation.goals.achieved)
        if 0 < len(results) < len(goals) and _left_out(
            one.evaluation.goals, several=len(results) > 1
        ):
            path = (*one.path, "年度目标", "完成情况")
            yield at(*path, goals=len(goals), results=len(results))


def _items(texts: Sequence[str]) -> Sequence[str]:
    """The goals or the results: those that are numbered in the text, the paragraphs, or the clauses of the only one."""
    text = "；".join(texts)
    numbered = _HEAD.findall(text)
    clauses = texts if len(texts) > 1 else _ITEM.findall(text)
    return numbered if len(numbered) > 1 else clauses


def _left_out(goals: Goals, *, several: bool) -> bool:
    """Whether some goal is left out: clauses may be summed up, so one of them must share no word with the results."""
    text = "；".join(goals.expected)
    if len(goals.expected) > 1 or len(_HEAD.findall(text)) > 1:
        return several
    results = "".join(goals.achieved)
    told = [
        has_word(results, map("".join, pairwise(one[2:])))  # behind the verb
        for one in _ITEM.findall(text)
    ]
    summed_up = not several and _TELLS_WHOLE.search(results)
    return not all(told) and (several or any(told)) and not summed_up


@rule(
    "IND003",
    WARNING,
    "完成情况“{result}”低于预期目标“{goal}”，没有说明原因；请写明原因，或核对数字",
)
def result_below_goal(facts: Facts) -> Problems:
    """完成情况中某一条的数低于对应的预期目标，没有说明原因.

    依据：没有达到预期目标的，说明原因和改进措施。
    反例：
        年度目标: {预期目标: [巡查河道120次, 清理垃圾], 完成情况: [巡查河道96次, 垃圾日产日清]}
    """
    passages = {one.block.path: one for one in facts.quantified}
    for table in facts.tables:
        for goal, result in _pairs(table, passages):
            found = _lower(goal, result)
            if found is None or _told_by_row(table, found):
                continue
            if (result.block.path, found[1].start) not in facts.wrong_places:
                texts = (goal.block.text, result.block.text)
                goal_text, result_text = map(shortened, texts)
                yield at(*result.block.path, goal=goal_text, result=result_text)


def _pairs(
    table: IndicatorTable, passages: dict[FieldPath, ProseBlock]
) -> Iterator[tuple[ProseBlock, ProseBlock]]:
    """Goals and results with numbers that stand at the same place of lists of the same length."""
    goals = table.figures.evaluation.goals
    path = (*table.figures.path, "年度目标")
    if len(goals.expected) == len(goals.achieved):
        for position in range(len(goals.expected)):
            goal = passages.get((*path, "预期目标", position))
            result = passages.get((*path, "完成情况", position))
            if goal is not None and result is not None:
                wanted = list(_clauses(goal))
                done = list(_clauses(result))
                both = len(wanted) == len(done)
                yield from (
                    zip(wanted, done, strict=True)
                    if both
                    else ((goal, result),)
                )


def _clauses(passage: ProseBlock) -> Iterator[ProseBlock]:
    """A paragraph clause by clause; the numbers stay where they are in it."""
    for match in _CLAUSE.finditer(passage.block.text):
        numbers = (
            one._replace(start=one.start + match.start())
            for one in read_quantities(match[0])
        )
        block = passage.block._replace(text=match[0])
        yield ProseBlock(block, tuple(numbers))


def _lower(
    goal: ProseBlock, result: ProseBlock
) -> tuple[Quantity, Quantity] | None:
    """The only number of each of one measure, where the result is lower and no word says why."""
    is_explained = _REASON.search(result.block.text) is not None
    if is_explained or _LESS_IS_BETTER.search(goal.block.text):
        return None
    if (len(goal.quantities), len(result.quantities)) != (1, 1):
        return None
    wanted = goal.quantities[0]
    done = result.quantities[0]
    is_lower = (
        _is_exact(wanted) and _is_exact(done) and done.value < wanted.value
    )
    alike = (wanted.kind, wanted.measure) == (done.kind, done.measure)
    return (wanted, done) if is_lower and alike else None


def _is_exact(one: Quantity) -> bool:
    """Whether it is one number of things or a rate, and no size of a change."""
    is_loose = one.about or one.change or one.upper is not None
    return one.kind in {COUNT, PERCENT} and not is_loose


def _told_by_row(
    table: IndicatorTable, found: tuple[Quantity, Quantity]
) -> bool:
    """Whether an indicator has the same two values: its row says that it was missed."""
    values = tuple(one.value for one in found)
    return any(
        (target.value, actual.value) == values
        for _, target, actual in with_actuals(table.rows)
    )


@rule(
    "TXT003",
    WARNING,
    "“{quoted}”写到{date}，已在评价年度{year}年之后，不能算作本年度完成；请核对日期，或说明是否为次年的进展",
)
def done_after_the_year(facts: Facts) -> Problems:
    """完成情况、报告、实际值写的完成日期在评价年度之后.

    依据：年度自评只计评价年度内完成的工作；次年才完成、验收的不能计为本年度的完成。
    反例：
        年度目标: {预期目标: [改造门诊楼], 完成情况: [门诊楼改造于2026年3月竣工验收。]}
    """
    for path, text in (*_results(facts), *_reached_values(facts)):
        date = _later_date(facts, text)
        if date:
            quoted = shortened(text.strip())
            yield at(*path, quoted=quoted, date=date, year=facts.unit.year)


def _results(facts: Facts) -> Iterator[tuple[FieldPath, str]]:
    """The clauses of 完成情况 and of a report that speak of something finished."""
    plans = facts.words.planning_sections
    for block in facts.blocks:
        is_told = block.section == "完成情况" or "叙述" in block.path
        if is_told and not has_word(block.section, plans):
            clauses = re.split(r"[。；]", block.text)
            yield from (
                (block.path, one) for one in clauses if _FINISHED.search(one)
            )


def _reached_values(facts: Facts) -> Iterator[tuple[FieldPath, str]]:
    """The actuals that are not told to be late already, where the target names no year of its own."""
    for row in facts.rows:
        if row.actual is None or row.figures.reached is False:
            continue
        target = row.target.text if row.target else ""
        if not _LATER.search(target):
            yield (*row.path, "实际值"), row.actual.text


def _later_date(facts: Facts, text: str) -> str:
    """A date in `text` after the evaluated year by which something was done, "" where there is none."""
    if facts.declared or _PLANNED.search(text):
        return ""
    for match in _LATER.finditer(text):
        year = match["year"]
        earlier = _EARLIER.search(text, 0, match.start())
        if int(year) > int(facts.unit.year) if year else not earlier:
            return match.group()
    return ""
