"""The names of 资金: amounts, what follows from them, and the rows by kind of income, spending and source."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

from reportgen.core.numerals import given, less, ratio
from reportgen.core.value import Value
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import Figure
from reportgen.figures.funds import (
    FundsFigures,
    RowFigures,
    RowsOfFunds,
    empty_row,
)
from reportgen.model.fractions import BudgetLine
from reportgen.model.unit import Funds
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views, label
from reportgen.view.spoken import lost, reasons


def funds_view(figures: EvaluationFigures, pack: Pack, show: Formatter) -> View:
    """The names of one 资金."""
    funds, computed = figures.evaluation.funds, figures.funds
    weight: Decimal | None = funds.weight
    scored = not figures.evaluation.rate_is_indicator
    if weight is None and funds.executed is not None and scored:
        weight = figures.execution_weight
    shown = show.reported(funds)
    points = {
        "分值": show.points(weight, "分值"),
        "得分": show.points(figures.printed_execution_score, "得分"),
    }
    return {
        **shown,
        **points,
        "扣分": lost(points["分值"], points["得分"], show.computed),
        **_told(shown, pack, show),
        "执行率": _rate(
            funds.execution_rate, computed.execution_rate, "执行率", show
        ),
        **_changes(computed, show),
        "收入": _flat(_rows("收入", computed.by_income, show)),
        "支出": _flat(_rows("支出", computed.by_nature, show)),
        **_subtotals(funds, show),
        "收入构成": _rows("收入构成", _spending(computed.by_income), show),
        "支出构成": _rows("支出构成", _spending(computed.by_nature), show),
        "结转构成": _carried(computed, show),
        "来源": _flat(
            _named(
                "来源",
                "资金来源",
                computed.by_source,
                pack.manifest.sources,
                show,
            )
        ),
        "收支对照": _side_by_side(computed, pack, show),
        "历年": show.at("历年").reported(funds.history),
        **_since_last_year(funds, show.computed),
    }


def _since_last_year(funds: Funds, show: Formatter) -> View:
    """What was spent beside what was spent the year before; blank where either is open."""
    last = funds.history.last
    change = less(funds.executed, last)
    return {
        "上年变动": show.money(change and abs(change), "上年变动"),
        "上年变幅": show.rate(ratio(change and abs(change), last), "上年变幅"),
        "多于上年": change is not None and change > 0,
    }


def _told(shown: View, pack: Pack, show: Formatter) -> View:
    """原因 and 措施 of what was spent and, in 调整, of what was adjusted."""
    adjusted = show.at("调整").computed
    return {
        **reasons(shown["偏差原因"], pack, show.computed, kind="执行"),
        "调整": reasons(shown["调整原因"], pack, adjusted, kind="调整"),
    }


def _changes(computed: FundsFigures, show: Formatter) -> View:
    """What was added, carried over or overspent; prose names the amount without its sign."""
    carried = computed.carry_over.value
    overspent = None if carried is None or carried >= 0 else -carried
    return {
        "调整额": show.figure(computed.adjustment, "调整额"),
        "调增额": show.computed.money(_size(computed.adjustment), "调增额"),
        "调整率": show.figure(computed.adjustment_rate, "调整率"),
        "调幅": show.computed.rate(_size(computed.adjustment_rate), "调幅"),
        "结转": show.figure(computed.carry_over, "结转"),
        "超支额": show.computed.money(overspent, "超支额"),
    }


def _size(figure: Figure) -> Decimal | None:
    return None if figure.value is None else abs(figure.value)


def _formatters(
    name: str, rows: Sequence[RowFigures], show: Formatter
) -> Iterable[tuple[RowFigures, Formatter]]:
    """Each of `rows` with what formats it in the list `name`."""
    told_by = (row.row.name for row in rows)
    return zip(
        rows, show.rows(name, told_by, (row.path for row in rows)), strict=True
    )


def _rows(
    name: str,
    rows: RowsOfFunds,
    show: Formatter,
    level: str = "1",
) -> Views:
    """The rows of a table."""
    return [
        _row(row, own, level=level, first=row is rows[0])
        for row, own in _formatters(name, rows, show)
    ]


def _flat(rows: Iterable[View]) -> Views:
    """The rows, each followed by its details, and theirs."""
    flat: Views = []
    for row in rows:
        flat += [row, *_flat(row["明细"])]
    return flat


def _subtotals(funds: Funds, show: Formatter) -> View:
    """The rows 小计 of a form, where it has them."""
    lines = {
        "收入小计": funds.income_subtotal,
        "支出小计": funds.nature_subtotal,
        "来源小计": funds.source_subtotal,
    }
    return {
        name: _subtotal(line, show.at(name)) for name, line in lines.items()
    }


def _subtotal(line: BudgetLine, show: Formatter) -> View:
    rate: Decimal | None = line.execution_rate
    if rate is None:
        rate = ratio(line.executed, line.revised)
    return {
        **show.reported(line),
        "执行率": show.rate(rate, "执行率"),
        "已填": line != BudgetLine(),
    }


def _spending(rows: RowsOfFunds) -> RowsOfFunds:
    """The rows that spent something, for prose: nobody writes 0.00万元 where nothing was planned."""
    return tuple(row for row in rows if row.row.executed)


def _carried(computed: FundsFigures, show: Formatter) -> Views:
    """What the amount carried over consists of by kind of income; nothing where the parts are not the whole."""
    parts = {
        one: less(one.row.revised, one.row.executed)
        for one in computed.by_income
    }
    left = {one: part for one, part in parts.items() if part is not None}
    if sum(left.values()) != computed.carry_over.value:
        return []
    return [
        {"名称": own.text(one.row.name, "名称"), "结转": amount}
        for one, own in _formatters("结转构成", (*left,), show)
        if (amount := own.computed.money(left[one], "结转")) > 0
    ]


def _row(
    figures: RowFigures,
    show: Formatter,
    *,
    level: str = "1",
    first: bool = False,
) -> View:
    row = figures.row
    named = show.text(row.name, "名称")
    return {
        **show.reported(row),
        "名称": named,
        "标签": label("其中：", named) if first else named,
        "分值": show.points_or_dash(row.weight, "分值"),
        "得分": show.points_or_dash(row.score, "得分"),
        "历年": show.at("历年").reported(row.history),
        "层级": level,
        "明细": _rows("明细", figures.details, show, "2"),
        "执行率": _rate(
            row.execution_rate, figures.execution_rate, "执行率", show
        ),
        "占比": _rate(row.share, figures.share, "占比", show),
        "预算占比": _planned_share(figures, show),
    }


def _rate(
    reported: Decimal | None,
    computed: Figure,
    name: str,
    show: Formatter,
) -> Value:
    exact = computed.value
    return show.rate(given(reported, exact), name, exact=exact)


def _planned_share(figures: RowFigures, show: Formatter) -> Value:
    """The share of 年初预算数; where nothing is spent yet it is what the unit calls 占比."""
    row = figures.row
    if row.share is not None and row.executed is None:
        return show.rate(row.share, "预算占比", "占比")
    return show.figure(figures.budget_share, "预算占比")


def _named(
    name: str,
    field: str,
    reported: RowsOfFunds,
    names: Sequence[str],
    show: Formatter,
) -> Views:
    """The rows that the pack's form prints, and any other that the unit reports.

    One that the unit lacks belongs to the row of its name in `field`, which is still to be written.
    """
    found = {row.row.name: row for row in reported}
    wanted = _ordered([*found], names)
    rows = [found.get(one) or empty_row(one) for one in wanted]
    above = (*(show.source or ()), field)
    sources = {one: (*above, one) for one in wanted}
    sources |= {one: row.path for one, row in found.items()}
    formatters = show.rows(name, wanted, map(sources.__getitem__, wanted))
    return [
        _row(row, own, first=row is rows[0])
        for row, own in zip(rows, formatters, strict=True)
    ]


def _ordered(own: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    """The rows in the order of the unit, where it has all of the form or none; else those of the form first."""
    common = set(own) & set(names)
    if own and len(common) in (0, len(names)):
        return own
    return list(dict.fromkeys((*names, *own)))


def _side_by_side(computed: FundsFigures, pack: Pack, show: Formatter) -> Views:
    """收入 beside 支出 without details, for forms with one column for each; the shorter one is filled up."""
    kinds = pack.manifest
    income = _named(
        "收入", "按收入性质", computed.by_income, kinds.income_kinds, show
    )
    spending = _named(
        "支出", "按支出性质", computed.by_nature, kinds.nature_kinds, show
    )
    apart = show.at("收支对照").computed
    nothing = _row(empty_row(""), apart)
    return [
        {"收入": left, "支出": right}
        for left, right in zip_longest(income, spending, fillvalue=nothing)
    ]
