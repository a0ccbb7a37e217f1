"""From the bytes of a template to what prints: opened, read as Jinja sources, compiled, the rest laid out."""

import marshal
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from reportgen.core.errors import ReportgenError
from reportgen.language.bound_tree import bound_tree, count_loops, filtered
from reportgen.language.refusals import RefusedCodeError
from reportgen.language.sandbox import Sandbox
from reportgen.language.template_environment import template_sandbox
from reportgen.ooxml.lint import story_parts
from reportgen.ooxml.names import DRAWING_ID, WORKBOOK, C, R, W
from reportgen.ooxml.package import Package, Relation
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.ooxml.zip_writer import lay_out
from reportgen.render.charts.bound_charts import BoundChart, chart_error
from reportgen.render.charts.compile_chart import compile_chart
from reportgen.render.print.printing import (
    CORE,
    CompiledPart,
    CompiledTemplate,
    OwnProperty,
)
from reportgen.render.template.chart_surroundings import (
    own_relations,
    printed_with_charts,
    surroundings,
)
from reportgen.render.template.core_properties import with_own_core
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
from reportgen.render.template.split_runs import first_free_id
from reportgen.render.template.tags import ATTRIBUTE, PLAIN, TagAt, own_texts
from reportgen.render.template.template_package import (
    drop_undefined,
    opened_template,
    with_own_property,
)
from reportgen.render.template.traced_code import trace_tree
from reportgen.render.template.used_names import used_names

_ALTERNATIVE = re.compile(r"图表[：:]\s*(.*?)\s*", re.DOTALL)
_COMMENT = re.compile(r"\{#\s*图表[：:]\s*(.*?)\s*#\}")


def bind_charts(package: Package) -> tuple[Package, tuple[BoundChart, ...]]:
    """The bound charts of a template, and the template with a workbook for each that had none."""
    charts = []
    bound: set[str] = set()
    for story in package.parts:
        if not story.endswith(".xml") or b"docPr" not in package.parts[story]:
            continue
        for name, relation in _found(package, story):
            if relation.target not in bound:
                bound.add(relation.target)
                package, workbook = _with_workbook(package, relation.target)
                charts.append(_bound(package, story, name, relation, workbook))
    return package, tuple(charts)


def _found(package: Package, story: str) -> Iterator[tuple[str, Relation]]:
    charts = _charts(package, story)
    for drawing in package.tree(story).iter(DRAWING_ID):
        name = _name(drawing)
        if not name:
            continue
        if any(sign in name for sign in ("{{", "{%")):
            raise package.refused(
                "图表的名称里不能放标签",
                story,
                "请直接写名称，例如 图表：预算执行",
            )
        key = _chart_key(drawing)
        if key not in charts:
            raise package.refused(
                f"写着“图表：{name}”的地方没有图表",
                story,
                "请在 Word 中插入图表后再写名称",
            )
        yield name, charts[key]


def _charts(package: Package, story: str) -> dict[str, Relation]:
    """The charts to which a part refers, by key."""
    return {
        relation.key: relation
        for relation in package.relations(story)
        if relation.kind == "chart" and relation.target in package.parts
    }


def _chart_key(drawing: Element) -> str:
    """The key of the relation to the chart that is drawn; empty where it is a picture or nothing."""
    return value_of(drawing, f"..//{C}chart", f"{R}id")


def _name(drawing: Element) -> str:
    """What the alternative text says, or a comment {# 图表：名称 #} beside it: LibreOffice keeps only that."""
    named = _ALTERNATIVE.fullmatch(drawing.get("descr") or "")
    paragraph = next(drawing.iterancestors(f"{W}p"), None)
    if named is None and paragraph is not None:
        named = _COMMENT.search(
            "".join(text.text or "" for text in own_texts(paragraph))
        )
    return named[1] if named else ""


def _bound(
    package: Package,
    story: str,
    name: str,
    relation: Relation,
    workbook: str,
) -> BoundChart:
    chart = package.parts[relation.target]
    book = package.parts[workbook]
    key = next(
        one.key
        for one in package.relations(relation.target)
        if one.target == workbook
    )
    try:
        compiled = compile_chart(
            chart, book or None, workbook_id="" if book else key
        )
    except ReportgenError as error:
        raise chart_error(error, package.file, story, name) from error
    return BoundChart(
        name,
        story,
        relation.key,
        relation.target,
        workbook,
        compiled,
        book,
        own_relations(package, relation.target),
    )


