"""unit.yaml to Unit, every problem of the file at once, each with its place and a way out."""

from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Rejected
from reportgen.core.value import FieldPath
from reportgen.model.key_names import names_of
from reportgen.model.problems import find_problems, typed_path
from reportgen.model.unit import Unit
from reportgen.sources.yaml_tree import (
    Broken,
    YamlDocument,
    build_tree,
    load_yaml,
)

M = TypeVar("M", bound=BaseModel)


class LoadedUnit(NamedTuple):
    """A unit and the document it was read from."""

    unit: Unit
    document: YamlDocument

    def place(self, path: FieldPath) -> Place:
        """Where the field stands in the file, or the nearest field above it that is there."""
        exact = self.document.exact_place(path)  # as nearly always
        if exact is not None:
            return exact
        return self.document.place(typed_path(self.document.data, path, Unit))

    def typed(self, path: FieldPath) -> Any:
        """What was typed at the field, None where nothing was."""
        value = self.document.data
        for step in typed_path(value, path, Unit):
            if isinstance(value, str) and step == 0:
                break  # one text where a list may stand: its first item
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def load_unit(path: Path) -> LoadedUnit:
    """The unit that `path` describes; raises Rejected with all problems of the file."""
    try:
        document = load_yaml(path, names_of(Unit))
    except Broken as broken:
        raise Rejected(_with_content(Unit, broken)) from None
    return LoadedUnit(build_model(Unit, document), document)


def validated(model: type[M], document: YamlDocument) -> M:
    """The tree as `model`; raises Rejected with one finding for each wrong key or value."""
    try:
        return _validated(model, document.data)
    except ValidationError as error:
        raise Rejected(find_problems(model, document, error)) from None


def build_model(model: type[M], document: YamlDocument) -> M:
    """`document` as `model`; raises Rejected with one finding for each wrong key or value."""
    try:
        return validated(model, document)
    except Rejected as rejected:
        problems = list(rejected.findings)
    try:  # 名称：甲 is a text for YAML, and was not meant as one
        build_tree(document.source, names_of(model), search=True)
    except Broken as broken:
        problems = _with_content(model, broken)
    raise Rejected(problems)


def _validated(model: type[M], data: Any) -> M:
    """`data` as `model`, amounts read in the unit of the form."""
    unit = data.get("金额单位") if isinstance(data, dict) else None
    return model.model_validate(
        data, context=unit if unit in ("元", "亿元") else None
    )


def _with_content(model: type[BaseModel], broken: Broken) -> list[Finding]:
    """The slips of a file, and what is wrong with its content in other lines, read as it was meant."""
    found = list(broken.findings)
    told = {finding.place.line for finding in found}
    if broken.meant:
        try:
            _validated(model, broken.meant.data)
        except ValidationError as error:
            problems = find_problems(model, broken.meant, error)
            found += [one for one in problems if one.place.line not in told]
    return sorted(found, key=lambda one: (one.place.line, one.place.column))
