"""pack.yaml and snippets.yaml: which documents a region wants and what they say by default."""

import re
from itertools import chain
from typing import Literal

from pydantic import Field

from reportgen.model.reporting import Reporting
from reportgen.model.values import (
    Count,
    Name,
    OpenPoints,
    OpenRate,
    Paragraphs,
    Rate,
    Text,
)

_TAKEN_UP = re.compile(r"\.叙述\.(\w+)")


class DocumentSpec(Reporting):
    """文件: one document of the set; `file_name`, `attachment` and `when` use the names of the templates."""

    name: Text = Field(alias="名称")
    template: Text = Field(alias="模板")
    file_name: Text = Field(alias="文件名")
    attachment: Text = Field("", alias="附件")
    scope: Literal["单位", "项目"] = Field("单位", alias="范围")
    when: Text = Field("", alias="当")
    layout: Literal["公文", "表格"] = Field("表格", alias="版式")


class SeriesSpec(Reporting):
    """系列: one series of a chart; `value` is a name within a row."""

    name: Text = Field(alias="名称")
    value: Text = Field(alias="值")


class ChartSpec(Reporting):
    """图表: the data of the Word chart with this name, one category for each row."""

    rows: Text = Field(alias="行")
    category: Text = Field(alias="类别")
    series: tuple[SeriesSpec, ...] = Field(alias="系列")


class NumberFormat(Reporting):
    """数字: how numbers are printed; `blank` stands where there is no value, `dash` where none belongs.

    `ticked` and `unticked` are the marks of a choice (选项).
    """

    money: Literal["两位小数", "原样"] = Field("两位小数", alias="金额")
    rate: Literal["两位小数", "原样"] = Field("两位小数", alias="百分比")
    blank: Text = Field("", alias="空白")
    dash: Text = Field("—", alias="不填")
    ticked: Text = Field("☑", alias="选中")
    unticked: Text = Field("□", alias="未选")


class Limits(Reporting):
    """限值: from where on something is worth saying, in checks and in snippets."""

    execution_rate: OpenRate = Field(None, alias="执行率下限")
    adjustment_rate: OpenRate = Field(None, alias="调整率上限")
    over_fulfilment: OpenRate = Field(None, alias="超额提示")
    over_fulfilment_error: OpenRate = Field(None, alias="超额上限")
    history_change: OpenRate = Field(None, alias="历年变动")
    paid: OpenRate = Field(None, alias="支付率")
    progress: OpenRate = Field(None, alias="进度下限")
    covered: OpenRate = Field(None, alias="报告覆盖")
    largest_rate: OpenRate = Field(None, alias="执行率上限")
    alike: OpenRate = Field(None, alias="雷同度")
    alike_length: Count = Field(None, alias="雷同字数")
    alike_length_units: Count = Field(None, alias="单位间雷同字数")
    outlier: OpenPoints = Field(None, alias="离群倍数")
    same_units: Count = Field(None, alias="比较单位数")
    same_share: OpenRate = Field(None, alias="同值比例")


class Manifest(Reporting):
    """pack.yaml; `sources`, `income_kinds` and `nature_kinds` are the rows that the forms print in any case.

    `wording` holds the labels in which regions differ (templates say `用语.<name>`), over the names of the templates.
    """

    name: Name = Field(alias="名称")
    title: Text = Field("", alias="说明")
    version: Count = Field(alias="版本")
    extends: Text = Field("", alias="继承")
    documents: tuple[DocumentSpec, ...] = Field((), alias="文件")
    charts: dict[str, ChartSpec] = Field(default_factory=dict, alias="图表")
    numbers: NumberFormat = Field(default_factory=NumberFormat, alias="数字")
    limits: Limits = Field(default_factory=Limits, alias="限值")
    sources: Paragraphs = Field((), alias="资金来源")
    income_kinds: Paragraphs = Field((), alias="收入性质")
    nature_kinds: Paragraphs = Field((), alias="支出性质")
    wording: dict[str, Text] = Field(default_factory=dict, alias="用语")
    choices: dict[str, Paragraphs] = Field(default_factory=dict, alias="选项")
    supplement: Paragraphs = Field((), alias="补充字段")
    must_print: Paragraphs = Field((), alias="必须打印")
    severities: dict[str, Literal["错误", "警告", "提示", "不查"]] = Field(
        default_factory=dict, alias="检查"
    )
    review: dict[str, Rate] = Field(default_factory=dict, alias="复核")
    required: Paragraphs = Field((), alias="必填")
    required_kinds: Paragraphs = Field((), alias="必备类别")
    levels: dict[str, Paragraphs] = Field(
        default_factory=dict, alias="指标体系"
    )
    base_rows: Paragraphs = Field((), alias="基础数据明细")
    base_totals: dict[str, Paragraphs] = Field(
        default_factory=dict, alias="基础数据合计"
    )


class Snippet(Reporting):
    """素材: what is said when a condition holds, and for a problem the improvement that answers it."""

    id: Name = Field(alias="编号")
    each: Text = Field("", alias="遍历")
    when: Text = Field("", alias="当")
    text: Paragraphs = Field(alias="文")
    improvement: Text = Field("", alias="改进")


class Section(Reporting):
    """One section of a report: its snippets, how the unit's own text meets them, and what stands when all is silent.

    `answers` names the section of problems whose improvements stand here; `rest` is said here where the unit wrote
    problems of its own but no improvement. `like` names a section of the pack that this one extends: what is not said
    here stands as it is there.
    """

    like: Text = Field("", alias="沿用")
    snippets: tuple[Snippet, ...] = Field((), alias="段落")
    answers: Text = Field("", alias="对应")
    rest: Text = Field("", alias="其余")
    own: Literal["替换", "合并"] = Field("替换", alias="本单位文字")
    numbering: Literal["", "（一）", "1.", "1、"] = Field("", alias="编号")
    empty: Text = Field("", alias="空")


class Snippets(Reporting):
    """snippets.yaml: phrases, and the sections of the unit's report and of each project.

    `inherited` tells which sections of the extended pack this one has too: all, or only those it takes over by 沿用.
    """

    inherited: Literal["全部", "沿用"] = Field("全部", alias="继承")
    phrases: dict[str, Paragraphs] = Field(default_factory=dict, alias="短语")
    unit: dict[str, Section] = Field(default_factory=dict, alias="单位")
    project: dict[str, Section] = Field(default_factory=dict, alias="项目")

    def named_sections(self) -> set[str]:
        """The sections of projects that phrases or snippets of the unit's report take up: 项.叙述.存在问题."""
        snippets = [
            one for section in self.unit.values() for one in section.snippets
        ]
        texts = [
            text
            for one in snippets
            for text in (one.when, *one.text, one.improvement)
        ]
        return {
            name
            for text in chain(texts, *self.phrases.values())
            for name in _TAKEN_UP.findall(text)
        }
