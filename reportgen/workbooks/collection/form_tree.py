"""The tree of a unit as the form takes it: Chinese keys, and the rows and names that the pack wants filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import AliasChoices

from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, fields_of
from reportgen.model.unit import Unit
from reportgen.packs.pack import Pack
from reportgen.workbooks.collection.form import PROJECTS, FormBlock, FormField

Tree = dict[str, Any]


def chinese_tree(data: Any, model: Model = Unit) -> Tree:
    """`data` with the Chinese key of each field, whatever key was typed."""
    names = _names(model)
    found: Tree = {}
    for typed, value in (data or {}).items():
        field = names.get(typed)
        if field is not None:
            found[field.key] = _below(field, value)
    return found


@cache
def _names(model: Model) -> dict[str, FieldShape]:
    names: dict[str, FieldShape] = {}
    for field in fields_of(model):
        names[field.key] = names[field.name] = field
        others = model.model_fields[field.name].validation_alias
        if isinstance(others, AliasChoices):
            names |= {str(one): field for one in others.choices}
    return names


def _below(field: FieldShape, value: Any) -> Any:
    model = field.model
    if model is None or value is None:
        return value
    if field.named:
        return {name: _entry(model, one) for name, one in dict(value).items()}
    if field.listed:
        return [chinese_tree(one, model) for one in value]
    return chinese_tree(value, model)


def _entry(model: Model, value: Any) -> Any:
    return chinese_tree(value, model) if isinstance(value, dict) else value


def value_at(tree: Any, path: FieldPath) -> Any:
    """What stands at `path`, None where nothing does."""
    for step in path:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def text_at(tree: Any, path: FieldPath) -> str:
    """The same as a text, paragraphs in lines of their own."""
    value = value_at(tree, path)
    if isinstance(value, list):
        return "\n".join(str(one) for one in value if one is not None)
    return "" if value is None else str(value)


def rows_in(tree: Any, block: FormBlock) -> Iterator[tuple[str, Any]]:
    """The items of a list with the name of the row that each is a part of; the inner ones follow theirs."""
    yield from _rows(value_at(tree, block.path), block, "")


def _rows(
    items: Any, block: FormBlock, above: str
) -> Iterator[tuple[str, Any]]:
    for number, item in enumerate(items or (), start=1):
        yield above, item
        below = value_at(item, (block.inner,))
        if below:
            name = block.name_in(item) or numbered(number)
            yield from _rows(below, block, chained(above, name))


def chained(above: str, name: str) -> str:
    """A row by its name and the names of those that it is a part of."""
    return f"{above}＞{name}" if above else name


def numbered(number: int) -> str:
    """A row without a name, by its number in its list."""
    return f"第{number}行"


def asked_first(
    block: FormBlock, tree: Any, blank: Any
) -> tuple[list[FormField], list[FormField]]:
    """The fields that the pack's blank form or the unit itself names, and those that stand there for the rest."""
    named = set(_named(value_at(tree, block.path)))
    named |= set(_named(value_at(blank, block.path)))
    asked = [one for one in block.columns if one.path in named]
    others = [one for one in block.columns if one.path not in named]
    return (asked, others) if asked else (others, [])


def _named(data: Any, path: FieldPath = ()) -> Iterator[FieldPath]:
    """Every path that is there, positions and names of entries left out."""
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _named(value, (*path, key))
            yield from _named(value)
    elif isinstance(data, list):
        for one in data:
            yield from _named(one, path)


def with_names(tree: Tree, pack: Pack) -> Tree:
    """`tree` with the names under which the pack wants entries, blank where the unit has none."""
    sections, scoring = pack.snippets, pack.scoring
    filled = dict(tree)
    filled["叙述"] = _named_in(tree.get("叙述"), sections.unit)
    filled["补充"] = _named_in(tree.get("补充"), pack.manifest.supplement)
    for key, names in (
        ("共性指标", scoring.framework),
        ("项目共性指标", scoring.project_framework),
    ):
        block = dict(tree.get(key) or {})
        block["指标"] = _named_in(block.get("指标"), names)
        filled[key] = block
    base = dict(tree.get("基础数据") or {})
    base["明细"] = _named_in(base.get("明细"), pack.manifest.base_rows)
    filled["基础数据"] = base
    filled[PROJECTS] = [
        {
            **one,
            "叙述": _named_in(one.get("叙述"), sections.project),
            "选项": _named_in(one.get("选项"), pack.manifest.choices),
        }
        for one in tree.get(PROJECTS) or [{}]
    ]
    return filled


def _named_in(entries: Any, names: Iterable[str]) -> Tree:
    known = entries if isinstance(entries, dict) else {}
    return {**dict.fromkeys(names), **known}
