"""TXT003: years that are neither the evaluated one nor history."""

import re

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.text_index import any_of, sentence_at
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.findings import dotted
from reportgen.model.unit import Framework

_YEAR = re.compile(
    r"(?<![0-9〔\[（(])((?:19|20)[0-9]{2})\s*年(?!以来|以前|前|起|[版届]|\s*[至到—－~～-]+\s*(?:19|20)[0-9]{2})度?"
)
_LEADS = frozenset(
    {"在", "对", "根据", "按照", "关于", "本单位", "我单位", "截止", "截至"}
)
# what tells that a sentence takes the year for its own: 2021年，我单位…, 2021年度部门整体支出, 2021年年初预算
_OWN = re.compile(
    r"(?:全年|年?[初末底])?[，,]?\s*(?:[本我](?:单位|部门|局|中心|馆|院|校|委|办|所|站|镇|乡)|部门|整体|绩效|自评|预算|支出|执行|决算|财政支出|项目支出|在职|在编|现有|编制(?!完成|了)|全?(?:局|校|院|馆|中心(?![城镇村区])|站|所)(?![部长有在属])[\u4e00-\u9fff])"
)
_OURS = re.compile(r"[本我](?:单位|部门|局|中心|馆|院|校|委|办|所|站)")
_FOUNDED = re.compile(r"(?:设立|成立|组建|挂牌)(?=[，。；,;]|$)")
_LAST_YEAR = re.compile(r"(?<!比)(?<!较)(?:上一?年度(?!结转|结余|相比)|去年)")
_LATEST = 2  # years after the evaluated one in which it may still be evaluated
_MARKS = 3  # words that speak of what is done; a plan may have one or two


@rule(
    "TXT003",
    WARNING,
    "文中写“{quoted}”，而评价年度是{year}年；请核对是否为其他年度的文字",
)
def wrong_year(facts: Facts) -> Problems:
    """文中的年份既不是评价年度，也不是历史对比、文件或机构沿革.

    依据：自评报告和评分标准讲的是评价年度的情况；沿用其他年度的材料时，年份应一并修改。
    反例：
        叙述: {单位概况: 2022年度部门整体支出绩效自评工作已经完成。}
    """
    year = facts.unit.year
    if not facts.declared:
        for block in facts.blocks:
            for match in (
                _YEAR.finditer(block.text) if "年" in block.text else ()
            ):
                if match[1] != year and _is_taken_for_own(facts, block, match):
                    quoted = _quoted(block.text, match.start())
                    yield at(block, quoted=quoted, year=year)
    for name, framework in (
        ("共性指标", facts.unit.framework),
        ("项目共性指标", facts.unit.project_framework),
    ):
        yield from _in_standards(framework, name, year)


def _is_taken_for_own(facts: Facts, block: Block, match: re.Match[str]) -> bool:
    """Whether a sentence takes another year for its own; the next year is for measures and dates of the report."""
    text = block.text
    year = facts.unit.year
    if match[1] == str(int(year) + 1) or is_named(facts, text, match.start()):
        return False
    begin, sentence = sentence_at(text, match.start(), "。；！？;\n")
    before = text[begin : match.start()].strip()
    is_opening = not before or before[-1] in "，、：,:（(“" or before in _LEADS
    if not is_opening or any_of(facts.words.history_terms).search(sentence):
        return False
    if "问题" in block.section:
        return True
    of_this_year = has_word(sentence, (f"{year}年", *("本年", "今年", "当年")))
    return not of_this_year and _OWN.match(text, match.end()) is not None


def is_named(facts: Facts, text: str, start: int) -> bool:
    """Whether the year at `start` is part of a name, of a title in 《》 or of something quoted."""
    before = text[:start]
    if before.count("《") > before.count("》") or before.count(
        "“"
    ) > before.count("”"):
        return True
    names = (
        name
        for name in facts.reported.numbered
        if text[start : start + 4] in name
    )
    return any(
        0 <= text.find(name, max(0, start - len(name))) <= start
        for name in names
    )


