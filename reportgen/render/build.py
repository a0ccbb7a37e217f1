"""From the bytes of a template to what prints: opened, read as Jinja sources, compiled, the rest laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from jinja2 import Template, TemplateSyntaxError

from reportgen.render.bind_charts import bind_charts
from reportgen.render.code_tree import audit_tree, prepare_tree
from reportgen.render.environment import TemplateEnvironment
from reportgen.render.frontend import DECLARATION, PartSource, dynamic_parts, read_part
from reportgen.render.identity import with_own_property
from reportgen.render.lint import story_parts
from reportgen.render.locate import syntax_error, too_deep
from reportgen.render.mend import mended
from reportgen.render.names import used_names
from reportgen.render.opc import Package
from reportgen.render.own_property import OwnProperty
from reportgen.render.package import opened
from reportgen.render.printing import CompiledPart, CompiledTemplate
from reportgen.render.refusals import RefusedCodeError
from reportgen.render.traced_runs import first_free_id
from reportgen.render.zipfile_writer import lay_out

FIRST_DRAWING = 1001  # as docxtpl numbers them
_DRAWINGS_PER_PART = 100_000
_MAX_READ = 64

_read: dict[tuple[str, str, bool], tuple[PartSource, ...]] = {}


def build_template(file: str, data: bytes, *, traced: bool = True) -> CompiledTemplate:
    """The template in `data`, compiled; raises TemplateError for what cannot be, naming `file`.

    With `traced` what it prints lies in bookmarks named by paths, and its properties have room for what it is.
    """
    whole, charts = bind_charts(mended(opened(data, file)))
    own = ""
    if traced:
        whole, own = with_own_property(whole)
    environment = TemplateEnvironment()
    parts = []
    sources = []
    for source in _part_sources(whole, traced):
        parts.append(_compiled(source, environment))
        sources.append(source)
    printed = {part.name for part in parts}
    dynamic = printed | {own} | {name for chart in charts for name in (chart.part, chart.workbook_part)}
    static = lay_out(member for member in whole.members if member.name not in dynamic)
    names = frozenset(use.name for use in used_names(sources, {}))
    template = CompiledTemplate(
        file,
        hashlib.sha256(data).hexdigest(),
        traced,
        data,
        tuple(parts),
        charts,
        static,
        names,
        first_free_id(whole.tree(part) for part in story_parts(whole)) if traced else 0,
        OwnProperty(own, b"" if own in printed else whole.parts[own]) if own else None,
    )
    _remember(template, tuple(sources))
    return template


def sources_of(template: CompiledTemplate) -> tuple[PartSource, ...]:
    """The parts of `template` as sources, for whoever asks where a tag stands."""
    key = (template.file, template.sha256, template.traced)
    if key not in _read:  # it was not compiled by this process, but by an earlier one
        whole, _ = bind_charts(mended(opened(template.data, template.file)))
        _remember(template, tuple(_part_sources(whole, template.traced)))
    return _read[key]


def source_of(template: CompiledTemplate, part: str) -> PartSource:
    """The source of one part."""
    return next(source for source in sources_of(template) if source.part == part)


def _remember(template: CompiledTemplate, sources: tuple[PartSource, ...]) -> None:
    while len(_read) >= _MAX_READ:
        del _read[next(iter(_read))]
    _read[template.file, template.sha256, template.traced] = sources


def _part_sources(package: Package, traced: bool) -> Iterator[PartSource]:
    for number, part in enumerate(dynamic_parts(package)):
        source = read_part(package, part, FIRST_DRAWING + number * _DRAWINGS_PER_PART, traced=traced)
        if source is not None:
            yield source


def _compiled(source: PartSource, environment: TemplateEnvironment) -> CompiledPart:
    try:
        tree = environment.parse(DECLARATION.rstrip("\n") + source.source)
        audit_tree(tree)
        prepare_tree(tree, source.tag_at)
        code = environment.compile(tree, source.part, source.part)
    except (TemplateSyntaxError, RefusedCodeError) as error:
        raise syntax_error(source, error) from error
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise too_deep(source, environment) from error
    template = Template.from_code(environment, code, {})
    return CompiledPart(source.part, code, template, source.first_drawing, source.marked, source.repeats_drawings)
