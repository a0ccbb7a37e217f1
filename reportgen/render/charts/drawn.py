"""A printed document carries the charts that are drawn in it, and nothing of the others that its template holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reportgen.core.errors import Place, TemplateError
from reportgen.ooxml.part_names import part_label
from reportgen.render.charts.bound_charts import BoundChart
from reportgen.render.charts.chart import ChartData

Printed = Mapping[str, list[bytes]]  # by the name of the part

_ENTRY = '<(?:Override|Relationship) [^<>]*="{}"[^<>]*/>'


class Surrounding(NamedTuple):
    """A part that names charts: the relations of `story`, or the content types, with "" for a story."""

    part: str
    story: str
    content: bytes

    def without(self, charts: Iterable[BoundChart]) -> bytes:
        """The part as it is where these charts are not."""
        content = self.content
        for chart in charts:
            for value in self._values(chart):
                entry = _ENTRY.format(re.escape(value)).encode()
                content = re.sub(entry, b"", content)
        return content

    def _values(self, chart: BoundChart) -> Iterator[str]:
        """What tells the entries of a chart."""
        if self.story == chart.story:
            yield chart.key
        elif not self.story:
            yield f"/{chart.part}"
            yield f"/{chart.workbook_part}"


def print_drawn(
    charts: Iterable[BoundChart],
    around: Iterable[Surrounding],
    data: Mapping[str, ChartData],
    printed: Printed,
    file: str,
) -> Iterator[tuple[str, list[bytes]]]:
    """The parts by name that follow from the charts that are drawn in what was `printed`.

    Raises TemplateError (in `file`) for one that is drawn without data.
    """
    left_out = []
    for chart in charts:
        if not _is_drawn(chart, printed):
            left_out.append(chart)
            continue
        if chart.name not in data:
            raise _without_data(chart, data, file)
        for name, content in chart.fill(data[chart.name], file):
            yield name, [content]
    for one in around:
        yield one.part, [one.without(left_out)]


def _is_drawn(chart: BoundChart, printed: Printed) -> bool:
    """Whether what draws the chart was printed with the drawing, or stands as it does in the template."""
    story = printed.get(chart.story)
    return not story or f'="{chart.key}"'.encode() in b"".join(story)


def _without_data(
    chart: BoundChart, data: Iterable[str], file: str
) -> TemplateError:
    return TemplateError(
        f"{part_label(chart.story)}的图表“{chart.name}”没有数据",
        f"数据中有的图表：{'、'.join(data) or '无'}；名称写在图表同一段里，形如 {{# 图表：名称 #}}",
        place=Place(file),
    )


def parts_seen(
    unprinted: Mapping[str, bytes],
    charts: Iterable[BoundChart],
    printed: Printed,
) -> dict[str, bytes]:
    """All parts of the document in which something is to be seen; `unprinted` are those of the template."""
    bound = {chart.part for chart in charts}
    parts = {name: xml for name, xml in unprinted.items() if name not in bound}
    parts.update((name, b"".join(part)) for name, part in printed.items())
    return parts