def _in_standards(framework: Framework, key: str, year: str) -> Problems:
    """Years in the rules by which a form says it scores."""
    for name, one in framework.indicators.items():
        for match in _YEAR.finditer(one.standard):
            if match[1] != year:
                quoted = _quoted(one.standard, match.start())
                yield at(
                    key,
                    "指标",
                    name,
                    "评分标准",
                    message="「{name}」的评分标准写“{quoted}”，评价年度是{year}年；请核对年份",
                    name=name,
                    quoted=quoted,
                    year=year,
                )


def _quoted(text: str, start: int, most: int = 16) -> str:
    """The year and some words after it."""
    rest = re.split(r"[，。；、,;：:]", text[start : start + most])[0]
    return rest if len(rest) > 5 else text[start : start + 12]


@rule(
    "TXT003",
    ERROR,
    "年度工作任务应写{year}年度要做的事，文中写的是已经做完的事（{marks}）；请核对是否为上年的总结",
)
def tasks_already_done(facts: Facts) -> Problems:
    """年度工作任务写的是已经取得的成绩，而不是本年度的任务.

    依据：年度工作任务在年初申报，写本年度计划完成的工作；上年的成绩属于总结。
    反例：
        年度工作任务: [全面完成办公用房清理，到目前为止已完成登记1.2万平方米，较去年增加3000平方米。]
    """
    pattern = any_of(facts.words.done_phrases)
    found = dict.fromkeys(
        match for text in facts.unit.tasks for match in pattern.findall(text)
    )
    if len(found) >= _MARKS:
        yield at(
            "年度工作任务",
            year=facts.unit.year,
            marks="、".join(list(found)[:5]),
        )


@rule(
    "TXT003",
    ERROR,
    "文中讲到{quoted}，而本单位{year}年才设立（{where}），没有上年度；请核对是否为其他单位的文字",
)
def before_the_unit_was(facts: Facts) -> Problems:
    """本单位在评价年度才设立，文中却讲上年度的工作.

    依据：新设立的单位没有上年度的预算和绩效评价。
    反例：
        单位: {名称: 示范单位}
        叙述:
          单位概况: 示范单位于2024年4月经编委会研究同意设立。
          存在问题: 针对上年度绩效评价中存在的问题，整改还不到位。
    """
    founded = next(
        (block for block in facts.blocks if _is_founded(facts, block.text)),
        None,
    )
    if founded is None:
        return
    for block in facts.blocks:
        match = _LAST_YEAR.search(block.text)
        if match is not None and block is not founded:
            quoted = f"“{_quoted(block.text, match.start(), 24)}”"
            yield at(
                block,
                quoted=quoted,
                year=facts.unit.year,
                where=dotted(founded.path),
            )


@rule(
    "TXT003",
    WARNING,
    "填报日期 {filled} 与评价年度 {year} 对不上：自评在年度结束后、监控在七月以后进行；请核对年度和填报日期",
)
def filled_in_another_year(facts: Facts) -> Problems:
    """填报日期早于评价年度的七月，或晚了三年以上.

    依据：绩效自评在评价年度结束后的下一年进行，年中监控在当年下半年进行；评价年度的上半年还没有全年的数。
    反例：
        年度: 2042
        填报日期: 2024-03-01
    """
    filled = facts.unit.filled_on
    year = int(facts.unit.year)
    if (
        filled is not None
        and not facts.declared
        and not f"{year}-07" <= filled.isoformat() < str(year + _LATEST + 1)
    ):
        yield at("填报日期", filled=filled.isoformat(), year=facts.unit.year)


def _is_founded(facts: Facts, text: str) -> bool:
    """Whether a paragraph says that the unit itself was set up in the evaluated year."""
    this_year = f"{facts.unit.year}年"
    return this_year in text and any(
        this_year in sentence
        and _FOUNDED.search(sentence)
        and (has_word(sentence, facts.own.unit) or _OURS.search(sentence))
        for sentence in re.split(r"[。；]", text)
    )
