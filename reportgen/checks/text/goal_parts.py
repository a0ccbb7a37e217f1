"""REQ001: a rate, a number or a clause of the annual goal of which the results say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.spoken_names import covered
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened
from reportgen.checks.text import goals as whole_goals
from reportgen.model.unit import Goals
from reportgen.narrative.numbers import PERCENT, read_quantities

_MARKS = re.compile(r"[。；;\n，,]")
_PERCENT = re.compile("[%％‰]|分之")
_SUMS_UP = re.compile(
    r"全部|各项|圆满|如期|逐[项条]|以上目标|年度目标|未|没有|推迟|延期|暂停|取消|因|由于|调整"
)
_RATE = re.compile(
    r"(?P<key>[\u4e00-\u9fff]{2}(?:率|度|比例|比重|占比)|[\u4e00-\u9fff]{4})[^\u4e00-\u9fff]*(?:达到?|为|在|保持|不低于|高于|超过|控制|维持)*[^\u4e00-\u9fff]*\Z"
)
_WORDS_OF_RATE = "率度比例重占"
_NOT_SAID_OF = re.compile(  # what any goal may say, and what says when and for what
    r"\d|全面|全力|切实|有效|持续|不断|进一步|稳步|扎实|积极|认真|逐步|基本|确保|保障|保证|完成|开展|加强|提高|提升|推进|推动|促进|做好|抓好|实现|落实|强化|优化|完善|改善|增强|工作|任务|目标|本年|全年|年度|年内|年底"
)
_NUMBERED = re.compile(
    r"[一二三四五六七八九]是|[（(][一二三四五六七八九\d]{1,2}[)）]|(?<![\d.])\d{1,2}[.．、](?!\d)|[①-⑩]"
)
_BETWEEN_NUMBERS = re.compile(  # 体检420人、慰问160人
    r"(?<=\d[\u4e00-\u9fff])、(?=[^、。；，]*\d)|(?<=\d[\u4e00-\u9fff]{2})、(?=[^、。；，]*\d)"
)
_QUALIFIES = re.compile(
    r"\A(?:控制|达到|不[超低少]|保持|确保|力争|为|其中|使|让|并)|[月底末日]前|年内"
)
_A_MATTER = 4  # characters that are left of a clause
_CLAUSES = 3  # fewer are told in one


class _Clause(NamedTuple):
    """One clause of a goal or of the results, and what of it says what it is about."""

    text: str
    matter: str


@rule(
    "REQ001",
    WARNING,
    "预期目标有“{goal}”，完成情况没有写；请补写实际做到的程度",
)
def goal_without_result(facts: Facts) -> Problems:
    """预期目标里的一个比率或一件事，完成情况没有讲到.

    依据：年度总体目标的完成情况与预期目标逐条对应，目标里的比率写实际达到的数。
    反例：
        年度目标: {预期目标: [检测样品900批，检测报告及时率达到98%], 完成情况: [检测样品936批，新购仪器4台]}
    """
    fewer = whole_goals.results_fewer_than_goals.find
    counted = {one.path for one in facts.once(fewer)}
    for one in facts.evaluations:
        path = (*one.path, "年度目标", "完成情况")
        goals = one.evaluation.goals
        if goals.achieved and path not in counted:
            for goal in _left_out(goals):
                yield at(*path, goal=shortened(goal))


def _left_out(goals: Goals) -> Iterator[str]:
    """The rates, or else the clause, of which the results say nothing; none where these sum up, or tell why."""
    results = "；".join(goals.achieved)
    if not _SUMS_UP.search(results):
        rates = [*_rates_left_out(goals, results)]
        yield from rates or _clause_left_out(goals) or _heads_left_out(goals)


def _rates_left_out(goals: Goals, results: str) -> Iterator[str]:
    """The clauses with a percentage that no percentage of the results is said of, where these have fewer.

    As many percentages as there are goals may say the same in other words: 合格率 and 96%的教师合格, 覆盖 and 普及.
    """
    wanted = [*_rates("；".join(goals.expected))]
    quantities = read_quantities(results) if wanted else ()
    if len(wanted) > sum(one.kind == PERCENT for one in quantities):
        for clause, key in wanted:
            if key not in results:
                yield clause


def _rates(text: str) -> Iterator[tuple[str, str]]:
    """Each clause with one percentage, and the word that says of what it is: 毕业生就业率不低于95%, 就业.

    The size of a change (下降10%) is left alone, as results tell changes in numbers of things.
    """
    for clause in filter(_PERCENT.search, _MARKS.split(text)):
        rates = [one for one in read_quantities(clause) if one.kind == PERCENT]
        if len(rates) == 1 and not rates[0].change:
            before = clause[: rates[0].start]
            match = _RATE.search(before)
            if match is not None:
                yield clause, match["key"].rstrip(_WORDS_OF_RATE)[-2:]


def _clause_left_out(goals: Goals) -> Sequence[str]:
    """The only clause of several that shares no word with the results, where no clause of these may mean it.

    老手艺陈列室开门迎客 may well be 建成非遗传承展厅: as long as a clause of the results is like none of the goals,
    nothing is said. Two clauses or more that are like nothing are another way of telling the whole.
    """
    wanted = _clauses(goals.expected)
    told = _clauses(goals.achieved)
    if not (_CLAUSES <= len(wanted) <= len(told) + 1):
        return ()
    left = _unlike(wanted, goals.achieved)
    new = _unlike(told, goals.expected)
    if len(left) == 1 and not new and len(left[0].matter) >= _A_MATTER:
        return (left[0].text,)
    return ()


def _heads_left_out(goals: Goals) -> Sequence[str]:
    """What several goals say that share no word with fewer results, each of which is plainly one of the others.

    组织体检420人、走访慰问160人、举办培训6期 and 体检425人，走访慰问168人: of the third nothing is told.
    """
    wanted = _heads(goals.expected)
    told = _heads(goals.achieved)
    if not 0 < len(told) < len(wanted):
        return ()
    left = _unlike(wanted, goals.achieved)
    plain = all(_is_of_one(one, wanted) for one in told)
    meant = [one.text for one in left if _is_a_goal(one)]
    as_many = len(left) == len(wanted) - len(told)
    return meant if plain and as_many else ()


def _is_a_goal(one: _Clause) -> bool:
    """Whether it is a thing to do, and does not only say by when or how far another one is to be done."""
    return len(one.matter) >= _A_MATTER and not _QUALIFIES.search(one.text)


def _is_of_one(result: _Clause, wanted: Sequence[_Clause]) -> bool:
    """Whether half of what a result is about is what one of the goals is about."""
    said = max(covered(result.matter, one.matter) for one in wanted)
    return 2 * said >= len(result.matter) > 1


def _heads(texts: Sequence[str]) -> list[_Clause]:
    """The clauses, also those that 、 divides where each has a number; without 一是 and （1） before them."""
    text = _NUMBERED.sub("；", "\n".join(texts))
    return _clauses([_BETWEEN_NUMBERS.sub("；", text)])


def _unlike(clauses: Sequence[_Clause], texts: Sequence[str]) -> list[_Clause]:
    """Those of the clauses that share no word with the texts."""
    text = "".join(texts)
    return [one for one in clauses if not covered(one.matter, text)]


def _clauses(texts: Sequence[str]) -> list[_Clause]:
    """The clauses of some paragraphs that say something, each with what it is about.

    Of 进一步加强档案管理工作 that is 档案管理.
    """
    clauses = map(str.strip, _MARKS.split("\n".join(texts)))
    filled = filter(None, clauses)
    return [_Clause(one, _NOT_SAID_OF.sub("", one)) for one in filled]
