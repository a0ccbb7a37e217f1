"""unit.yaml to Unit, every problem of the file at once, each with its place and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Rejected
from reportgen.model.key_names import unit_names
from reportgen.model.problems import FieldPath, find_problems, typed_path
from reportgen.model.unit import Unit
from reportgen.sources.text import SourceText, read_text
from reportgen.sources.yaml_tree import Broken, YamlDocument, build_tree

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
    source = read_text(path)
    try:
        document = build_tree(source, unit_names())
        return LoadedUnit(build_model(Unit, document), document)
    except Broken as broken:
        raise Rejected(_with_content(broken)) from None
    except Rejected as refusal:
        raise Rejected(_with_slips(source, refusal)) from None


def _with_slips(source: SourceText, refusal: Rejected) -> Iterable[Finding]:
    """What is wrong with the content, or the slips that make it so: 名称：甲 is a text, but not meant as one."""
    try:
        build_tree(source, unit_names(), search=True)
    except Broken as broken:
        return _with_content(broken)
    return refusal.findings


def _with_content(broken: Broken) -> Iterable[Finding]:
    """The slips of a file, and what is wrong with its content in other lines, read as it was meant."""
    if broken.meant is None:
        return broken.findings
    told = {finding.place.line for finding in broken.findings}
    try:
        build_model(Unit, broken.meant)
    except Rejected as refusal:
        more = [one for one in refusal.findings if one.place.line not in told]
        found = (*broken.findings, *more)
        return sorted(found, key=lambda one: (one.place.line, one.place.column))
    return broken.findings


def build_model(model: type[M], document: YamlDocument) -> M:
    """`document` as `model`; raises Rejected with one finding for each wrong key or value."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise Rejected(find_problems(model, document, error)) from None
