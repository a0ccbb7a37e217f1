"""全部问题: every problem of every unit of a run on one sheet that people filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from reportgen.core.findings import worst_first
from reportgen.results.unit_result import UnitResult
from reportgen.workbooks.collection.list_sheet import write_list

_MOST = 20_000  # rows: a workbook that still opens
_CUT = ("（其余未列出）", "", "", "", "", "请看各单位的问题清单", "")
_COLUMNS = (
    ("单位", 24),
    ("程度", 8),
    ("代码", 9),
    ("位置", 14),
    ("栏目", 24),
    ("问题和处理", 64),
    ("填报文件", 18),
)


def write_problems(book: Any, units: Sequence[UnitResult]) -> None:
    """A new sheet with the problems, none where there are none."""
    rows = list(islice(_rows(units), _MOST + 1))
    if len(rows) > _MOST:
        rows[_MOST] = _CUT
    if rows:
        write_list(book, "全部问题", _COLUMNS, rows, "全部问题")


def _rows(units: Sequence[UnitResult]) -> Iterator[tuple[str, ...]]:
    for unit in units:
        for one in worst_first(unit.findings):
            if one.waived:
                continue
            message = one.message.removeprefix(f"{one.path}：")
            yield (
                unit.name or unit.file.stem,
                one.severity.label,
                one.code,
                one.place.where,
                one.path,
                message,
                unit.file.name,
            )
