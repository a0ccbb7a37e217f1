"""Where a printed value comes from: a field of unit.yaml, a section of the report, or a computed figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportgen.core.trace import PATH_KEY, Traced, bookmark_name
from reportgen.figures.figure import FieldPath
from reportgen.model.unit import FundsRow, Unit

_RESULTS = {"得分": ("自评结果", "总分"), "分值": ("自评结果", "分值合计")}
_ROWS = {
    "收入": "按收入性质",
    "支出": "按支出性质",
    "来源": "按资金来源",
    "收入构成": "按收入性质",
    "支出构成": "按支出性质",
}
_INDICATORS = {"指标": "指标", "长期指标": "长期指标"}
_OF_INDICATOR = frozenset(
    [
        "目标",
        "一级",
        "二级",
        "三级",
        "指标值",
        "实际值",
        "分值",
        "得分",
        "偏差原因",
        "指标分类",
        "指标值依据",
    ]
)
_OF_ROW = frozenset(
    ("名称", "年初预算数", "全年预算数", "全年执行数", "执行率", "占比", "分值", "得分")
)
_OF_FUNDS = frozenset(
    [
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "执行率",
        "分值",
        "得分",
        "调整原因",
        "偏差原因",
    ]
)
_OF_PROJECT = {
    "名称": "名称",
    "类别": "类别",
    "项目总预算": "项目总预算",
    "用途": "用途",
    "备注": "备注",
}
_OF_PROJECT |= {
    "主管部门": "主管部门",
    "实施单位": "实施单位",
    "表题": "表题",
    "清单名称": "清单名称",
}
_PLAIN = frozenset(
    ("单位", "填报", "年度目标", "基础数据", "补充")
)  # as they stand in the file


@dataclass(frozen=True, slots=True)
class Field:
    """A name of the view that is printed: its path there, and where in unit.yaml its value belongs.

    `text` is what is printed. `field` is () for what the pack or the program says. `section` is the section of 叙述
    that a passage belongs to.
    """

    path: str
    text: str
    field: FieldPath = ()
    section: FieldPath = ()


def printed_fields(view: Mapping[str, Any], unit: Unit) -> dict[str, Field]:
    """Every value of the view by the name of its bookmark."""
    return {bookmark_name(one.path): one for one in _of_view(view, unit)}


def _of_view(view: Mapping[str, Any], unit: Unit) -> Iterator[Field]:
    yield from _leaves(
        {key: value for key, value in view.items() if key != "项目列表"}, "", unit, ()
    )
    for position, project in enumerate(view["项目列表"]):
        yield from _leaves(
            project,
            str(project.get(PATH_KEY, f"项目#{position}")),
            unit,
            ("项目", position),
        )


def _leaves(
    names: Mapping[str, Any], path: str, unit: Unit, owner: FieldPath
) -> Iterator[Field]:
    """The values below one mapping; what was met by another path first is told by that."""
    for key, value in names.items():
        whole = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            if value.get(PATH_KEY, whole) == whole:
                yield from _leaves(value, whole, unit, owner)
        elif isinstance(value, list):
            yield from _items(value, whole, unit, owner)
        elif isinstance(value, str) and key != PATH_KEY:
            yield Field(whole, value, _field(_own(whole, owner), unit, owner))


def _items(
    items: list[Any], path: str, unit: Unit, owner: FieldPath
) -> Iterator[Field]:
    for position, item in enumerate(items):
        if isinstance(item, dict):
            if str(item.get(PATH_KEY, "")).startswith(f"{path}#"):
                yield from _rows(item, position, path, unit, owner)
        elif isinstance(item, Traced):
            yield Field(item.path, item, (), (*owner, "叙述", path.rpartition(".")[2]))
        elif isinstance(item, str):
            own = _own(path, owner)
            listed = own.partition(".")[0] in _PLAIN
            yield Field(
                f"{path}#{position}",
                item,
                (*owner, *own.split("."), position) if listed else (),
            )


def _rows(
    row: Mapping[str, Any], position: int, path: str, unit: Unit, owner: FieldPath
) -> Iterator[Field]:
    """The values of one row of a list."""
    own, at = _own(path, owner), str(row[PATH_KEY])
    name = own.removeprefix("资金.")
    for key, value in row.items():
        if isinstance(value, dict) and value.get(PATH_KEY) == f"{at}.{key}":
            yield from _leaves(value, f"{at}.{key}", unit, owner)
        elif not isinstance(value, str) or key == PATH_KEY:
            continue
        elif own in _INDICATORS:
            yield Field(
                f"{at}.{key}",
                value,
                (*owner, _INDICATORS[own], position, key)
                if key in _OF_INDICATOR
                else (),
            )
        elif own.startswith("资金.") and name in _ROWS and key in _OF_ROW:
            yield Field(
                f"{at}.{key}",
                value,
                _funds_row(unit, owner, _ROWS[name], str(row.get("名称", "")), key),
            )
        else:
            yield Field(f"{at}.{key}", value)


def _own(path: str, owner: FieldPath) -> str:
    """The path as it is within the unit or the project that it belongs to."""
    return path.partition(".")[2] if owner else path


def _field(own: str, unit: Unit, owner: FieldPath) -> FieldPath:
    """Where a plain name belongs in the file; () where it is not typed there."""
    first, _, rest = own.partition(".")
    if first == "合计" and rest in _RESULTS:
        return (*owner, *_RESULTS[rest])
    if own == "等级":
        return (*owner, "自评结果", "等级")
    if first == "资金":
        return (*owner, first, rest) if rest in _OF_FUNDS else ()
    if owner and own in _OF_PROJECT:
        return (*owner, _OF_PROJECT[own])
    return (*owner, *own.split(".")) if rest and first in _PLAIN else ()


def _funds_row(
    unit: Unit, owner: FieldPath, kind: str, name: str, key: str
) -> FieldPath:
    """The row of that name, or the detail below one."""
    funds = unit.projects[int(owner[1])].funds if owner else unit.funds
    fields = {
        field.alias: field_name
        for field_name, field in type(funds).model_fields.items()
    }
    rows: tuple[FundsRow, ...] = getattr(funds, fields.get(kind, ""), ())
    for position, row in enumerate(rows):
        if row.name == name:
            return (*owner, "资金", kind, position, key)
        for number, detail in enumerate(row.details):
            if detail.name == name:
                return (*owner, "资金", kind, position, "明细", number, key)
    return ()
