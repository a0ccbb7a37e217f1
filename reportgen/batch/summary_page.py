"""汇总.html: a run as one page without network: totals, distributions, a table of units to sort and search.

What the page says stands in summary.html; here is how it shows a value.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from reportgen.core.findings import ERROR, WARNING, worst_first
from reportgen.core.numerals import fixed, percent, plain, round_half_up
from reportgen.results.summary import Summary, link
from reportgen.results.unit_result import BUILT, FAILED, KEPT

FILE_NAME = "汇总.html"
_SHOWN = 12  # findings told of a unit
_SHOWN_OF_MANY, _MANY = 3, 2000  # a page of 10,000 units still has to open
_TONES = {
    "优": "good",
    "良": "fair",
    "中": "low",
    "差": "bad",
    BUILT: "good",
    KEPT: "low",
    FAILED: "bad",
    ERROR.label: "bad",
    WARNING.label: "low",
    "超过100%": "bad",
    "低于60%": "bad",
    "60%—80%": "low",
    "80%—90%": "low",
}


def summary_page(summary: Summary, root: Path) -> bytes:
    """The page, whose links to documents are relative to `root`, where it is to stand."""
    few = len(summary.units) <= _MANY
    text = _template().render(
        summary=summary,
        few=few,
        most=_SHOWN if few else _SHOWN_OF_MANY,
        link=lambda path: link(path, root),
        error=ERROR,
        warning=WARNING,
        least=Decimal("0.9"),  # rates beyond these are to be looked at
        most_rate=Decimal("1.00005"),
    )
    return text.encode("utf-8", "backslashreplace")


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        autoescape=True,  # names and findings are what people typed
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        money=_or(_money, "—"),
        rate=_or(percent, "—"),
        points=_or(fixed, "—"),
        sortable=_or(lambda number: plain(number, 6), ""),
        tone=lambda word: _TONES.get(word, "plain"),
        tenths=lambda number: plain(Decimal(number), 1),
        worst_first=worst_first,
    )
    page = files("reportgen.batch").joinpath("summary.html")
    return environment.from_string(page.read_text(encoding="utf-8"))


def _or(
    shown: Callable[[Decimal], str], blank: str
) -> Callable[[Decimal | None], str]:
    """How a number is shown that may be missing."""
    return lambda number: blank if number is None else shown(number)


def _money(amount: Decimal) -> str:
    """12345.6 -> 12,345.60."""
    return f"{round_half_up(amount):,.2f}"
