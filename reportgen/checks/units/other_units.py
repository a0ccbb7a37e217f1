"""TXT002: the unit, its place and its kind as the text calls them, and names that are not whole."""

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.core.findings import Severity
from reportgen.model.unit import Project
from reportgen.model.values import Kind

_OURS = re.compile(  # a literal first, so that the search goes from one to the next
    r"我(?<![自给]我)(?P<ours>县|区(?![域块间])|市(?![场民值])|旗|镇|乡(?![村土镇])|街道|州)"
    r"|本(?<![根基成资样原版课书剧]本)(?P<this>县|区(?![域块间别])|市(?![场民值])|旗|镇|乡(?![村土镇])|街道)"
    r"|全(?<![安健完齐保成周]全)(?P<all>县(?!域)|市(?![场民域面值])|旗|镇(?!域)|乡(?![村土镇域])|街道)"
)
_LEADERS = re.compile(
    r"(?P<level>[县区旗])委(?:(?<![\u4e00-\u9fff]..)|(?<=[在由经向受按据与和及对]..))(?:[、和]|(?=(?P=level)))"
    r"(?P=level)(?:人民)?政府"
)
_BODY = re.compile(
    r"(?:我|(?P<this>本)(?<![根基成资样原版课书剧标脚账]本)(?=[校院馆站园]))(?P<body>局(?!部)|院|校(?!对)|站|馆|所(?![在有需做说])|委|处(?!理)|厅|中心(?!思想)|大队|支队|园)(?!们)"
)
_KINDS = r"(?:管理|服务|事务)?(?:局|处|中心|站|所|队|馆|院|办公室|委员会)"
_OTHER_NAME = (
    "文中的“{found}”与本单位名称「{name}」不同；请核对是否为其他单位的文字"
)
_COUNTY = frozenset("县区旗")
_NOTES = re.compile(r"[（(][^（）()]*[)）]|[\s　]")


@rule(
    "TXT002",
    ERROR,
    "文中称“{said}”，而本单位属于「{place}」；请核对是否为其他地区的文字，改为“{right}”",
)
def other_place_level(facts: Facts) -> Problems:
    """文中的“我县”“本区”“全市”与本单位所在地的层级不同.

    依据：单位名称写明所在的县、区、市、乡镇，文中的自称应当相同；不同的多为抄自其他地区的文字。
    反例：
        单位: {名称: 示范市南河区图书馆}
        叙述: {存在问题: [我县阅读设施不足。]}
    """
    places = facts.own.places
    if not places:
        return
    levels = tuple(_level(place) for place in places)
    for block, match in facts.hits(_OURS):
        level = match["ours"] or match["this"] or match["all"]
        if _is_foreign(level, levels, facts):
            right = f"{match[0][0]}{levels[-1]}"
            yield at(
                block,
                said=match[0],
                place=places[-1],
                right=right,
            )
    if levels[-1] in _COUNTY:
        for block, match in facts.hits(_LEADERS):
            if match["level"] != levels[-1]:
                right = match[0].replace(match["level"], levels[-1])
                yield at(
                    block,
                    said=match[0],
                    place=places[-1],
                    right=right,
                )


def _level(place: str) -> str:
    return "街道" if place.endswith("街道") else place[-1]


def _is_foreign(level: str, levels: tuple[str, ...], facts: Facts) -> bool:
    """Whether a unit of `levels` cannot say 我 with `level`; what may stand above it unsaid is allowed."""
    lowest = levels[-1]
    if level in levels:
        return False
    if level in ("镇", "乡", "街道"):
        return True
    if level == "区" and facts.paragraph_text.holds(
        ("自治区", "开发区", "园区", "新区")
    ):
        return False
    if level in _COUNTY:
        return (
            lowest in _COUNTY or lowest == "市" or bool(_COUNTY & set(levels))
        )
    return False  # 市, 州, 省 above a county or a town


