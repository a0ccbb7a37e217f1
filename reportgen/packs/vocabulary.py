"""wording.yaml: the words that the text rules look for, as data of a pack.

The fields of WordLists are the table of the lists that there are. A list of another name is an error of the pack, and a
rule can only ask for one that is declared: facts.words.common_expenses.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import Field

from reportgen.model.reporting import Reporting, optional
from reportgen.model.values import Paragraphs, Text

STATED = (
    "文中"  # begins the names of the lists that stand for figures: 文中执行率
)


def _words(name: str, purpose: str) -> Any:
    """A list that a pack may write under `name`, empty where it does not."""
    return Field((), alias=name, description=purpose)


class Contradiction(Reporting):
    """前后矛盾: when words of both sides stand in one report, a person should look."""

    one: Paragraphs = Field(alias="一方")
    other: Paragraphs = Field(alias="另一方")


class WordLists(Reporting):
    """词表: every list that a pack may have, its name in wording.yaml, and what it is for."""

    # figures
    stated_initial: Paragraphs = _words(
        "文中年初预算", "后面的数与年初预算数核对"
    )
    stated_revised: Paragraphs = _words(
        "文中全年预算", "后面的数与全年预算数核对"
    )
    stated_budget: Paragraphs = _words(
        "文中预算", "后面的数与预算数核对，不论年初或全年"
    )
    stated_money: Paragraphs = _words("文中资金", "后面的数与任一金额核对")
    stated_executed: Paragraphs = _words("文中执行", "后面的数与全年执行数核对")
    stated_rate: Paragraphs = _words("文中执行率", "文中、指标中的预算执行率")
    stated_adjustment: Paragraphs = _words(
        "文中调整额", "后面的数与预算调整额核对"
    )
    stated_balance: Paragraphs = _words("文中结余", "后面的数与结余核对")
    stated_projects: Paragraphs = _words("文中项目数", "后面的数与项目个数核对")
    stated_indicators: Paragraphs = _words(
        "文中指标数", "后面的数与指标个数核对"
    )
    stated_total_budget: Paragraphs = _words(
        "文中总预算", "后面的数与项目总预算核对"
    )
    stated_satisfaction: Paragraphs = _words(
        "文中满意度", "后面的数与满意度指标核对"
    )
    stated_score: Paragraphs = _words("文中得分", "后面的数与总得分核对")
    stated_established: Paragraphs = _words(
        "文中编制", "后面的数与编制人数核对"
    )
    stated_serving: Paragraphs = _words("文中在职", "后面的数与在职人数核对")
    stated_retired_cadres: Paragraphs = _words(
        "文中离休", "后面的数与离休人数核对"
    )
    stated_retired: Paragraphs = _words("文中退休", "后面的数与退休人数核对")
    stated_staff: Paragraphs = _words("文中人员", "后面的数与人员合计核对")
    stated_offices: Paragraphs = _words(
        "文中内设机构", "后面的数与内设机构数核对"
    )

    # scores and sections of the report
    partial_scores: Paragraphs = _words(
        "单项得分", "得分前面有这些字的，是其中一项的得分"
    )
    scores_by_others: Paragraphs = _words(
        "别的得分", "句子里有这些字的，得分是别人评的"
    )
    planning_sections: Paragraphs = _words(
        "打算章节", "写打算的节，其中的数字不核对"
    )
    indicator_sections: Paragraphs = _words(
        "指标章节", "应当讲到同名指标实际值的节"
    )
    execution_sections: Paragraphs = _words(
        "执行章节", "应当写执行数和执行率的节"
    )
    execution_terms: Paragraphs = _words("执行说法", "写了执行情况的用语")

    # indicators and funds
    share_names: Paragraphs = _words("占比类", "以这些词结尾的指标不超过 100%")
    quality_rates: Paragraphs = _words(
        "质量比率", "以这些词结尾的比率是质量指标"
    )
    other_costs: Paragraphs = _words(
        "另计成本", "名称有这些词的成本不与预算比较"
    )
    vague_terms: Paragraphs = _words("含糊词", "只有这些词的指标值无法衡量")
    input_names: Paragraphs = _words("投入类", "名称有这些词的是投入，不是产出")
    ecology_terms: Paragraphs = _words("生态用语", "讲生态环境的用语")
    other_benefits: Paragraphs = _words("不是生态", "讲别的效益的用语")
    wanted_counts: Paragraphs = _words("越多越好", "有这些词的人数、户数多好")
    unwanted_counts: Paragraphs = _words("越少越好", "有这些词的数不是多好")
    task_openings: Paragraphs = _words(
        "工作用语", "以这些词开头的是一项工作，不是指标名称"
    )
    measure_terms: Paragraphs = _words("措施用语", "偏差原因中写了措施的用语")
    savings: Paragraphs = _words("节约用语", "资金偏差原因中写了节约的用语")
    problem_terms: Paragraphs = _words("问题用语", "存在问题一节写了问题的用语")
    payment_terms: Paragraphs = _words("支付说明", "付款早于完工而有约定的用语")

    # names of others
    own_deeds: Paragraphs = _words("单位的事", "跟在名称后面，讲的是本单位")
    serving_all: Paragraphs = _words("综合单位", "为各单位办事的单位")
    general_bodies: Paragraphs = _words("泛称", "有这些词的不是单位名称")
    dealings_before: Paragraphs = _words("往来用语", "在名称前面，是别的单位")
    dealings_after: Paragraphs = _words("往来做法", "在名称后面，是别的单位")
    leftover_names: Paragraphs = _words(
        "残留名称", "照示例改写时容易留下的名称"
    )
    common_expenses: Paragraphs = _words(
        "通用经费", "各单位都有的经费和支出科目"
    )
    common_expense_words: Paragraphs = _words(
        "通用经费用词", "只由这些词组成的不是项目名称"
    )
    referring_words: Paragraphs = _words(
        "指代用词", "有这些词的是指代，不是名称"
    )
    verbs_before_expenses: Paragraphs = _words(
        "经费前动词", "名称前面的这些词不属于名称"
    )
    event_endings: Paragraphs = _words(
        "活动名称用字", "以这些字结尾的是一项活动的名称"
    )
    verbs_before_projects: Paragraphs = _words(
        "动词", "与「项目」之间只剩一个字的动词"
    )
    characters_before_project: Paragraphs = _words(
        "项目前用字", "可以单独写在「项目」前面的字"
    )
    unit_name_fields: Paragraphs = _words(
        "单位名称字段", "「补充」中填单位名称的栏目"
    )

    # copies and leftovers
    sections_alike_anyway: Paragraphs = _words(
        "雷同不查的节", "各项目、各单位本来就可以相同的节"
    )
    saving_terms: Paragraphs = _words(
        "增收节支的说法", "一段里两次写到同一金额的，像是一件事写了两次"
    )
    indicator_endings: Paragraphs = _words(
        "指标名称末字", "以这些字结尾的指标名称，各项目可以相同"
    )
    form_instructions: Paragraphs = _words(
        "填写说明", "表格和提纲里写给填报人看的话"
    )
    instruction_openings: Paragraphs = _words(
        "填写说明开头", "提纲里的提示以这些词开头"
    )
    instruction_words: Paragraphs = _words(
        "填写说明用词", "提纲里的提示列举的内容"
    )
    own_references: Paragraphs = _words(
        "单位自称", "有这些词的是单位自己写的，不是提示"
    )
    field_labels: Paragraphs = _words("占位栏目", "栏目名称本身填在了格子里")

    # problems and measures
    problem_sections: Paragraphs = _words(
        "问题的节", "名称有这些词的节写的是问题"
    )
    measure_sections: Paragraphs = _words(
        "措施的节", "名称有这些词的节写的是措施"
    )
    sections_of_neither: Paragraphs = _words(
        "不是问题的节", "名称有这些词的节不核对问题与措施"
    )
    words_without_topic: Paragraphs = _words("不成主题的词", "看不出讲什么的词")
    rate_measures: Paragraphs = _words("提高执行率的措施", "针对执行率的措施")
    rate_problem_words: Paragraphs = _words(
        "执行率问题用词", "问题里讲执行率的用词"
    )
    adjustment_measures: Paragraphs = _words(
        "避免调整的措施", "针对预算调整的措施"
    )
    adjustment_problem_words: Paragraphs = _words(
        "调整问题用词", "问题里讲预算调整的用词"
    )

    # statements of the whole
    all_done_phrases: Paragraphs = _words("全部完成的说法", "说全部完成的用语")
    undone_phrases: Paragraphs = _words("未完成的说法", "说没有完成的用语")
    project_sections: Paragraphs = _words("讲本项目的节", "应当只讲本项目的节")
    plain_project_words: Paragraphs = _words(
        "项目名称常用词", "项目名称里看不出讲什么的词"
    )
    total_cost_words: Paragraphs = _words(
        "总成本用词", "名称有这些词的成本是项目的全部资金"
    )
    history_terms: Paragraphs = _words(
        "历史说法", "句子里有这些词的，其中的年份不核对"
    )
    done_phrases: Paragraphs = _words("已成说法", "说事情已经做完的词")

    def of_figures(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The figures that a number in prose may be said to be, each with the words for it: 执行率, (预算执行率, …)."""
        for name, field in type(self).model_fields.items():
            if field.alias and field.alias.startswith(STATED):
                yield field.alias.removeprefix(STATED), getattr(self, name)


class Vocabulary(Reporting):
    """The words of one pack; a list of the same name replaces that of the pack it extends."""

    lists: WordLists = optional("词表", WordLists)
    slips: dict[str, Text] = optional("错别字", dict)
    terms: dict[str, Text] = optional("规范用语", dict)
    contradictions: tuple[Contradiction, ...] = optional("前后矛盾", ())

    @cached_property
    def openings(self) -> tuple[str, ...]:
        """What the phrases of the other sides begin with: where none stands in a text, nothing contradicts."""
        phrases = (
            phrase for pair in self.contradictions for phrase in pair.other
        )
        return tuple(phrase.partition("…")[0] for phrase in phrases)
