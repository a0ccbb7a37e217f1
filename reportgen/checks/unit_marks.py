"""TXT009 in tables: units of measure of indicators."""

from __future__ import annotations

import re

from reportgen.model.unit import Indicator

SCALES = frozenset({"万", "亿", "千万", "百万", "十万", "千"})  # of a number, and no unit of anything
_MONEY_KIND = re.compile(r"成本|经济效益")
_MONEY_NAME = re.compile(r"[费款额]$|经费|资金|费用|支出|成本|投资|收入|收益|金额|产值|税收")


def is_money(indicator: Indicator) -> bool:
    """Whether an indicator is an amount of money, by its kind or its name."""
    kinds = f"{indicator.dimension}{indicator.category}"
    return bool(_MONEY_KIND.search(kinds) or _MONEY_NAME.search(indicator.name.strip()))
