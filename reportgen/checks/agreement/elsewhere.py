"""TXT002: an authority of another county in what a unit writes of itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.text_index import sentence_at
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.findings import Severity
from reportgen.figures.figure import FieldPath
from reportgen.model.values import Kind

_COUNTIES = "县区旗"
_LEAD = (
    r"(?:(?<=[。；，：、（(“《\s])|^|(?<=根据)|(?<=按照)|(?<=依据)"
    r"|(?<=中共)|(?<=经过)|(?<=落实)|(?<=关于)|(?<=由于)|(?<=对照)|(?<=执行)"
    r"|(?<=[由经报向与和及对在于到受从将被请给为是按]))"
)
_BODY = r"(?:人民政府|[\u4e00-\u9fff]{1,10}?(?:局|委员会|办公室)|委(?!员|托|派|婉)|政府|人大|政协|法院|检察院|纪委)"
_AUTHORITY = re.compile(rf"(?P<level>[县区旗市])(?P<body>{_BODY})")
_PLACE = re.compile(  # before its 县
    rf"{_LEAD}(?![全各本我该外某其几两多邻兄原贫试示从与和及对在于到受将被请给为是按经报向由]|所在|周边|相邻"
    rf"|有关|下辖)(?P<name>(?:(?![县区旗市委府镇乡局办])[\u4e00-\u9fff]){{2,3}})\Z",
    re.MULTILINE,
)
_FAR = 8  # characters before 县 in which its name and what leads up to it stand
_NO_PLACE = re.compile(  # 负责区委, 落实县政府: a verb and our own
    r"(?:负责|承办|落实|完成|服务|保障|贯彻|执行|组织|协调|围绕|协助|接受"
    r"|根据|按照|配合|依靠|坚持|领导|推动|做好|加强|促进|全面|各级|经过"
    r"|指导|督促|参与|承担|支持|听取|争取|报请|提请|上报|积极|认真|主动|参加"
    r"|推进|开展|办理|代表|以及|起草|审核|牵头|汇总|联系|受理|监督|管理|实施"
    r"|建立|成立|设立|隶属|归口|直属|所属|下属|涉及|结合|遵照|遵循|响应|向上|对接|原先|现有)\Z"
)
_RULES = re.compile(  # what only an authority of ours does
    r"批[复准]|下[达发]|印发|安排|要求|备案|审[批核]|拨付|核[定准]|通知|文件|部署|考核|主管|报|办法|意见|方案"
)
_WITH = frozenset(
    "与和及到从"
)  # we have to do with it, and it may be a partner
_NEIGHBOUR = re.compile(
    r"[相毗]邻|邻[县近]|接壤|交界|联[合动]|考察|学习|借鉴|交流|帮扶"
    r"|对口|协[作查]|支援|结对|参观|调研|合作|签[订署]|共建|来访"
    r"|[上下]游|转移|招商|东西部|劳务|跨[县区界]|兄弟|引进|做法|经验"
    r"|先进|取经|观摩|互认|通办|异地|移[送交]|籍|流域|省际|挂职|援"
)


@rule(
    "TXT002",
    WARNING,
    "文中的“{found}”不在本单位所在的「{place}」；请核对是否为其他地区的文字",
)
def authority_elsewhere(facts: Facts) -> Problems:
    """文中写的党政机关、主管部门是同级别另一个县（区、市）的.

    依据：县里的项目由本县批复、下达和主管；句中没有讲相邻、合作、帮扶、考察的，多为抄自其他地区的材料。
    反例：
        单位: {名称: 示范县水利局}
        叙述: {单位概况: 项目由云山县财政局批复，资金分两批下达。}
    """
    places = facts.own.places
    if not places or places[-1][-1] not in f"{_COUNTIES}市":
        return
    for (path, found), one in _named(facts, places[-1]).items():
        severity = _severity(one)
        if severity:
            yield at(
                *path,
                severity=severity,
                found=found,
                place=places[-1],
            )


class _Authority(NamedTuple):
    """An authority as it stands in a text: where its place begins."""

    text: str
    start: int


def _named(facts: Facts, own: str) -> dict[tuple[FieldPath, str], _Authority]:
    """The authorities of other places of our level in each paragraph, the first of each."""
    named = "".join(leaf.text for leaf in facts.leaves_of(Kind.NAME))
    found: dict[tuple[FieldPath, str], _Authority] = {}
    for block, match in facts.hits(_AUTHORITY):
        text, end = match.string, match.start()
        before = _PLACE.search(text[max(0, end - _FAR) : end])
        name = before["name"] if before else ""
        place = f"{name}{match['level']}"
        if name and place not in named and _is_of_our_level(place, own):
            one = _Authority(text, end - len(name))
            found.setdefault((block.path, f"{place}{match['body']}"), one)
    return found


def _is_of_our_level(place: str, own: str) -> bool:
    """Whether the place is no larger or smaller than ours, and another one: a 市 over us may well rule."""
    level = place[-1]
    counties = level in _COUNTIES and own[-1] in _COUNTIES
    alike = level == own[-1] if "市" in (level, own[-1]) else counties
    named = not _NO_PLACE.search(place[:-1])
    return alike and named and not own.endswith(place)


def _severity(one: _Authority) -> Severity | None:
    """An error where it rules over us; None where it is a neighbour or a partner."""
    _, sentence = sentence_at(one.text, one.start, "。；\n")
    if _NEIGHBOUR.search(sentence):
        return None
    if _RULES.search(sentence):
        return ERROR
    with_us = one.text[one.start - 1 : one.start] in _WITH
    return None if with_us else WARNING
