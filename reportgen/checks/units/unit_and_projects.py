"""AGG001: what stands above against what stands below."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_stated, row_label
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.core.numerals import percent, plain
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import FrameworkFigures
from reportgen.model.unit import Unit

_CENT = Decimal("0.01")
_ONE = Decimal(1)  # point: means of scores that are closer than that agree
_PROBLEMS_BELOW = "存在问题填写“{text}”，而{below}；请汇总各项目的问题，上下一致"
_ADJUSTED = (
    "部门预算由年初 {initial} 调整为 {revised}（变动 {amount}），所列各项目的预算变动合计为 {projects}；"
    "请说明其余变动出在哪里，或在按支出性质中填写基本支出的年初、全年预算数"
)
_COVERED = "列入报告的项目预算 {covered} 万元，只占全部项目 {total} 万元的{share}；请列入{left}，或写明评价范围"
_BASE = "「{row}」本年决算数 {stated}，而项目「{project}」（预算同为 {budget}）的全年执行数为 {executed}；请核对"
_SCORES = "{name}总分 {stated}，各项目自评得分按资金加权平均为 {weighted}、简单平均为 {mean}；请核对，并写明采用哪一种"
_TWINS = "项目[{first}]和项目[{second}]都叫「{name}」；请删去重复的一个，或改正名称"
_COUNT = "{field}填报为 {stated}，列出的{items}有 {count} 个；请核对"


@rule("AGG001", ERROR, _COUNT)
def levels_disagree(facts: Facts) -> Iterator[Problem]:
    """部门与项目、合计与所列各项上下不一致.

    依据：上级的数等于下级之和；写明的个数等于列出的个数；项目不重名；项目有问题的，部门不应写“无”；报告应覆盖全部项目。
    反例：
        单位: {名称: 示范单位, 内设机构数: 4, 内设机构: [办公室, 业务股]}
    """
    profile = facts.unit.profile
    if (
        profile.offices is not None
        and len(profile.office_names) > 1
        and profile.offices != len(profile.office_names)
    ):
        count: dict[str, Any] = {
            "stated": plain(profile.offices),
            "count": len(profile.office_names),
        }
        yield at("单位", "内设机构数", field="内设机构数", items="内设机构", **count)
    yield from _twins(facts.unit)
    yield from _problems(facts)
    yield from _adjustment(facts)
    yield from _coverage(facts.unit, facts.pack.limits.covered)
    yield from _base_rows(facts.unit)
    yield from _mean_of_projects(facts, facts.figures.project_framework)


def _twins(unit: Unit) -> Iterator[Problem]:
    """Projects of one name: the same one twice, or a name that was not changed after copying."""
    first: dict[str, int] = {}
    for position, project in enumerate(unit.projects, start=1):
        name = project.name.strip()
        other = first.setdefault(name, position)
        if other != position and name:
            path = ("项目", position - 1, "名称")
            yield at(
                *path,
                message=_TWINS,
                severity=WARNING,
                first=other,
                second=position,
                name=name,
            )


def _problems(facts: Facts) -> Iterator[Problem]:
    """A section of problems that says 无, above projects that tell of problems or missed their targets."""
    unit = facts.unit
    for name, texts in unit.narrative.items():
        if (
            "问题" not in name
            or "说明" in name
            or not texts
            or any(map(is_stated, texts))
        ):
            continue
        below = "、".join(_told_below(facts)) or "、".join(_missed_below(facts))
        if below:
            yield at(
                "叙述",
                name,
                message=_PROBLEMS_BELOW,
                text="".join(texts).rstrip("。"),
                below=below,
            )


def _told_below(facts: Facts) -> Iterator[str]:
    for project in facts.unit.projects:
        told = [
            text
            for name, texts in project.narrative.items()
            if "问题" in name and "说明" not in name
            for text in texts
        ]
        if any(map(is_stated, told)):
            yield f"项目「{project.name}」写有问题"


def _missed_below(facts: Facts) -> Iterator[str]:
    """Projects with targets that were missed, three of each at most."""
    for project, one in zip(facts.unit.projects, facts.figures.projects, strict=True):
        missed = [
            row_label(row.indicator) for row in one.indicators if row.reached is False
        ]
        if missed:
            yield f"项目「{project.name}」的{'、'.join(missed[:3])}没有达到指标值"


def _adjustment(facts: Facts) -> Iterator[Problem]:
    """A change of the unit's budget that its projects do not make up, where the unit does not say what does."""
    whole, projects = facts.figures.whole, facts.figures.projects
    changed = whole.funds.adjustment.value
    below = [one.funds.adjustment.value for one in projects]
    if (
        not changed
        or not below
        or any(value is None for value in below)
        or is_stated(whole.evaluation.funds.adjustment_reason)
    ):
        return
    split = any(
        row.row.initial is not None and row.row.revised is not None
        for row in whole.funds.by_nature
    )
    total = sum((value for value in below if value is not None), Decimal(0))
    if not split and abs(total - changed) >= _CENT:
        funds = whole.evaluation.funds
        amounts: dict[str, Any] = {
            "initial": plain(funds.initial or Decimal(0)),
            "revised": plain(funds.revised or Decimal(0)),
        }
        amounts |= {"amount": plain(changed), "projects": plain(total)}
        yield at("资金", "全年预算数", message=_ADJUSTED, severity=WARNING, **amounts)


