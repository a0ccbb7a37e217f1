"""A unit as it reports itself: the shape of unit.yaml.

Chinese keys are the aliases of the fields, so the glossary is these classes; English field names are accepted too.
Nothing here is computed: a field that was left out stays None or empty.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reportgen.model.target import Measured
from reportgen.model.values import Amount, Count, Day, Paragraphs, Points, Rate, Text, Year


class Reporting(BaseModel):
    """Frozen, and closed: a key that is not in the glossary is an error, an empty key is as if left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


Narrative = Annotated[dict[str, Paragraphs], Field(alias="叙述", default_factory=dict)]


class Staff(Reporting):
    """人员: numbers of persons."""

    established: Count | None = Field(None, alias="编制")
    serving: Count | None = Field(None, alias="在职")
    retired_cadres: Count | None = Field(None, alias="离休")
    retired: Count | None = Field(None, alias="退休")
    total: Count | None = Field(None, alias="合计")


class Profile(Reporting):
    """单位: who reports."""

    name: Text = Field(alias="名称")
    short_name: Text = Field("", alias="简称")
    nature: Text = Field("", alias="性质")
    level: Text = Field("", alias="预算级次")
    supervisor: Text = Field("", alias="主管部门")
    duties: Paragraphs = Field((), alias="职责")
    offices: Count | None = Field(None, alias="内设机构数")
    office_names: Paragraphs = Field((), alias="内设机构")
    subordinates: Count | None = Field(None, alias="下属单位数")
    staff: Staff = Field(default_factory=Staff, alias="人员")


class Signing(Reporting):
    """填报: who filled in the forms; usually left empty in what is published."""

    filled_by: Text = Field("", alias="填报人")
    telephone: Text = Field("", alias="联系电话")
    date: Text = Field("", alias="日期")
    responsible: Text = Field("", alias="负责人")


class FundsRow(Reporting):
    """One part of the funds; amounts in 万元."""

    name: Text = Field(alias="名称")
    initial: Amount | None = Field(None, alias="年初预算数")
    revised: Amount | None = Field(None, alias="全年预算数")
    executed: Amount | None = Field(None, alias="全年执行数")
    execution_rate: Rate | None = Field(None, alias="执行率")
    share: Rate | None = Field(None, alias="占比")
    weight: Points | None = Field(None, alias="分值")
    score: Points | None = Field(None, alias="得分")
    details: tuple[FundsRow, ...] = Field((), alias="明细")


class Funds(Reporting):
    """资金: the year's budget and what was spent of it, in 万元; rate, points and score as reported."""

    initial: Amount | None = Field(None, alias="年初预算数")
    revised: Amount | None = Field(None, alias="全年预算数")
    executed: Amount | None = Field(None, alias="全年执行数")
    execution_rate: Rate | None = Field(None, alias="执行率")
    weight: Points | None = Field(None, alias="分值")
    score: Points | None = Field(None, alias="得分")
    adjustment_reason: Text = Field("", alias="调整原因")
    reason: Text = Field("", alias="偏差原因")
    by_income: tuple[FundsRow, ...] = Field((), alias="按收入性质")
    by_nature: tuple[FundsRow, ...] = Field((), alias="按支出性质")
    by_source: tuple[FundsRow, ...] = Field((), alias="资金来源")


class Goals(Reporting):
    """年度目标: what was to be reached and what was."""

    expected: Paragraphs = Field((), alias="预期目标")
    achieved: Paragraphs = Field((), alias="完成情况")


class Indicator(Reporting):
    """One row of 指标; `weight` and `score` in points."""

    dimension: Text = Field("", alias="一级")
    category: Text = Field("", alias="二级")
    name: Text = Field("", alias="三级")
    target: Measured | None = Field(None, alias="指标值")
    actual: Measured | None = Field(None, alias="实际值")
    weight: Points | None = Field(None, alias="分值")
    score: Points | None = Field(None, alias="得分")
    deviation: Text = Field("", alias="偏差原因")

    @property
    def applicable(self) -> bool:
        """False for a row that the form prints but the unit marks 不适用 instead of giving it points."""
        stated = (self.target, self.actual)
        return self.weight is not None or not any(one and one.text.strip() == "不适用" for one in stated)


class Outcome(Reporting):
    """自评结果: the totals that the unit states."""

    weight: Points | None = Field(None, alias="分值合计")
    score: Points | None = Field(None, alias="总分")
    grade: Text = Field("", alias="等级")


class Evaluation(Reporting):
    """What is evaluated, the unit as a whole or one project: funds, goals, indicators, outcome, own words."""

    funds: Funds = Field(default_factory=Funds, alias="资金")
    goals: Goals = Field(default_factory=Goals, alias="年度目标")
    dimension_weights: dict[str, Points] = Field(default_factory=dict, alias="一级分值")
    indicators: tuple[Indicator, ...] = Field((), alias="指标")
    outcome: Outcome = Field(default_factory=Outcome, alias="自评结果")
    narrative: Narrative


class Project(Evaluation):
    """项目: one project of the unit."""

    name: Text = Field(alias="名称")
    supervisor: Text = Field("", alias="主管部门")
    performer: Text = Field("", alias="实施单位")


class Unit(Evaluation):
    """A whole unit.yaml."""

    pack: Text = Field("standard", alias="模板")
    year: Year = Field(alias="年度")
    filled_on: Day | None = Field(None, alias="填报日期")
    profile: Profile = Field(alias="单位")
    signing: Signing = Field(default_factory=Signing, alias="填报")
    projects: tuple[Project, ...] = Field((), alias="项目")

    @property
    def name(self) -> str:
        """The unit's full name."""
        return self.profile.name
