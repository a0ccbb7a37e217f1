"""TXT002: another body of the same kind, named where the text speaks of the unit itself."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.own_names import places_of
from reportgen.checks.facts.text_index import any_of, sentence_at
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.findings import Severity
from reportgen.figures.figure import FieldPath
from reportgen.model.values import Kind

# A place has several of these, each with papers of its own; of the others one for each trade, and they work together.
_ALIKE = re.compile(
    r"(人民政府|街道办事处|人民法院|人民检察院|幼儿园|小学|中学|学校|卫生院|保健院|医院|(?<=图书|文化|博物)馆|派出所|敬老院)\Z"
)
_OF_TRADES = re.compile(
    r"(中心|委员会|办公室|大队|支队|局|馆|站|所|院|校|处)\Z"
)
_FAMILIES = {
    **dict.fromkeys(("小学", "中学", "学校"), "小学|中学|学校"),
    **dict.fromkeys(("医院", "保健院"), "医院|保健院"),
    "院": "(?<![医法察学健])院",
}
# 东河镇人民政府: in the papers of another town there is hardly a reason to name it
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5}(?:镇|乡|街道)(?:人民政府|办事处|党委))"
)
_BEFORE_NAME = re.compile(
    r".*(?:根据|按照|按|由|在|对|为(?!民)|向(?!阳)|经|于|受|将|关于|落实|围绕|结合|执行|与|和(?![平谐])|同(?![心济仁])|及|跟|从|被|赴|到|给|请|以|前往|接待|走进)|\A原(?!平)"
)
# 〇 stands for the name: 与〇, 〇等, 我校 in the sentence
_PARTNER = re.compile(
    r"(?:[与和同及跟、由向经对从被受在为按赴到给请原往待]|相邻的)〇|〇[与和同及跟、等]|"
    r"[我本](?:[校院局馆镇乡县区市站所处们单]|中心|街道)|双方|互访|该[院校局馆站所镇乡]|[到来]访|一行|[到来赴][我本]?[校馆院局站所]|经验|做法|对标|取经|引进|[前赴到]去?学习|进修|标杆|榜样|值得|示范作用|赛(?!道)|[冠亚季]军|更名|改名|分设|[并划]入|撤[销并]|前身|联考|(?:结对|对口|分)[馆校院]"
)
_OF_SEVERAL = re.compile(r"中心学校|学区|集团|总[校院]|医共体")
_BELOW = r"(?:下[设辖属]|所属|直属|二级单位|结对|前身|原名)[^。\n]*"
_OF_ITSELF = re.compile(  # what only a unit itself is the subject of, in its own papers
    r"[（(\d]{0,1}(?:(?:19|20)?\d\d年度?)?(?:部门整体|整体支出|(?:绩效)?自评(?!要求|工作|通知|文件|方案)|内设|核定编制|编制|现有|"
    r"在职|主要职[责能]|全年预算|年初预算|基本情况|机构设置|属[^，。；]{0,12}单位|[是为][^，。；]{0,16}(?:单位|部门))"
)
_LEVELS = "省  市州盟区县旗镇乡道"  # three of each level
_SHORTEST = 3  # characters of a name that can be told from a general word


@rule(
    "TXT002",
    ERROR,
    "文中的“{found}”不是本单位「{name}」；请核对是否为其他单位的文字，改为本单位的名称",
)
def another_body_of_the_kind(facts: Facts) -> Problems:
    """文中把同类的另一个单位写成了本单位.

    依据：自评报告写的是本单位；目标、完成情况、指标名称和文字以另一个同类单位为主语，讲它的机构、人员、预算、工作和自评的，多为抄自其他单位；
    乡镇的材料中出现另一个乡镇的政府也是。相邻、合作、上级、出资的单位（词表“往来用语”“往来做法”）不算。
    反例：
        单位: {名称: 示范县青山镇人民政府}
        叙述: {存在问题: [根据白水镇人民政府工作安排，部分项目推进较慢。]}
    """
    name = facts.unit.name
    for path, found, severity in dict.fromkeys(_others(facts)):
        yield at(
            *path,
            severity=severity,
            found=found,
            name=name,
        )


def _others(facts: Facts) -> Iterator[tuple[FieldPath, str, Severity]]:
    """Where another body stands in prose or as the name of an indicator, and how sure it is a slip."""
    name = facts.unit.name
    prose = facts.paragraph_text
    cells = facts.cell_text
    kind = _ALIKE.search(name) or _OF_TRADES.search(name)
    pattern = _named(kind[1] if kind else "")
    for block, match in chain(prose.hits(pattern), cells.hits(pattern)):
        found = _BEFORE_NAME.sub("", match["name"])
        if match.string is not prose.text and block.section != "三级":
            continue
        severity = _severity(facts, found, match)
        if severity is not None and not _is_partner(facts, found, match):
            yield block.path, found, severity


@lru_cache(maxsize=64)
def _named(kind: str) -> re.Pattern[str]:
    """The name of a body of that kind: of a town anywhere, of others as a sentence, or a part of one, begins."""
    if kind in ("人民政府", "街道办事处"):
        return _TOWN
    ending = _FAMILIES.get(kind, kind or "(?!)")
    return re.compile(
        rf"(?<![^。；，：！？“\n])(?:\d{{4}}年度?|保障|确保|提升|提高|改善)?"
        rf"(?P<name>[^\x00-\u4dff\ua000-\uffff的了到把]{{1,16}}?(?:{ending}))(?![员长级队舍]|小学|学校|医院|幼儿园)"
    )


def _is_partner(facts: Facts, found: str, match: re.Match[str]) -> bool:
    """Whether the sentence names the body as a neighbour, a partner, a superior or one that pays."""
    words = facts.words
    start = match.start("name")
    _, sentence = sentence_at(match.string, start, "。；！？\n")
    marked = sentence.replace(found, "〇")
    before, after = marked.split("〇")[:2]
    clause = re.split("[，：]", after)[0]
    deals = has_word(before + found[:4], words.dealings_before)
    return (
        deals
        or (clause[:1] != "将" and has_word(clause, words.dealings_after))
        or bool(
            _PARTNER.search(marked) or re.search(_BELOW + found, match.string)
        )
    )


def _severity(
    facts: Facts, found: str, match: re.Match[str]
) -> Severity | None:
    """None where the body is the unit itself, or the unit may well write so of it."""
    end = match.end()
    if _is_own(facts, found):
        return None
    if match.re is _TOWN or _OF_ITSELF.match(match.string, end):
        return ERROR
    does = any_of(facts.words.own_deeds).match(match.string, end)
    if _is_peer(facts, found):
        return ERROR if does else WARNING
    return WARNING if does and _is_beside(facts, found) else None


def _is_peer(facts: Facts, found: str) -> bool:
    """Whether it is a body of another place of the same level, or one of several alike; none that stands above."""
    level = _level(found)
    own = _level(facts.unit.name)
    elsewhere = level == own and not _is_here(facts, found)
    alike = _ALIKE.search(facts.unit.name) is not None
    return elsewhere or (alike and not 0 <= level < own)


def _is_beside(facts: Facts, found: str) -> bool:
    """Whether it is of another trade in the same place, and not one that serves all trades."""
    named = _level(found) < 0 and found[-1] in "局会"
    level = _level(facts.unit.name)
    serves_all = has_word(found, facts.words.serving_all)
    return (named or _level(found) == level) and not serves_all


def _level(name: str) -> int:
    """How far below the country a body stands; below 0 where its name does not say so."""
    places = places_of(name)
    return _LEVELS.find(places[-1][-1] if places else name[0]) // 3


def _is_here(facts: Facts, found: str) -> bool:
    return all(place in facts.unit.name for place in places_of(found)[-1:])


def _is_own(facts: Facts, found: str) -> bool:
    """Whether the name is one of the unit's, part or short for one, general, or that of a body that the file names."""
    general = has_word(found, facts.words.general_bodies)
    if general or len(found) < _SHORTEST or _OF_SEVERAL.search(facts.unit.name):
        return True
    short = re.sub(r"(?:人民政府|办事处|党委)\Z", "", found)  # of 青山镇党委
    if found in facts.once(_in_file)[0]:
        return True
    here = _is_here(facts, found)
    own = filter(None, (*facts.own.unit, facts.profile.supervisor))
    return any(
        _is_short_for(short, one) or (here and found.endswith(one))
        for one in own
    )


def _in_file(facts: Facts) -> Iterator[str]:
    """The names and duties that the file holds, without what may have been copied with the text, as one text."""
    own = (*facts.leaves_of(Kind.NAME), *facts.leaves_of(Kind.AIM))
    below = facts.department.names if facts.department else ()
    copied = {"三级", "预期目标"}
    yield "\n".join(
        (*(leaf.text for leaf in own if leaf.name not in copied), *below)
    )


def _is_short_for(short: str, name: str) -> bool:
    """Whether `name` holds the characters in their order: 县疾控中心 is short for 某县疾病预防控制中心."""
    rest = iter(name)
    return all(char in rest for char in short)
