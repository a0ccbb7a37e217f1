"""Finds the charts of a template that are tied to data: the alternative text of the drawing says `图表：<名称>`."""

import posixpath
import re
from collections.abc import Iterator

from reportgen.core.errors import ReportgenError
from reportgen.ooxml.names import DRAWING_ID, WORKBOOK, C, R, W
from reportgen.ooxml.package import Package, Relation
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.render.charts.bound_charts import BoundChart, chart_error
from reportgen.render.charts.compile_chart import compile_chart
from reportgen.render.template.tags import own_texts

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
                hint="请直接写名称，例如 图表：预算执行",
            )
        key = _chart_key(drawing)
        if key not in charts:
            raise package.refused(
                f"写着“图表：{name}”的地方没有图表",
                story,
                hint="请在 Word 中插入图表后再写名称",
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
    mark = f'="{relation.key}"'.encode()
    return BoundChart(
        name, story, mark, relation.target, workbook, compiled, (chart, book)
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
