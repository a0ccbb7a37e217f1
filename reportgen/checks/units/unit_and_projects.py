"""AGG001: what stands above against what stands below."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_stated, row_label
from reportgen.checks.facts.spoken_names import covered
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.numerals import (
    ONE,
    ZERO,
    given,
    known,
    mean,
    percent,
    plain,
)
from reportgen.model.unit import Evaluation, Funds, Project

_CENT = Decimal("0.01")
_MOST_NAMED = 3  # missed indicators of one project
_EXACT = 4  # digits; an amount with more is the same by no chance
_GENERIC = re.compile(r"经费|专项|项目|支出|费用|资金|工作|其他")


@rule(
    "AGG001",
    ERROR,
    "内设机构数填报为 {stated}，列出的内设机构有 {count} 个；请核对",
)
def offices_miscounted(facts: Facts) -> Problems:
    """写明的内设机构数与列出的内设机构个数不符.

    依据：写明的个数等于列出的个数。
    反例：
        单位: {名称: 示范单位, 内设机构数: 4, 内设机构: [办公室, 业务股]}
    """
    stated = facts.profile.offices
    names = facts.profile.office_names
    if stated is not None and len(names) > 1 and stated != len(names):
        yield at("单位", "内设机构数", stated=stated, count=len(names))


@rule(
    "AGG001",
    WARNING,
    "项目[{first}]和项目[{second}]都叫「{name}」；请删去重复的一个，或改正名称",
)
def project_listed_twice(facts: Facts) -> Problems:
    """两个项目同名：同一个项目填了两次，或复制以后没有改名.

    依据：每个项目填一份，项目不重名。
    反例：
        项目:
          - {名称: 设备更新, 资金: {年初预算数: 10, 全年预算数: 10, 全年执行数: 10}}
          - {名称: 设备更新, 资金: {年初预算数: 20, 全年预算数: 20, 全年执行数: 20}}
    """
    positions: dict[str, int] = {}
    for position, project in enumerate(facts.projects, start=1):
        name = project.name.strip()
        first = positions.setdefault(name, position)
        if name and first != position:
            path = ("项目", position - 1, "名称")
            yield at(*path, first=first, second=position, name=name)


@rule(
    "AGG001",
    ERROR,
    "存在问题填写“{text}”，而{below}；请汇总各项目的问题，上下一致",
)
def problems_only_below(facts: Facts) -> Problems:
    """部门的存在问题写“无”，而项目写有问题或没有达到指标值.

    依据：部门的存在问题由各项目的问题汇总，上下一致。
    反例：
        叙述: {存在问题: 无。}
        项目: [{名称: 设备更新, 叙述: {存在问题: 设备到货时间偏晚。}}]
    """
    below = "、".join(_projects_with_problems(facts)) or "、".join(
        _missed_below(facts)
    )
    for name, texts in problem_chapters(facts.unit) if below else ():
        if texts and not any(map(is_stated, texts)):
            text = "".join(texts).rstrip("。")
            yield at("叙述", name, text=text, below=below)


def problem_chapters(one: Evaluation) -> Iterator[tuple[str, Sequence[str]]]:
    """The chapters that tell of problems, by their names."""
    for name, texts in one.narrative.items():
        if "问题" in name and "说明" not in name:
            yield name, texts


def _projects_with_problems(facts: Facts) -> Iterator[str]:
    for project in facts.projects:
        chapters = problem_chapters(project)
        if any(is_stated(text) for _, texts in chapters for text in texts):
            yield f"项目「{project.name}」写有问题"


def _missed_below(facts: Facts) -> Iterator[str]:
    for project, one in zip(
        facts.projects, facts.figures.projects, strict=True
    ):
        missed = [
            row_label(row.indicator)
            for row in one.indicators
            if row.reached is False
        ]
        if missed:
            names = "、".join(missed[:_MOST_NAMED])
            yield f"项目「{project.name}」的{names}没有达到指标值"


@rule(
    "AGG001",
    WARNING,
    "部门预算由年初 {initial} 调整为 {revised}（变动 {amount}），所列各项目的预算变动合计为 {projects}；"
    "请说明其余变动出在哪里，或在按支出性质中填写基本支出的年初、全年预算数",
)
def adjustment_not_of_projects(facts: Facts) -> Problems:
    """部门预算的调整额与各项目的调整额合计不符，又没有说明其余变动出在哪里.

    依据：部门的预算变动等于基本支出与各项目的变动之和。
    反例：
        资金: {年初预算数: 100, 全年预算数: 104, 全年执行数: 104}
        项目: [{名称: 设备更新, 资金: {年初预算数: 10, 全年预算数: 10, 全年执行数: 10}}]
    """
    whole = facts.figures.whole
    funds = whole.funds.totals
    changed = whole.funds.adjustment.value
    below = [one.funds.adjustment.value for one in facts.figures.projects]
    amounts = known(below)
    if not changed or not amounts or len(amounts) < len(below):
        return
    if is_stated(funds.adjustment_reason) or _splits_adjustment(funds):
        return
    total = sum(amounts, ZERO)
    if abs(total - changed) >= _CENT:
        yield at(
            "资金",
            "全年预算数",
            initial=funds.initial or ZERO,
            revised=funds.revised or ZERO,
            amount=changed,
            projects=total,
        )


def _splits_adjustment(funds: Funds) -> bool:
    """Whether 按支出性质 says where the change arose."""
    given = ((row.initial, row.revised) for row in funds.by_nature)
    return any(None not in amounts for amounts in given)


@rule(
    "AGG001",
    ERROR,
    "列入报告的项目预算 {covered} 万元，只占全部项目 {total} 万元的{share}；请列入{left}，或写明评价范围",
)
def projects_left_out(facts: Facts) -> Problems:
    """列入报告的项目只占全部项目预算的一部分.

    依据：报告应覆盖全部项目，只评价部分项目的须写明范围（下限见模板包的限值）。
    反例：
        项目:
          - {名称: 设备更新, 列入报告: 否, 资金: {年初预算数: 10, 全年预算数: 10, 全年执行数: 10}}
          - {名称: 人员培训, 资金: {年初预算数: 2, 全年预算数: 2, 全年执行数: 2}}
    """
    least = facts.limits.covered
    projects = facts.projects
    left = [n for n, one in enumerate(projects) if one.in_report == "否"]
    budgets = _budgets(projects)
    if least is None or budgets is None or not 0 < len(left) < len(projects):
        return
    total = sum(budgets, ZERO)
    covered = total - sum((budgets[n] for n in left), ZERO)
    if total and covered / total < least:
        names = "、".join(f"「{projects[n].name}」" for n in left)
        yield at(
            "项目",
            left[0],
            "列入报告",
            covered=covered,
            total=total,
            share=percent(covered / total),
            left=names,
        )


def _budgets(projects: Sequence[Project]) -> Sequence[Decimal] | None:
    """The budget of every project; None where one is not reported."""
    reported = known(
        given(one.funds.revised, one.funds.initial) for one in projects
    )
    return reported if len(reported) == len(projects) else None


@rule(
    "AGG001",
    ERROR,
    "「{row}」本年决算数 {stated}，而项目「{project}」（预算同为 {budget}）的全年执行数为 {executed}；请核对",
)
def base_row_against_project(facts: Facts) -> Problems:
    """基础数据中某项支出的决算数，与同一项目的全年执行数不同.

    依据：基础数据表与项目自评表中同一项支出的数字应当一致。
    反例：
        基础数据: {明细: {运行维护专项: {本年预算数: 45.52, 本年决算数: 111.09}}}
        项目: [{名称: 运行维护经费, 资金: {年初预算数: 45.52, 全年预算数: 45.52, 全年执行数: 45.52}}]
    """
    for name, row in facts.unit.base_data.rows.items():
        if row.budget is None or row.actual is None:
            continue
        project = _same_matter(name, row.budget, facts.projects)
        executed = project.funds.executed if project else None
        if project is None or executed is None:
            continue
        if abs(executed - row.actual) >= _CENT:
            yield at(
                "基础数据",
                "明细",
                name,
                "本年决算数",
                row=name,
                stated=row.actual,
                project=project.name,
                budget=row.budget,
                executed=executed,
            )


def _same_matter(
    row: str, budget: Decimal, projects: Sequence[Project]
) -> Project | None:
    """The one project with that budget: it has a word in common with the row, or the amount is too exact for chance."""
    same = [one for one in projects if budget and one.funds.revised == budget]
    if len(same) != 1:
        return None
    shared = covered(_GENERIC.sub(" ", row), same[0].name)
    exact = len(plain(budget).replace(".", "").strip("0")) > _EXACT
    return same[0] if shared or exact else None


@rule(
    "AGG001",
    WARNING,
    "{name}总分 {stated}，各项目自评得分按资金加权平均为 {weighted}、简单平均为 {mean}；请核对，并写明采用哪一种",
)
def mean_of_projects_wrong(facts: Facts) -> Problems:
    """项目共性指标的总分与各项目自评得分的平均不符.

    依据：各项目合并评分的，总分为各项目得分的平均（按资金加权，或写明简单平均）。
    反例：
        模板: hecheng
        项目共性指标: {指标: {实施效益: {得分: 20}}, 自评结果: {总分: 20}}
        项目:
          - {名称: 设备更新, 指标: [{一级: 产出指标, 三级: 更新设备, 指标值: 8台, 实际值: 8台, 分值: 90}]}
          - {名称: 人员培训, 指标: [{一级: 产出指标, 三级: 培训场次, 指标值: 3场, 实际值: 3场, 分值: 90}]}
    """
    framework = facts.figures.project_framework
    projects = facts.figures.projects
    stated = framework.framework.outcome.score
    scores = known(one.printed_total for one in projects)
    amounts = [one.evaluation.funds.executed or ZERO for one in projects]
    comparable = len(scores) == len(projects) > 1 and all(amounts)
    if stated is None or not comparable:
        return
    weighted = mean(zip(scores, amounts, strict=True))
    if weighted is not None and abs(stated - weighted) > ONE:
        yield at(
            framework,
            "自评结果",
            "总分",
            name=framework.path[0],
            stated=stated,
            weighted=plain(weighted, 2),
            mean=plain(sum(scores, ZERO) / len(scores), 2),
        )
