"""Prints the charts of a template that are tied to data by name (`template/build.py`)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportgen.core.errors import Place, ReportgenError, TemplateError
from reportgen.ooxml.part_names import part_label
from reportgen.render.charts.chart import ChartData, CompiledChart


class BoundChart(NamedTuple):
    """A chart of the template with the name under which its data come."""

    name: str
    story: str  # the part in which it is drawn
    mark: bytes  # stands in the printed part when the drawing does
    part: str
    workbook_part: str
    compiled: CompiledChart
    original: tuple[bytes, bytes]  # chart and workbook as in the template

    def fill(self, data: ChartData, file: str) -> Iterator[tuple[str, bytes]]:
        """The chart part and its workbook with this data, by part name; `file` is the template that errors name."""
        try:
            chart, workbook = self.compiled.fill(data)
        except ReportgenError as error:
            raise chart_error(error, file, self.story, self.name) from error
        yield self.part, chart
        yield (
            self.workbook_part,
            workbook if workbook is not None else self.original[1],
        )

    def keep(self, file: str) -> Iterator[tuple[str, bytes]]:
        """The same as they are in the template, for a chart that is not drawn."""
        if self.original[1]:
            yield self.part, self.original[0]
            yield self.workbook_part, self.original[1]
        else:  # LibreOffice saved it without a workbook, and an empty file is none
            yield from self.fill(ChartData((), ()), file)


def print_charts(
    charts: tuple[BoundChart, ...],
    data: Mapping[str, ChartData],
    printed: Mapping[str, list[bytes]],
    file: str,
) -> Iterator[tuple[str, list[bytes]]]:
    """The chart parts and workbooks by name; raises TemplateError (in `file`) for one that is drawn without data."""
    for chart in charts:
        given = data.get(chart.name)
        if given is not None:
            parts = chart.fill(given, file)
        elif chart.mark in b"".join(printed.get(chart.story, [chart.mark])):
            raise TemplateError(
                f"{part_label(chart.story)}的图表“{chart.name}”没有数据",
                f"数据中有的图表：{'、'.join(data) or '无'}；名称写在图表的替换文字里，形如 图表：名称",
                place=Place(file),
            )
        else:
            parts = chart.keep(file)
        yield from ((name, [content]) for name, content in parts)


def chart_error(
    error: ReportgenError, file: str, story: str, name: str
) -> ReportgenError:
    """The same error with file, part and chart."""
    return type(error)(
        f"{part_label(story)}的图表“{name}”：{error.message}",
        place=Place(file),
        hint=error.hint,
    )
