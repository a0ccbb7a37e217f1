"""IND005, IND007: kinds of indicators that are missing or do not suit."""

from collections.abc import Iterator

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_filled_in,
    label_kind,
)
from reportgen.checks.indicators.kind_system import KindSystem, kind_system
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.model.target import is_named
from reportgen.model.unit import Evaluation

_LONG_NAME = 12  # characters; a longer one with a comma is a sentence


@rule(
    "IND005", WARNING, "缺少{missing}；请补充，确实没有的写上该类并填“不适用”"
)
def kinds_missing(facts: Facts) -> Problems:
    """缺少模板要求的指标类别.

    依据：产出指标包括数量、质量、时效、成本，效益指标至少一项（模板包的必备类别）；标明“不适用”的不算缺少。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 解决企业难题, 指标值: ≥300个, 实际值: 312个}]
    """
    levels = kind_system(facts)
    for table, missing in _missing(facts, levels):
        blank = _left_blank(table, levels)
        left = [
            name
            for name in missing
            if not blank
            & {label_kind(name), *levels.above.get(label_kind(name), ())}
        ]
        if left:
            grave = any(levels.is_top(label_kind(name)) for name in left)
            severity = ERROR if grave else WARNING
            yield at(
                table.figures,
                "指标",
                severity=severity,
                missing="、".join(left),
            )


def _missing(
    facts: Facts, levels: KindSystem
) -> Iterator[tuple[IndicatorTable, list[str]]]:
    """Each filled-in table of this system, with the kinds that the pack requires and that no row is of."""
    required = facts.manifest.required_kinds
    kinds = {label_kind(name): name for name in required}
    tops = {kind: name for kind, name in kinds.items() if levels.is_top(kind)}
    for table in facts.tables:
        of_system = any(levels.hold(row, tops) for row in table.rows)
        if not of_system or not is_filled_in(table.figures.evaluation):
            continue
        has_kinds = any(row.category in levels.above for row in table.rows)
        there = set[str]().union(*map(levels.covered, table.filled))
        wanted = kinds if has_kinds else tops
        yield (
            table,
            [name for kind, name in wanted.items() if kind not in there],
        )


def _left_blank(table: IndicatorTable, levels: KindSystem) -> set[str]:
    """The 一级 whose rows are there and all left blank; TXT004 tells of them."""
    blank = {row.dimension for row in table.rows if row.left_blank}
    filled = {row.dimension for row in table.filled}
    return (blank - filled) & levels.below.keys()


@rule(
    "IND005",
    WARNING,
    "写了项目产出，没有写「{name}」，而表中有效益指标；{cure}",
)
def benefits_not_told(facts: Facts) -> Problems:
    """报告写了产出情况，没有写效益情况，而表中有效益指标.

    依据：报告逐项说明产出、效益各类指标的完成情况。
    反例：
        指标:
          - {一级: 产出指标, 二级: 数量指标, 指标值: 不适用}
          - {一级: 产出指标, 二级: 质量指标, 指标值: 不适用}
          - {一级: 产出指标, 二级: 时效指标, 指标值: 不适用}
          - {一级: 产出指标, 二级: 成本指标, 指标值: 不适用}
          - {一级: 效益指标, 二级: 社会效益指标, 三级: 受益企业, 指标值: 完善服务, 实际值: 服务进一步完善}
        叙述: {产出指标完成情况: 各项产出指标均不适用。}
    """
    for table in facts.tables:
        one = table.figures
        sections = (
            facts.pack.snippets.project
            if one.path
            else facts.pack.snippets.unit
        )
        name = next((name for name in sections if "效益" in name), "")
        owed = any("效益" in row.category for row in table.applicable)
        if name and owed and _tells_outputs_only(one.evaluation):
            automatic = bool(sections[name].snippets)
            cure = (
                "将由程序按数据成文，请核对"
                if automatic
                else f"请补写「{name}」"
            )
            severity = ADVICE if automatic else WARNING
            yield at(
                one,
                "叙述",
                name,
                severity=severity,
                name=name,
                cure=cure,
            )


def _tells_outputs_only(one: Evaluation) -> bool:
    written = "、".join(
        name for name, texts in one.narrative.items() if any(texts)
    )
    return "产出" in written and "效益" not in written


