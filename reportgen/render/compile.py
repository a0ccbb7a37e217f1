"""Compiles a template once and prints it many times: one call of each compiled part, one deflate, one join."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Template, TemplateSyntaxError
from jinja2.runtime import Context

from reportgen.errors import Place, TemplateError
from reportgen.render.bound_charts import BoundChart, bind_charts, print_charts
from reportgen.render.charts import ChartData
from reportgen.render.code_tree import BUDGET_NAME, DATA_NAME, audit_tree, prepare_tree
from reportgen.render.environment import MAX_OUTPUT, TemplateEnvironment
from reportgen.render.escape import UnprintableError, plain
from reportgen.render.frontend import DECLARATION, PartSource, dynamic_parts, read_part
from reportgen.render.locate import print_error, syntax_error, too_deep
from reportgen.render.mend import mended
from reportgen.render.opc import Package
from reportgen.render.package import TemplatePackage, open_template, read_template
from reportgen.render.refusals import RefusedCodeError, TooMuchError
from reportgen.render.repair import repair
from reportgen.render.zipfile_writer import StaticZip, lay_out, write_zip

DEFLATE_LEVEL = 3  # less than half the time of level 6, 5 % more bytes
FIRST_DRAWING = 1001  # as docxtpl numbers them
_DRAWINGS_PER_PART = 100_000
_PIECES = 64  # how many pieces are joined before their length is looked at
_MAX_COMPILED = 64
_DRAWING_ID = re.compile(r'(<wp:docPr (?:[^>]*? )?id=")\d+(")')

_NO_CHARTS: Mapping[str, ChartData] = MappingProxyType({})

_compiled: dict[tuple[str, str], CompiledTemplate] = {}


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """One part with tags, compiled."""

    source: PartSource
    template: Template
    first_drawing: int

    def print(self, values: dict[str, Any], context: Mapping[str, Any]) -> list[bytes]:
        """The part with the values filled in; every error says where."""
        try:
            chunks = _bounded(self.template.root_render_func(self._context(values)))
            if not (self.source.marked or self.source.repeats_drawings):
                return [text.encode() for text in chunks]
            text = "".join(chunks)
        except Exception as error:
            raise print_error(self.source, self.template, error, context) from error
        if self.source.marked:
            text = repair(text)
        if self.source.repeats_drawings:
            text = _number_drawings(text, self.first_drawing)
        return [text.encode()]

    def _context(self, values: dict[str, Any]) -> Context:
        return self.template.new_context(values, shared=True)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template ready to print: its parts with tags compiled, everything else laid out as it is."""

    file: str
    sha256: str
    parts: tuple[CompiledPart, ...]
    charts: tuple[BoundChart, ...]
    static: StaticZip

    def render(self, context: Mapping[str, Any], *, charts: Mapping[str, ChartData] = _NO_CHARTS) -> bytes:
        """The docx as bytes, the same for the same input; raises TemplateError or ValueRefused, never anything else."""
        self._check_names(context)
        values = {**context, DATA_NAME: context, BUDGET_NAME: [MAX_OUTPUT]}
        printed = {part.source.part: part.print(values, context) for part in self.parts}
        if self.charts:
            printed.update(print_charts(self.charts, charts, printed))
        return write_zip(self.static, printed, level=DEFLATE_LEVEL)

    def _check_names(self, context: Mapping[str, Any]) -> None:
        """What lies deeper is looked at when a template touches it: a view holds ten times what one template prints."""
        for name, value in context.items():
            try:
                plain(value)
            except UnprintableError as error:
                raise TemplateError(f"数据“{name}”{error.message}", place=Place(self.file), hint=error.hint) from error


def compile_template(path: Path) -> CompiledTemplate:
    """The template at `path`, compiled; the same file is compiled once in a process."""
    data = read_template(path)
    key = (str(path), hashlib.sha256(data).hexdigest())
    found = _compiled.get(key)
    if found is None:
        while len(_compiled) >= _MAX_COMPILED:
            del _compiled[next(iter(_compiled))]
        found = _compiled[key] = compile_package(open_template(path))
    return found


def compile_package(package: TemplatePackage) -> CompiledTemplate:
    """An opened template, compiled."""
    whole, charts = bind_charts(mended(package))
    parts = tuple(_compiled_parts(whole, TemplateEnvironment()))
    dynamic = {part.source.part for part in parts} | {
        name for chart in charts for name in (chart.part, chart.workbook_part)
    }
    static = lay_out(member for member in whole.members if member.name not in dynamic)
    return CompiledTemplate(package.file, package.sha256, parts, charts, static)


def _compiled_parts(package: Package, environment: TemplateEnvironment) -> Iterator[CompiledPart]:
    for number, part in enumerate(dynamic_parts(package)):
        first_drawing = FIRST_DRAWING + number * _DRAWINGS_PER_PART
        source = read_part(package, part, first_drawing)
        if source is not None:
            yield CompiledPart(source, _template(source, environment), first_drawing)


def _template(source: PartSource, environment: TemplateEnvironment) -> Template:
    try:
        tree = environment.parse(DECLARATION.rstrip("\n") + source.source)
        audit_tree(tree)
        prepare_tree(tree, source.tag_at)
        code = environment.compile(tree, source.part, source.part)
    except (TemplateSyntaxError, RefusedCodeError) as error:
        raise syntax_error(source, error) from error
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise too_deep(source, environment) from error
    return Template.from_code(environment, code, {})


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    total = 0
    while text := "".join(islice(pieces, _PIECES)):
        total += len(text)
        if total > MAX_OUTPUT:
            raise TooMuchError
        yield text


def _number_drawings(text: str, first: int) -> str:
    number = iter(range(first, first + len(text)))
    return _DRAWING_ID.sub(lambda match: f"{match.group(1)}{next(number)}{match.group(2)}", text)