@rule(
    "TXT002",
    ADVICE,
    "文中自称“{said}”，而本单位是「{name}」；请核对是否为其他单位的文字",
)
def other_kind_of_body(facts: Facts) -> Problems:
    """文中的“我局”“我院”与本单位的名称不符，或者单位名称写成了另一种机构.

    依据：自称应当与单位名称一致；不同的多为抄自其他单位、上级单位或机构改革前的文字。
    反例：
        单位: {名称: 示范县测试中心}
        叙述: {存在问题: [我局人员不足。]}
    """
    name = facts.unit.name
    own = f"{name}{facts.profile.short_name}"
    for block, match in facts.hits(_BODY):
        of_school = match["body"] == "校" and re.search("学|园", own)
        if match["body"] not in own and not of_school:
            severity = _sureness(facts, match)
            yield at(block, severity=severity, said=match[0], name=name)
    subject, ending = facts.own.body
    if (
        len(subject) < 4
        or subject not in facts.paragraph_text.text
        or not ending
    ):
        return
    known = f"{own}{facts.profile.supervisor}"
    below = ("所", "站", "队") if ending[-1] in "局会室" else ()
    for block, match in facts.hits(
        re.compile(rf"(?<![省市县区州国旗盟部级]){re.escape(subject)}{_KINDS}")
    ):
        found = match[0]
        if found not in known and not found.endswith(
            (_last_part(ending), *below)
        ):
            yield at(
                block,
                message=_OTHER_NAME,
                severity=WARNING,
                found=found,
                name=name,
            )


def _sureness(facts: Facts, match: re.Match[str]) -> Severity:
    """我局 may be of a superior; 本校 is of nobody where the file names no such body that may speak for itself."""
    names = "".join(one.text for one in facts.leaves_of(Kind.NAME))
    return WARNING if match["this"] and match["body"] not in names else ADVICE


def _last_part(ending: str) -> str:
    """服务中心 -> 中心, 管理局 -> 局."""
    return next(
        (one for one in ("中心", "办公室", "委员会") if ending.endswith(one)),
        ending[-1],
    )


@rule(
    "TXT002",
    WARNING,
    "{label}“{stated}”与项目名称「{name}」不一致；请统一为一个名称",
)
def name_not_whole(facts: Facts) -> Problems:
    """标题、清单中的名称与单位、项目的名称不一致.

    依据：同一单位、同一项目在各份文件中的名称应当相同；括号中的说明不算。
    反例：
        项目: [{名称: 2024年设备更新经费, 表题: 设备更新}]
    """
    for position, project in enumerate(facts.projects):
        yield from _project_names(project, position)
    words = facts.words.unit_name_fields
    for field, texts in facts.unit.supplement.items():
        stated = "".join(texts)
        asked = stated and has_word(field, words)
        if asked and _bare(stated) not in map(_bare, facts.own.unit):
            message = "{field}“{stated}”不是单位的全称或简称（{name}）；请写全称，或在「单位.简称」中填规范的简称"
            yield at(
                "补充",
                field,
                message=message,
                field=field,
                stated=stated,
                name="、".join(facts.own.unit),
            )


def _project_names(project: Project, position: int) -> Problems:
    for field, stated in (
        ("表题", project.title),
        ("清单名称", project.listed_name),
    ):
        if stated and _bare(stated) != _bare(project.name):
            yield at(
                "项目",
                position,
                field,
                label=field,
                stated=stated,
                name=project.name,
            )


def _bare(name: str) -> str:
    """A name without notes in brackets and blanks."""
    return _NOTES.sub("", name)


@rule(
    "TXT002",
    ERROR,
    "文中有“{word}”，是示例或其他单位的名称；请改为本单位的名称",
)
def leftover_name(facts: Facts) -> Problems:
    """文中有模板包列出的残留名称.

    依据：照示例或其他单位的材料改写时留下的名称，由模板包的词表「残留名称」列出。
    反例：
        叙述: {存在问题: [青禾县图书馆座位不足。]}
    """
    own = (
        f"{facts.unit.name}{facts.profile.short_name}{facts.profile.supervisor}"
    )
    words = [word for word in facts.words.leftover_names if word not in own]
    for typed in (facts.paragraph_text, facts.cell_text):
        for block, word in typed.words(words):
            yield at(block, word=word)