def _with_workbook(package: Package, chart: str) -> tuple[Package, str]:
    """The package and the name of the chart's workbook, an empty one where LibreOffice saved the chart without."""
    found = package.related(chart, WORKBOOK.relation)
    if found:
        return package, found
    name = posixpath.basename(chart).removesuffix(".xml")
    workbook = f"word/embeddings/reportgen_{name}.xlsx"
    package = package.with_part(workbook, b"", WORKBOOK.content_type)
    return package.with_relation(chart, WORKBOOK, workbook), workbook


FIRST_DRAWING = 1001  # as docxtpl numbers them
_DRAWINGS_PER_PART = 100_000
_PRINTED_BY = {PLAIN: "print_plain", ATTRIBUTE: "print_attribute"}


def build_template(
    file: str, data: bytes, *, traced: bool = True
) -> CompiledTemplate:
    """The template in `data`, compiled; raises TemplateError for what cannot be, naming `file`.

    With `traced` what it prints lies in bookmarks named by paths, and its properties have room for what it is.
    """
    whole, charts, own, sources = _read(file, data, traced)
    environment = template_sandbox()
    parts = tuple(_compiled(source, environment) for source in sources)
    around = surroundings(whole, charts)
    filled = {own, *(part.name for part in parts)}
    filled |= printed_with_charts(charts, around)
    if traced:
        filled.add(CORE)
    first_mark = (
        first_free_id(map(whole.tree, story_parts(whole))) if traced else 0
    )
    return CompiledTemplate(
        file,
        traced,
        data,
        parts,
        charts,
        around,
        lay_out(
            member for member in whole.members if member.name not in filled
        ),
        frozenset(use.name for use in used_names(sources, {})),
        first_mark,
        _own_property(whole, own, parts),
        whole.parts.get(CORE, b"") if traced else b"",
        located,
    )


@lru_cache(maxsize=64)
def _read(
    file: str, data: bytes, traced: bool
) -> tuple[Package, tuple[BoundChart, ...], str, tuple[PartSource, ...]]:
    """The package, its charts, the part that says what a document is ("" for none), and the parts as sources."""
    whole, charts = bind_charts(drop_undefined(opened_template(data, file)))
    own = ""
    if traced:
        whole, own = with_own_property(with_own_core(whole))
    return whole, charts, own, tuple(_part_sources(whole, traced))


def _own_property(
    package: Package, part: str, printed: Sequence[CompiledPart]
) -> OwnProperty | None:
    if not part:
        return None
    is_printed = part in {one.name for one in printed}
    return OwnProperty(part, b"" if is_printed else package.parts[part])


def sources_of(template: CompiledTemplate) -> tuple[PartSource, ...]:
    """The parts of `template` as sources, for whoever asks where a tag stands."""
    return _read(template.file, template.data, template.traced)[-1]


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
        _prepare_tree(tree, source.tag_at)
        code = environment.compile(tree, source.part, source.part)
    except (TemplateSyntaxError, RefusedCodeError) as error:
        raise syntax_error(source, error) from error
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        raise too_deep(source, environment) from error
    return CompiledPart(
        source.part, marshal.dumps(code), source.marked, source.first_drawing
    )


def _prepare_tree(tree: nodes.Template, tag_at: TagAt) -> None:
    """Keeps what it costs within bounds, prints each value as its place wants it, and traces what is printed."""
    count_loops(tree)
    for output in tree.find_all(nodes.Output):
        output.nodes = [_as_kind(child, tag_at) for child in output.nodes]
    trace_tree(tree, tag_at)
    bound_tree(tree)


def _as_kind(child: nodes.Expr, tag_at: TagAt) -> nodes.Expr:
    tag = tag_at.get(child.lineno)
    if tag is None or tag.sign != "{" or isinstance(child, nodes.TemplateData):
        return child
    name = _PRINTED_BY.get(tag.kind)
    return filtered(child, name) if name else child
