"""A draft as the text of a unit.yaml: keys in the order of the form, doubts as comments, what was not placed below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from pydantic import ValidationError

from reportgen.core.value import FieldPath
from reportgen.model.shape import Model, field_named, fields_of
from reportgen.model.unit import Unit
from reportgen.recognition.draft import LeftOver
from reportgen.recognition.recognize import Recognized
from reportgen.sources.tree_text import tree_text

_MISSING = "文中没有找到，请填写"
_NEEDED: tuple[FieldPath, ...] = (("年度",), ("单位", "名称"))


def draft_text(found: Recognized, pack: str, files: Sequence[str]) -> str:
    """The draft for the pack `pack`, read of `files`."""
    draft = found.draft
    _take_out_unfit(found)
    tree = draft.tree()
    comments: dict[FieldPath, list[str]] = {}
    for path, placed in draft.values.items():
        if placed.doubt:
            is_row = any(isinstance(step, int) for step in path[1:-1])
            name = "" if is_row else f"{path[-1]}："
            comments.setdefault(path, []).append(f"{name}{placed.doubt}")
    _add_missing(tree, comments)
    ordered = {"模板": pack, **_ordered(tree, Unit)}
    names = "、".join(PurePath(one).name for one in files)
    head = f"# 由 {names} 读出的草稿。带“请核对”的是拿不准的；文末列出没有放进来的文字。\n"
    return f"{head}{tree_text(ordered, comments)}{_left(found.left)}"


def _left(left: Sequence[LeftOver]) -> str:
    if not left:
        return ""
    lines = "".join(f"# {_line(one)}\n" for one in left)
    return f"\n# ==== 没有放进来的文字，请看是否要填到上面 ====\n{lines}"


def _line(one: LeftOver) -> str:
    reason = f"（{one.reason}）" if one.reason else ""
    return f"{one.spot}{reason}：{one.text}"


def _add_missing(
    tree: dict[str, Any], comments: dict[FieldPath, list[str]]
) -> None:
    for path in _NEEDED:
        holder = tree
        for step in path[:-1]:
            holder = holder.setdefault(str(step), {})
        if path[-1] not in holder:
            holder[str(path[-1])] = ""
            comments[path] = [f"{path[-1]}：{_MISSING}"]
    for at, project in enumerate(tree.get("项目", ())):
        if "名称" not in project:
            project["名称"] = ""
            comments["项目", at, "名称"] = [f"项目名称：{_MISSING}"]


def _take_out_unfit(found: Recognized) -> None:
    """What the model refuses goes to what was not placed, with the reason."""
    try:
        Unit.model_validate(found.draft.tree())
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = tuple(one["loc"])
            if path in found.draft.values:
                found.draft.take_out(path, one["msg"])
    found.draft.close_gaps()


def _ordered(tree: Mapping[str, Any], model: Model) -> dict[str, Any]:
    """A mapping in the order of the fields of its model; a list of one paragraph is the paragraph."""
    made: dict[str, Any] = {}
    for field in _fields(model, tree):
        value = tree[field]
        shape = field_named(model, field)
        below = shape.model if shape else None
        if isinstance(value, dict) and below and shape and not shape.named:
            made[field] = _ordered(value, below)
        elif isinstance(value, dict):
            made[field] = {key: _single(one) for key, one in value.items()}
        elif isinstance(value, list) and below:
            made[field] = [_ordered(one, below) for one in value]
        else:
            made[field] = _single(value)
    return made


def _fields(model: Model, tree: Mapping[str, Any]) -> Iterator[str]:
    known = [one.key for one in fields_of(model)]
    yield from (key for key in known if key in tree)
    yield from (key for key in tree if key not in known)


def _single(value: Any) -> Any:
    is_one = isinstance(value, list) and len(value) == 1
    return value[0] if is_one else value
