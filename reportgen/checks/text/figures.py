"""TXT001: numbers in prose against the tables, where the words before a number say what it is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from reportgen.checks.facts.claims import Claim
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.reported_value import (
    EXECUTED,
    INITIAL,
    REVISED,
    ReportedValue,
)
from reportgen.checks.facts.reported_values import kind_and_unit
from reportgen.checks.facts.statements import Statement
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import ERROR, WARNING, Problem, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.core.numerals import plain
from reportgen.model.values import Kind
from reportgen.narrative.numbers import MONEY, Quantity

_MAIN = (INITIAL, REVISED, EXECUTED)
_LEVEL = re.compile(
    r"中央|省|(?<![城全我])市|(?<![全我各])[县区]|上级|本级|一般债|专项债|自筹|自有|(?:事业|经营)收入|财政拨款"
)
_MONEY_OF = re.compile(  # of that level, as far as the number; a body of a place is none
    rf"(?:{_LEVEL.pattern})[^，。；：（）\d局委办]{{0,12}}?(?:资金|补助|经费|拨款|投资|转移支付|公益金|基金|配套|奖补|(?<=财政)安排|券|(?<=[筹入]))"
    r"(?:[为共计了约]|收入|支出|合计|下达|到位)*"
)
_VAGUE = {"上级", "本级"}  # may be said of any level that a row names
_PUBLIC = {"中央", "省", "市", "县", "区", "财政拨款", *_VAGUE}
_FEW = 3  # digits: amounts like 1200万元 are alike by chance
_NO_DAY = re.compile(
    r"(?<!\d)0?(?:2月(?:3[01]|三十一?)|(?:[469]|11)月(?:31|三十一))[日号]"
)
_OPEN_DAYS = (
    r"开[放馆园诊业]|运[行营]|值[守班]|服务(?=天)"
    r"|巡[查护逻河防]|保洁|清扫|监测|观测|执勤|备勤|在岗|出勤|坐诊|驻[村守点]|供[水电暖热气]"
)
_TOO_MANY_DAYS = re.compile(
    rf"(?<!累计)(?:{_OPEN_DAYS})(?:天数|时间)?[达到为是共计了]*(?:36[7-9]|3[7-9]\d|[4-9]\d\d)[天日]"
)
_OVER_ALL = r"(?<![不未])(?:{})[平均实际达到为是至约：:]*(?:100\.0*[1-9]\d*|10[1-9](?:\.\d+)?|1[1-9]\d(?:\.\d+)?)[%％]"


@rule(
    "TXT001",
    ERROR,
    "文中“{quoted}”与表不一致：{known}（{where}）{note}；请核对后改正其中一处",
)
def number_disagrees(facts: Facts) -> Problems:
    """文中写明是某项指标、某项资金的数字，与表中该项不同.

    依据：自评报告与自评表出自同一套数据，同一项内容的数字（换算单位、四舍五入后）应当一致。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 96.5}
        叙述: {资金执行情况: 全年预算数为100万元，全年执行数为95.6万元，执行率96.50%。}
    """
    for claim in facts.claims:
        if claim.is_wrong and not _is_part(facts, claim.statement):
            yield _problem(facts, claim)


def _is_part(facts: Facts, statement: Statement) -> bool:
    """Whether the paragraph gives several numbers for the same: 拨付30万元用于甲，拨付70万元用于乙."""
    if statement.figure not in ("执行", "资金", "") or statement.rows:
        return False
    matter = _matter(statement)
    numbers = {
        one.quantity.value
        for one in facts.statements
        if one.passage is statement.passage and _matter(one) == matter
    }
    return len(numbers) > 1


def _matter(one: Statement) -> tuple[object, ...]:
    return one.word, one.subjects, kind_and_unit(one.quantity)


def _problem(facts: Facts, claim: Claim) -> Problem:
    statement = claim.statement
    nearest = _nearest(claim)
    shown = (f"{one.name}为{one.shown}" for one in _shown(claim, nearest))
    return at(
        statement.passage,
        severity=ERROR if claim.sure else WARNING,
        quoted=statement.text,
        known="、".join(dict.fromkeys(shown)),
        where=dotted(nearest.where),
        note=_elsewhere(facts, statement),
    )


def _nearest(claim: Claim) -> ReportedValue:
    """The value that is nearest to the number; of an indicator its actual, of a goal the target."""
    statement = claim.statement
    values = claim.values
    is_goal = statement.passage.block.section == "预期目标"
    of_target = is_goal or "目标" in statement.text.split("，")[-1]
    column = "指标值" if of_target else "实际值"
    wanted = tuple(value for value in values if value.column == column)
    return min(
        wanted or values,
        key=lambda value: abs(value.value - statement.quantity.value),
    )


def _shown(claim: Claim, nearest: ReportedValue) -> list[ReportedValue]:
    """The nearest value; all columns where only a project or a row is named: 工资福利支出174.5万元."""
    statement = claim.statement
    named = statement.subjects and not statement.figure and not statement.rows
    main = [value for value in claim.values if value.column in _MAIN]
    return main if named and main else [nearest]


def _elsewhere(facts: Facts, statement: Statement) -> str:
    """Whose number it is, where it is that of another project or was reported wrong already."""
    number = statement.quantity
    if statement.figure == "执行率":
        one = facts.evaluation_of(statement.owner).evaluation
        stated = one.funds.execution_rate
        if stated is None:
            return ""
        wrong = abs(stated * 100 - number.value) <= number.tolerance
        return (
            "，按执行数和预算数计算；表中填报的执行率同样有误" if wrong else ""
        )
    other = facts.reported.equal(number)
    if other is None or other.owner in (None, statement.owner):
        return ""
    project = facts.projects[other.owner].name
    return f"，{number.text}是「{project}」的{other.name}"


@rule("TXT001", ERROR, "“{quoted}”不可能：{why}；请核对")
def impossible_number(facts: Facts) -> Problems:
    """日历上没有的日期、一年超过 366 天的开放天数、超过 100% 的占比.

    依据：日期、天数、占比都有上限，超过的是录入差错。
    反例：
        叙述: {单位概况: 泵站改造于2月30日完工。}
    """
    over_all = any_of(facts.words.share_names, _OVER_ALL)
    for pattern, sign, why in (
        (_NO_DAY, "月[3三]", "日历上没有这一天"),
        (_TOO_MANY_DAYS, r"[3-9]\d\d[天日]", "一年最多 366 天"),
        (over_all, r"1(?!00[%％])\d\d[\d.]{0,12}[%％]", "占比不会超过 100%"),
    ):
        for block, match in facts.hits(pattern, sign):
            yield at(block, quoted=match[0], why=why)
    for row in facts.rows:
        for cell in row.values:
            text = cell.target.text
            if not has_word(text, "天日"):
                continue
            quoted = f"{row.name}{text.lstrip('≥=')}"
            if _TOO_MANY_DAYS.search(quoted):
                yield at(cell, quoted=quoted, why="一年最多 366 天")


@rule(
    "TXT001",
    WARNING,
    "文中写“{quoted}”，而同一金额在表中或文中别处是{other}的资金；请核对资金的级次",
)
def amount_of_two_levels(facts: Facts) -> Problems:
    """同一金额在两处写成不同级次的资金.

    依据：同一笔资金的来源级次（中央、省级、市级、县级）在自评报告和自评表中应当一致。
    反例：
        叙述: {单位概况: 收到上级补助755.19万元。, 预算安排与执行: 中央资金755.19万元全部用于道路养护。}
    """
    known = _levels_of_rows(facts)
    for passage in facts.quantified:
        told = list(_levels_told(passage))
        for one, levels in told:
            others = known[one.value]
            named = [each for amount, each in told if amount.value == one.value]
            if others and others.isdisjoint(chain(*named)):
                yield at(
                    passage,
                    quoted=f"{_joined(levels)}…{one.text}",
                    other=_joined(others - _VAGUE or others),
                )
        for one, levels in told:
            if len(plain(one.value).replace(".", "").strip("0")) >= _FEW:
                known[one.value] |= levels


def _levels_of_rows(facts: Facts) -> defaultdict[Decimal, set[str]]:
    """The amounts of the forms, each with the levels that the name of its row allows."""
    names = facts.leaves_of(Kind.NAME)
    rows = {leaf.path[:-1]: leaf.text for leaf in names}
    known = defaultdict[Decimal, set[str]](set)
    for leaf in facts.leaves_of(Kind.MONEY):
        levels = _levels_allowed(rows.get(leaf.path[:-1], ""))
        if levels:
            known[leaf.value] |= levels
    return known


@lru_cache(maxsize=1024)
def _levels_allowed(name: str) -> frozenset[str]:
    """The levels that the name of a row allows; none where it says nothing of them."""
    levels = frozenset(_LEVEL.findall(name))
    allowed = _PUBLIC if "财政拨款" in levels else _VAGUE
    return levels and levels | allowed


def _levels_told(passage: ProseBlock) -> Iterator[tuple[Quantity, set[str]]]:
    """The amounts with levels of money right before them, or right behind: 236.75万元省级水利资金."""
    for position, one in enumerate(passage.quantities):
        if one.kind != MONEY:
            continue
        label = passage.label(position)
        start = _LEVEL.search(label)
        found = start and _MONEY_OF.fullmatch(label, start.start())
        found = found or _MONEY_OF.match(passage.text, one.end)
        if found:
            yield one, {*_LEVEL.findall(found[0])}


def _joined(levels: set[str]) -> str:
    return "、".join(sorted(levels))
