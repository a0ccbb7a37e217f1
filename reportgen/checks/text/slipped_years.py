"""TXT003: a year that slipped by one or two: in goals and results, at the end of a year, in plans, in values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.text_index import Hit, any_of, sentence_at
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.checks.text import goals, years
from reportgen.figures.figure import FieldPath

_YEAR = re.compile(r"(?<![0-9〔\[（(《“第])(?P<year>20[0-9]{2})\s*年度?")
_ENDS = re.compile(r"[。；！\n]")
_MOST_OFF = 2  # years that a slip is off; further ones are history
_COMPARED = re.compile(
    r"上年|去年|前年|往年|同期|同比|[比较](?!好|为|快|高|大|完善)|相比|增长"
    r"|增加|结转|结余|遗留|历年|以来|起(?!到)|至今|延续|基数|期初|年初|跨年"
    r"|审计|巡[察视]|续建|已于|《|〔|号"
)
_WHOLE_YEAR = re.compile(
    r"(?:全年|年)?1\s*月(?:份|1日)?\s*[至到—－–~～-]+\s*12\s*月"
)
_YEAR_END = re.compile(r"(?:12月31日|12月(?:底|末)|年?[底末](?!前))")
_UP_TO = re.compile(r"截[至止]\s*\Z")
_CLOSED = re.compile(
    r"完成|全部|累计|支出|执行|支付|指标|目标|在职|在编|人员|编制|资产|项目"
)
_DEADLINE = re.compile(
    r"(?:[底末]|\d{1,2}月(?:\d{1,2}日|[底末])?|[上下]半年"
    r"|第?[一二三四]季度|年?内)?(?:之?前|以前|内)(?!的|已)"
)
_PLANS = re.compile(
    r"[，,]?(?:[我本][\u4e00-\u9fff]{1,3}"
    r"|全[局院校馆站])?(?:将|计划|拟|要|力争|继续|重点|争取|进一步)"
)
_OWN_YEAR = re.compile(
    r"(?:全年|部门|整体|绩效|自评|支出|预算执行|决算|年末|[本我](?:单位|部门|局|中心|馆|院|校|委|办|所|站|镇|乡))"
)
_LATER = re.compile(r"年?[底末内]|\d|[至到前起]|以前|之前|[—－–~～-]")
_NOW = ("本年", "今年", "当年")
_PLANNED = re.compile(
    r"将|计划|拟|预计|力争|预算(?!执行)|安排|编制|申报|打算|准备"
)
_ITS_OWN = re.compile(r"上年|结转|续建|历年|往年|遗留|以前年度|存量|欠")


@rule(
    "TXT003",
    WARNING,
    "文中写“{quoted}”，而评价年度是{year}年；请核对是否沿用了其他年度的文字",
)
def year_slipped(facts: Facts) -> Problems:
    """目标、完成情况、时点、打算写的年份与评价年度差一两年.

    依据：目标和完成情况写评价年度的事，截至的时点是评价年度末，打算从评价年度以后做起。
    反例：
        单位: {名称: 示范单位}
        年度目标: {预期目标: 2023年底前登记历史档案600卷, 完成情况: 登记历史档案612卷}
    """
    if facts.declared or "年" not in facts.paragraph_text.text:
        return
    told = {one.path for one in facts.once(years.wrong_year.find)}
    told |= {one.path for one in facts.once(goals.done_after_the_year.find)}
    for block, match in _firsts(facts):
        off = int(match["year"]) - int(facts.unit.year)
        near = 0 < abs(off) <= _MOST_OFF and block.path not in told
        if near and _is_slip(facts, block, match, off):
            told.add(block.path)
            text = match.string[match.start() : match.end() + 10]
            yield at(
                *block.path,
                quoted=re.split(r"[，。；\n]", text)[0],
                year=facts.unit.year,
            )


def _firsts(facts: Facts) -> Iterator[Hit]:
    """The first year of each sentence."""
    last = 0
    for block, match in facts.hits(_YEAR):
        text = match.string
        if last == 0 or _ENDS.search(text, last, match.start()):
            yield block, match
        last = match.end()


def _is_slip(
    facts: Facts, block: Block, match: re.Match[str], off: int
) -> bool:
    """Whether what is said of another year can only be said of the evaluated one."""
    text = match.string
    begin, sentence = sentence_at(text, match.start(), "。；！\n")
    goal = block.section == "预期目标" and _DEADLINE.match(text, match.end())
    compared = _COMPARED.search(sentence) and not goal
    if compared or has_word(sentence, (f"{facts.unit.year}年", *_NOW)):
        return False
    if years.is_named(facts, text, match.start()):
        return False
    if goal:
        return off < 0
    if has_word(block.section, facts.words.planning_sections):
        return off < 0 and _PLANS.match(text, match.end()) is not None
    opens = not text[begin : match.start()].strip("，、“（(至截止到在 ")
    if off > 0:
        return opens and _is_too_late(block, match, sentence, off)
    return _is_of_this_year(facts, block, match, sentence, opens=opens)


def _is_too_late(
    block: Block, match: re.Match[str], sentence: str, off: int
) -> bool:
    """Whether a later year stands where the evaluated one belongs: in a goal for one year, or beside 支出, 自评."""
    text, end = match.string, match.end()
    goal = off == 1 and block.section == "预期目标"
    of_one_year = goal and not _LATER.match(text, end)
    own = of_one_year or _OWN_YEAR.match(text, end) is not None
    return own and not _PLANNED.search(sentence)


def _is_of_this_year(
    facts: Facts,
    block: Block,
    match: re.Match[str],
    sentence: str,
    *,
    opens: bool,
) -> bool:
    """Whether an earlier year stands where the evaluated one belongs."""
    text, end = match.string, match.end()
    if opens and _WHOLE_YEAR.match(text, end):
        return True
    up_to = _UP_TO.search(text, 0, match.start())
    if up_to and _YEAR_END.match(text, end):
        return _CLOSED.search(sentence) is not None
    history = any_of(facts.words.history_terms).search(sentence)
    goal = block.section in ("预期目标", "完成情况")
    return goal and opens and not history


@rule(
    "TXT003",
    WARNING,
    "「{name}」{column}“{stated}”写的是{found}年，评价年度是{year}年；请核对是否沿用了其他年度的指标",
)
def year_of_value_slipped(facts: Facts) -> Problems:
    """指标值、实际值写的时间在评价年度以前.

    依据：年度指标按评价年度设定；上年结转、续建的指标在名称或备注中写明。
    反例：
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 年鉴出版时间, 指标值: 2023年11月底前, 实际值: 2023年11月出版}]
    """
    for row in facts.rows if not facts.declared else ():
        path, text, found = next(_earlier(facts, row), ((), "", ""))
        if path:
            yield at(
                *path,
                name=row.label,
                column=path[-1],
                stated=text,
                found=found,
                year=facts.unit.year,
            )


def _earlier(
    facts: Facts, row: IndicatorRow
) -> Iterator[tuple[FieldPath, str, str]]:
    """The cells of a row that tell a time before the evaluated year, and that year."""
    year = facts.unit.year
    texts = {"指标值": row.said["target"], "实际值": row.said["actual"]}
    named = f"{row.name}{row.indicator.remark}"
    if _ITS_OWN.search(named) or re.search(r"20\d\d", named):
        return
    for column, text in texts.items():
        found = _YEAR.match(text.strip())
        compared = year in text or _COMPARED.search(text)
        if (
            found
            and not compared
            and 0 < int(year) - int(found["year"]) <= _MOST_OFF
        ):
            yield (*row.path, column), text, found["year"]