def _named_rows(facts: Facts) -> Iterator[IndicatorRow]:
    for table in facts.tables:
        yield from (row for row in table.applicable if is_named(row.name))


@rule("IND007", ADVICE, "「{name}」是投入，不是产出；请改为产出的数量")
def input_as_output(facts: Facts) -> Problems:
    """数量指标填的是投入的资金，不是产出.

    依据：数量指标是产出的数量，不是投入的资金（词表“投入类”）。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 申请数额, 指标值: 200万元, 实际值: 200万元}]
    """
    for row in facts.once(_named_rows):
        if row.category == "数量" and has_word(
            row.name, facts.words.input_names
        ):
            severity = WARNING if "支付" in row.name else ADVICE
            yield at(row, "三级", severity=severity, name=row.name)


@rule(
    "IND007",
    ADVICE,
    "「{name}」是比率，填在了「{category}」下；请核对是否应为质量指标",
)
def rate_under_quantity(facts: Facts) -> Problems:
    """数量指标填的是比率.

    依据：数量指标是产出的数量，不是比率。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 任务办结率, 指标值: ≥95%, 实际值: 97%}]
    """
    words = facts.words
    for row in facts.once(_named_rows):
        of_quantity = row.category == "数量" and row.name.endswith(
            ("率", "比例", "占比")
        )
        if not of_quantity or not row.is_rate:
            continue
        told = row.name.endswith(words.quality_rates)  # IND004
        if not told and not has_word(row.name, words.input_names):
            category = row.category_label
            yield at(row, "二级", name=row.name, category=category)


@rule(
    "IND007", ADVICE, "「{name}」与生态环境无关；请核对类别，没有的填“不适用”"
)
def ecology_of_another_kind(facts: Facts) -> Problems:
    """生态效益指标与生态环境无关.

    依据：生态效益指标与生态环境有关；名称中是满意度、收入、培训等别的事（词表“不是生态”）的不是。
    反例：
        指标: [{一级: 效益指标, 二级: 生态效益指标, 三级: 企业满意情况, 指标值: 逐户回访, 实际值: 回访40户}]
    """
    for row in facts.once(_named_rows):
        target = row.said["target"]
        if "生态" in row.category and _is_other(facts, row.name + target):
            yield at(row, "三级", name=row.name)


@rule(
    "IND007", ADVICE, "「{name}」是一句话或一项工作，不是指标名称；请改写为名称"
)
def sentence_as_name(facts: Facts) -> Problems:
    """三级指标是一句话或一项工作.

    依据：指标名称是名称，不是一句话或一项工作（词表“工作用语”）。
    反例：
        指标: [{一级: 产出指标, 二级: 质量指标,
          三级: 全面完成上级交办的任务，不出现差错和遗漏, 指标值: 全面完成, 实际值: 按要求办结}]
    """
    for row in facts.once(_named_rows):
        sentence = "，" in row.name and len(row.name) > _LONG_NAME
        if sentence or row.name.startswith(facts.words.task_openings):
            yield at(row, "三级", name=row.name)


@rule(
    "IND007", ADVICE, "「{name}」写的内容与生态环境无关；请核对，没有的写“无”"
)
def ecology_chapter_of_another_kind(facts: Facts) -> Problems:
    """讲生态效益的一节与生态环境无关，如写的是营商环境.

    依据：生态效益与生态环境有关；写的是营商、收入、培训等别的事（词表“不是生态”）的不是。
    反例：
        模板: lukou
        填报: {日期: 2025年1月10日}
        项目: [{名称: 设备更新, 叙述: {生态效益: 营商环境进一步改善。}}]
    """
    for one in facts.evaluations:
        for name, texts in one.evaluation.narrative.items():
            if "生态" in name and _is_other(facts, "".join(texts)):
                yield at(one, "叙述", name, name=name)


def _is_other(facts: Facts, text: str) -> bool:
    """Whether `text` is about something else than nature: only words of another kind stand in it."""
    rest = text.replace("营商环境", "")
    ecology = facts.words.ecology_terms
    others = facts.words.other_benefits
    return has_word(text, others) and not has_word(rest, ecology)
