"""TXT002: a project that has nothing to do with this one, as the subject of its text."""

from __future__ import annotations

import re
from itertools import pairwise

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.model.unit import Project

_SUBJECT = re.compile(
    r"(?P<kind>项目|工程)"
    r"(?=于|已|按|如期|圆满|基本|正在|选址|受|由|采购|招标|达到|覆盖|没有|缓慢|滞后|延[期误后]|启动|落地|建成|总投资|资金|进度"
    r"|未|尚|还|因|较|存在|部分|全面|完成|开工|竣工|拨付|实施|顺利|有序|主要|建设|的实施|进展|投资|年初|全年|推进|验收|支付|\d)"
)
_CLAUSE = re.compile(r"(?:[。；，：\n]|\A)([\u4e00-\u9fff（）()]{4,24})\Z")
_POINT = re.compile(
    r"\A(?:[一二三四五六七八九]是|[（(][一二三四五六七八九][)）]|其[一二三])"
)
_FAR = 26  # characters in which a clause with a name begins
_LEADS = re.compile(
    r"\A(?:本|该|此|我|各|每|全部|所有|上述|其中|通过|由于|因|对|将|按|在|为|以|经"
    r"|与|和|及|组织|开展|实施|完成|推进|加快|部分|多个|个别|年度|当年|重点|新建|续建|在建)"
)
_PLAIN = re.compile(
    r"建设|改造|提升|巩固|完善|年度|全县|全市|全区|专项|资金|重点|新建|续建|维修"
    r"|实施|支出|工作|配套|设施|服务|管理|保障|示范|试点|补助|综合|治理|项目|工程"
)
_PROGRAMME = re.compile(  # other works may well be a part of the project
    r"农村|城乡|乡村|老旧小区|高标准|教育|学前|学校|校舍|幼儿|饮水|人居环境|小流域|除险|雨污|普惠|安居"
    r"|棚户|养老|医疗|卫生|水库|防洪|公路|河道|污水|垃圾|粪污|造林|廉租|公租|治沙|灌区|天然气|光伏|产业园"
)
_SOMEWHERE = re.compile(  # 柳树村产业路项目 may be what it was spent on
    r"(?<![农乡])[村镇组]|社区|街道"
)
_SPENT_ON_MANY = re.compile(
    r"资金|专项|衔接|债券?|补助|奖补|基金|配套|转移支付|扶持|扶贫|振兴|以工代赈|整合|投资|工程款|重点项目|基本建设"
)
_A_TOPIC = 3  # characters that are left of a name


@rule(
    "TXT002",
    WARNING,
    "「{found}」与本项目「{name}」及其指标都没有关系；请核对是否为其他项目的文字",
)
def project_of_nobody(facts: Facts) -> Problems:
    """项目的文字里，以与本项目、本单位都没有关系的另一个项目为主语.

    依据：项目的目标、完成情况和叙述写本项目；讲的是别的项目的，多为复制后没有改。用于多个子项目的资金除外。
    反例：
        项目:
          - 名称: 非遗展演
            指标: [{一级: 产出指标, 二级: 数量指标, 指标值: 不适用}]
            年度目标: {预期目标: 举办展演八场, 完成情况: 举办展演八场，农村饮水巩固提升工程全面完工}
    """
    own: frozenset[str] | None = None
    for block, match in facts.hits(_SUBJECT) if facts.projects else ():
        name = "" if block.project is None else _name(match)
        if not name or _SPENT_ON_MANY.search(_project(facts, block).name):
            continue
        own = own or _pairs(_own_words(facts))
        topic = _pairs(_PLAIN.sub("", name))
        if topic.isdisjoint(own | _pairs(_goals(facts, block))):
            own_name = _project(facts, block).name
            yield at(*block.path, found=name, name=own_name)


def _name(match: re.Match[str]) -> str:
    """The name of a project that begins a clause and says what it is about; "" where there is none."""
    start = max(0, match.start() - _FAR)
    clause = _CLAUSE.search(match.string[start : match.start()])
    name = f"{clause[1]}{match['kind']}" if clause else ""
    name = _POINT.sub("", name)
    whole = match["kind"] == "项目" or _PROGRAMME.search(name)
    part = _SOMEWHERE.search(name)
    telling = not part and len(_PLAIN.sub("", name)) >= _A_TOPIC
    return name if whole and telling and not _LEADS.match(name) else ""


def _project(facts: Facts, block: Block) -> Project:
    return facts.projects[block.project or 0]


def _pairs(text: str) -> frozenset[str]:
    """Every two characters of a text that stand together."""
    return frozenset(f"{one}{two}" for one, two in pairwise(text))


def _own_words(facts: Facts) -> str:
    """The names of the unit, its projects, indicators and offices, and its duties, as one text."""
    rows = (row.name for row in facts.rows)
    duties = "".join(facts.profile.duties)
    return "\n".join((facts.own.everything, duties, *rows))


def _goals(facts: Facts, block: Block) -> str:
    """What the project wants to reach and is for, without the paragraph that is looked at."""
    project = _project(facts, block)
    texts = (*project.goals.expected, project.purpose)
    return "\n".join(text for text in texts if text != block.text)
