"""How single values are written in unit.yaml: a year, a day, a body without its code."""

from __future__ import annotations

import re
from collections.abc import Callable

_CODE = re.compile(
    r"^[\[(（]?[0-9A-Za-z]{3,}[\])）]?[-—_ ]?(?=[\u4e00-\u9fa5])"
)
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
YEAR = re.compile(r"((?:19|20)\d\d)\s*年?度?")


def without_code(name: str) -> str:
    """A body without the code that stands before its name."""
    return _CODE.sub("", name.strip())


def _year(value: str) -> str:
    found = YEAR.search(value)
    return found[1] if found else ""


def _day(value: str) -> str:
    found = _DATE.search(value)
    parts = found.groups() if found else ()
    return "-".join(f"{int(part):02d}" for part in parts)


WRITTEN: dict[str, Callable[[str], str]] = {
    "年度": _year,
    "填报日期": _day,
    "单位.名称": without_code,
}
