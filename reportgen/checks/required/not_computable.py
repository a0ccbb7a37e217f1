"""REQ001: figures that a form prints, that were not reported and cannot be computed."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import is_filled_in, row_label
from reportgen.checks.required.empty_fields import has_money
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import CommonFigures, FrameworkFigures

_LEFT_BLANK = "{label}无法计算：{missing}；不补填的，表中此处留空"


@rule("REQ001", WARNING, _LEFT_BLANK)
def rate_not_computable(facts: Facts) -> Problems:
    """预算执行率没有填报，也无法计算.

    依据：自评表的执行率应当填写；缺少预算数或执行数的无法代为计算。
    反例：
        资金: {年初预算数: 100, 全年执行数: 100}
    """
    for one in facts.evaluations if not facts.declared else ():
        rate = one.funds.execution_rate
        stated = one.evaluation.funds.execution_rate
        if stated is None and rate.value is None and has_money(one.evaluation):
            yield at(rate, label=rate.label, missing=rate.missing)


@rule("REQ001", WARNING, "「{name}」一行没有填写；请补上，不需要的请删去这一行")
def row_empty(facts: Facts) -> Problems:
    """有分值的表中，某一行只有类别，其余都没有填写.

    依据：表中列出的各行都应填写；不需要的行删去，不适用的写“不适用”。
    反例：
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90}
          - {一级: 效益指标, 二级: 经济效益指标, 三级: ""}
    """
    for row in facts.once(_scored_rows):
        if _is_empty(row):
            yield at(
                row,
                name=row.indicator.category or row.indicator.dimension,
            )


@rule(
    "REQ001",
    WARNING,
    "「{name}」没有填分值；请补上，不适用的在指标值中写“不适用”",
)
def points_missing(facts: Facts) -> Problems:
    """有分值的表中，某一行没有填分值.

    依据：设分值的自评表，各项指标都应有分值。
    反例：
        指标:
          - {一级: 产出指标, 三级: 培训场次, 指标值: 30场, 实际值: 30场, 分值: 90}
          - {一级: 产出指标, 三级: 培训人次, 指标值: 200人次, 实际值: 200人次}
    """
    for table in _scored_tables(facts):
        rows = [row for row in table if not _is_empty(row)]
        lacking = [row for row in rows if row.indicator.weight is None]
        if 1 < len(lacking) == len(rows):
            path = lacking[0].path[:-1]
            yield at(
                *path,
                message="指标表 {count} 行都没有填分值，而写明了一级分值或分值合计；请补上各行的分值",
                count=len(lacking),
            )
            continue
        for row in lacking:
            yield at(row, "分值", name=row_label(row.indicator))


@rule("REQ001", WARNING, _LEFT_BLANK)
def score_not_computable(facts: Facts) -> Problems:
    """指标得分没有填报，也无法计算.

    依据：自评表的得分应当填写完整；缺少指标值、实际值的无法代为计算。
    反例：
        指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 30场, 分值: 90}]
    """
    for row in facts.once(_scored_rows):
        has_points = row.indicator.weight is not None and not _is_empty(row)
        if has_points and row.figures.printed_score is None:
            score = row.figures.score
            yield at(score, label=score.label, missing=score.missing)


def _scored_rows(facts: Facts) -> Iterator[IndicatorRow]:
    """The rows of filled-in tables that give points."""
    return chain(*_scored_tables(facts))


def _scored_tables(facts: Facts) -> Iterator[Sequence[IndicatorRow]]:
    """The rows that apply of each filled-in table that gives points; some regions' forms give none."""
    for table in facts.tables if not facts.declared else ():
        given = is_filled_in(table.figures.evaluation)
        if given and _gives_points(table.figures):
            yield [row for row in table.rows if row.applicable]


def _gives_points(one: EvaluationFigures) -> bool:
    """Whether the form has a column of points; one with scores alone has none, whatever its groups print."""
    if any(row.indicator.weight is not None for row in one.indicators):
        return True
    stated = one.evaluation.dimension_weights or one.evaluation.outcome.weight
    scored = any(row.indicator.score is not None for row in one.indicators)
    return bool(stated) and not scored


def _is_empty(row: IndicatorRow) -> bool:
    return not row.name and row.target is None and row.actual is None


class _Common(NamedTuple):
    """A row of a framework with neither a report nor data that allow its formula."""

    framework: FrameworkFigures
    figures: CommonFigures
    missing: str  # what its formula lacks


def _common_rows(facts: Facts) -> Iterator[_Common]:
    for framework in facts.figures.frameworks if not facts.declared else ():
        for one in framework.indicators if framework.is_handed_in else ():
            missing = one.rate.missing if one.rate is not None else ""
            yield _Common(framework, one, missing)


@rule(
    "REQ001", WARNING, "「{name}」无法计算：{missing}；表中打印“不适用”{points}"
)
def common_not_applicable(facts: Facts) -> Problems:
    """共性指标的分母为零或没有数据，打印“不适用”，不计入总分.

    依据：分母为零或没有数据的共性指标不适用；有数据的应补填。
    反例：
        模板: hecheng
        共性指标: {指标: {政府采购执行率: {}}}
        基础数据: {政府采购: {上年决算数: 1, 本年预算数: 0, 本年决算数: 0}}
    """
    for row in facts.once(_common_rows):
        one = row.figures
        weight = row.figures.spec.weight
        if _not_applicable(one):
            points = (
                f"，该项 {plain(weight)} 分不计入总分"
                if weight is not None
                else ""
            )
            yield at(
                one,
                name=one.name,
                missing=row.missing,
                points=points,
            )


def _not_applicable(one: CommonFigures) -> bool:
    reported = one.reported.score is not None or one.reported.actual is not None
    return one.rate is not None and not reported and not one.applicable


@rule(
    "REQ001",
    WARNING,
    "「{name}」没有填报得分，也无法计算{missing}；不补填的，表中此处留空，总分不能计算",
)
def common_not_scored(facts: Facts) -> Problems:
    """共性指标没有填报得分，也无法计算.

    依据：共性指标框架各项都应有得分；缺少基础数据的无法代为计算。
    反例：
        模板: hecheng
        共性指标: {指标: {管理制度健全性: {}}}
    """
    for row in facts.once(_common_rows):
        one = row.figures
        owed = one.counted and (row.framework.has_data or one.has_data)
        if owed and one.printed_score is None and not _not_applicable(one):
            missing = f"：{row.missing}" if row.missing else ""
            yield at(one, name=one.name, missing=missing)


@rule("REQ001", WARNING, _LEFT_BLANK)
def common_not_computable(facts: Facts) -> Problems:
    """不设分值的共性指标没有填实际值，数据又不全，无法计算.

    依据：共性指标表各行应填写实际值；数据不全的无法代为计算。
    反例：
        模板: ezhou
        共性指标: {指标: {在职人员控制率: {}}}
        单位: {名称: 示范单位, 人员: {编制: 15}}
    """
    for row in facts.once(_common_rows):
        one = row.figures
        computed = (
            one.rate is not None and one.spec.weight is None and one.has_data
        )
        if computed and one.printed_actual is None:
            yield at(one, label=one.name, missing=row.missing)
