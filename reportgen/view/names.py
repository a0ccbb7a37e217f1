"""The one place that decides which names a template may use, already formatted.

A view is nested dicts and lists with Chinese keys; its leaves are values, each with its path and its source, or True
and False. There is no None: a missing value is the pack's blank mark.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reportgen.core.numerals import ZERO, chinese_numeral, given, ratio, total
from reportgen.core.value import Value
from reportgen.figures.adding import persons
from reportgen.figures.catalogue import Figures
from reportgen.figures.common import (
    NOT_APPLICABLE,
    CommonFigures,
    FrameworkFigures,
)
from reportgen.figures.department import Department
from reportgen.model.base_data import BaseAmounts, BaseData
from reportgen.model.shape import fields_of
from reportgen.model.unit import Project, Signing, Staff, Unit
from reportgen.packs.manifest import Limits
from reportgen.packs.pack import Pack
from reportgen.view.department import department_view, grades
from reportgen.view.evaluation import evaluation_view
from reportgen.view.formatter import Formatter, View, Views, most_first
from reportgen.view.indicators import indicator_rows
from reportgen.view.matters import gathered


def build_view(
    unit: Unit,
    figures: Figures,
    pack: Pack,
    department: Department | None = None,
) -> View:
    """Every name that templates and snippets may use, but for 叙述, which the narrative fills."""
    show = Formatter(pack.numbers, unit=unit.amount_unit)
    projects = _projects(unit, figures, pack, show)
    view = {
        **_dates(unit, show),
        "金额单位": show.computed.text(unit.amount_unit, "金额单位"),
        "单位": _profile(unit, show.at("单位")),
        "填报": _signing(unit.signing, unit, show.at("填报")),
        "下属单位": department_view(
            department, pack, show.at("下属单位").computed
        ),
        "限值": _limits(pack.limits, show.at("限值").computed),
        **evaluation_view(figures.whole, pack, show),
        "长期目标": show.paragraphs(unit.long_term_goals, "长期目标"),
        "长期指标": indicator_rows("长期指标", figures.long_term, pack, show),
        "年度工作任务": show.paragraphs(unit.tasks, "年度工作任务"),
        "基础数据": _base_data(unit, pack, show.at("基础数据")),
        **_framework("共性", figures.framework, show),
        **_framework("项目共性", figures.project_framework, show),
        "补充": {
            name: show.at("补充").paragraphs(
                unit.supplement.get(name, ()), name
            )
            for name in pack.manifest.supplement
        },
        "项目列表": show.those(projects, "项目列表"),
        "项目汇总": _summary(projects, figures, show.at("项目汇总").computed),
    }
    return view | gathered(view, pack, show)


def project_view(view: View, project: View) -> View:
    """The names for a document of one project, who signs its form among them."""
    return {**view, "项目": project, "填报": project["填报"]}


def chinese_date(day: date | None) -> str:
    """2023年3月15日, or "" without a date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _dates(unit: Unit, show: Formatter) -> View:
    year = int(unit.year)
    return {
        "年度": show.text(unit.year, "年度"),
        "填报日期": show.text(chinese_date(unit.filled_on), "填报日期"),
        "上年度": show.computed.text(str(year - 1), "上年度"),
        "前年度": show.computed.text(str(year - 2), "前年度"),
    }


def _limits(limits: Limits, show: Formatter) -> View:
    return {
        field.key: show.limit(getattr(limits, field.name), field.key)
        for field in fields_of(Limits)
    }


def _profile(unit: Unit, show: Formatter) -> View:
    profile = unit.profile
    staff, heads = profile.staff, show.at("人员")
    offices: Decimal | int | None = profile.offices
    if offices is None and profile.office_names:
        offices = len(profile.office_names)
    return {
        **show.reported(profile),
        "简称": show.text(profile.short_name or profile.name, "简称"),
        "内设机构数": show.count(offices, "内设机构数"),
        "人员": {
            **heads.reported(staff),
            "合计": heads.count(given(staff.total, persons(staff)), "合计"),
            "空编": heads.computed.count(_vacancies(staff), "空编"),
        },
    }


def _vacancies(staff: Staff) -> Decimal | None:
    """编制 that nobody holds."""
    if staff.established is None or staff.serving is None:
        return None
    return max(staff.established - staff.serving, ZERO)


def _signing(signing: Signing, unit: Unit, show: Formatter) -> View:
    date_shown = signing.date or chinese_date(unit.filled_on)
    names = show.reported(signing)
    del names["日期"]
    return {**names, "填报日期": show.text(date_shown, "填报日期", "日期")}


def _signing_of(project: Project, unit: Unit) -> Signing:
    """Who signs a project's form: what the project says of it, the rest as the unit says."""
    if project.signing is None:
        return unit.signing
    own = project.signing.model_dump(exclude_unset=True, by_alias=False)
    return unit.signing.model_copy(update=own)


def _base_data(unit: Unit, pack: Pack, show: Formatter) -> View:
    """基础数据 with every row of the model and every 明细 of the pack, so that a form can print each by name."""
    data, staff = unit.base_data, unit.profile.staff
    rate: Decimal | None = data.control_rate
    if rate is None:
        rate = ratio(staff.serving, staff.established)
    named, details = pack.manifest.base_rows, show.at("明细")
    others = [name for name in data.rows if name not in named]
    return {
        **_base_rows(data, show),
        "预算调整": show.money(data.adjustment, "预算调整"),
        "在职人员控制率": show.rate(rate, "在职人员控制率"),
        "明细": {
            name: details.at(name).reported(data.rows.get(name, BaseAmounts()))
            for name in named
        },
        "其他明细": [
            {
                "名称": own.computed.text(name, "名称"),
                **own.reported(data.rows[name]),
            }
            for name, own in _other_details(others, show)
        ],
        "已填": data != BaseData(),
    }


