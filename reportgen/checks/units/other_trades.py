"""TXT002: what was copied from a body of another trade, or of another name of the same trade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.text_index import any_of, sentence_at
from reportgen.checks.rule import WARNING, Problems, at, rule, shortened
from reportgen.figures.figure import FieldPath
from reportgen.model.values import Kind


class _Trade(NamedTuple):
    """A trade: what the names of its bodies hold, and words that only its bodies use of their own work."""

    name: re.Pattern[str]
    words: tuple[str, ...]


_TRADES = (
    _Trade(
        re.compile("学校|中学|小学|幼儿园|学院|职教"),
        (
            "校舍",
            "课桌",
            "教学班",
            "学生宿舍",
            "升学率",
            "教育教学",
            "课后服务",
            "学籍",
        ),
    ),
    _Trade(
        re.compile("医院|卫生院|保健院|疾病预防|疾控|卫生服务"),
        ("门诊", "病床", "诊疗", "住院患者", "病历", "医护人员", "处方"),
    ),
    _Trade(
        re.compile("公路|市政|道路"),
        ("路面", "桥涵", "路基", "养护里程", "沥青", "公路养护", "道路养护"),
    ),
    _Trade(
        re.compile("水库|灌区|水利|河道|泵站|供水|水务"),
        ("水库除险", "灌溉面积", "堤防", "渠道清淤", "渠系", "防洪调度"),
    ),
    _Trade(
        re.compile("图书馆|博物馆|文化馆|美术馆|档案馆"),
        ("文献借阅", "图书借阅", "文物修复", "陈列展览", "查档利用"),
    ),
    _Trade(
        re.compile("林场|林业|森林|园林"),
        ("造林", "抚育间伐", "森林防火", "护林员"),
    ),
    _Trade(
        re.compile("环卫|环境卫生|垃圾"),
        ("垃圾清运", "公厕保洁", "道路清扫"),
    ),
    _Trade(
        re.compile("福利院|敬老院|养老|救助"),
        ("入住老人", "供养对象", "护理床位"),
    ),
)
# Bodies of several trades, and those above the others: what they write of may be anybody's work.
_OF_ALL = re.compile(
    r"[局委厅部办]\Z|委员会|政府|办公室|街道|机关|集团|公司|开发区|园区|综合|服务中心\Z|城市|乡镇"
)
_FIELDS = ("职责", "三级", "预期目标", "完成情况")
_OF_ITSELF = (
    "存在问题",
    "改进措施",
    "自评结论",
)  # a report has no other subject there
_BODIES = r"(?:站|所|处|段|中心|大队|学校|学院|馆|院)"
_WITH_PARTS = re.compile(r"[局委厅部府会办室]\Z")  # they have bodies below them
_BELOW = ("下设", "下辖", "所属", "直属", "下属", "原", "前身", "更名", "合并")


@rule(
    "TXT002",
    WARNING,
    "“{quoted}”讲的“{word}”与本单位「{name}」的业务对不上；请核对是否为其他单位的文字",
)
def work_of_another_trade(facts: Facts) -> Problems:
    """职责、年度目标、指标名称写的是另一行业的单位才做的事.

    依据：职责、目标和指标写本单位的业务；公路养护单位的职责中出现校舍、课桌，多为抄自其他单位。
    反例：
        单位: {名称: 示范县公路养护中心, 职责: [负责校舍维修和课桌更新]}
    """
    name = facts.unit.name
    used = _words(name, own=True)
    if not used or _OF_ALL.search(name):
        return
    told = set[FieldPath]()
    for block, word in _own_work(facts, _words(name, own=False)):
        if block.path not in told and not has_word(block.text, used):
            told.add(block.path)
            quoted = shortened(block.text)
            yield at(*block.path, quoted=quoted, word=word, name=name)


def _words(name: str, *, own: bool) -> tuple[str, ...]:
    """The words of the trades that the name tells, or of all others."""
    trades = (one for one in _TRADES if bool(one.name.search(name)) is own)
    return tuple(chain.from_iterable(one.words for one in trades))


def _own_work(
    facts: Facts, words: Sequence[str]
) -> Iterator[tuple[Block, str]]:
    """The duties, the goals and results, and the names of indicators that hold one of `words`, with the word.

    A word that stands in the name of a project is of the unit's own work as well.
    """
    named = "".join(facts.own.project_names)
    for typed in (facts.cell_text, facts.paragraph_text):
        for block, word in typed.words(words):
            if block.section in _FIELDS and word not in named:
                yield block, word


@rule(
    "TXT002",
    WARNING,
    "文中的“{found}”与本单位名称「{name}」不同；请核对是否为其他单位的文字，改为本单位的名称",
)
def sister_body(facts: Facts) -> Problems:
    """文中以本地另一名称的同行业单位为主语，讲它的工作.

    依据：自评报告写本单位；县公路养护中心的报告里以“县公路管理站”为主语的，多为抄自其他地区或机构改革前的文字。
    反例：
        单位: {名称: 示范县公路养护中心}
        叙述: {单位概况: 示范县公路管理站全年完成小修120公里。}
    """
    name = facts.unit.name
    stem = facts.own.body[0][:2]
    places = facts.own.places
    if len(stem) < 2 or not places or _WITH_PARTS.search(name):
        return
    does = any_of(facts.words.own_deeds)
    for block, match in facts.hits(_sister(stem, places[-1])):
        found = match["found"]
        does_work = does.match(match.string, match.end()) is not None
        of_itself = does_work or block.section in _OF_ITSELF
        if of_itself and _is_other(facts, match):
            yield at(*block.path, found=found, name=name)


@lru_cache(maxsize=64)
def _sister(stem: str, place: str) -> re.Pattern[str]:
    """A body of this place the name of which begins like that of the unit, as a clause begins."""
    return re.compile(
        rf"(?:(?<=[。；，：\n])|\A)(?P<found>(?:{re.escape(place)}|{re.escape(place[-1])}){re.escape(stem)}"
        rf"[\u4e00-\u9fff]{{0,8}}?{_BODIES})"
    )


def _is_other(facts: Facts, match: re.Match[str]) -> bool:
    """Whether no name of the file holds it, and the paragraph does not say that it is a part or a predecessor."""
    found = match["found"]
    name = facts.unit.name
    core = found[-4:]
    _, paragraph = sentence_at(match.string, match.start(), "\n")
    named = "".join(leaf.text for leaf in facts.leaves_of(Kind.NAME))
    is_own = core in name or core in f"{named}{facts.profile.short_name}"
    return not is_own and not has_word(paragraph, _BELOW)
