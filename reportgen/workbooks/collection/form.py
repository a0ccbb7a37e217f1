"""What the collection form asks: sheets, blocks, fields with their paths in the unit; writer and reader share it.

Everything is derived from the model, so that a field that is added there has its place here. Which block stands on
which sheet is all that is said by hand; what no sheet names stands on the last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args

from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.unit import Project, Unit
from reportgen.model.values import Kind

ONE, LISTED, NAMED = ("one", "listed", "named")
NAME_LABEL = "栏目"  # of the column with the names under which entries stand
PARENT_LABEL = "上一级"  # of the column that says of which row this is a part
CONTENT_LABEL = "内容"  # of the column of entries that are a single value
BETWEEN = "·"  # steps of a label
PROJECTS = "项目"
GUIDE_SHEET = "填写说明"
OTHER_SHEET = "其他内容"
BASE_SHEET = "基础数据"
_ALIKE = 3  # blocks of one kind side by side that make a table
_UNITS = {Kind.MONEY: "万元", Kind.RATE: "%", Kind.POINTS: "分"}
_SHEETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("单位和资金", ("", "单位", "填报", "资金")),
    ("整体自评表", ("年度目标", "一级分值", "指标", "自评结果")),
    (PROJECTS, ()),
    ("存在问题和改进措施", ("叙述", "补充")),
    (BASE_SHEET, ("基础数据", "共性指标", "项目共性指标")),
)


class FormField(NamedTuple):
    """One value: what the form calls it, its path below the block or row, kind; `listed` where it may be several."""

    label: str
    path: FieldPath
    kind: Kind
    listed: bool = False
    options: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The label with the unit of what is to be filled in."""
        unit = _UNITS.get(self.kind, "")
        return f"{self.label}（{unit}）" if unit else self.label


class FormBlock(NamedTuple):
    """Fields that stand together: one of each (`rows` ONE), a row an item (LISTED), or a row an entry (NAMED).

    `inner` is the key under which a row has further rows: of its own kind, or such as have `parts` for fields.
    `names` are the entries that there may be.
    """

    title: str
    path: FieldPath
    rows: str
    fields: tuple[FormField, ...]
    inner: str = ""
    names: tuple[str, ...] = ()
    parts: tuple[FormField, ...] = ()

    @property
    def columns(self) -> tuple[FormField, ...]:
        """The fields of rows and of further rows, each once."""
        known = {one.path for one in self.fields}
        more = (one for one in self.parts if one.path not in known)
        return (*self.fields, *more)

    def name_in(self, row: Mapping[Any, Any]) -> str:
        """What a row is called: the last of its names that it has."""
        names = (
            str(row.get(one.path[-1]) or "").strip()
            for one in reversed(self.columns)
            if one.path and one.kind is Kind.NAME
        )
        return next(filter(None, names), "")


class FormSheet(NamedTuple):
    """The blocks of one sheet; that of a project is there once for each."""

    name: str
    blocks: tuple[FormBlock, ...]

    @property
    def of_project(self) -> bool:
        """Whether each project has one."""
        return self.name == PROJECTS


@cache
def form_sheets() -> tuple[FormSheet, ...]:
    """The sheets in their order."""
    blocks = tuple(_blocks_of(Unit, "", "填报基本情况"))
    placed = {key for _, keys in _SHEETS for key in keys}
    sheets = [
        FormSheet(name, _chosen(blocks, keys)) for name, keys in _SHEETS if keys
    ]
    projects = tuple(_blocks_of(Project, "本项目", "本项目基本情况"))
    position = [name for name, _ in _SHEETS].index(PROJECTS)
    sheets.insert(position, FormSheet(PROJECTS, projects))
    others = {_top(one) for one in blocks} - placed
    return (*sheets, FormSheet(OTHER_SHEET, _chosen(blocks, others)))


@cache
def blocks_by_title() -> dict[str, tuple[FormBlock, bool]]:
    """Each block by its title, and whether it is of a project."""
    return {
        block.title: (block, sheet.of_project)
        for sheet in form_sheets()
        for block in sheet.blocks
    }


def _top(block: FormBlock) -> str:
    return str(block.path[0]) if block.path else ""


