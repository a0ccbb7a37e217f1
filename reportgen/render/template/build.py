"""From the bytes of a template to what prints: opened, read as Jinja sources, compiled, the rest laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from jinja2 import Template, TemplateSyntaxError

from reportgen.core.errors import ReportgenError
from reportgen.language.refusals import RefusedCodeError
from reportgen.language.sandbox import Sandbox
from reportgen.language.template_environment import template_sandbox
from reportgen.ooxml.lint import story_parts
from reportgen.ooxml.package import Package
from reportgen.ooxml.zip_writer import lay_out
from reportgen.render.charts.bound_charts import BoundChart
from reportgen.render.print.own_property import OwnProperty
from reportgen.render.print.printing import CompiledPart, CompiledTemplate
from reportgen.render.template.bind_charts import bind_charts
from reportgen.render.template.code_tree import prepare_tree
from reportgen.render.template.drop_undefined import drop_undefined
from reportgen.render.template.error_places import (
    print_error,
    syntax_error,
    too_deep,
)
from reportgen.render.template.frontend import (
    DECLARATION,
    PartSource,
    dynamic_parts,
    read_part,
)
from reportgen.render.template.own_property_slot import with_own_property
from reportgen.render.template.split_runs import first_free_id
from reportgen.render.template.template_package import opened_template
from reportgen.render.template.used_names import used_names

FIRST_DRAWING = 1001  # as docxtpl numbers them
_DRAWINGS_PER_PART = 100_000
_MAX_READ = 64

_read: dict[tuple[str, str, bool], tuple[PartSource, ...]] = {}


def build_template(
    file: str, data: bytes, *, traced: bool = True
) -> CompiledTemplate:
    """The template in `data`, compiled; raises TemplateError for what cannot be, naming `file`.

    With `traced` what it prints lies in bookmarks named by paths, and its properties have room for what it is.
    """
    whole, charts = bind_charts(drop_undefined(opened_template(data, file)))
    own = ""
    if traced:
        whole, own = with_own_property(whole)
    sources = tuple(_part_sources(whole, traced))
    environment = template_sandbox()
    parts = tuple(_compiled(source, environment) for source in sources)
    filled = {own, *(part.name for part in parts)}
    filled.update(chain.from_iterable(map(_chart_parts, charts)))
    first_mark = (
        first_free_id(map(whole.tree, story_parts(whole))) if traced else 0
    )
    template = CompiledTemplate(
        file,
        hashlib.sha256(data).hexdigest(),
        traced,
        data,
        parts,
        charts,
        lay_out(
            member for member in whole.members if member.name not in filled
        ),
        frozenset(use.name for use in used_names(sources, {})),
        first_mark,
        _own_property(whole, own, parts),
        located,
    )
    _remember(template, sources)
    return template


def _own_property(
    package: Package, part: str, printed: Sequence[CompiledPart]
) -> OwnProperty | None:
    if not part:
        return None
    is_printed = part in {one.name for one in printed}
    return OwnProperty(part, b"" if is_printed else package.parts[part])


def _chart_parts(chart: BoundChart) -> tuple[str, str]:
    return chart.part, chart.workbook_part


def sources_of(template: CompiledTemplate) -> tuple[PartSource, ...]:
    """The parts of `template` as sources, for whoever asks where a tag stands."""
    key = (template.file, template.sha256, template.traced)
    if (
        key not in _read
    ):  # it was not compiled by this process, but by an earlier one
        whole, _ = bind_charts(
            drop_undefined(opened_template(template.data, template.file))
        )
        _remember(template, tuple(_part_sources(whole, template.traced)))
    return _read[key]


def located(
    template: CompiledTemplate,
    part: CompiledPart,
    error: Exception,
    context: Mapping[str, Any],
) -> ReportgenError:
    """What to raise when printing `part` failed with `error`: it names part, paragraph or cell, and tag."""
    source = next(
        source for source in sources_of(template) if source.part == part.name
    )
    return print_error(source, part.template, error, context)


def _remember(
    template: CompiledTemplate, sources: tuple[PartSource, ...]
) -> None:
    while len(_read) >= _MAX_READ:
        del _read[next(iter(_read))]
    _read[template.file, template.sha256, template.traced] = sources


def _part_sources(package: Package, traced: bool) -> Iterator[PartSource]:
    for number, part in enumerate(dynamic_parts(package)):
        source = read_part(
            package,
            part,
            FIRST_DRAWING + number * _DRAWINGS_PER_PART,
            traced=traced,
        )
        if source is not None:
            yield source


def _compiled(source: PartSource, environment: Sandbox) -> CompiledPart:
    try:
        tree = environment.audited(DECLARATION.rstrip("\n") + source.source)
        prepare_tree(tree, source.tag_at)
        code = environment.compile(tree, source.part, source.part)
    except (TemplateSyntaxError, RefusedCodeError) as error:
        raise syntax_error(source, error) from error
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise too_deep(source, environment) from error
    template = Template.from_code(environment, code, {})
    return CompiledPart(
        source.part,
        code,
        template,
        source.first_drawing,
        source.marked,
        source.repeats_drawings,
    )
