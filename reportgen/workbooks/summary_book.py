"""汇总表.xlsx: every unit and every project of a run in one workbook, with totals as formulas and charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from reportgen.core.findings import Severity
from reportgen.results.summary import NO_GRADE, NO_RATE, RATE_BANDS, Summary, link
from reportgen.results.unit_result import FAILED, KEPT, SummaryRow, UnitResult

FILE_NAME = "汇总表.xlsx"
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's own date would make the same run differ
_MOST_LINKS = 60_000  # Excel opens no sheet with more than 65,530
_NEEDS_QUOTING = re.compile(
    r"""[%# "<>\[\]`^{}]"""
)  # Excel takes Chinese as it is, and not quoted on every system
_LONGEST_LINK = 2000  # characters, of 2,079 that Excel allows
_MOST_ROWS = 1_000_000  # of a sheet's 1,048,576
_HEAD, _FIRST = (
    2,
    3,
)  # the row of the column names, and of the first unit, counted from 0
_GREEN, _AMBER, _RED, _GREY = "#C6EFCE", "#FFEB9C", "#F8CBAD", "#E7E6E6"
_NOTE_WIDTH, _LINE, _HIGHEST = (
    36,
    15,
    400,
)  # characters; points of a line, and of a row, which Excel ends at 409
_FONT = "微软雅黑"
_CELL = {
    "font_name": _FONT,
    "font_size": 10,
    "border": 1,
    "border_color": "#A6A6A6",
    "valign": "vcenter",
}
_AMOUNT, _RATE, _POINTS, _COUNT = "#,##0.00", "0.00%", "0.00", "0"


class Column(NamedTuple):
    """A column: its head, its width in characters, its format and how the row of totals adds it up.

    The format of a number is as Excel writes it, that of text "", in the middle "word", over several lines "note".
    """

    head: str
    width: int
    format: str = ""
    total: str = ""


