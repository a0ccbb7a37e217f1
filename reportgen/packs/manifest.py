"""pack.yaml and snippets.yaml: which documents a region wants and what they say by default."""

import re
from itertools import chain
from typing import Literal

from pydantic import Field

from reportgen.model.reporting import Reporting, optional
from reportgen.model.values import (
    Count,
    Name,
    OpenPoints,
    OpenRate,
    Paragraphs,
    Rate,
    Text,
)
from reportgen.packs.page_standard import PageStandard

_TAKEN_UP = re.compile(r"\.叙述\.(\w+)")


class DocumentSpec(Reporting):
    """文件: one document of the set; `file_name`, `attachment` and `when` use the names of the templates."""

    name: Text = Field(alias="名称")
    template: Text = Field(alias="模板")
    file_name: Text = Field(alias="文件名")
    attachment: Text = optional("附件", "")
    scope: Literal["单位", "项目"] = optional("范围", "单位")
    when: Text = optional("当", "")
    layout: Literal["公文", "表格"] = optional("版式", "表格")


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

    money: Literal["两位小数", "原样"] = optional("金额", "两位小数")
    rate: Literal["两位小数", "原样"] = optional("百分比", "两位小数")
    blank: Text = optional("空白", "")
    dash: Text = optional("不填", "—")
    ticked: Text = optional("选中", "☑")
    unticked: Text = optional("未选", "□")


class Limits(Reporting):
    """限值: from where on something is worth saying, in checks and in snippets."""

    execution_rate: OpenRate = optional("执行率下限")
    adjustment_rate: OpenRate = optional("调整率上限")
    over_fulfilment: OpenRate = optional("超额提示")
    over_fulfilment_error: OpenRate = optional("超额上限")
    history_change: OpenRate = optional("历年变动")
    paid: OpenRate = optional("支付率")
    progress: OpenRate = optional("进度下限")
    covered: OpenRate = optional("报告覆盖")
    largest_rate: OpenRate = optional("执行率上限")
    alike: OpenRate = optional("雷同度")
    alike_length: Count = optional("雷同字数")
    alike_length_units: Count = optional("单位间雷同字数")
    outlier: OpenPoints = optional("离群倍数")
    same_units: Count = optional("比较单位数")
    same_share: OpenRate = optional("同值比例")


class Manifest(Reporting):
    """pack.yaml; `sources`, `income_kinds` and `nature_kinds` are the rows that the forms print in any case.

    `wording` holds the labels in which regions differ (templates say `用语.<name>`), over the names of the templates.
    """

    name: Name = Field(alias="名称")
    title: Text = optional("说明", "")
    version: Count = Field(alias="版本")
    extends: Text = optional("继承", "")
    documents: tuple[DocumentSpec, ...] = optional("文件", ())
    page: PageStandard = optional("版面", PageStandard)
    charts: dict[str, ChartSpec] = optional("图表", dict)
    numbers: NumberFormat = optional("数字", NumberFormat)
    limits: Limits = optional("限值", Limits)
    sources: Paragraphs = optional("资金来源", ())
    income_kinds: Paragraphs = optional("收入性质", ())
    nature_kinds: Paragraphs = optional("支出性质", ())
    wording: dict[str, Text] = optional("用语", dict)
    choices: dict[str, Paragraphs] = optional("选项", dict)
    supplement: Paragraphs = optional("补充字段", ())
    must_print: Paragraphs = optional("必须打印", ())
    severities: dict[str, Literal["错误", "警告", "提示", "不查"]] = optional(
        "检查", dict
    )
    review: dict[str, Rate] = optional("复核", dict)
    required: Paragraphs = optional("必填", ())
    required_kinds: Paragraphs = optional("必备类别", ())
    levels: dict[str, Paragraphs] = optional("指标体系", dict)
    base_rows: Paragraphs = optional("基础数据明细", ())
    base_totals: dict[str, Paragraphs] = optional("基础数据合计", dict)


class Snippet(Reporting):
    """素材: what is said when a condition holds, and for a problem the improvement that answers it."""

    id: Name = Field(alias="编号")
    each: Text = optional("遍历", "")
    when: Text = optional("当", "")
    text: Paragraphs = Field(alias="文")
    improvement: Text = optional("改进", "")


class Section(Reporting):
    """One section of a report: its snippets, how the unit's own text meets them, and what stands when all is silent.

    `answers` names the section of problems whose improvements stand here; `rest` is said here where the unit wrote
    problems of its own but no improvement. `like` names a section of the pack that this one extends: what is not said
    here stands as it is there.
    """

    like: Text = optional("沿用", "")
    snippets: tuple[Snippet, ...] = optional("段落", ())
    answers: Text = optional("对应", "")
    rest: Text = optional("其余", "")
    own: Literal["替换", "合并"] = optional("本单位文字", "替换")
    numbering: Literal["", "（一）", "1.", "1、"] = optional("编号", "")
    empty: Text = optional("空", "")


class Snippets(Reporting):
    """snippets.yaml: phrases, and the sections of the unit's report and of each project.

    `inherited` tells which sections of the extended pack this one has too: all, or only those it takes over by 沿用.
    """

    inherited: Literal["全部", "沿用"] = optional("继承", "全部")
    phrases: dict[str, Paragraphs] = optional("短语", dict)
    unit: dict[str, Section] = optional("单位", dict)
    project: dict[str, Section] = optional("项目", dict)

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
