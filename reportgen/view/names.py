"""The one place that decides which names a template may use, already formatted.

A view is nested dicts and lists with Chinese keys; its leaves are text (`Shown` where there is a number behind it), or
True and False. There is no None: a missing value is the pack's blank mark. Each mapping holds its own path.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.core.numerals import chinese_numeral, ratio
from reportgen.figures.catalogue import EvaluationFigures, Figures
from reportgen.figures.common import NOT_APPLICABLE, CommonFigures, FrameworkFigures
from reportgen.figures.department import Department
from reportgen.model.base_data import BaseAmounts, BaseData
from reportgen.model.unit import Project, Signing, Unit
from reportgen.packs.pack import Pack
from reportgen.view.department import department_view
from reportgen.view.evaluation import (
    evaluation_view,
    grouped,
    indicator_rows,
    measured_text,
)
from reportgen.view.paths import add_paths
from reportgen.view.shown import Formatter, Shown, View


def build_view(
    unit: Unit, figures: Figures, pack: Pack, department: Department | None = None
) -> View:
    """Every name that templates and snippets may use, but for 叙述, which the narrative fills."""
    show = Formatter(pack.numbers)
    view: View = {
        "年度": unit.year,
        "填报日期": chinese_date(unit.filled_on),
        "单位": _profile(unit, show),
        "上年度": str(int(unit.year) - 1),
        "前年度": str(int(unit.year) - 2),
        "填报": _signing(unit.signing, unit),
        "下属单位": department_view(department, show),
        "限值": {
            field.alias or name: Shown.of(limit.text, limit * 100)
            if limit is not None
            else show.blank
            for name, field in type(pack.limits).model_fields.items()
            for limit in [getattr(pack.limits, name)]
        },
        **evaluation_view(figures.whole, pack, show),
        "长期目标": list(unit.long_term_goals),
        "长期指标": indicator_rows(figures.long_term, show),
        "年度工作任务": list(unit.tasks),
        "基础数据": _base_data(unit, pack, show),
        "共性": _framework(figures.framework, show),
        "共性合计": _framework_total(figures.framework, show),
        "项目共性": _framework(figures.project_framework, show),
        "项目共性合计": _framework_total(figures.project_framework, show),
        "补充": {
            name: list(unit.supplement.get(name, ()))
            for name in pack.manifest.supplement
        },
    }
    projects = [
        _project(unit, project, one, position, pack, show)
        for position, (project, one) in enumerate(
            zip(unit.projects, figures.projects, strict=True), start=1
        )
    ]
    return add_paths(
        {**view, "项目列表": projects, "项目汇总": _summary(projects, figures, show)}
    )


def project_view(view: View, project: View) -> View:
    """The names for a document of one project."""
    return {**view, "项目": project}


def chinese_date(day: date | None) -> str:
    """2023年3月15日, or "" without a date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _profile(unit: Unit, show: Formatter) -> View:
    profile, staff = unit.profile, unit.profile.staff
    offices = (
        Decimal(len(profile.office_names))
        if profile.offices is None and profile.office_names
        else profile.offices
    )
    stated = [
        n for n in (staff.serving, staff.retired_cadres, staff.retired) if n is not None
    ]
    total = (
        staff.total
        if staff.total is not None
        else sum(stated, Decimal(0))
        if stated
        else None
    )
    return {
        "名称": profile.name,
        "简称": profile.short_name or profile.name,
        "性质": profile.nature,
        "预算级次": profile.level,
        "主管部门": profile.supervisor,
        "职责": list(profile.duties),
        "内设机构数": show.count(offices),
        "内设机构": list(profile.office_names),
        "下属单位数": show.count(profile.subordinates),
        "人员": {
            "编制": show.count(staff.established),
            "在职": show.count(staff.serving),
            "离休": show.count(staff.retired_cadres),
            "退休": show.count(staff.retired),
            "合计": show.count(total),
        },
    }


def _signing_of(project: Project, unit: Unit) -> Signing:
    """Who signs a project's form: what the project says of it, the rest as the unit says."""
    if project.signing is None:
        return unit.signing
    own = {
        name: getattr(project.signing, name)
        for name in project.signing.model_fields_set
    }
    return unit.signing.model_copy(update=own)


def _signing(signing: Signing, unit: Unit) -> View:
    return {
        "填报人": signing.filled_by,
        "联系电话": signing.telephone,
        "填报日期": signing.date or chinese_date(unit.filled_on),
        "负责人": signing.responsible,
    }


