"""Prints the charts of a template that are tied to data by name (`template/build.py`)."""

from collections.abc import Iterator
from typing import NamedTuple

from reportgen.core.errors import Place, ReportgenError
from reportgen.ooxml.part_names import part_label
from reportgen.render.charts.chart import ChartData, CompiledChart


class BoundChart(NamedTuple):
    """A chart of the template with the name under which its data come."""

    name: str
    story: str  # the part in which it is drawn
    key: str  # of the relation from there to the chart
    part: str
    workbook_part: str
    compiled: CompiledChart
    workbook: bytes  # as in the template
    relations: tuple[str, bytes]  # name and content of the part with its own

    def fill(self, data: ChartData, file: str) -> Iterator[tuple[str, bytes]]:
        """The chart part and its workbook with this data, by part name; `file` is the template that errors name."""
        try:
            chart, workbook = self.compiled.fill(data)
        except ReportgenError as error:
            raise chart_error(error, file, self.story, self.name) from error
        yield self.relations
        yield self.part, chart
        yield (
            self.workbook_part,
            workbook if workbook is not None else self.workbook,
        )


def chart_error(
    error: ReportgenError, file: str, story: str, name: str
) -> ReportgenError:
    """The same error with file, part and chart."""
    return type(error)(
        f"{part_label(story)}的图表“{name}”：{error.message}",
        place=Place(file),
        hint=error.hint,
    )
