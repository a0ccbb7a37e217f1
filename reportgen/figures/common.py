"""共性指标: the indicators that a form itself names, computed from 基础数据 where they have a formula.

Formulas as in the frameworks of 财预〔2013〕53号 and 财预〔2020〕10号; points by the pack's deduction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportgen.figures.figure import FieldPath, Figure, Input, absent
from reportgen.model.unit import Common, Framework, Indicator, Unit
from reportgen.packs.scoring import CommonSpec

NOT_APPLICABLE = "不适用"
_SOURCE = "预算绩效评价共性指标体系框架"


class Operands(NamedTuple):
    """What a formula divides; with `change` the first is compared with the second: (first − second) ÷ second."""

    part: Input
    whole: Input
    text: str
    change: bool = False
    reverse: bool = False  # (second − first) ÷ second


@dataclass(frozen=True, slots=True)
class CommonFigures:
    """One indicator of a framework: what was reported, the rate by its formula, the score by its deduction."""

    name: str
    spec: CommonSpec
    reported: Common
    rate: Figure | None
    score: Figure | None

    @property
    def has_data(self) -> bool:
        """Whether anything was given of what its formula needs."""
        return self.rate is not None and any(
            item.value is not None for item in self.rate.inputs
        )

    @property
    def applicable(self) -> bool:
        """False where the unit says 不适用, or gives data, but nothing, or zero, to divide by."""
        if self.reported.actual is not None:
            return self.reported.actual.text.strip() != NOT_APPLICABLE
        return self.rate is None or not self.has_data or bool(self.rate.inputs[1].value)

    @property
    def printed_actual(self) -> Decimal | str | None:
        """The actual as reported, else the computed rate, else 不适用 where there is nothing to divide by."""
        if self.reported.actual is not None:
            return self.reported.actual.text
        if not self.applicable:
            return NOT_APPLICABLE
        return self.rate.value if self.rate else None

    @property
    def counted(self) -> bool:
        """Whether its points are part of the total: not where it has none, nor where it prints 不适用 for a score."""
        return self.spec.weight is not None and (
            self.printed_score is not None or self.applicable
        )

    @property
    def printed_score(self) -> Decimal | None:
        """The score as reported, else as computed."""
        if self.reported.score is not None:
            return self.reported.score
        return self.score.value if self.score else None


@dataclass(frozen=True, slots=True)
class FrameworkFigures:
    """A whole framework; totals over the indicators that have points, those that do not apply taken out."""

    path: FieldPath
    framework: Framework
    indicators: tuple[CommonFigures, ...]
    weight_total: Decimal | None
    score_total: Decimal | None

    @property
    def has_data(self) -> bool:
        """Whether the unit reports anything of this framework."""
        return self.framework != Framework()

    @property
    def printed_total(self) -> Decimal | None:
        """The total score as reported, else as computed."""
        stated = self.framework.outcome.score
        return self.score_total if stated is None else stated

    def listed(self) -> Iterator[Figure]:
        """What the catalogue shows: only what there is data for."""
        for one in self.indicators:
            if one.rate is not None and one.has_data:
                yield one.rate
                if one.score is not None:
                    yield one.score


def compute_framework(
    unit: Unit, framework: Framework, key: str, specs: dict[str, CommonSpec]
) -> FrameworkFigures:
    """The figures of one framework of the pack (`specs`) for `unit`."""
    given = {
        **(_listed(unit, specs) if framework is unit.framework else {}),
        **framework.indicators,
    }
    indicators = tuple(
        _indicator(unit, name, spec, given.get(name, Common()), (key, "指标", name))
        for name, spec in specs.items()
    )
    weights = [
        one.spec.weight
        for one in indicators
        if one.spec.weight is not None and one.counted
    ]
    scores = [one.printed_score for one in indicators if one.counted]
    complete = [score for score in scores if score is not None]
    return FrameworkFigures(
        path=(key,),
        framework=framework,
        indicators=indicators,
        weight_total=sum(weights, Decimal(0)) if weights else None,
        score_total=sum(complete, Decimal(0))
        if complete and len(complete) == len(scores)
        else None,
    )


@lru_cache(maxsize=1024)
def framework_name(text: str) -> str:
    """The name of an indicator as 共性指标 is keyed: without “”, 、 and other marks."""
    return re.sub(r"\W", "", text)


def _listed(unit: Unit, specs: dict[str, CommonSpec]) -> dict[str, Common]:
    """What the unit reports for these among its own 指标: a form for targets lists both kinds in one table."""
    rows: dict[str, Common] = {}
    for one in unit.indicators:
        if (name := framework_name(one.name)) in specs:
            rows.setdefault(name, _as_common(one))
    return rows


def _as_common(row: Indicator) -> Common:
    return Common(
        classification=row.classification,
        target=row.target,
        actual=row.actual,
        score=row.score,
        deviation=row.deviation,
    )


def _indicator(
    unit: Unit, name: str, spec: CommonSpec, reported: Common, path: FieldPath
) -> CommonFigures:
    formula = FORMULAS.get(spec.formula or name)
    if formula is None:
        return CommonFigures(name, spec, reported, None, None)
    rate = _rate(name, formula(unit), (*path, "实际值"))
    return CommonFigures(
        name, spec, reported, rate, _score(name, spec, rate, (*path, "得分"))
    )


def _rate(name: str, operands: Operands, path: FieldPath) -> Figure:
    inputs = (operands.part, operands.whole)
    missing = absent(inputs) or (
        f"{operands.whole.label}为0，不适用" if operands.whole.value == 0 else ""
    )
    value: Decimal | None = None
    part, whole = operands.part.value, operands.whole.value
    if not missing and isinstance(part, Decimal) and isinstance(whole, Decimal):
        value = part / whole
        if operands.change:
            value = 1 - value if operands.reverse else value - 1
    return Figure(path, name, value, "%", operands.text, inputs, _SOURCE, missing)


def _score(name: str, spec: CommonSpec, rate: Figure, path: FieldPath) -> Figure | None:
    """The points less what is deducted for each full step off the standard, never below 0."""
    if (
        spec.weight is None
        or spec.standard is None
        or spec.every is None
        or spec.points is None
    ):
        return None
    words = {"高于": "每高于", "低于": "每低于", "偏离": "每偏离"}[spec.direction]
    formula = f"{spec.weight.text}分，{words}{spec.standard.text}达{spec.every.text}扣{spec.points.text}分，扣完为止"
    inputs = (Input(name, rate.value, rate.path),)
    if rate.value is None:
        return Figure(
            path,
            f"{name}得分",
            None,
            "分",
            formula,
            inputs,
            "模板评分规则",
            rate.missing,
        )
    off = {
        "高于": rate.value - spec.standard,
        "低于": spec.standard - rate.value,
        "偏离": abs(rate.value - spec.standard),
    }[spec.direction]
    steps = int(max(off, Decimal(0)) / spec.every)
    value = max(Decimal(0), spec.weight - steps * spec.points)
    return Figure(path, f"{name}得分", value, "分", formula, inputs, "模板评分规则")


def _base(label: str, value: Decimal | None, *path: str) -> Input:
    return Input(label, value, ("基础数据", *path))


def _budget_use(key: str, field: str, label: str) -> Callable[[Unit], Operands]:
    """实际 ÷ 预算 of one row of 基础数据."""

    def operands(unit: Unit) -> Operands:
        amounts = getattr(unit.base_data, field)
        return Operands(
            _base(f"{label}实际数", amounts.actual, key, "本年决算数"),
            _base(f"{label}预算数", amounts.budget, key, "本年预算数"),
            f"{label}实际数 ÷ {label}预算数 × 100%",
        )

    return operands


def _task_share(
    field: str, label: str, *, of: str = "planned"
) -> Callable[[Unit], Operands]:
    names = {"planned": "计划数", "done": "完成数", "assigned": "重点交办数"}

    def operands(unit: Unit) -> Operands:
        tasks = unit.base_data.tasks
        return Operands(
            _base(label, getattr(tasks, field), "工作任务", label),
            _base(names[of], getattr(tasks, of), "工作任务", names[of]),
            f"{label} ÷ {names[of]} × 100%",
        )

    return operands


def _output_share(
    field: str, label: str, *, of: str = "planned"
) -> Callable[[Unit], Operands]:
    names = {"planned": "计划产出数", "done": "实际产出数"}

    def operands(unit: Unit) -> Operands:
        outputs = unit.base_data.outputs
        return Operands(
            _base(
                label, getattr(outputs, field), "项目产出", label.replace("产出", "")
            ),
            _base(
                names[of],
                getattr(outputs, of),
                "项目产出",
                names[of].replace("产出", ""),
            ),
            f"{label} ÷ {names[of]} × 100%",
        )

    return operands


def _serving(unit: Unit) -> Operands:
    staff, path = unit.profile.staff, ("单位", "人员")
    return Operands(
        Input("在职人员数", staff.serving, (*path, "在职")),
        Input("编制数", staff.established, (*path, "编制")),
        "在职人员数 ÷ 编制数 × 100%",
    )


def _three_public_change(unit: Unit) -> Operands:
    amounts = unit.base_data.three_public
    return Operands(
        _base("本年三公经费预算数", amounts.budget, "三公经费", "本年预算数"),
        _base("上年三公经费决算数", amounts.previous, "三公经费", "上年决算数"),
        "（本年三公经费预算数 － 上年三公经费决算数）÷ 上年三公经费决算数 × 100%",
        change=True,
    )


def _key_spending(unit: Unit) -> Operands:
    return Operands(
        _base("重点预算支出", unit.base_data.key_spending, "重点支出"),
        Input("全年预算数", unit.funds.revised, ("资金", "全年预算数")),
        "重点预算支出 ÷ 预算总支出 × 100%",
    )


def _execution(unit: Unit) -> Operands:
    return Operands(
        Input("全年执行数", unit.funds.executed, ("资金", "全年执行数")),
        Input("全年预算数", unit.funds.revised, ("资金", "全年预算数")),
        "全年执行数 ÷ 全年预算数 × 100%",
    )


def _adjustment(unit: Unit) -> Operands:
    funds, stated = unit.funds, unit.base_data.adjustment
    if stated is None and funds.revised is not None and funds.initial is not None:
        changed = Input(
            "预算调整数", abs(funds.revised - funds.initial), ("资金", "调整额")
        )
    else:
        changed = _base("预算调整数", stated, "预算调整")
    return Operands(
        changed,
        Input("年初预算数", funds.initial, ("资金", "年初预算数")),
        "预算调整数 ÷ 年初预算数 × 100%",
    )


def _progress(unit: Unit) -> Operands:
    progress = unit.base_data.progress
    return Operands(
        _base("实际支付进度", progress.actual, "支付进度", "实际"),
        _base("既定支付进度", progress.planned, "支付进度", "既定"),
        "实际支付进度 ÷ 既定支付进度 × 100%",
    )


def _carry_over(unit: Unit) -> Operands:
    funds, stated = unit.funds, unit.base_data.carry_over.current
    if stated is None and funds.revised is not None and funds.executed is not None:
        left = Input("结转结余总额", funds.revised - funds.executed, ("资金", "结转"))
    else:
        left = _base("结转结余总额", stated, "结转结余", "本年")
    return Operands(
        left,
        Input("支出预算数", funds.revised, ("资金", "全年预算数")),
        "结转结余总额 ÷ 支出预算数 × 100%",
    )


def _carry_over_change(unit: Unit) -> Operands:
    carry_over = unit.base_data.carry_over
    return Operands(
        _base("本年累计结转结余", carry_over.current, "结转结余", "本年"),
        _base("上年累计结转结余", carry_over.previous, "结转结余", "上年"),
        "（本年累计结转结余 － 上年累计结转结余）÷ 上年累计结转结余 × 100%",
        change=True,
    )


def _assets(unit: Unit) -> Operands:
    assets = unit.base_data.assets
    return Operands(
        _base("在用固定资产", assets.in_use, "固定资产", "在用"),
        _base("全部固定资产", assets.total, "固定资产", "总额"),
        "在用固定资产 ÷ 全部固定资产 × 100%",
    )


def _of_projects(unit: Unit, label: str, key: str, field: str) -> Input:
    """The sum over the projects, where each gives the amount; the unit's own amount where it lists none."""
    amounts = [getattr(project.funds, field) for project in unit.projects]
    if not amounts:
        return Input(label, getattr(unit.funds, field), ("资金", key))
    total = None if None in amounts else sum(amounts, Decimal(0))
    return Input(f"各项目{label}", total, ("项目",))


