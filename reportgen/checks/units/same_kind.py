"""TXT002: another body of the same kind, named where the text speaks of the unit itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ERROR, Problem, at, rule
from reportgen.figures.figure import FieldPath

_KINDS = (
    *("人民政府", "街道办事处", "人民法院", "人民检察院", "服务中心", "中心"),
    *(
        "幼儿园",
        "小学",
        "中学",
        "学校",
        "卫生院",
        "医院",
        "图书馆",
        "文化馆",
        "博物馆",
    ),
    *(
        "委员会",
        "办公室",
        "大队",
        "支队",
        "局",
        "馆",
        "站",
        "所",
        "院",
        "校",
        "处",
    ),
)
# 东河镇人民政府: in the papers of another town there is hardly a reason to name it
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5}(?:镇|乡|街道)(?:人民政府|办事处|党委))"
)
_TOWN_KINDS = ("人民政府", "街道办事处")
_BEFORE_NAME = re.compile(
    r".*(?:根据|按照|按|由|在|对|为|向|经|于|受|将|关于|落实|围绕|结合|执行)"
)
_PARTNER = re.compile(r"[与和同及跟、]|联合|配合|协助|邻近|兄弟|周边|原")
_GENERAL = re.compile(
    r"各|全|本|该|我|其他|有关|相关|乡镇|镇街|街镇|所在|县乡|村镇|城镇"
)
_OF_ITSELF = (  # what only a unit itself is the subject of, in its own papers
    r"(?=[（(\d]{0,1}(?:(?:19|20)?\d\d年度?)?(?:部门整体|整体支出|(?:绩效)?自评(?!要求|工作|通知|文件|方案)|内设|核定编制|编制|现有|"
    r"在职|主要职[责能]|全年预算|年初预算|基本情况|机构设置|属[^，。；]{0,12}单位|[是为][^，。；]{0,16}(?:单位|部门)))"
)
_SHORTEST = 4  # characters of a name that can be told from a general word


@rule(
    "TXT002",
    ERROR,
    "文中的“{found}”不是本单位「{name}」；请核对是否为其他单位的文字，改为本单位的名称",
)
def another_body_of_the_kind(facts: Facts) -> Iterator[Problem]:
    """文中把同类的另一个单位写成了本单位.

    依据：自评报告写的是本单位；乡镇的材料中出现另一个乡镇的政府，或以另一个同类单位为主语介绍机构、人员、预算、自评的，多为抄自其他单位。
    反例：
        单位: {名称: 示范县青山镇人民政府}
        叙述: {存在问题: [根据白水镇人民政府工作安排，部分项目推进较慢。]}
    """
    name = facts.unit.name
    kind = next((one for one in _KINDS if name.endswith(one)), "")
    if not kind or kind not in facts.paragraph_text.text:
        return
    patterns = [_subject(kind), *([_TOWN] if kind in _TOWN_KINDS else [])]
    found = (one for pattern in patterns for one in _named(facts, pattern))
    for path, other in dict.fromkeys(found):
        yield at(*path, found=other, name=name)


def _named(
    facts: Facts, pattern: re.Pattern[str]
) -> Iterator[tuple[FieldPath, str]]:
    """Where another body is named, and not as a partner."""
    for block, match in facts.paragraph_text.hits(pattern):
        found = _BEFORE_NAME.sub("", match["name"])
        start = match.start("name")
        lead = match.string[max(0, start - 2) : start] + found[:3]
        if not _PARTNER.search(lead) and not _is_own(facts, found):
            yield block.path, found


@lru_cache(maxsize=64)
def _subject(kind: str) -> re.Pattern[str]:
    """The name of a body of that kind that a sentence begins with, as the unit would speak of itself."""
    return re.compile(
        rf"(?:(?<=[。\n])|\A)(?P<name>[\u4e00-\u9fff]{{2,16}}?{kind}){_OF_ITSELF}"
    )


def _is_own(facts: Facts, found: str) -> bool:
    """Whether the name is one of the unit's, part of one, general, or that of a body that the file names."""
    if len(found) < _SHORTEST or _GENERAL.search(found):
        return True
    own = (*facts.own.unit, facts.unit.profile.supervisor)
    named = any(found in one or (one and found.endswith(one)) for one in own)
    return (
        named
        or found in facts.own.everything
        or _short(found) in facts.unit.name
    )


def _short(found: str) -> str:
    """青山镇 of 青山镇党委."""
    return re.sub(r"(?:人民政府|办事处|党委)\Z", "", found)
