"""The one place that decides which names a template may use, already formatted.

A view is nested dicts and lists with Chinese keys; its leaves are text (`Shown` where there is a number behind it), or
True and False. There is no None: a missing value is the pack's blank mark.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from reportgen.figures.catalogue import EvaluationFigures, Figures, GroupFigures
from reportgen.figures.figure import Figure
from reportgen.figures.funds import FundsFigures, RowFigures
from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.unit import Evaluation, FundsRow, Project, Unit
from reportgen.model.values import Reported
from reportgen.numerals import chinese_numeral, fixed, percent, plain
from reportgen.packs.manifest import NumberFormat
from reportgen.packs.pack import Pack

View = dict[str, Any]


class Shown(str):
    """Printed text that compares as the number behind it, so that a snippet can say `资金.执行率 < 90`.

    `value` is in the printed unit (percent as 90, not 0.9). Without a number every comparison is false.
    """

    __slots__ = ("value",)
    value: Decimal | None

    @classmethod
    def of(cls, text: str, value: Decimal | None) -> Shown:
        """`text` as it prints, `value` as it compares."""
        shown = cls(text)
        shown.value = value
        return shown

    def _against(self, other: object) -> Decimal | None:
        if isinstance(other, Shown):
            return other.value
        return Decimal(str(other)) if isinstance(other, (int, float, Decimal)) else None

    def __lt__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value < there

    def __gt__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value > there

    def __le__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value <= there

    def __ge__(self, other: object) -> bool:
        there = self._against(other)
        return self.value is not None and there is not None and self.value >= there

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, Decimal)) and not isinstance(other, bool):
            return self.value is not None and self.value == other
        return str.__eq__(self, other) if isinstance(other, str) else False

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


class Formatter:
    """Numbers to text in the way of one pack."""

    def __init__(self, numbers: NumberFormat) -> None:
        self.blank, self.dash = numbers.blank, numbers.dash
        self._money_as_typed, self._rate_as_typed = numbers.money == "原样", numbers.rate == "原样"

    def money(self, value: Decimal | None) -> Shown:
        """An amount in 万元."""
        if value is None:
            return Shown.of(self.blank, None)
        if self._money_as_typed and isinstance(value, Reported):
            return Shown.of(value.text, value)
        return Shown.of(plain(value, 2) if self._money_as_typed else fixed(value), value)

    def rate(self, value: Decimal | None) -> Shown:
        """A ratio as percent."""
        if value is None:
            return Shown.of(self.blank, None)
        if self._rate_as_typed and isinstance(value, Reported):
            return Shown.of(value.text, value * 100)
        return Shown.of(percent(value), value * 100)

    def points(self, value: Decimal | None) -> Shown:
        """Points or a score: as typed, or at most two decimals."""
        if value is None:
            return Shown.of(self.blank, None)
        text = value.text.removesuffix("分") if isinstance(value, Reported) else plain(value, 2)
        return Shown.of(text, value)

    def count(self, value: Decimal | None) -> Shown:
        """A number of persons or things."""
        return Shown.of(self.blank if value is None else plain(value), value)

    def figure(self, figure: Figure) -> Shown:
        """A computed figure by its unit."""
        show = {"%": self.rate, "万元": self.money, "分": self.points}[figure.unit]
        return show(figure.value)


def build_view(unit: Unit, figures: Figures, pack: Pack) -> View:
    """Every name that templates and snippets may use, but for 叙述, which the narrative fills."""
    show = Formatter(pack.numbers)
    view: View = {
        "年度": unit.year,
        "填报日期": chinese_date(unit.filled_on),
        "单位": _profile(unit, show),
        "填报": {
            "填报人": unit.signing.filled_by,
            "联系电话": unit.signing.telephone,
            "填报日期": unit.signing.date or chinese_date(unit.filled_on),
            "负责人": unit.signing.responsible,
        },
        "限值": {
            field.alias or name: Shown.of(limit.text, limit * 100) if limit is not None else Shown.of(show.blank, None)
            for name, field in type(pack.limits).model_fields.items()
            for limit in [getattr(pack.limits, name)]
        },
        **_evaluation(figures.whole, pack, show),
    }
    projects = [
        _project(project, one, position, pack, show)
        for position, (project, one) in enumerate(zip(unit.projects, figures.projects, strict=True), start=1)
    ]
    return {**view, "项目列表": projects, "项目汇总": _summary(projects, figures, show)}


def project_view(view: View, project: View) -> View:
    """The names for a document of one project."""
    return {**view, "项目": project}


def chinese_date(day: date | None) -> str:
    """2023年3月15日, or "" without a date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _profile(unit: Unit, show: Formatter) -> View:
    profile, staff = unit.profile, unit.profile.staff
    stated = [n for n in (staff.serving, staff.retired_cadres, staff.retired) if n is not None]
    total = staff.total if staff.total is not None else sum(stated, Decimal(0)) if stated else None
    return {
        "名称": profile.name,
        "简称": profile.short_name or profile.name,
        "性质": profile.nature,
        "预算级次": profile.level,
        "主管部门": profile.supervisor,
        "职责": list(profile.duties),
        "内设机构数": show.count(profile.offices),
        "内设机构": list(profile.office_names),
        "下属单位数": show.count(profile.subordinates),
        "人员": {
            "编制": show.count(staff.established),
            "在职": show.count(staff.serving),
            "离休": show.count(staff.retired_cadres),
            "退休": show.count(staff.retired),
            "合计": show.count(total),
        },
    }


