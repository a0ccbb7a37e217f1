"""In which document of the set a field of the unit is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# What a field is called in templates where it is not called what it is called in unit.yaml.
_IN_TEMPLATES = {
    "自评结果.分值合计": "合计.分值",
    "自评结果.总分": "合计.得分",
    "自评结果.等级": "等级",
    "自评结果": "合计",
    "一级分值": "指标",
    "一级得分": "指标",
    "共性指标.指标": "共性",
    "项目共性指标.指标": "项目共性",
    "共性指标.自评结果": "共性",
    "项目共性指标.自评结果": "项目共性",
    "资金.资金来源": "资金.来源",
    "资金.按收入性质": "资金",
    "资金.按支出性质": "资金",
}
_TOO_WIDE = frozenset(
    {"单位", "项目", "项目列表", "叙述", "项目.叙述", "项目列表.叙述", "补充", "填报"}
)
_POSITION = re.compile(r"\[(\d+)\]")


class PrintedDocument(NamedTuple):
    """A document of the set: its file, the names that its template uses, and the project it is of (None: the unit)."""

    file: str
    names: frozenset[str]
    project: int | None


def document_of(path: str, documents: Sequence[PrintedDocument]) -> str:
    """The file in which the field at `path` (项目[2].资金.执行率) shows, "" where none can be named."""
    position = _POSITION.search(path) if path.startswith("项目[") else None
    project = int(position[1]) - 1 if position else None
    for name in _names(_POSITION.sub("", path)):
        own = (
            one.file
            for one in documents
            if one.project == project and name in one.names
        )
        found = next(own, "") or (
            "" if project is None else _told_by_unit(name, documents)
        )
        if found:
            return found
    return ""


def _told_by_unit(name: str, documents: Sequence[PrintedDocument]) -> str:
    """The document of the whole unit that tells of its projects: row by row, or in a section of the same name."""
    steps = name.split(".")
    also = {
        ".".join(("项目列表", *steps[1:])),
        ".".join(steps[1:]) if steps[1:2] == ["叙述"] else "",
    } - _TOO_WIDE
    return next(
        (one.file for one in documents if one.project is None and also & one.names), ""
    )


def _names(field: str) -> Iterator[str]:
    """`field` as templates call it, then what it is part of, as long as that says anything."""
    lead = "项目." if field.startswith("项目.") else ""
    rest = field.removeprefix(lead)
    for typed, name in _IN_TEMPLATES.items():
        if rest == typed or rest.startswith(f"{typed}."):
            rest = f"{name}{rest[len(typed) :]}"
            break
    name = f"{lead}{rest}"
    while name and name not in _TOO_WIDE:
        yield name
        name = name.rpartition(".")[0]