def _coverage(unit: Unit, least: Decimal | None) -> Iterator[Problem]:
    """Projects left out of a report that speaks of the whole year."""
    amounts = [
        one.funds.revised if one.funds.revised is not None else one.funds.initial
        for one in unit.projects
    ]
    left = [(n, one) for n, one in enumerate(unit.projects) if one.in_report == "否"]
    if (
        least is None
        or not left
        or len(left) == len(amounts)
        or any(amount is None for amount in amounts)
    ):
        return
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    missing = sum((amounts[n] or Decimal(0) for n, _ in left), Decimal(0))
    if total and (share := 1 - missing / total) < least:
        said_amounts: dict[str, Any] = {
            "covered": plain(total - missing),
            "total": plain(total),
            "share": percent(share),
        }
        names = "、".join(f"「{one.name}」" for _, one in left)
        yield at(
            "项目", left[0][0], "列入报告", message=_COVERED, left=names, **said_amounts
        )


def _base_rows(unit: Unit) -> Iterator[Problem]:
    """A row of 基础数据 with the budget of one project and another amount spent than that project."""
    budgets: dict[Decimal, list[int]] = {}
    for n, project in enumerate(unit.projects):
        if project.funds.revised:
            budgets.setdefault(project.funds.revised, []).append(n)
    for name, row in unit.base_data.rows.items():
        matches = budgets.get(row.budget, []) if row.budget else []
        if len(matches) != 1 or row.actual is None or row.budget is None:
            continue
        project = unit.projects[matches[0]]
        executed = project.funds.executed
        if executed is not None and abs(executed - row.actual) >= _CENT:
            shown: dict[str, Any] = {
                "row": name,
                "stated": plain(row.actual),
                "project": project.name,
                "budget": plain(row.budget),
            }
            yield at(
                "基础数据",
                "明细",
                name,
                "本年决算数",
                message=_BASE,
                executed=plain(executed),
                **shown,
            )


def _mean_of_projects(facts: Facts, framework: FrameworkFigures) -> Iterator[Problem]:
    """The score of the projects taken together against the mean of their own forms, weighted by money."""
    stated = framework.framework.outcome.score
    scored = [one for one in facts.figures.projects if one.printed_total is not None]
    if stated is None or len(scored) < 2 or len(scored) != len(facts.figures.projects):
        return
    amounts = [_money(one) for one in scored]
    totals = [one.printed_total or Decimal(0) for one in scored]
    if not all(amounts):
        return
    weighted = sum(
        (score * amount for score, amount in zip(totals, amounts, strict=True)),
        Decimal(0),
    ) / sum(amounts)
    mean = sum(totals, Decimal(0)) / len(totals)
    if abs(stated - weighted) > _ONE:
        shown: dict[str, Any] = {
            "stated": plain(stated),
            "weighted": plain(weighted, 2),
            "mean": plain(mean, 2),
        }
        path = (*framework.path, "自评结果", "总分")
        yield at(
            *path, message=_SCORES, severity=WARNING, name=framework.path[0], **shown
        )


def _money(one: EvaluationFigures) -> Decimal:
    return one.evaluation.funds.executed or Decimal(0)