def _project(project: Project, figures: EvaluationFigures, position: int, pack: Pack, show: Formatter) -> View:
    return {
        "序号": Shown.of(str(position), Decimal(position)),
        "中文序号": chinese_numeral(position),
        "名称": project.name,
        "主管部门": project.supervisor,
        "实施单位": project.performer,
        **_evaluation(figures, pack, show),
    }


def _evaluation(figures: EvaluationFigures, pack: Pack, show: Formatter) -> View:
    evaluation = figures.evaluation
    rows = _indicators(figures, show)
    outcome = evaluation.outcome
    weight = outcome.weight if outcome.weight is not None else figures.weight_total.value
    return {
        "资金": _funds(figures, pack, show),
        "年度目标": {"预期目标": list(evaluation.goals.expected), "完成情况": list(evaluation.goals.achieved)},
        "指标": rows,
        "指标情况": _standing(rows, pack.limits.over_fulfilment),
        "合计": {"分值": show.points(weight), "得分": show.points(figures.printed_total)},
        "等级": figures.printed_grade,
    }


def _funds(figures: EvaluationFigures, pack: Pack, show: Formatter) -> View:
    funds, computed = figures.evaluation.funds, figures.funds
    rate = funds.execution_rate if funds.execution_rate is not None else computed.execution_rate.value
    weight = funds.weight
    if weight is None and funds.executed is not None:
        weight = pack.scoring.execution.weight
    return {
        "年初预算数": show.money(funds.initial),
        "全年预算数": show.money(funds.revised),
        "全年执行数": show.money(funds.executed),
        "执行率": show.rate(rate),
        "分值": show.points(weight),
        "得分": show.points(figures.printed_execution_score),
        "调整额": show.figure(computed.adjustment),
        "调增额": show.money(abs(computed.adjustment.value) if computed.adjustment.value is not None else None),
        "调整率": show.figure(computed.adjustment_rate),
        "调幅": show.rate(abs(computed.adjustment_rate.value) if computed.adjustment_rate.value is not None else None),
        "结转": show.figure(computed.carry_over),
        "调整原因": funds.adjustment_reason,
        "偏差原因": funds.reason,
        "收入": _rows(computed.by_income, show),
        "支出": _rows(computed.by_nature, show),
        "收入构成": _spent(computed.by_income, show),
        "支出构成": _spent(computed.by_nature, show),
        "来源": _sources(computed, pack, show),
    }


def _rows(rows: tuple[RowFigures, ...], show: Formatter) -> list[View]:
    """The rows of a nature, each followed by its details on level 2."""
    flat: list[View] = []
    for first, row in enumerate(rows):
        flat.append(_row(row, show, level="1", label=("其中：" if first == 0 else "") + row.row.name))
        for at, detail in enumerate(row.details):
            flat.append(_row(detail, show, level="2", label=("其中：" if at == 0 else "") + detail.row.name))
    return flat


def _spent(rows: tuple[RowFigures, ...], show: Formatter) -> list[View]:
    """The rows that spent something, for prose: nobody writes 0.00万元 where nothing was planned."""
    return [_row(row, show, level="1", label=row.row.name) for row in rows if row.row.executed]


def _row(figures: RowFigures, show: Formatter, *, level: str, label: str) -> View:
    row = figures.row
    rate = row.execution_rate if row.execution_rate is not None else figures.execution_rate.value
    share = row.share if row.share is not None else figures.share.value
    return {
        "名称": row.name,
        "标签": label,
        "层级": level,
        "明细": [_row(one, show, level="2", label=one.row.name) for one in figures.details],
        "年初预算数": show.money(row.initial),
        "全年预算数": show.money(row.revised),
        "全年执行数": show.money(row.executed),
        "执行率": show.rate(rate),
        "占比": show.rate(share),
        "分值": show.points(row.weight) if row.weight is not None else show.dash,
        "得分": show.points(row.score) if row.score is not None else show.dash,
    }


def _sources(computed: FundsFigures, pack: Pack, show: Formatter) -> list[View]:
    """The rows that the pack's form prints, in its order, then any other that the unit reports."""
    given = {row.row.name: row for row in computed.by_source}
    names = [*pack.manifest.sources, *(name for name in given if name not in pack.manifest.sources)]
    rows = []
    for position, name in enumerate(names):
        label = ("其中：" if position == 0 else "") + name
        found = given.get(name)
        rows.append(_row(found, show, level="1", label=label) if found else _empty_row(name, label, show))
    return rows