def _chosen(
    blocks: Iterable[FormBlock], keys: Iterable[str]
) -> tuple[FormBlock, ...]:
    wanted = list(keys)
    chosen = [one for one in blocks if _top(one) in wanted]
    order = {one: position for position, one in enumerate(wanted)}
    return tuple(sorted(chosen, key=lambda one: order[_top(one)]))


def _blocks_of(model: Model, prefix: str, head: str) -> Iterator[FormBlock]:
    """The blocks of a unit or a project: its own values first."""
    fields = [one for one in fields_of(model) if one.key != PROJECTS]
    single = (one for one in fields if _is_single(one))
    yield FormBlock(head, (), ONE, tuple(_leaves(model, single)))
    for field in fields:
        if not _is_single(field):
            yield from _blocks(field, (field.key,), prefix)


def _is_single(field: FieldShape) -> bool:
    return field.model is None and not field.named


def _blocks(
    field: FieldShape, path: FieldPath, prefix: str
) -> Iterator[FormBlock]:
    """The blocks of a field that is no single value."""
    title = prefix + "：".join(map(str, path))
    model = field.model
    if model is None:
        content = FormField(
            CONTENT_LABEL, (), field.kind or Kind.WORD, field.listed
        )
        yield FormBlock(title, path, NAMED, (content,))
    elif field.listed or field.named:
        rows = LISTED if field.listed else NAMED
        fields = tuple(_leaves(model, fields_of(model)))
        further = _further_rows(model)
        inner = further.key if further else ""
        parts: tuple[FormField, ...] = ()
        if further and further.model and further.model is not model:
            below = further.model
            parts = tuple(_leaves(below, fields_of(below)))
        yield FormBlock(title, path, rows, fields, inner, (), parts)
    else:
        yield from _blocks_in(model, title, path, prefix)


def _further_rows(model: Model) -> FieldShape | None:
    """The field in which a row has rows of its own."""
    listed = (
        one for one in fields_of(model) if one.model is not None and one.listed
    )
    return next(listed, None)


def _blocks_in(
    model: Model, title: str, path: FieldPath, prefix: str
) -> Iterator[FormBlock]:
    """The blocks of a block: its values, what stands side by side in it, its tables."""
    fields = tuple(_leaves(model, _not_alike(model)))
    if fields:
        yield FormBlock(title, path, ONE, fields)
    for kind, names in _alike(model).items():
        columns = tuple(_leaves(kind, fields_of(kind)))
        yield FormBlock(f"{title}：分项", path, NAMED, columns, "", names)
    yield from _tables_in(model, path, prefix)


def _tables_in(
    model: Model, path: FieldPath, prefix: str
) -> Iterator[FormBlock]:
    """The tables anywhere below a block."""
    for field in fields_of(model):
        if field.named or (field.listed and field.model):
            yield from _blocks(field, (*path, field.key), prefix)
        elif field.model is not None:
            yield from _tables_in(field.model, (*path, field.key), prefix)


def _alike(model: Model) -> dict[Model, tuple[str, ...]]:
    """Blocks of one kind that stand side by side, as 三公经费 and 会议费 do."""
    found: dict[Model, tuple[str, ...]] = {}
    for field in fields_of(model):
        if field.model is not None and not (field.named or field.listed):
            before = found.get(field.model, ())
            found[field.model] = (*before, field.key)
    return {kind: keys for kind, keys in found.items() if len(keys) >= _ALIKE}


def _not_alike(model: Model) -> Iterator[FieldShape]:
    alike = _alike(model)
    return (one for one in fields_of(model) if one.model not in alike)


def _leaves(
    model: Model, fields: Iterable[FieldShape], path: FieldPath = ()
) -> Iterator[FormField]:
    """The single values among `fields` and in the blocks below them."""
    for field in fields:
        place = (*path, field.key)
        if field.named or (field.listed and field.model):
            continue
        if field.model is not None:
            yield from _leaves(field.model, fields_of(field.model), place)
            continue
        label = BETWEEN.join(map(str, place))
        kind = field.kind or Kind.WORD
        yield FormField(
            label, place, kind, field.listed, _options(model, field)
        )


def _options(model: Model, field: FieldShape) -> tuple[str, ...]:
    """The words of a Literal."""
    if field.kind is not Kind.CHOICE or field.listed:
        return ()
    return get_args(model.model_fields[field.name].annotation)