def _base_rows(data: BaseData, show: Formatter) -> View:
    return {
        field.key: show.at(field.key).reported(getattr(data, field.name))
        for field in fields_of(BaseData)
        if field.model is BaseAmounts and not field.named
    }


def _other_details(
    names: Sequence[str], show: Formatter
) -> Iterator[tuple[str, Formatter]]:
    sources = (show.at("明细", "明细", name).source for name in names)
    return zip(names, show.rows("其他明细", names, sources), strict=True)


def _framework(name: str, figures: FrameworkFigures, show: Formatter) -> View:
    """The names of one 共性 framework: each of its indicators, and the totals."""
    rows, totals = show.at(name), show.at(f"{name}合计")
    totals = totals.reported_as((*figures.path, "自评结果"))
    return {
        name: {
            one.name: _common(one, rows.at(one.name).reported_as(one.path))
            for one in figures.indicators
        },
        f"{name}合计": {
            "分值": totals.computed.points(figures.weight_total, "分值"),
            "得分": totals.points(figures.printed_total, "得分", "总分"),
            "已填": figures.has_data,
        },
    }


def _common(one: CommonFigures, show: Formatter) -> View:
    scored = one.spec.weight is None or one.counted
    names = show.reported(one.reported)
    del names["评分标准"]
    return {
        **names,
        "实际值": _common_actual(one.printed_actual, show),
        "分值": show.computed.points(one.spec.weight, "分值"),
        "得分": show.points(one.printed_score, "得分")
        if scored
        else show.blank("得分", mark=NOT_APPLICABLE),
    }


def _common_actual(actual: Decimal | str | None, show: Formatter) -> Value:
    if isinstance(actual, Decimal):
        return show.rate(actual, "实际值")
    return (
        show.text(actual.strip(), "实际值") if actual else show.blank("实际值")
    )


def _choices(project: Project, pack: Pack, show: Formatter) -> View:
    """For each 选项 of the pack the mark of each of its choices: ☑ where the project chose it, else □."""
    marks: View = {}
    for name, choices in pack.manifest.choices.items():
        chosen, own = project.choices.get(name, ()), show.at(name)
        marks[name] = {
            one: own.tick(one, chosen=one in chosen) for one in choices
        }
    return marks


def _projects(
    unit: Unit,
    figures: Figures,
    pack: Pack,
    show: Formatter,
) -> Views:
    told_by = (one.name for one in unit.projects)
    sources = (one.path for one in figures.projects)
    rows = zip(
        unit.projects,
        figures.projects,
        figures.of_projects,
        show.rows("项目", told_by, sources),
        strict=True,
    )
    return [
        _project(unit, project, position, own, evaluation_view(one, pack, own))
        | _own_fields(project, pack, own)
        | _framework("共性", framework, own)
        for position, (project, one, framework, own) in enumerate(rows, start=1)
    ]


def _own_fields(project: Project, pack: Pack, show: Formatter) -> View:
    """选项 of a project, and its 补充."""
    below = show.at("补充")
    return {
        "选项": _choices(project, pack, show.at("选项")),
        "补充": [
            {
                "名称": below.computed.text(name, f"{name}|名称"),
                "内容": below.paragraphs(texts, name),
            }
            for name, texts in project.supplement.items()
        ],
    }


def _project(
    unit: Unit,
    project: Project,
    position: int,
    show: Formatter,
    evaluation: View,
) -> View:
    name = project.name
    spoken = name if name.endswith("项目") else f"{name}项目"
    return {
        **show.reported(project),
        "序号": show.computed.count(position, "序号"),
        "中文序号": show.computed.text(chinese_numeral(position), "中文序号"),
        "称呼": show.computed.text(spoken, "称呼"),
        "表题": show.text(project.title or name, "表题"),
        "清单名称": show.text(project.listed_name or name, "清单名称"),
        "列入报告": project.in_report == "是",
        "填报": _signing(_signing_of(project, unit), unit, show.at("填报")),
        **evaluation,
    }


def _summary(projects: Views, figures: Figures, show: Formatter) -> View:
    """The projects taken together: budgets added, grades counted, those in the report, those that spent all and not."""
    funds = [one.evaluation.funds for one in figures.projects]
    revised = total([one.revised for one in funds])
    executed = total([one.executed for one in funds])
    ranked = _by_score(projects)
    return {
        "全年预算数": show.money(revised, "全年预算数"),
        "全年执行数": show.money(executed, "全年执行数"),
        "等级": grades(ranked or projects, show),
        "列入报告": show.those(
            (one for one in projects if one["列入报告"]), "列入报告"
        ),
        **_by_spending(projects, show),
        "按得分": ranked,
        "按结转": most_first(projects, lambda one: one["资金"]["结转"]),
    }


def _by_spending(projects: Views, show: Formatter) -> View:
    """Those that spent all they had, and those that did not; a form for targets gives only 年初预算数."""
    spent_all, left_over = [], []
    for one in projects:
        funds = one["资金"]
        if funds["执行率"] >= 100:
            spent_all.append(one)
        elif funds["全年预算数"] or funds["全年执行数"]:
            left_over.append(one)
    return {
        "足额": show.those(spent_all, "足额"),
        "未足额": show.those(left_over, "未足额"),
    }


def _by_score(projects: Views) -> Views:
    """The projects that have a score, the best first; none where all have the same."""
    ranked = most_first(projects, lambda one: one["合计"]["得分"])
    scores = {one["合计"]["得分"].number for one in ranked}
    return ranked if len(scores) > 1 else []
