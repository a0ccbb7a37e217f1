"""名单: which units are asked, from whatever table a bureau keeps them in; headings in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportgen.workbooks.collection.books.grid import Sheet, rows_of
from reportgen.workbooks.collection.books.open_book import open_book, refuse
from reportgen.workbooks.collection.labels import plain_label

_HEADS = {
    "单位": "单位 单位名称 预算单位 填报单位 名称 单位全称 部门 部门名称",
    "简称": "简称 单位简称",
    "主管部门": "主管部门 主管单位 上级部门",
    "联系方式": "联系方式 联系人 联系电话 电话 经办人",
    "项目": "项目 项目名称 项目支出",
    "年度": "年度 年份 评价年度",
    "模板": "模板 模板包",
}
_MEANING = {
    word: key for key, words in _HEADS.items() for word in words.split()
}
_SEARCHED = 10  # rows in which the headings are looked for
_BETWEEN = re.compile(r"[、；;\n]+")
_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_NO_ROSTER = (
    "里面没有“单位”一栏",
    "名单第一行请写栏目名：单位、简称、主管部门、联系方式、项目",
)


@dataclass(frozen=True)
class AskedUnit:
    """A unit of the roster."""

    name: str
    short_name: str = ""
    supervisor: str = ""
    contact: str = ""
    year: str = ""
    pack: str = ""
    projects: tuple[str, ...] = ()


def same_name(name: str) -> str:
    """A name as it is compared: without blanks, brackets in one width."""
    narrow = name.translate(str.maketrans("（）", "()"))
    return "".join(narrow.split()).casefold()


def read_roster(path: Path) -> tuple[AskedUnit, ...]:
    """The units in their order, each once; raises Rejected where the file is no roster."""
    book, _ = open_book(path)
    lines = next(filter(None, (list(_lines(one)) for one in book.sheets)), [])
    if not lines:
        refuse(path, *_NO_ROSTER)
    named = groupby(lines, lambda line: same_name(line["单位"]))
    found = (_unit(list(group)) for _, group in named)
    return tuple({same_name(one.name): one for one in found}.values())


def _lines(sheet: Sheet) -> Iterator[dict[str, str]]:
    """What the rows below the headings say; a row without a unit belongs to the one above."""
    columns: dict[int, str] = {}
    unit = year = ""
    for number, row in enumerate(rows_of(sheet.cells)):
        texts = _texts(sheet, row)
        if "单位" not in columns.values():
            columns = _columns(texts) if number < _SEARCHED else {}
            year = year or _year_in(texts.values())
            continue
        line = {key: texts.get(at, "") for at, key in columns.items()}
        unit = line["单位"] = line["单位"] or unit
        line["年度"] = line.get("年度") or year
        if unit:
            yield line


def _year_in(texts: Iterable[str]) -> str:
    """The year that a title tells."""
    found = (_YEAR.search(text) for text in texts)
    return next((one[1] for one in found if one), "")


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row; those of merged cells stand in each of their rows."""
    return {
        column: sheet.cells[
            sheet.merged.get((at, column), (at, column))
        ].text.strip()
        for at, column in {*sheet.cells, *sheet.merged}
        if at == row
        and sheet.merged.get((at, column), (at, column)) in sheet.cells
    }


def _columns(texts: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, text in sorted(texts.items()):
        key = _MEANING.get(plain_label(text))
        if key and key not in found.values():
            found[column] = key
    return found


def _unit(lines: list[dict[str, str]]) -> AskedUnit:
    """A unit from all of its rows."""

    def said(key: str) -> str:
        return next(filter(None, (one.get(key, "") for one in lines)), "")

    projects = (
        name.strip()
        for one in lines
        for name in _BETWEEN.split(one.get("项目", ""))
    )
    return AskedUnit(
        said("单位"),
        said("简称"),
        said("主管部门"),
        said("联系方式"),
        said("年度"),
        said("模板"),
        tuple(dict.fromkeys(filter(None, projects))),
    )
