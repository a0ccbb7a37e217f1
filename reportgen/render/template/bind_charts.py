"""Finds the charts of a template that are tied to data: the alternative text of the drawing says `图表：<名称>`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from zlib import crc32

from lxml import etree

from reportgen.core.errors import ReportgenError
from reportgen.ooxml.package import CONTENT_TYPES, Package, R, Relation, W
from reportgen.ooxml.zip_writer import Member
from reportgen.render.charts.bound_charts import BoundChart, told_of_chart
from reportgen.render.charts.compile_chart import (
    WORKBOOK_CONTENT_TYPE,
    WORKBOOK_RELATIONSHIP,
    compile_chart,
)
from reportgen.render.template.tags import own_texts

_ALTERNATIVE = re.compile(r"图表[：:]\s*(.*?)\s*", re.DOTALL)
_COMMENT = re.compile(r"\{#\s*图表[：:]\s*(.*?)\s*#\}")
_DRAWING = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_WORKBOOK_ID = "rIdReportgen"
_RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_TAG_SIGNS = ("{{", "{%")


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
    relations = {relation.key: relation for relation in package.relations(story)}
    for drawing in package.tree(story).iter(_DRAWING):
        name, holder = _name(drawing), drawing.getparent()
        if not name or holder is None:
            continue
        if any(sign in name for sign in _TAG_SIGNS):
            raise package.refused(
                "图表的名称里不能放标签",
                story,
                hint="请直接写名称，例如 图表：预算执行",
            )
        chart = next(holder.iter(_CHART), None)
        relation = relations.get(chart.get(f"{R}id", "")) if chart is not None else None
        if (
            relation is None
            or relation.target not in package.parts
            or relation.kind != "chart"
        ):
            raise package.refused(
                f"写着“图表：{name}”的地方没有图表",
                story,
                hint="请在 Word 中插入图表后再写名称",
            )
        yield name, relation


def _name(drawing: etree._Element) -> str:
    """What the alternative text says, or a comment {# 图表：名称 #} beside it: LibreOffice keeps only that."""
    said = _ALTERNATIVE.fullmatch(drawing.get("descr") or "")
    paragraph = next(drawing.iterancestors(f"{W}p"), None)
    if said is None and paragraph is not None:
        said = _COMMENT.search(
            "".join(text.text or "" for text in own_texts(paragraph))
        )
    return said.group(1) if said else ""


def _bound(
    package: Package, story: str, name: str, relation: Relation, workbook: str
) -> BoundChart:
    chart, book = package.parts[relation.target], package.parts[workbook]
    try:
        compiled = compile_chart(
            chart, book or None, workbook_id="" if book else _WORKBOOK_ID
        )
    except ReportgenError as error:
        raise told_of_chart(error, package.file, story, name) from error
    mark = f'="{relation.key}"'.encode()
    return BoundChart(
        name, story, mark, relation.target, workbook, compiled, (chart, book)
    )


def _with_workbook(package: Package, chart: str) -> tuple[Package, str]:
    """The package and the name of the chart's workbook, an empty one where LibreOffice saved the chart without."""
    for relation in package.relations(chart):
        if (
            relation.kind == "package"
            and not relation.external
            and relation.target in package.parts
        ):
            return package, relation.target
    folder, _, name = chart.rpartition("/")
    workbook = f"word/embeddings/reportgen_{name.removesuffix('.xml')}.xlsx"
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    changed = {
        workbook: b"",
        rels: _with_relation(package, rels, posixpath.relpath(workbook, folder)),
        CONTENT_TYPES: _with_type(package),
    }
    return replace(package, members=with_parts(package.members, changed)), workbook


def _with_relation(package: Package, rels: str, target: str) -> bytes:
    empty = f'<Relationships xmlns="{_RELATIONS_NAMESPACE}"/>'
    root = (
        package.fresh_tree(rels) if rels in package.parts else etree.fromstring(empty)
    )
    item = etree.SubElement(root, f"{{{_RELATIONS_NAMESPACE}}}Relationship")
    for key, value in (
        ("Id", _WORKBOOK_ID),
        ("Type", WORKBOOK_RELATIONSHIP),
        ("Target", target),
    ):
        item.set(key, value)
    return serialized(root)


def _with_type(package: Package) -> bytes:
    root = package.fresh_tree(CONTENT_TYPES)
    if "xlsx" not in package.content_types[0]:
        item = etree.Element(f"{{{_TYPES_NAMESPACE}}}Default")
        item.set("Extension", "xlsx")
        item.set("ContentType", WORKBOOK_CONTENT_TYPE)
        root.insert(0, item)
    return serialized(root)


def serialized(root: etree._Element) -> bytes:
    """The tree as a part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def with_parts(
    members: tuple[Member, ...], changed: Mapping[str, bytes]
) -> tuple[Member, ...]:
    """The members with some of them replaced or added, stored as they are."""
    stored = {
        name: Member(name, 0, crc32(data), data, data) for name, data in changed.items()
    }
    kept = tuple(stored.pop(member.name, member) for member in members)
    return (*kept, *stored.values())