COLUMNS = (
    Column("序号", 6, _COUNT),
    Column("单位", 30),
    Column("项目", 24),
    Column("预算数（万元）", 14, _AMOUNT, "sum"),
    Column("执行数（万元）", 14, _AMOUNT, "sum"),
    Column("执行率", 10, _RATE, "rate"),
    Column("分值", 8, _POINTS),
    Column("自评得分", 10, _POINTS, "mean"),
    Column("等级", 8, "word"),
    Column("错误", 7, _COUNT, "sum"),
    Column("警告", 7, _COUNT, "sum"),
    Column("文件", 7, "word"),
    Column("状态", 7, "word"),
    Column("计入合计", 9, "word"),
    Column("说明", _NOTE_WIDTH, "note"),
)
_OF_PROJECTS = COLUMNS[:9]  # findings and files are the unit's
_AT = {
    column.head.partition("（")[0]: position for position, column in enumerate(COLUMNS)
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One row of a sheet."""

    result: UnitResult
    row: SummaryRow
    project: str
    counted: bool
    note: str = ""
    own: bool = True  # whether the findings and files of the unit are told here


def summary_workbook(summary: Summary, root: Path) -> bytes:
    """The workbook, whose links to documents are relative to `root`; text is text, whatever it begins with."""
    import xlsxwriter  # noqa: PLC0415  30 ms, wanted only when documents are written

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "绩效自评汇总表", "created": _FIXED})
        formats = _formats(book)
        units, projects = list(_unit_lines(summary)), list(_project_lines(summary))
        _sheet(
            book,
            "单位",
            f"{summary.years}单位绩效自评汇总表",
            units,
            COLUMNS,
            formats,
            root,
        )
        if projects:
            _sheet(
                book,
                "项目",
                f"{summary.years}项目绩效自评汇总表",
                projects,
                _OF_PROJECTS,
                formats,
                root,
            )
        _statistics(book, summary, formats)
        book.worksheets()[0].activate()
    return buffer.getvalue()


def _unit_lines(summary: Summary) -> Iterator[SummaryLine]:
    for one in summary.units:
        whole = f"单位整体（{len(one.projects)} 个项目）"
        yield SummaryLine(
            one, one.whole, whole, one.file not in summary.covered, _note(one)
        )


def _project_lines(summary: Summary) -> Iterator[SummaryLine]:
    for one in summary.units:
        for project in one.projects:
            yield SummaryLine(one, project, project.name, True, own=False)


def _note(result: UnitResult) -> str:
    """Why a unit failed, or which of its files were left as they were."""
    if result.state == FAILED:
        return result.reason
    return "；".join(
        f"{one.path.name}：{one.kept}" for one in result.documents if one.kept
    )


def _formats(book: Any) -> dict[str, Any]:
    """A format for each kind of cell: by number format, and by colour for what is conditional."""
    made = {
        style: book.add_format({**_CELL, "num_format": style})
        for style in (_AMOUNT, _RATE, _POINTS, _COUNT)
    }
    made[""] = book.add_format({**_CELL, "num_format": "@"})
    made["note"] = book.add_format(
        {**_CELL, "num_format": "@", "font_color": "#7F3F00", "text_wrap": True}
    )
    made["word"] = book.add_format({**_CELL, "num_format": "@", "align": "center"})
    made["link"] = book.add_format(
        {**_CELL, "align": "center", "font_color": "#0563C1", "underline": 1}
    )
    head = {**_CELL, "bold": True, "bg_color": "#D9E1F2", "align": "center"}
    made["head"] = book.add_format({**head, "text_wrap": True})
    made["title"] = book.add_format(
        {"font_name": _FONT, "bold": True, "font_size": 16, "valign": "vcenter"}
    )
    for style in ("", _AMOUNT, _RATE, _POINTS, _COUNT):
        shape = {**_CELL, "bold": True, "bg_color": "#F2F2F2"}
        made[f"total{style}"] = book.add_format({**shape, "num_format": style or "@"})
    for colour in (_GREEN, _AMBER, _RED, _GREY):
        made[colour] = book.add_format({"bg_color": colour})
    return made


def _sheet(
    book: Any,
    name: str,
    title: str,
    lines: Sequence[SummaryLine],
    columns: Sequence[Column],
    formats: dict[str, Any],
    root: Path,
) -> None:
    """A table below its title and its totals; both stay in sight, the table can be filtered."""
    sheet = book.add_worksheet(name)
    shown = lines[:_MOST_ROWS]
    last = max(_FIRST + len(shown) - 1, _FIRST)
    sheet.set_row(0, 30)
    sheet.write_string(
        0,
        0,
        title
        + ("（行数超过 Excel 上限，其余未列出）" if len(lines) > len(shown) else ""),
        formats["title"],
    )
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(_HEAD, position, column.head, formats["head"])
    for position, line in enumerate(shown):
        _write_line(sheet, _FIRST + position, line, columns, formats)
        if line.note:  # only Excel itself makes a row as high as its text
            sheet.set_row(
                _FIRST + position,
                min(_LINE * (1 + 2 * len(line.note) // _NOTE_WIDTH), _HIGHEST),
            )
        if line.own and position < _MOST_LINKS:
            _link_files(sheet, _FIRST + position, line.result, formats["link"], root)
    _totals(sheet, shown, columns, last, formats)
    _colours(sheet, last, formats, columns)
    sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
    sheet.freeze_panes(_FIRST, 2)
    _page(sheet)
    sheet.repeat_rows(_HEAD)


def _page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer("&R第 &P 页，共 &N 页")


def _write_line(
    sheet: Any,
    at: int,
    line: SummaryLine,
    columns: Sequence[Column],
    formats: dict[str, Any],
) -> None:
    write_number, write_string, write_blank = (
        sheet.write_number,
        sheet.write_string,
        sheet.write_blank,
    )
    for position, (column, value) in enumerate(
        zip(columns, _values(at, line), strict=False)
    ):
        style = formats[column.format]
        if value is None or value == "":
            write_blank(at, position, None, style)
        elif isinstance(value, str):
            write_string(at, position, value, style)
        else:
            write_number(at, position, value, style)


def _values(at: int, line: SummaryLine) -> tuple[Decimal | int | str | None, ...]:
    """What stands in each column."""
    result, row = line.result, line.row
    return (
        at - _FIRST + 1,
        result.title,
        line.project,
        row.budget,
        row.executed,
        row.execution_rate,
        row.weight,
        row.score,
        row.grade,
        *(
            (result.count(Severity.ERROR), result.count(Severity.WARNING))
            if line.own
            else ()
        ),
        f"{len(result.documents)} 份" if result.documents else "",
        result.state,
        "是" if line.counted else "否",
        line.note,
    )


def _link_files(
    sheet: Any, at: int, result: UnitResult, style: Any, root: Path
) -> None:
    """The number of files becomes a link to their folder."""
    if result.folder is None or not result.documents:
        return
    plain = unquote(link(result.folder, root))
    url = f"external:{_NEEDS_QUOTING.sub(lambda match: quote(match[0]), plain)}/"
    if len(url) < _LONGEST_LINK:
        sheet.write_url(at, _AT["文件"], url, style, f"{len(result.documents)} 份")


def _totals(
    sheet: Any,
    lines: Sequence[SummaryLine],
    columns: Sequence[Column],
    last: int,
    formats: dict[str, Any],
) -> None:
    """合计 above the table: what the filter leaves; where a department covers other rows, only the rows that count."""
    at = _HEAD - 1
    all_counted = all(line.counted for line in lines)
    for position, column in enumerate(columns):
        if column.total:
            formula, value = _total(
                column, position, lines, last, all_counted=all_counted
            )
            sheet.write_formula(
                at, position, formula, formats[f"total{column.format}"], value
            )
        else:
            sheet.write_blank(at, position, None, formats["total"])
    said = (
        "合计（随筛选变化）"
        if all_counted
        else "合计（下属单位已含在部门数内的不重复计）"
    )
    sheet.write_string(at, _AT["单位"], said, formats["total"])
    sheet.write_string(at, _AT["项目"], "得分为简单平均", formats["total"])


def _total(
    column: Column,
    position: int,
    lines: Sequence[SummaryLine],
    last: int,
    *,
    all_counted: bool,
) -> tuple[str, Decimal | int | str]:
    """The formula of one total, and what it comes to, for programs that show a workbook without computing it."""
    counted = [line for line in lines if line.counted]
    budget = sum((line.row.budget or Decimal(0) for line in counted), Decimal(0))
    executed = sum((line.row.executed or Decimal(0) for line in counted), Decimal(0))
    scores = [line.row.score for line in lines if line.row.score is not None]
    area = _area(position, last)
    if column.total == "rate":
        over, under = (f"{_letter(_AT[head])}{_HEAD}" for head in ("执行数", "预算数"))
        return f'=IF({under}=0,"",{over}/{under})', executed / budget if budget else ""
    if column.total == "mean":
        mean = sum(scores, Decimal(0)) / len(scores) if scores else ""
        return f'=IF(SUBTOTAL(102,{area})=0,"",SUBTOTAL(101,{area}))', mean
    money = {_AT["预算数"]: budget, _AT["执行数"]: executed}
    if position in money:
        marks = _area(_AT["计入合计"], last)
        return (
            f"=SUBTOTAL(109,{area})"
            if all_counted
            else f'=SUMIFS({area},{marks},"是")',
            money[position],
        )
    severity = Severity.ERROR if position == _AT["错误"] else Severity.WARNING
    return f"=SUBTOTAL(109,{area})", sum(
        line.result.count(severity) for line in lines if line.own
    )


def _letter(position: int) -> str:
    return chr(ord("A") + position)


def _area(position: int, last: int) -> str:
    """The cells of a column, from the first to the last row of the table."""
    return f"${_letter(position)}${_FIRST + 1}:${_letter(position)}${last + 1}"


def _colours(
    sheet: Any, last: int, formats: dict[str, Any], columns: Sequence[Column]
) -> None:
    """Grades, low and impossible rates, findings and states in colour; the rate with a bar."""

    def paint(head: str, colour: str, rule: dict[str, Any]) -> None:
        if _AT[head] < len(columns):
            sheet.conditional_format(
                _FIRST, _AT[head], last, _AT[head], {**rule, "format": formats[colour]}
            )

    for grade, colour in (("优", _GREEN), ("中", _AMBER), ("差", _RED)):
        paint("等级", colour, {"type": "cell", "criteria": "==", "value": f'"{grade}"'})
    for state, colour in ((FAILED, _RED), (KEPT, _AMBER)):
        paint("状态", colour, {"type": "cell", "criteria": "==", "value": f'"{state}"'})
    paint("计入合计", _GREY, {"type": "cell", "criteria": "==", "value": '"否"'})
    paint("错误", _RED, {"type": "cell", "criteria": ">", "value": 0})
    paint("警告", _AMBER, {"type": "cell", "criteria": ">", "value": 0})
    rate = f"{_letter(_AT['执行率'])}{_FIRST + 1}"
    paint(
        "执行率",
        _RED,
        {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({rate}),OR({rate}<0.6,{rate}>1.00005))",
        },
    )
    paint(
        "执行率",
        _AMBER,
        {"type": "formula", "criteria": f"=AND(ISNUMBER({rate}),{rate}<0.9)"},
    )


def _statistics(book: Any, summary: Summary, formats: dict[str, Any]) -> None:
    """统计: the means of the scores, and how many units have each grade and rate, each with a native chart."""
    sheet = book.add_worksheet("统计")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_row(0, 30)
    sheet.write_string(
        0, 0, f"{summary.years}自评得分、等级和预算执行率分布", formats["title"]
    )
    last = max(_FIRST + len(summary.units) - 1, _FIRST)
    area = {head: f"单位!{_area(position, last)}" for head, position in _AT.items()}
    known = f'({area["计入合计"]}="是")*ISNUMBER({area["自评得分"]})*{area["预算数"]}'
    means = (
        (
            "得分简单平均",
            f'=IFERROR(AVERAGE({area["自评得分"]}),"")',
            summary.mean_score,
        ),
        (
            "得分按预算数加权平均",
            f'=IFERROR(SUMPRODUCT({known}*{area["自评得分"]})/SUMPRODUCT({known}),"")',
            summary.weighted_score,
        ),
    )
    for at, (name, formula, value) in enumerate(means, start=1):
        sheet.write_string(at, 0, name, formats[""])
        sheet.write_formula(
            at, 1, formula, formats[_POINTS], "" if value is None else value
        )
    grades = [
        (name, number, _grade_count(name, area["等级"]))
        for name, number in summary.grades
    ]
    rates = [
        (name, number, _rate_count(name, area["执行率"]))
        for name, number in summary.rates
    ]
    _chart(book, sheet, 4, "自评等级", grades, formats)
    _chart(book, sheet, 23, "预算执行率", rates, formats)
    _page(sheet)
    sheet.fit_to_pages(1, 1)


def _grade_count(name: str, area: str) -> str:
    """Not COUNTIF, which reads a grade such as *优 or =1 as a pattern."""
    quoted = name.replace('"', '""')
    return (
        f"=COUNTBLANK({area})"
        if name == NO_GRADE
        else f'=SUMPRODUCT(--({area}="{quoted}"))'
    )


def _rate_count(name: str, area: str) -> str:
    if name == NO_RATE:
        return f"=COUNTBLANK({area})"
    names = [band for band, _ in RATE_BANDS]
    position = names.index(name)
    below = f',{area},"<{RATE_BANDS[position - 1][1]}"' if position else ""
    return f'=COUNTIFS({area},">={RATE_BANDS[position][1]}"{below})'


def _chart(
    book: Any,
    sheet: Any,
    top: int,
    head: str,
    counts: Sequence[tuple[str, int, str]],
    formats: dict[str, Any],
) -> None:
    """A small table from row `top`, and a column chart of it beside."""
    sheet.write_string(top, 0, head, formats["head"])
    sheet.write_string(top, 1, "单位数", formats["head"])
    for at, (name, number, formula) in enumerate(counts, start=top + 1):
        sheet.write_string(at, 0, name, formats[""])
        sheet.write_formula(at, 1, formula, formats[_COUNT], number)
    last = top + len(counts)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "单位数",
            "categories": ["统计", top + 1, 0, last, 0],
            "values": ["统计", top + 1, 1, last, 1],
            "fill": {"color": "#2F5597"},
            "gap": 60,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": f"{head}分布（单位数）", "name_font": {"size": 13}})
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "min": 0,
            "num_format": "0",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_size({"width": 620, "height": 340})
    sheet.insert_chart(top, 3, chart, {"description": f"{head}分布，数字见左边的表"})
