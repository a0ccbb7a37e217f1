"""unit.yaml to Unit, every problem of the file at once, each with its place and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reportgen.core.errors import Place
from reportgen.core.findings import Rejected
from reportgen.model.problems import FieldPath, find_problems, typed_path
from reportgen.model.unit import Unit
from reportgen.sources.yaml_tree import YamlDocument, load_yaml

M = TypeVar("M", bound=BaseModel)


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
        raise Rejected(find_problems(model, document, error)) from None
