"""What the rules about indicators share: how a row is called, its kind, and whether a cell says anything."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from reportgen.checks.facts.text_index import any_of
from reportgen.core.numerals import ONE
from reportgen.model.target import Target, is_named
from reportgen.model.unit import Evaluation, Indicator, Unit
from reportgen.packs.vocabulary import WordLists

_NOTHING = frozenset(
    {
        "",
        "无",
        "没有",
        "暂无",
        "/",
        "-",
        "—",
        "——",
        "不适用",
        "不涉及",
        "无偏差",
    }
)
_AROUND = re.compile(r"[\s。．.；;，,]+")
_SHORT = {"万": ONE, "亿": Decimal(10000)}
_OF_ALL = r"(?:项目|部门|年度|全年|财政|整体|专项|本年|当年|预算|资金|经费|支出)*{}[（(]?[%％]?[）)]?"
_POINTS = re.compile(r"[（(][^（）()]*[)）]")


@lru_cache(maxsize=1024)
def is_stated(text: str) -> bool:
    """Whether a cell says anything: 无, — and a blank do not."""
    return is_named(text) and _AROUND.sub("", text) not in _NOTHING


@lru_cache(maxsize=1024)
def label_kind(label: str) -> str:
    """The kind of a label: 产出指标（50分） -> 产出, 服务对象满意度指标 -> 服务对象满意度."""
    return re.sub(r"[\s\d]+", "", _POINTS.sub("", label)).removesuffix("指标")


def row_label(indicator: Indicator) -> str:
    """How a message calls a row: its name, or what there is of it."""
    return next(
        (
            text.strip()
            for text in (
                indicator.name,
                indicator.category,
                indicator.dimension,
            )
            if is_named(text)
        ),
        "该行",
    )


def is_execution_rate(name: str, words: WordLists) -> bool:
    """Whether a row is the execution rate of the budget itself, not of procurement or one kind of expenses."""
    return (
        any_of(words.stated_rate, _OF_ALL).fullmatch(name.strip()) is not None
    )


def is_share(name: str, words: WordLists) -> bool:
    """Whether a name ends like a share of what is good: 合格率 and not 不合格率."""
    return (
        any_of(words.share_names, r"(?<![不未]){}\Z").search(name) is not None
    )


def has_word(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` stands in `text`."""
    return any(map(text.__contains__, words))


def same_value(one: Target, other: Target) -> bool:
    """Whether both say the same: the same number in the same measure, or the same words."""
    if one.value is None or other.value is None:
        return one.text.strip() == other.text.strip()
    if one.upper is not None or other.upper is not None:
        return (one.value, one.upper) == (other.value, other.upper)
    return other.value_in(one.measure) == one.value


def money(value: Target | None) -> Decimal | None:
    """The amount in 万元 where a sum of money was written (400万, 3000元), else None."""
    if value is None or value.value is None:
        return None
    factor = _SHORT.get(value.measure)  # 523.12万, as many write it
    if factor is not None:
        return value.value * factor
    return value.value_in("万元") if value.measure.endswith("元") else None


def tolerance(value: Target) -> Decimal:
    """Half a unit of the last digit that was typed, in the unit that was typed."""
    digits = re.search(r"\d[.．](\d+)", value.text)
    return Decimal("0.5").scaleb(-len(digits[1]) if digits else 0)


def is_filled_in(one: Evaluation) -> bool:
    """Whether any row of the table of indicators was filled in."""
    return any(
        is_named(row.name) or row.target or row.actual for row in one.indicators
    )


def is_declared(unit: Unit) -> bool:
    """Whether the unit only sets targets so far: planned, but nothing adjusted, spent, reached or scored."""
    evaluations = (unit, *unit.projects)
    planned = (
        one.funds.initial is not None
        or any(row.target for row in one.indicators)
        for one in evaluations
    )
    return any(planned) and not any(map(_is_reported, evaluations))


def _is_reported(one: Evaluation) -> bool:
    funds = one.funds
    outcome = one.outcome
    if any(
        value is not None
        for value in (funds.revised, funds.executed, outcome.score)
    ):
        return True
    return any(
        row.actual is not None or row.score is not None
        for row in one.indicators
    )
