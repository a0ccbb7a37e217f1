"""REQ001, IND003, TXT003: 完成情况 against 预期目标, head by head, and what is told of after the end of the year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorTable
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_values import (
    agrees,
    is_plain,
    kind_and_unit,
    values_of,
)
from reportgen.checks.facts.spoken_names import covered
from reportgen.checks.facts.statements import without_lead
from reportgen.checks.facts.text_index import sentence_at
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import Goals
from reportgen.narrative.numbers import Quantity

_GOALS, _RESULTS = "预期目标", "完成情况"
_HEAD = re.compile(
    r"(?:目标|任务)[一二三四五六七八九十\d]{1,2}\s*[：:、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）]"
    r"|(?<![\d.])\d{1,2}[.．、](?!\d)|[一二三四五六七八九]是(?!否)|[①-⑩]"
)
_ITEM = re.compile(  # a comma divides where a number of something else follows, which a deadline is not
    r"(?:[^。；;\n，,]|[，,](?=(?:全年|全部|累?共?[合总]?计|共)+\d)|[，,](?![^。；;\n，,\d]*\d(?!\d?月(?:底|\d{1,2}日)?前)))*[^。；;\s，,]"
)
_TELLS_WHOLE = re.compile(
    r"全部|均|各项|圆满|如期|逐[项条]|未|没有|推迟|延期|暂停|取消"
)  # sums up, or tells why nothing came of it
_LESS_IS_BETTER = re.compile(
    r"降低|减少|下降|压减|压缩|控制|不超过|以内|以下|缩短|≤|＜|<|低于|投诉|事故|差错|资金|预算|投入|支出|成本|费用|用时|响应|到[场达]|等候|后\d"
)
_REASON = re.compile(
    r"因|由于|受(?![害理益众训助])|未|原因|推迟|调整|取消|尚|暂|鉴于|考虑到|导致|致使|所致|影响"
    r"|滞后|延[期后误迟]|停[产工课办业用电水]|不足|短缺|流标|汛期|疫情|暴雨|撤[销并]|检修"
)
_LATER = re.compile(
    r"(?P<year>20\d\d)\s*年\s*(?:\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
    r"|(?:(?<![级一])次|(?<!结转)(?:下一?|翌|来|明|隔|转)|第二(?=年[年初春上下一二三四五六七八九十\d]))年度?(?:年?初|春节?|开春|开学|元月|元旦|[寒暑]假|新学[期年]|[上下]半年|第?[一二三四]季度|[\d一二三四五六七八九十]{1,3}月(?:\d{1,2}日)?)"
)
_EARLIER = re.compile(r"(?:19|20)\d\d\s*年|[上去前]年|往年")
_FINISHED = re.compile(
    r"完成|竣工|完工|验收|建成|投入使用|投用|交付|支付|拨付|发放|办结"
    r"|举办|召开|新增|开通|通车|启用|上线|移交|培训|受益|开工|获评|荣获"
)
_PLANNED = re.compile(
    r"预计|计划|将|(?<!模)拟|力争|争取|确保|规划|截至|截止|期限|到期|有效期|学年|推迟|延[期至后迟]|顺延|滞后|未|尚|应[当该于]|需|[年月日底]前|[前内]完成"
    r"|自评|评价|报告|报送|填报|上报|公开|决算"
    r"|因(?!此|地制宜|材施教)|由于|扣[减除去]?\s*[\d一二三四五六七八九十]|[才方始]开工|偏[慢晚]|缓慢|晚于|逾期|延误|流标"
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
    for one in facts.evaluations:
        goals = _items(one.evaluation.goals.expected)
        results = _items(one.evaluation.goals.achieved)
        if 0 < len(results) < len(goals) and _left_out(
            one.evaluation.goals, several=len(results) > 1
        ):
            yield at(
                one,
                "年度目标",
                "完成情况",
                goals=len(goals),
                results=len(results),
            )


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
        covered(one[2:], results) > 0  # behind the verb
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
    told = _numbers_told(facts)
    for table in facts.tables:
        for wanted, result in _compared(told, table):
            place = result.path, result.number.start
            is_wrong = place in facts.wrong_places
            if not is_wrong and not _told_by_row(table, wanted, result):
                yield at(result, goal=wanted.text, result=result.text)


def _compared(
    told: Mapping[FieldPath, Sequence[_Told]], table: IndicatorTable
) -> Iterator[tuple[_Told, _Told]]:
    """Goals with the only result of the same that misses them."""
    above = (*table.figures.path, "年度目标")
    results = told.get((*above, _RESULTS), ())
    for wanted in told.get((*above, _GOALS), ()):
        same = [one for one in results if wanted.is_of_the_same(one)]
        if len(same) == 1 and wanted.is_missed_by(same[0]):
            yield wanted, same[0]


class _Told(NamedTuple):
    """A number of a goal or of a result: in which paragraph it stands, and the words right before it."""

    passage: ProseBlock
    number: Quantity
    label: str

    @property
    def path(self) -> FieldPath:
        """Where it stands."""
        return self.passage.path

    @property
    def text(self) -> str:
        """The clause that ends with it."""
        return self.passage.clause(self.number) + self.number.text

    @property
    def sentence(self) -> str:
        """The sentence around it."""
        start = self.number.start
        return sentence_at(self.passage.text, start, "。；;\n")[1]

    def is_of_the_same(self, other: _Told) -> bool:
        """Whether both are measured alike and most of the fewer words say what the other says."""
        if kind_and_unit(self.number) != kind_and_unit(other.number):
            return False
        fewer, more = sorted((self.label, other.label), key=len)
        said = covered(fewer, more)
        return said > 0 and 3 * said >= 2 * len(fewer)

    def is_missed_by(self, result: _Told) -> bool:
        """Whether a result is lower, more would be better, and no word says why."""
        if result.number.value >= self.number.value:
            return False
        less = _LESS_IS_BETTER.search(self.text) or self.number.relation == "≤"
        of_several = {*"和及与"} & {*self.label} - {*result.label}
        return (
            not less and not of_several and not _REASON.search(result.sentence)
        )


def _numbers_told(facts: Facts) -> Mapping[FieldPath, Sequence[_Told]]:
    """The plain numbers of 预期目标 and of 完成情况, by the path of these."""
    found = defaultdict[FieldPath, list[_Told]](list)
    for passage in facts.quantified:
        section = passage.block.section
        if section not in {_GOALS, _RESULTS}:
            continue
        above = passage.path[: passage.path.index(section) + 1]
        for position, one in enumerate(passage.quantities):
            if is_plain(one):
                label = without_lead(passage.label(position))
                found[above].append(_Told(passage, one, label))
    return found


def _told_by_row(table: IndicatorTable, wanted: _Told, result: _Told) -> bool:
    """Whether an indicator has the same two values: its row says that it was missed."""
    meant = {"指标值": wanted.number, "实际值": result.number}
    for row in table.rows:
        values = [one for one in values_of(row) if one.column in meant]
        if values and all(agrees(meant[one.column], one) for one in values):
            return True
    return False


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
    for path, text in chain(_results(facts), _reached_values(facts)):
        date = _later_date(facts, text)
        is_plan = facts.declared or _PLANNED.search(text)
        if date and not is_plan and date not in _told_to_be_late(facts):
            quoted = shortened(text.strip())
            yield at(*path, quoted=quoted, date=date, year=facts.unit.year)


def _results(facts: Facts) -> Iterator[tuple[FieldPath, str]]:
    """The clauses of 完成情况 and of a report that speak of something finished."""
    plans = facts.words.planning_sections
    for block in facts.blocks:
        is_told = block.section == _RESULTS or "叙述" in block.path
        is_dated = is_told and "年" in block.text
        if is_dated and not has_word(block.section, plans):
            clauses = re.split(r"[。；]", block.text)
            yield from (
                (block.path, one) for one in clauses if _FINISHED.search(one)
            )


def _told_to_be_late(facts: Facts) -> str:
    """The actuals of the rows that miss the target or lost points: their dates are told for what they are."""
    return "；".join(
        row.said["actual"]
        for row in facts.rows
        if row.figures.counts_as_reached is False
    )


def _reached_values(facts: Facts) -> Iterator[tuple[FieldPath, str]]:
    """The actuals that have no such year in the target."""
    for row in facts.rows:
        if row.actual is None or "年" not in row.actual.text:
            continue
        if not _later_date(facts, row.said["target"]):
            yield (*row.path, "实际值"), row.actual.text


def _later_date(facts: Facts, text: str) -> str:
    """A date in `text` after the evaluated year, "" where there is none."""
    for match in _LATER.finditer(text) if "年" in text else ():
        year = match["year"]
        earlier = _EARLIER.search(text, 0, match.start())
        if int(year) > int(facts.unit.year) if year else not earlier:
            return match[0]
    return ""
