"""统计: the last sheet of 汇总表.xlsx: the means of the scores, and how many units have each grade and rate."""

from collections.abc import Sequence
from typing import Any

from reportgen.results.summary import NO_GRADE, NO_RATE, RATE_BANDS, Summary
from reportgen.workbooks.sheets import COUNT, POINTS, Formats, set_page
from reportgen.workbooks.summary_columns import AT, FIRST, area

Counted = tuple[
    str, int, str
]  # name, how many, and the formula that counts them
# rows from which the tables stand, the second lower where the first is long
_GRADES = 4
_RATES = 23
_COLUMNS = {
    "fill": {"color": "#2F5597"},
    "gap": 60,
    "data_labels": {"value": True},
}
_AXIS = {
    "min": 0,
    "num_format": "0",
    "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
}


def write_statistics(book: Any, summary: Summary, formats: Formats) -> None:
    """The sheet, each of its tables with a native chart."""
    sheet = book.add_worksheet("统计")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_row(0, 30)
    title = f"{summary.years}自评得分、等级和预算执行率分布"
    sheet.write_string(0, 0, title, formats["title"])
    last = max(FIRST + len(summary.units) - 1, FIRST)
    areas = {
        head: f"单位!{area(position, last)}" for head, position in AT.items()
    }
    _write_means(sheet, summary, areas, formats)
    grades = [
        (name, number, _grade_count(name, row, areas))
        for row, (name, number) in enumerate(summary.grades, start=_GRADES + 2)
    ]
    rates = [
        (name, number, _rate_count(name, areas))
        for name, number in summary.rates
    ]
    _chart(book, sheet, _GRADES, "自评等级", grades, formats)
    below = max(_RATES, _GRADES + len(grades) + 2)
    _chart(book, sheet, below, "预算执行率", rates, formats)
    set_page(sheet)
    sheet.fit_to_pages(1, 1)


def _write_means(
    sheet: Any, summary: Summary, areas: dict[str, str], formats: Formats
) -> None:
    scores = areas["自评得分"]
    budgets = areas["预算数"]
    rated = f'{areas["计入平均"]},"是"'
    known = f'({areas["计入平均"]}="是")*ISNUMBER({scores})*{budgets}'
    weighted = f"SUMPRODUCT({known}*{scores})/SUMPRODUCT({known})"
    means = (
        ("得分简单平均", f"AVERAGEIFS({scores},{rated})", summary.mean_score),
        ("得分按预算数加权平均", weighted, summary.weighted_score),
    )
    for at, (name, formula, value) in enumerate(means, start=1):
        shown = "" if value is None else value
        sheet.write_string(at, 0, name, formats[""])
        sheet.write_formula(
            at, 1, f'=IFERROR({formula},"")', formats[POINTS], shown
        )


def _grade_count(name: str, row: int, areas: dict[str, str]) -> str:
    """Not COUNTIF, which reads a grade such as *优 or =1 as a pattern; the name stands in `row`, which may be long."""
    cells = areas["等级"]
    if name == NO_GRADE:
        return _without(cells, areas)
    return f'=SUMPRODUCT(({cells}=$A${row})*({areas["计入平均"]}="是"))'


def _rate_count(name: str, areas: dict[str, str]) -> str:
    cells = areas["执行率"]
    if name == NO_RATE:
        return _without(cells, areas)
    names = [band for band, _ in RATE_BANDS]
    position = names.index(name)
    below = f',{cells},"<{RATE_BANDS[position - 1][1]}"' if position else ""
    rated = f'{areas["计入平均"]},"是"'
    return f'=COUNTIFS({cells},">={RATE_BANDS[position][1]}"{below},{rated})'


def _without(cells: str, areas: dict[str, str]) -> str:
    """How many of the rated rows have nothing in `cells`."""
    return f'=SUMPRODUCT(ISBLANK({cells})*({areas["计入平均"]}="是"))'


def _chart(
    book: Any,
    sheet: Any,
    top: int,
    head: str,
    counts: Sequence[Counted],
    formats: Formats,
) -> None:
    """A small table from row `top`, and a column chart of it beside."""
    sheet.write_string(top, 0, head, formats["head"])
    sheet.write_string(top, 1, "单位数", formats["head"])
    for at, (name, number, formula) in enumerate(counts, start=top + 1):
        sheet.write_string(at, 0, name, formats[""])
        sheet.write_formula(at, 1, formula, formats[COUNT], number)
    last = top + len(counts)
    names, values = (
        ["统计", top + 1, column, last, column] for column in (0, 1)
    )
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {"name": "单位数", "categories": names, "values": values, **_COLUMNS}
    )
    chart.set_title(
        {"name": f"{head}分布（单位数）", "name_font": {"size": 13}}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis(_AXIS)
    chart.set_size({"width": 620, "height": 340})
    sheet.insert_chart(
        top, 3, chart, {"description": f"{head}分布，数字见左边的表"}
    )
