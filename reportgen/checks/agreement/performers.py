"""TXT002: who carries a project out, against the names of the file: a character short or wrong, another county."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Editops, Levenshtein

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.own_names import places_of
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.figures.figure import FieldPath

_SEVERAL = re.compile(
    r"[、，；,;/\s]|(?:以及|及|和)(?=[\u4e00-\u9fff]{2,5}[县区市镇乡])"
)
_NOTES = re.compile(r"[（(][^（）()]*[)）]|[“”\"\s　]")
_TELLS_APART = frozenset(  # two bodies of one kind may differ in just these
    "一二三四五六七八九十0123456789东西南北中上下前后左右新老大小城乡县区市镇村省州男女甲乙丙丁总分高初内外"
)
_ALSO_APART = ("人民", "中医", "实验", "机关", "民族", "妇幼", "专科", "附属")
_OF_PARTY = re.compile(r"\A(?:中共|中国共产党)")
_SHORTEST = 5  # characters of a name that one character does not make another
_LEVELS = "省市县区州旗镇乡"


class _TypedBody(NamedTuple):
    """A name of a body as it stands in a field of a project."""

    path: FieldPath
    label: str
    text: str


@rule(
    "TXT002",
    WARNING,
    "{label}“{stated}”与「{name}」只差一个字；请核对，写单位的全称或规范的简称",
)
def performer_misspelt(facts: Facts) -> Problems:
    """实施单位、主管部门与本单位、下属单位的名称只差一个字.

    依据：同一单位在各处的名称应当相同；少字、错字的不是规范的简称。
    反例：
        单位: {名称: 示范县农业机械化技术推广站}
        项目:
          - 名称: 农机推广
            实施单位: 示范县农业机械技术推广站
            指标: [{一级: 产出指标, 二级: 数量指标, 指标值: 不适用}]
    """
    names = [*_names(facts)]
    for one in _typed(facts):
        meant = next((name for name in names if _is_slip(one.text, name)), "")
        if meant and one.text not in names:
            yield at(*one.path, label=one.label, stated=one.text, name=meant)


@rule(
    "TXT002",
    ERROR,
    "{label}“{stated}”不是本地的单位，本单位是「{name}」；请核对是否为其他地区的文字",
)
def performer_of_another_place(facts: Facts) -> Problems:
    """实施单位、主管部门是同一级别另一个县（区、市）的单位.

    依据：项目由本地单位实施和主管；别的县的单位多为抄自其他地区的材料。
    反例：
        单位: {名称: 示范县史志研究室}
        项目:
          - {名称: 年鉴编纂, 实施单位: 清溪县史志研究室, 指标: [{一级: 产出指标, 二级: 数量指标, 指标值: 不适用}]}
    """
    own = facts.own.places
    names = [*_names(facts)]
    for one in _typed(facts):
        places = places_of(_OF_PARTY.sub("", one.text))
        slip = any(_is_slip(one.text, name) for name in names)
        if places and own and not slip and _is_elsewhere(places, own):
            yield at(
                *one.path,
                label=one.label,
                stated=one.text,
                name=facts.unit.name,
            )


def _typed(facts: Facts) -> Iterator[_TypedBody]:
    """The bodies that carry out the projects, or are over them, one by one."""
    for position, project in enumerate(facts.projects):
        for label, text in (
            ("实施单位", project.performer),
            ("主管部门", project.supervisor),
        ):
            for each in filter(None, _SEVERAL.split(_NOTES.sub("", text))):
                yield _TypedBody(("项目", position, label), label, each)


def _names(facts: Facts) -> Iterator[str]:
    """The unit, what it is called for short, who is over it and what is below it."""
    below = facts.department.names if facts.department else ()
    named = (*facts.own.unit, facts.profile.supervisor, *below)
    return (_NOTES.sub("", name) for name in named if name)


def _is_slip(text: str, name: str) -> bool:
    """Whether `text` is `name` with one character lost or wrong, where that makes it no other body."""
    short = name.endswith(text.lstrip(_LEVELS))  # 县招商服务中心
    steps = Levenshtein.editops(name, text)
    near = len(text) >= _SHORTEST and len(steps) == 1
    return near and not short and not _are_apart(text, name, steps)


def _are_apart(text: str, name: str, steps: Editops) -> bool:
    """Whether what is between the two makes them two bodies of one kind: 第一, 第二; 人民, 中医."""
    lost = {name[one.src_pos] for one in steps if one.tag != "insert"}
    typed = {text[one.dest_pos] for one in steps if one.tag != "delete"}
    other = any((word in text) != (word in name) for word in _ALSO_APART)
    other = other or text[:-1] == name[:-1]  # 气象台, 气象局
    return other or bool(_TELLS_APART & (lost | typed))


def _is_elsewhere(found: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the smallest place of a name is another one of the level of ours."""
    last = found[-1]
    same = last[-1] == own[-1][-1]
    return same and last not in own and not own[-1].endswith(last)