def _base_data(unit: Unit, pack: Pack, show: Formatter) -> View:
    """基础数据 with every row of the model and every 明细 of the pack, so that a form can print each by name."""
    data, staff, stated = (
        unit.base_data,
        unit.profile.staff,
        unit.base_data.control_rate,
    )
    rows = {
        field.alias or name: _amounts(getattr(data, name), show)
        for name, field in type(data).model_fields.items()
        if field.annotation is BaseAmounts
    }
    named = {
        name: _amounts(data.rows.get(name, BaseAmounts()), show)
        for name in pack.manifest.base_rows
    }
    others = [
        {"名称": name, **_amounts(row, show)}
        for name, row in data.rows.items()
        if name not in named
    ]
    return {
        **rows,
        "预算调整": show.money(data.adjustment),
        "在职人员控制率": show.rate(
            ratio(staff.serving, staff.established) if stated is None else stated
        ),
        "明细": named,
        "其他明细": others,
        "已填": data != BaseData(),
    }


def _amounts(amounts: BaseAmounts, show: Formatter) -> View:
    return {
        "上年决算数": show.money(amounts.previous),
        "本年预算数": show.money(amounts.budget),
        "本年决算数": show.money(amounts.actual),
    }


def _framework(figures: FrameworkFigures, show: Formatter) -> View:
    return {one.name: _common(one, show) for one in figures.indicators}


def _common(one: CommonFigures, show: Formatter) -> View:
    actual, score = one.printed_actual, one.printed_score
    scored = one.spec.weight is None or one.counted
    return {
        "指标分类": one.reported.classification,
        "指标值": measured_text(one.reported.target, show),
        "实际值": show.rate(actual)
        if isinstance(actual, Decimal)
        else actual.strip()
        if actual
        else show.blank,
        "分值": show.points(one.spec.weight),
        "得分": show.points(score) if scored else Shown.of(NOT_APPLICABLE, None),
        "偏差原因": one.reported.deviation,
    }


def _framework_total(figures: FrameworkFigures, show: Formatter) -> View:
    return {
        "分值": show.points(figures.weight_total),
        "得分": show.points(figures.printed_total),
        "已填": figures.has_data,
    }


def _choices(project: Project, pack: Pack, show: Formatter) -> View:
    """For each 选项 of the pack the mark of each of its choices: ☑ where the project chose it, else □."""
    return {
        name: {
            choice: show.ticked
            if choice in project.choices.get(name, ())
            else show.unticked
            for choice in choices
        }
        for name, choices in pack.manifest.choices.items()
    }


def _project(
    unit: Unit,
    project: Project,
    figures: EvaluationFigures,
    position: int,
    pack: Pack,
    show: Formatter,
) -> View:
    return {
        "序号": Shown.of(str(position), Decimal(position)),
        "中文序号": chinese_numeral(position),
        "名称": project.name,
        "称呼": project.name
        if project.name.endswith("项目")
        else f"{project.name}项目",
        "表题": project.title or project.name,
        "清单名称": project.listed_name or project.name,
        "类别": project.category,
        "项目总预算": show.money(project.total_budget),
        "用途": project.purpose,
        "选项": _choices(project, pack, show),
        "列入报告": project.in_report == "是",
        "备注": project.remark,
        "填报": _signing(_signing_of(project, unit), unit),
        "主管部门": project.supervisor,
        "实施单位": project.performer,
        **evaluation_view(figures, pack, show),
    }


def _has_funds(project: View) -> bool:
    """Whether the year's budget or spending was reported; a form for targets gives only 年初预算数."""
    return bool(project["资金"]["全年预算数"] or project["资金"]["全年执行数"])


def _summary(projects: list[View], figures: Figures, show: Formatter) -> View:
    """The projects taken together: budgets added, grades counted, those in the report, those that spent all and not."""
    funds = [one.evaluation.funds for one in figures.projects]
    grades = grouped(projects, "等级")
    return {
        "全年预算数": show.money(_total([one.revised for one in funds])),
        "全年执行数": show.money(_total([one.executed for one in funds])),
        "等级": [
            {"名称": name, "个数": str(len(members))}
            for name, members in grades.items()
            if name
        ],
        "列入报告": [one for one in projects if one["列入报告"]],
        "足额": [one for one in projects if one["资金"]["执行率"] >= 100],
        "未足额": [
            one
            for one in projects
            if _has_funds(one) and not one["资金"]["执行率"] >= 100
        ],
    }


def _total(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what was reported, None where nothing was."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
