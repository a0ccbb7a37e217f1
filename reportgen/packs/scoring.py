"""scoring.yaml: how a region scores. Rules as data, in points, percent as ratios."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from reportgen.model.reporting import Reporting, optional
from reportgen.model.values import (
    OpenPoints,
    OpenRate,
    Paragraphs,
    Points,
    Rate,
    Reported,
    Text,
    refused,
)


def _points(text: str) -> Reported:
    return Reported.of(Decimal(text), text)


def _rate(text: str) -> Reported:
    return Reported.of(Decimal(text.rstrip("%")) / 100, text)


def _above_zero(value: Reported) -> Reported:
    if value <= 0:
        raise refused("DAT009", f"“{value.text}”应大于0，否则无法按它扣分")
    return value


StepWidth = Annotated[Rate, AfterValidator(_above_zero)]


class Step(Reporting):
    """分档: from this rate on (included), this share of the points."""

    floor: Rate = Field(alias="不低于")
    points: Points = Field(alias="得分")


class Deduction(Reporting):
    """扣分: for each `every` below the full mark, `points` off; a started step counts only with 按比例."""

    every: StepWidth = Field(alias="每")
    points: Points = Field(alias="扣")
    proportional: Literal["是", "否"] = optional("按比例", "否")


class ExecutionRule(Reporting):
    """执行率: how the execution rate scores."""

    weight: Points = optional("分值", _points("10"))
    method: Literal["线性", "分档", "扣分"] = optional("方法", "线性")
    steps: tuple[Step, ...] = optional("分档", ())
    deduction: Deduction | None = optional("扣分")

    @model_validator(mode="after")
    def _complete(self) -> ExecutionRule:
        needed = {"分档": self.steps, "扣分": self.deduction}
        if self.method in needed and not needed[self.method]:
            raise refused(
                "DAT010",
                f"方法为“{self.method}”时要填「{self.method}」，写明怎样计分",
            )
        return self


class Band(Reporting):
    """定性: one grade of a quality in words, the share of the points it may get and the share taken by default."""

    name: Text = Field(alias="档次")
    lower: Rate = Field(alias="下限")
    upper: Rate = Field(alias="上限")
    taken: Rate = Field(alias="取值")
    words: Paragraphs = optional("词", ())


class Grade(Reporting):
    """等级: from this total score on (included)."""

    name: Text = Field(alias="等级")
    floor: Points = Field(alias="不低于")


class CommonSpec(Reporting):
    """共性指标: one indicator that the form itself names, its points, its formula and what is deducted."""

    dimension: Text = optional("一级", "")
    category: Text = optional("二级", "")
    weight: OpenPoints = optional("分值")
    formula: Text = optional("公式", "")
    standard: OpenRate = optional("标准")
    direction: Literal["高于", "低于", "偏离"] = optional("扣分方向", "低于")
    every: StepWidth | None = optional("每")
    points: OpenPoints = optional("扣")


class Scoring(Reporting):
    """The rules of one pack; `bands` and `grades` best first.

    `layouts` are the points that the form prescribes for its groups; where there are several, any of them will do.
    """

    total: Points = optional("总分", _points("100"))
    layouts: tuple[dict[str, Points], ...] = optional("一级分值", ())
    layout_slack: Points = optional("分值偏离", _points("10"))
    largest_row: OpenPoints = optional("单项分值上限")
    execution: ExecutionRule = optional("执行率", ExecutionRule)
    pass_mark: Rate = optional("及格线", _rate("0%"))
    bands: tuple[Band, ...] = optional("定性", ())
    grades: tuple[Grade, ...] = optional("等级", ())
    tolerance: Points = optional("得分容差", _points("0.1"))
    reverse_words: Paragraphs = optional("成本类", ())
    reverse_names: Paragraphs = optional("反向指标", ())
    timely_words: Paragraphs = optional("时效类", ())
    source: Text = optional("依据", "")
    framework: dict[str, CommonSpec] = optional("共性指标", dict)
    project_framework: dict[str, CommonSpec] = optional("项目共性指标", dict)

    @field_validator("bands")
    @classmethod
    def _best_band_first(cls, bands: tuple[Band, ...]) -> tuple[Band, ...]:
        return tuple(sorted(bands, key=lambda band: band.lower, reverse=True))

    @field_validator("grades")
    @classmethod
    def _best_grade_first(cls, grades: tuple[Grade, ...]) -> tuple[Grade, ...]:
        return tuple(
            sorted(grades, key=lambda grade: grade.floor, reverse=True)
        )
