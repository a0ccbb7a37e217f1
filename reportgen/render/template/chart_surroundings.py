"""What a template says of its charts outside of them, laid out apart: it depends on the charts that are drawn."""

from collections.abc import Iterable

from reportgen.ooxml.names import CONTENT_TYPES
from reportgen.ooxml.package import Package, relations_part
from reportgen.ooxml.xml_parts import serialized
from reportgen.render.charts.bound_charts import BoundChart
from reportgen.render.charts.drawn import Surrounding


def surroundings(
    package: Package, charts: Iterable[BoundChart]
) -> tuple[Surrounding, ...]:
    """The parts that name charts: content types, and the relations of what draws them."""
    stories = sorted({chart.story for chart in charts})
    if not stories:
        return ()
    parts = {CONTENT_TYPES: ""}
    parts.update((relations_part(story), story) for story in stories)
    return tuple(
        Surrounding(part, story, serialized(package.tree(part)))
        for part, story in parts.items()
    )


def own_relations(package: Package, chart: str) -> tuple[str, bytes]:
    """The part in which a chart says what belongs to it."""
    part = relations_part(chart)
    return part, package.parts[part]


def printed_with_charts(
    charts: Iterable[BoundChart], around: Iterable[Surrounding]
) -> set[str]:
    """The names of the parts that depend on the charts that are drawn."""
    parts = {one.part for one in around}
    for chart in charts:
        parts |= {chart.part, chart.workbook_part, chart.relations[0]}
    return parts
