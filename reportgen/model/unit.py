"""A unit as it reports itself: the shape of unit.yaml.

Chinese keys are the aliases of the fields, so the glossary is these classes; English field names are accepted too.
Nothing here is computed: a field that was left out stays None or empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, model_validator

from reportgen.model.base_data import BaseData
from reportgen.model.fractions import BudgetLine
from reportgen.model.reporting import SKIP_EMPTY, Reporting, optional
from reportgen.model.target import (
    Measured,
    Target,
    is_named,
    lend_measure,
    lend_relation,
)
from reportgen.model.values import (
    NOTHING,
    Aim,
    Aims,
    Amount,
    Choices,
    Count,
    Day,
    File,
    Files,
    Name,
    OpenPoints,
    OpenRate,
    OtherName,
    OtherNames,
    Paragraphs,
    Person,
    Phone,
    Points,
    Sentence,
    Text,
    WaiverText,
    WaiverTexts,
    WrittenDate,
    Year,
)

PointsByName = Annotated[dict[str, Points], SKIP_EMPTY]


class Staff(Reporting):
    """人员: numbers of persons."""

    established: Count = optional("编制")
    serving: Count = optional("在职")
    retired_cadres: Count = optional("离休")
    retired: Count = optional("退休")
    total: Count = optional("合计")


class Profile(Reporting):
    """单位: who reports."""

    name: Name = Field(alias="名称")
    short_name: OtherName = optional("简称", "")
    nature: Text = optional("性质", "")
    level: Text = optional("预算级次", "")
    supervisor: OtherName = optional("主管部门", "")
    duties: Aims = optional("职责", ())
    offices: Count = optional("内设机构数")
    office_names: OtherNames = optional("内设机构", ())
    subordinates: Count = optional("下属单位数")
    staff: Staff = optional("人员", Staff)


class Signing(Reporting):
    """填报: who filled in the forms; usually left empty in what is published."""

    filled_by: Person = optional("填报人", "")
    telephone: Phone = optional("联系电话", "")
    date: WrittenDate = optional("日期", "")
    responsible: Person = optional("负责人", "")


class AmountHistory(Reporting):
    """历年 of an amount: the two years before, in 万元."""

    last: Amount = optional("上年")
    before_last: Amount = optional("前年")


class MeasuredHistory(Reporting):
    """历年 of an indicator: its value in the two years before."""

    last: Measured = optional("上年")
    before_last: Measured = optional("前年")


class RowHead(Reporting):
    """What a row is called."""

    name: Name = Field(alias="名称")


class FundsRow(BudgetLine, RowHead):
    """One part of the funds; amounts in 万元."""

    share: OpenRate = optional("占比")
    weight: OpenPoints = optional("分值")
    score: OpenPoints = optional("得分")
    history: AmountHistory = optional("历年", AmountHistory)
    details: tuple[FundsRow, ...] = optional("明细", ())


class Funds(BudgetLine):
    """资金: the year's budget and what was spent of it, in 万元; rate, points and score as reported."""

    weight: OpenPoints = optional("分值")
    score: OpenPoints = optional("得分")
    adjustment_reason: Sentence = optional("调整原因", "")
    reason: Sentence = optional("偏差原因", "")
    history: AmountHistory = optional("历年", AmountHistory)
    by_income: tuple[FundsRow, ...] = optional("按收入性质", ())
    by_nature: tuple[FundsRow, ...] = optional("按支出性质", ())
    by_source: tuple[FundsRow, ...] = optional("资金来源", ())
    income_subtotal: BudgetLine = optional("收入小计", BudgetLine)
    nature_subtotal: BudgetLine = optional("支出小计", BudgetLine)
    source_subtotal: BudgetLine = optional("来源小计", BudgetLine)


class Goals(Reporting):
    """年度目标: what was to be reached and what was."""

    expected: Aims = optional("预期目标", ())
    achieved: Paragraphs = optional("完成情况", ())