def _project_execution(unit: Unit) -> Operands:
    return Operands(
        _of_projects(unit, "实际支出资金", "全年执行数", "executed"),
        _base("实际到位资金", unit.base_data.received, "到位资金"),
        "实际支出资金 ÷ 实际到位资金 × 100%",
    )


def _received(unit: Unit) -> Operands:
    return Operands(
        _base("实际到位资金", unit.base_data.received, "到位资金"),
        _of_projects(unit, "预算资金", "全年预算数", "revised"),
        "实际到位资金 ÷ 预算资金 × 100%",
    )


def _saving(unit: Unit) -> Operands:
    costs = unit.base_data.costs
    return Operands(
        _base("实际成本", costs.actual, "成本", "实际"),
        _base("计划成本", costs.planned, "成本", "计划"),
        "（计划成本 － 实际成本）÷ 计划成本 × 100%",
        change=True,
        reverse=True,
    )


FORMULAS: dict[str, Callable[[Unit], Operands]] = {
    "在职人员控制率": _serving,
    "三公经费变动率": _three_public_change,
    "三公经费控制率": _budget_use("三公经费", "three_public", "三公经费"),
    "公用经费控制率": _budget_use("公用经费", "operating", "公用经费"),
    "会议费控制率": _budget_use("会议费", "meetings", "会议费"),
    "政府采购执行率": _budget_use("政府采购", "procurement", "政府采购"),
    "非税收入预算完成率": _budget_use("非税收入", "non_tax", "非税收入"),
    "重点支出安排率": _key_spending,
    "预算执行率": _execution,
    "预算调整率": _adjustment,
    "支付进度率": _progress,
    "结转结余率": _carry_over,
    "结转结余变动率": _carry_over_change,
    "固定资产利用率": _assets,
    "实际完成率": _task_share("done", "完成数"),
    "完成及时率": _task_share("in_time", "及时完成数"),
    "质量达标率": _task_share("to_standard", "达标数"),
    "重点工作办结率": _task_share("settled", "重点办结数", of="assigned"),
    "资金到位率": _received,
    "项目预算执行率": _project_execution,
    "项目实际完成率": _output_share("done", "实际产出数"),
    "项目质量达标率": _output_share("to_standard", "达标产出数", of="done"),
    "成本节约率": _saving,
}
