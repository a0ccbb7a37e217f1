"""收齐情况.xlsx: who handed in what, which files belong to nobody, every problem of every unit, what was mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reportgen.workbooks.collection.list_sheet import write_list
from reportgen.workbooks.collection.round.problems import RoundProblem
from reportgen.workbooks.collection.round.standing import (
    RoundStanding,
    UnitRound,
)
from reportgen.workbooks.sheets import workbook_bytes

TITLE = "收齐情况"
BOOK_NAME = f"{TITLE}.xlsx"
Row = tuple[str | int, ...]
_STANDING = (
    ("序号", 6),
    ("单位", 30),
    ("主管部门", 20),
    ("联系方式", 16),
    ("情况", 10),
    ("文件", 40),
    ("错误", 7),
    ("警告", 7),
    ("上次的问题已改", 12),
    ("说明", 60),
)
_OUTSIDE = (
    ("情况", 12),
    ("文件", 50),
    ("单位", 30),
    ("年度", 10),
    ("说明", 70),
)
_PROBLEMS = (
    ("单位", 28),
    ("程度", 8),
    ("代码", 10),
    ("表", 18),
    ("格", 10),
    ("栏目", 34),
    ("填的是", 22),
    ("问题和处理", 80),
)
_MENDED = (("单位", 30), ("代码和栏目", 60))


class RoundResult(NamedTuple):
    """A unit with its problems, and those of the round before that are gone."""

    unit: UnitRound
    problems: tuple[RoundProblem, ...] = ()
    mended: tuple[str, ...] = ()


def round_workbook(
    standing: RoundStanding, results: Sequence[RoundResult]
) -> bytes:
    """The workbook with its sheets, each filterable."""

    def fill(book: Any) -> None:
        write_list(book, TITLE, _STANDING, list(_standing(results)), TITLE)
        outside = [
            (kind, one.shown, one.unit, one.year, one.reason)
            for kind, one in standing.outside
        ]
        write_list(book, "其他文件", _OUTSIDE, outside, TITLE)
        write_list(book, "全部问题", _PROBLEMS, list(_problems(results)), TITLE)
        write_list(book, "已改正", _MENDED, list(_mended(results)), TITLE)

    return workbook_bytes(TITLE, fill)


def _standing(results: Sequence[RoundResult]) -> Iterator[Row]:
    for number, one in enumerate(results, start=1):
        unit = one.unit
        counted = [problem.severity for problem in one.problems]
        yield (
            number,
            unit.asked.name,
            unit.asked.supervisor,
            unit.asked.contact,
            unit.standing,
            unit.used.shown if unit.used else "",
            counted.count("错误") or "",
            counted.count("警告") or "",
            len(one.mended) or "",
            unit.note,
        )


def _problems(results: Sequence[RoundResult]) -> Iterator[Row]:
    for one in results:
        for problem in one.problems:
            yield (one.unit.asked.name, *problem)


def _mended(results: Sequence[RoundResult]) -> Iterator[Row]:
    for one in results:
        for key in one.mended:
            yield one.unit.asked.name, key