def _measured(
    row: Reporting, names: Iterable[str], measure: str
) -> dict[str, object]:
    """Those values of `row` that there are, by name, in `measure` where they say none."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: lend_measure(value, measure)
        for name, value in values.items()
        if value is not None
    }


class IndicatorPart(RowHead):
    """其中: what is a part of an indicator, without points of its own."""

    target: Measured = optional("指标值")
    actual: Measured = optional("实际值")
    deviation: Sentence = optional("偏差原因", "")


class Indicator(Reporting):
    """One row of 指标; `weight` and `score` in points; `goal` where a form groups its rows by several annual goals.

    `measure` is what its bare numbers are measured in and `nature` how they are meant (≥, 定性), where a form has
    columns for them. A row with `taken_from` is the execution rate of 资金, which has no points of its own then.
    """

    goal: Text = optional("目标", "")
    dimension: Text = optional("一级", "")
    category: OtherName = optional("二级", "")
    name: OtherName = optional("三级", "")
    target: Measured = optional("指标值")
    actual: Measured = optional("实际值")
    measure: Text = optional("度量单位", "")
    weight: OpenPoints = optional("分值")
    score: OpenPoints = optional("得分")
    deviation: Sentence = optional("偏差原因", "")
    parts: tuple[IndicatorPart, ...] = optional("其中", ())
    taken_from: Literal["", "资金执行率"] = optional("取自", "")
    core: Literal["是", "否"] = optional("核心指标", "否")
    nature: Text = optional("指标性质", "")
    evidence: Text = optional("佐证材料", "")
    reviewed_actual: Measured = optional("复核完成值")
    reviewed_score: OpenPoints = optional("复核得分")
    remark: Text = optional("备注", "")
    classification: Text = optional("指标分类", "")
    basis: Text = optional("指标值依据", "")
    history: MeasuredHistory = optional("历年", MeasuredHistory)

    @model_validator(mode="after")
    def _complete_numbers(self) -> Indicator:
        """The row with 度量单位 behind the numbers that were typed bare, and ≥ of 指标性质 before 指标值."""
        update: dict[str, object] = {}
        measure = self.measure.strip().replace("％", "%")
        if measure and measure not in NOTHING:
            years = _measured(self.history, ("last", "before_last"), measure)
            names = ("target", "actual", "reviewed_actual")
            update = _measured(self, names, measure)
            update["history"] = self.history.model_copy(update=years)
        target = update.get("target", self.target)
        if self.nature and isinstance(target, Target):
            update["target"] = lend_relation(target, self.nature)
        return self.model_copy(update=update) if update else self

    @property
    def is_core(self) -> bool:
        """Whether it is one of those that a form marks with ★."""
        return self.core == "是" or "★" in self.name

    @cached_property
    def left_blank(self) -> bool:
        """Whether this is a row of the form that the unit left as it was: …… for a name, or none, and no value."""
        stated = (self.target, self.actual)
        if self.weight is not None or any(
            one and is_named(one.text) for one in stated
        ):
            return False
        return not is_named(self.name) and (
            not is_named(self.category) or bool(self.name.strip())
        )

    @cached_property
    def applicable(self) -> bool:
        """False for a row that the form prints but the unit left blank, or marks 不适用 instead of giving it points.

        Marked is also a row that says / or 无 in each of its values.
        """
        if self.left_blank:
            return False
        if self.weight is not None:
            return True
        stated = [one.text.strip() for one in (self.target, self.actual) if one]
        marked = bool(stated) and NOTHING.issuperset(stated)
        return not marked and "不适用" not in stated


class Outcome(Reporting):
    """自评结果: the totals that the unit states."""

    weight: OpenPoints = optional("分值合计")
    score: OpenPoints = optional("总分")
    grade: Text = optional("等级", "")
    reviewed_score: OpenPoints = optional("复核得分")


class Common(Reporting):
    """共性指标: what the unit reports for one indicator that the form itself names."""

    classification: Text = optional("指标分类", "")
    target: Measured = optional("指标值")
    actual: Measured = optional("实际值")
    score: OpenPoints = optional("得分")
    deviation: Sentence = optional("偏差原因", "")
    standard: Text = optional("评分标准", "")


class Framework(Reporting):
    """One 共性 framework: its indicators by name, and the total that the unit states.

    `stated_weights` and 评分标准 are what the unit's form prints beside its groups and indicators, to be checked.
    """

    stated_weights: PointsByName = optional("标明分值", dict)
    indicators: Annotated[dict[str, Common], SKIP_EMPTY] = optional(
        "指标", dict
    )
    outcome: Outcome = optional("自评结果", Outcome)


class Evaluation(Reporting):
    """What is evaluated, the unit as a whole or one project: funds, goals, indicators, outcome, own words.

    `notes` stand below its form; `supplement` holds fields that the form of a region has besides.
    """

    funds: Funds = optional("资金", Funds)
    goals: Goals = optional("年度目标", Goals)
    dimension_weights: PointsByName = optional("一级分值", dict)
    category_weights: PointsByName = optional("二级分值", dict)
    indicators: tuple[Indicator, ...] = optional("指标", ())
    outcome: Outcome = optional("自评结果", Outcome)
    notes: Paragraphs = optional("表注", ())
    framework: Framework = optional("共性指标", Framework)
    narrative: dict[str, Paragraphs] = optional("叙述", dict)
    unsaid: WaiverTexts = optional("不写", ())
    reworded: dict[str, Paragraphs] = optional("改写", dict)
    supplement: dict[str, Paragraphs] = optional("补充", dict)

    @property
    def rate_is_indicator(self) -> bool:
        """Whether the execution rate is scored as one of the indicators."""
        return any(one.taken_from for one in self.indicators)


class ProjectHead(Reporting):
    """What a project is; `total_budget` in 万元 over all years.

    `in_report` is 否 for a project that has a form of its own but is not among those that the unit's report evaluates.
    """

    name: Name = Field(alias="名称")
    title: OtherName = optional("表题", "")
    listed_name: OtherName = optional("清单名称", "")
    category: OtherName = optional("类别", "")
    total_budget: Amount = optional("项目总预算")
    purpose: Aim = optional("用途", "")
    choices: dict[str, Choices] = optional("选项", dict)
    in_report: Literal["是", "否"] = optional("列入报告", "是")
    remark: Text = optional("备注", "")
    signing: Signing | None = optional("填报")
    supervisor: OtherName = optional("主管部门", "")
    performer: OtherName = optional("实施单位", "")


class Project(Evaluation, ProjectHead):
    """项目: one project of the unit."""


class Waiver(Reporting):
    """豁免: one finding that the unit has looked at and lets stand, why, and who says so."""

    code: WaiverText = Field(alias="代码")
    path: WaiverText = Field(alias="位置")
    reason: WaiverText = Field(alias="理由")
    by: WaiverText = optional("确认人", "")


class Own(Reporting):
    """本级: the part of a department that is not its subordinate units."""

    staff: Staff = optional("人员", Staff)
    funds: Funds = optional("资金", Funds)
    indicators: tuple[Indicator, ...] = optional("指标", ())


class UnitHead(Reporting):
    """Which forms, of which year, and who reports."""

    pack: File = optional("模板", "standard")
    year: Year = Field(alias="年度")
    amount_unit: Literal["万元", "元", "亿元"] = optional("金额单位", "万元")
    filled_on: Day | None = optional("填报日期")
    profile: Profile = Field(
        alias="单位", validation_alias=AliasChoices("单位", "unit")
    )
    signing: Signing = optional("填报", Signing)


class Unit(Evaluation, UnitHead):
    """A whole unit.yaml; with 下属单位 it is a department, whose own figures are those of all of them together."""

    subordinate_files: Files = optional("下属单位", ())
    own: Own | None = optional("本级")
    tasks: Aims = optional("年度工作任务", ())
    long_term_goals: Aims = optional("长期目标", ())
    long_term_indicators: tuple[Indicator, ...] = optional("长期指标", ())
    base_data: BaseData = optional("基础数据", BaseData)
    project_framework: Framework = optional("项目共性指标", Framework)
    waivers: tuple[Waiver, ...] = optional("豁免", ())
    projects: tuple[Project, ...] = optional("项目", ())

    @property
    def name(self) -> str:
        """The unit's full name."""
        return self.profile.name
