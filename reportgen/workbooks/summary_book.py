"""汇总表.xlsx: every unit and every project of a run in one workbook, with totals as formulas and charts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from reportgen.core.findings import Severity
from reportgen.core.numerals import ONE, ZERO, mean, ratio
from reportgen.results.summary import Summary, link
from reportgen.results.unit_result import FAILED, KEPT, UnitResult
from reportgen.workbooks.collection.problem_list import write_problems
from reportgen.workbooks.sheets import (
    AMBER,
    GREEN,
    GREY,
    RED,
    Formats,
    cell_formats,
    equal,
    row_height,
    set_page,
    workbook_bytes,
)
from reportgen.workbooks.summary_columns import (
    AT,
    COLUMNS,
    FIRST,
    HEAD,
    Column,
    SummaryLine,
    area,
    letter,
)
from reportgen.workbooks.summary_statistics import write_statistics

_ALL = "合计（随筛选变化）"
_COUNTED = "合计（下属单位已含在部门数内的不重复计）"
# The formula of a total, and what it comes to, for programs that show a workbook without computing it
Total = tuple[str, Decimal | int | str]


@dataclass(frozen=True)
class TotalledTable:
    """The rows of a table, the last of which stands in row `last`."""

    lines: Sequence[SummaryLine]
    last: int

    @cached_property
    def counted(self) -> tuple[SummaryLine, ...]:
        """The rows that count: not those that a department of the run covers."""
        return tuple(line for line in self.lines if line.counted)

    @property
    def all_counted(self) -> bool:
        """Whether no row is covered by another."""
        return len(self.counted) == len(self.lines)

    def money(self, name: str) -> Decimal:
        """The amounts of the rows that count."""
        amounts = (getattr(line.row, name) for line in self.counted)
        return sum(filter(None, amounts), ZERO)


def write_totals(
    sheet: Any,
    table: TotalledTable,
    columns: Sequence[Column],
    formats: Formats,
) -> None:
    """The row: what the filter leaves; where a department covers other rows, only the rows that count."""
    at = HEAD - 1
    for position, column in enumerate(columns):
        if column.total:
            cells = area(position, table.last)
            formula, value = _total(column.total, table, cells)
            style = formats[f"total{column.format}"]
            sheet.write_formula(at, position, formula, style, value)
        else:
            sheet.write_blank(at, position, None, formats["total"])
    told = _ALL if table.all_counted else _COUNTED
    sheet.write_string(at, AT["单位"], told, formats["total"])
    sheet.write_string(at, AT["项目"], "得分为简单平均", formats["total"])


def _total(kind: str, table: TotalledTable, cells: str) -> Total:
    """The formula of that kind of total, and what it comes to."""
    if kind == "rate":
        return _rate(table)
    if kind == "mean":
        return _mean(table, cells)
    if kind in {one.value for one in Severity}:
        own = (line.result for line in table.lines if line.own)
        found = sum(one.count(Severity(kind)) for one in own)
        return f"=SUBTOTAL(109,{cells})", found
    return _money_formula(table, cells), table.money(kind)


def _money_formula(table: TotalledTable, cells: str) -> str:
    """The sum of what the filter leaves, or of the rows that count."""
    if table.all_counted:
        return f"=SUBTOTAL(109,{cells})"
    return f'=SUMIFS({cells},{area(AT["计入合计"], table.last)},"是")'


def _rate(table: TotalledTable) -> Total:
    over, under = (f"{letter(AT[head])}{HEAD}" for head in ("执行数", "预算数"))
    rate = ratio(table.money("executed"), table.money("budget"))
    return f'=IF({under}=0,"",{over}/{under})', "" if rate is None else rate


def _mean(table: TotalledTable, cells: str) -> Total:
    rated = [line for line in table.lines if line.rated]
    value = mean((line.row.score, ONE) for line in rated)
    shown = "" if value is None else value
    if len(rated) < len(table.lines):
        known = f'{area(AT["计入平均"], table.last)},"是"'
        return f'=IFERROR(AVERAGEIFS({cells},{known}),"")', shown
    return f'=IF(SUBTOTAL(102,{cells})=0,"",SUBTOTAL(101,{cells}))', shown


_MOST_LINKS = 60_000  # Excel opens no sheet with more than 65,530
# Excel takes Chinese as it is, and not quoted on every system
_NEEDS_QUOTING = re.compile(r"""[%# "<>\[\]`^{}]""")
_LONGEST_LINK = 2000  # characters, of 2,079 that Excel allows
_MOST_ROWS = 1_000_000  # of a sheet's 1,048,576
_WIDTHS = [COLUMNS[AT[head]].width for head in ("单位", "项目", "说明")]
_OF_PROJECTS = COLUMNS[:9]  # findings and files are the unit's
_CUT = "（行数超过 Excel 上限，其余未列出）"


def summary_workbook(summary: Summary, root: Path) -> bytes:
    """The workbook, whose links to documents are relative to `root`; text is text, whatever it begins with."""

    def fill(book: Any) -> None:
        formats = cell_formats(book)
        for name, lines, columns in (
            ("单位", list(_unit_lines(summary)), COLUMNS),
            ("项目", list(_project_lines(summary)), _OF_PROJECTS),
        ):
            if lines or columns is COLUMNS:
                title = f"{summary.years}{name}绩效自评汇总表"
                _sheet(
                    book.add_worksheet(name),
                    title,
                    lines,
                    columns,
                    formats,
                    root,
                )
        write_statistics(book, summary, formats)
        write_problems(book, summary.units)
        book.worksheets()[0].activate()

    return workbook_bytes("绩效自评汇总表", fill)


def _unit_lines(summary: Summary) -> Iterator[SummaryLine]:
    """A row for each unit as a whole."""
    rated = {one.file for one in summary.rated}
    for one in summary.units:
        whole = f"单位整体（{len(one.projects)} 个项目）" if one.name else ""
        yield SummaryLine(
            one,
            one.whole,
            whole,
            one.file not in summary.covered,
            one.file in rated,
            _note(one),
        )


def _project_lines(summary: Summary) -> Iterator[SummaryLine]:
    """A row for each project of each unit."""
    for one in summary.units:
        for project in one.projects:
            yield SummaryLine(one, project, project.name, True, True, own=False)


def _note(result: UnitResult) -> str:
    """Why a unit failed, or which of its files were left as they were."""
    if result.state == FAILED:
        return result.reason
    return "；".join(
        f"{one.path.name}：{one.kept}" for one in result.documents if one.kept
    )


def _sheet(
    sheet: Any,
    title: str,
    lines: Sequence[SummaryLine],
    columns: Sequence[Column],
    formats: Formats,
    root: Path,
) -> None:
    """A table below its title and its totals; both stay in sight, the table can be filtered."""
    shown = lines[:_MOST_ROWS]
    last = max(FIRST + len(shown) - 1, FIRST)
    cut = _CUT if len(lines) > len(shown) else ""
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{title}{cut}", formats["title"])
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        sheet.write_string(HEAD, position, column.head, formats["head"])
    for position, line in enumerate(shown):
        at = FIRST + position
        _write_line(sheet, at, line, columns, formats)
        texts = (line.result.title, line.project, line.note)
        sheet.set_row(at, row_height(*zip(texts, _WIDTHS, strict=True)))
        if line.own and position < _MOST_LINKS:
            _link_files(sheet, at, line.result, formats["link"], root)
    write_totals(sheet, TotalledTable(shown, last), columns, formats)
    _colours(sheet, last, formats, columns)
    sheet.autofilter(HEAD, 0, last, len(columns) - 1)
    sheet.freeze_panes(FIRST, 2)
    set_page(sheet)
    sheet.repeat_rows(HEAD)


def _write_line(
    sheet: Any,
    at: int,
    line: SummaryLine,
    columns: Sequence[Column],
    formats: Formats,
) -> None:
    values = zip(columns, _values(at, line), strict=False)
    for position, (column, value) in enumerate(values):
        style = formats[column.format]
        if value in {None, ""}:
            sheet.write_blank(at, position, None, style)
        elif isinstance(value, str):
            sheet.write_string(at, position, value, style)
        else:
            sheet.write_number(at, position, value, style)


def _values(
    at: int, line: SummaryLine
) -> tuple[Decimal | int | str | None, ...]:
    """What stands in each column."""
    result = line.result
    row = line.row
    return (
        at - FIRST + 1,
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
        "是" if line.rated else "否",
        line.note,
    )


def _link_files(
    sheet: Any,
    at: int,
    result: UnitResult,
    style: Any,
    root: Path,
) -> None:
    """The number of files becomes a link to their folder."""
    if result.folder is None or not result.documents:
        return
    plain = unquote(link(result.folder, root))
    url = (
        f"external:{_NEEDS_QUOTING.sub(lambda match: quote(match[0]), plain)}/"
    )
    if len(url) < _LONGEST_LINK:
        sheet.write_url(
            at, AT["文件"], url, style, f"{len(result.documents)} 份"
        )


def _colours(
    sheet: Any, last: int, formats: Formats, columns: Sequence[Column]
) -> None:
    """Grades, low and impossible rates, findings and states in colour; the rate with a bar."""

    def paint(head: str, colour: str, rule: dict[str, Any]) -> None:
        at = AT[head]
        if at < len(columns):
            styled = {**rule, "format": formats[colour]}
            sheet.conditional_format(FIRST, at, last, at, styled)

    for grade, colour in (("优", GREEN), ("中", AMBER), ("差", RED)):
        paint("等级", colour, equal(grade))
    for state, colour in ((FAILED, RED), (KEPT, AMBER)):
        paint("状态", colour, equal(state))
    for head in ("计入合计", "计入平均"):
        paint(head, GREY, equal("否"))
    some = {"type": "cell", "criteria": ">", "value": 0}
    paint("错误", RED, some)
    paint("警告", AMBER, some)
    rate = f"{letter(AT['执行率'])}{FIRST + 1}"
    for told, colour in (
        (f"OR({rate}<0.6,{rate}>1.00005)", RED),
        (f"{rate}<0.9", AMBER),
    ):
        formula = f"=AND(ISNUMBER({rate}),{told})"
        paint("执行率", colour, {"type": "formula", "criteria": formula})