def _empty_row(name: str, label: str, show: Formatter) -> View:
    blanks = dict.fromkeys((alias for field in FundsRow.model_fields.values() if (alias := field.alias)), show.blank)
    return {**blanks, "明细": [], "名称": name, "标签": label, "层级": "1", "分值": show.dash, "得分": show.dash}


def _indicators(figures: EvaluationFigures, show: Formatter) -> list[View]:
    labels = {group.dimension: _group_label(group, figures.evaluation, show) for group in figures.groups}
    rows: list[View] = []
    above = ("", "")
    for position, one in enumerate(figures.indicators):
        place = (one.indicator.dimension, one.indicator.category)
        rows.append(
            {
                **_indicator(one, show),
                "序号": str(position + 1),
                "一级标签": labels.get(place[0], place[0]),
                "一级起": position == 0 or place[0] != above[0],
                "二级起": position == 0 or place != above,
            }
        )
        above = place
    return rows


def _group_label(group: GroupFigures, evaluation: Evaluation, show: Formatter) -> str:
    reported = evaluation.dimension_weights.get(group.dimension)
    weight = show.points(reported if reported is not None else group.weight.value)
    return f"{group.dimension}（{weight}分）" if weight and group.dimension else group.dimension


def _indicator(figures: IndicatorFigures, show: Formatter) -> View:
    indicator = figures.indicator
    return {
        "一级": indicator.dimension,
        "二级": indicator.category,
        "三级": indicator.name,
        "指标值": indicator.target.text.strip() if indicator.target else show.blank,
        "实际值": indicator.actual.text.strip() if indicator.actual else show.blank,
        "分值": show.points(indicator.weight),
        "得分": show.points(figures.printed_score),
        "完成率": show.figure(figures.completion),
        "偏差原因": indicator.deviation,
        "定量": bool(indicator.target and indicator.target.quantitative),
        "达标": figures.reached is True,
        "未达标": figures.reached is False,
    }


def _standing(rows: list[View], over_fulfilment: Decimal | None) -> View:
    """How the indicators stand, in the groups that a report speaks of."""
    reached = [row for row in rows if row["达标"]]
    missed = [row for row in rows if row["未达标"]]
    kinds = [_kind(name, group) for name, group in _grouped(rows, "二级", "一级").items()]
    excess = None if over_fulfilment is None else (1 + over_fulfilment) * 100
    return {
        "总数": Shown.of(str(len(rows)), Decimal(len(rows))),
        "达标数": Shown.of(str(len(reached)), Decimal(len(reached))),
        "未达标数": Shown.of(str(len(missed)), Decimal(len(missed))),
        "达标": reached,
        "未达标": missed,
        "其他": [row for row in rows if not row["达标"] and not row["未达标"]],
        "超额": [row for row in rows if excess is not None and row["定量"] and row["完成率"] > excess],
        "一级": [_kind(name, group) for name, group in _grouped(rows, "一级").items()],
        "主要产出": [row for row in reached if row["定量"] and "产出" in row["一级"] and "成本" not in row["二级"]],
        "产出": [kind for kind in kinds if "产出" in kind["一级"] or "成本" in kind["一级"]],
        "效益": [kind for kind in kinds if "效益" in kind["一级"] or "效果" in kind["一级"]],
        "满意度": [kind for kind in kinds if "满意" in kind["一级"]],
    }


def _grouped(rows: list[View], key: str, otherwise: str = "") -> dict[str, list[View]]:
    groups: dict[str, list[View]] = {}
    for row in rows:
        groups.setdefault(row[key] or (row[otherwise] if otherwise else ""), []).append(row)
    return groups


def _kind(name: str, rows: list[View]) -> View:
    return {
        "一级": rows[0]["一级"],
        "名称": name,
        "全部": rows,
        "达标": [row for row in rows if row["达标"]],
        "未达标": [row for row in rows if row["未达标"]],
        "其他": [row for row in rows if not row["达标"] and not row["未达标"]],
    }


def _summary(projects: list[View], figures: Figures, show: Formatter) -> View:
    """The projects taken together: budgets added, grades counted, those that spent all and those that did not."""
    budgets = [one.evaluation.funds.revised for one in figures.projects]
    total = sum((value for value in budgets if value is not None), Decimal(0)) if any(budgets) else None
    grades = _grouped(projects, "等级")
    return {
        "全年预算数": show.money(total),
        "等级": [{"名称": name, "个数": str(len(members))} for name, members in grades.items() if name],
        "足额": [one for one in projects if one["资金"]["执行率"] >= 100],
        "未足额": [one for one in projects if not one["资金"]["执行率"] >= 100],
    }
