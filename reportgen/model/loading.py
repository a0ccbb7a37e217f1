"""unit.yaml to Unit, every problem of the file at once, each with its place and a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from reportgen.errors import Place
from reportgen.finding import Finding, Rejected, Severity, dotted
from reportgen.model.unit import Unit
from reportgen.sources.yaml_tree import YamlDocument, load_yaml

M = TypeVar("M", bound=BaseModel)
FieldPath = tuple[str | int, ...]
_COLON = re.compile(r"([^\s:：，。；]{1,12})(：|:)\s*([^\s:：]*)")  # a key whose colon YAML did not see


@dataclass(frozen=True, slots=True)
class LoadedUnit:
    """A unit and the document it was read from."""

    unit: Unit
    document: YamlDocument

    def place(self, path: FieldPath) -> Place:
        """Where the field stands in the file, or the nearest field above it that is there."""
        return self.document.place(typed_path(self.document.data, path, Unit))

    def typed(self, path: FieldPath) -> Any:
        """What was typed at the field, None where nothing was."""
        value: Any = self.document.data
        for step in typed_path(value, path, Unit):
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def load_unit(path: Path) -> LoadedUnit:
    """The unit that `path` describes; raises Rejected with all problems of the file."""
    document = load_yaml(path)
    return LoadedUnit(build_model(Unit, document), document)


def build_model(model: type[M], document: YamlDocument) -> M:
    """`document` as `model`; raises Rejected with one finding for each wrong key or value."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise Rejected(_findings(model, document, error)) from None


def _findings(model: type[BaseModel], document: YamlDocument, error: ValidationError) -> Iterator[Finding]:
    for problem in error.errors(include_url=False):
        path = tuple(step for step in problem["loc"] if step != "[key]")
        typed = typed_path(document.data, path, model)
        code, message = _explain(model, path, problem)
        at_key = code == "DAT004"
        place = document.key_place(typed) if at_key else document.place(typed)
        yield Finding(code, Severity.ERROR, message, place, dotted(path))


def _explain(model: type[BaseModel], path: FieldPath, problem: Any) -> tuple[str, str]:
    kind, field = str(problem["type"]), str(path[-1]) if path else ""
    where = dotted(path)
    if kind.startswith("DAT"):
        return kind, f"{where}：{problem['msg']}"
    if kind == "extra_forbidden":
        return "DAT004", f"{where}：不认识的键「{field}」；{_suggestion(model, path)}"
    if kind == "missing":
        return "DAT010", f"缺少必填项「{where}」；请补上，例如 {field}: …"
    if kind in {"tuple_type", "list_type"}:
        return "DAT005", f"{where}：这里应是列表，每一项单独一行、以“- ”开头"
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        if colon := _COLON.match(str(problem["input"])):
            typed, rest = f"{colon[1]}{colon[2]}", f"{colon[1]}: {colon[3][:20]}"
            return "DAT005", f"{where}：“{typed}”的冒号应为英文冒号加一个空格；请写成“{rest}”"
        return "DAT005", f"{where}：这里应有下级项目（换行后缩进两格填写），实际只有一个值"
    return "DAT005", f"{where}：填写的内容无法识别，请核对"


def _suggestion(model: type[BaseModel], path: FieldPath) -> str:
    owner = owner_of(model, path[:-1])
    if owner is None:
        return "请删除，或核对它的位置和缩进"
    known = [field.alias or name for name, field in owner.model_fields.items()]
    best = process.extractOne(str(path[-1]), known, scorer=fuzz.ratio, score_cutoff=45)
    if best:
        return f"是否应为「{best[0]}」"
    return f"这里可以填：{'、'.join(known)}"


def owner_of(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model class that stands at `path` below `model`, or None where there is none."""
    owner: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        owner = _field_model(owner, step) if owner else None
    return owner


def _field_model(owner: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, field in owner.model_fields.items():
        if key in (field.alias, name):
            return _model_in(field.annotation)
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def typed_path(data: Any, path: FieldPath, model: type[BaseModel]) -> FieldPath:
    """`path` with each key as it was typed in the file, Chinese or English."""
    typed: list[str | int] = []
    owner: type[BaseModel] | None = model
    for step in path:
        key = step
        if isinstance(step, str) and isinstance(data, dict) and step not in data and owner:
            names = {field.alias: name for name, field in owner.model_fields.items()}
            key = names.get(step, step)
        typed.append(key)
        if isinstance(step, str):
            owner = _field_model(owner, step) if owner else None
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            data = None
    return tuple(typed)
