"""REQ001: groups, fields and projects of a form that were left empty though the pack requires them."""

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import is_filled_in
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problems, at, rule
from reportgen.figures.adding import AMOUNTS
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.figure import FieldPath
from reportgen.model.shape import field_named, fields_of
from reportgen.model.target import Target
from reportgen.model.unit import Evaluation

_OF_EVALUATIONS = (
    "资金",
    "年度目标",
    "指标",
    "自评结果",
)  # of the whole and of projects
_OF_RESULTS = (
    "全年执行数",
    "完成情况",
    "自评结果",
)  # not before the year is over
_WORDS = re.compile(r"\w+")


@rule("REQ001", ERROR, "没有填写{group}；模板包「{pack}」要求填写，请补上")
def group_empty(facts: Facts) -> Problems:
    """资金、年度目标或指标整组没有填写.

    依据：模板包的必填项；整体没有填而各项目填了年度目标、指标的，按项目评价，整体可以不填。
    反例：
        资金: {}
    """
    tables = facts.evaluations
    empty = [(one.path, [*_empty_groups(facts, one)]) for one in tables]
    owing = sum(is_filled_in(one.evaluation) for one in tables)
    for group in _GROUPS:
        paths = [(*path, group) for path, groups in empty if group in groups]
        yield from _told(paths, owing, group, facts)


def _told(
    paths: Sequence[FieldPath],
    owing: int,
    what: str,
    facts: Facts,
) -> Problems:
    """Each place where `what` is missing; one finding where it is missing in every one of several tables."""
    pack = facts.pack.name
    if owing > 1 and len(paths) == owing:
        yield at(
            *paths[0],
            message="{count} 张表都没有填写{group}；模板包「{pack}」要求填写，表中有这一栏的请补上",
            severity=WARNING,
            count=owing,
            group=what,
            pack=pack,
        )
        return
    for path in paths:
        yield at(*path, group=what, field=what, pack=pack)


def has_money(one: Evaluation) -> bool:
    """Whether any amount of 资金 was given, in the total or in a row."""
    funds = one.funds
    rows = (*funds.by_source, *funds.by_income, *funds.by_nature)
    return any(
        getattr(line, amount) is not None
        for line in (funds, *rows)
        for amount, _ in AMOUNTS
    )


_GROUPS = {
    "资金": has_money,
    "年度目标": lambda one: bool(one.goals.expected or one.goals.achieved),
    "指标": is_filled_in,
}


def _empty_groups(facts: Facts, one: EvaluationFigures) -> Iterator[str]:
    """The groups that the pack requires of the whole or of a project and that say nothing at all there."""
    for group, is_given in _GROUPS.items():
        if is_given(one.evaluation) or not _is_required(facts, group):
            continue
        if is_filled_in(one.evaluation) or _is_due(facts, one, group):
            yield group


def _is_required(facts: Facts, group: str) -> bool:
    """Whether the pack requires the group, or several fields of it; one field alone is told by its name."""
    required = [entry.strip() for entry in facts.manifest.required]
    fields = [entry for entry in required if entry.startswith(f"{group}.")]
    return group in required or len(fields) > 1


def _is_due(facts: Facts, one: EvaluationFigures, group: str) -> bool:
    """Whether a table without indicators owes the group: a listed project its money, the whole what no project owes."""
    if one.path:
        return group == "资金"
    below = any(
        is_filled_in(project) or _GROUPS[group](project)
        for project in facts.projects
    )
    return not below and facts.department is None


@rule("REQ001", ERROR, "没有填写{field}；模板包「{pack}」要求填写，请补上")
def required_field_empty(facts: Facts) -> Problems:
    """模板要求的项没有填写.

    依据：模板包的必填项；目标、资金、自评结果各项，整体有指标的按整体填，每个有指标的项目各填一份。
    反例：
        年度目标: {完成情况: 培训三十二场}
    """
    for entry in facts.manifest.required:
        steps = tuple(entry.strip().split("."))
        if _is_told_otherwise(facts, entry, steps):
            continue
        owners = list(_owners(facts, steps))
        paths = [
            (*path, *below)
            for owner, path, below in owners
            if not _is_filled(_reached(owner, below))
        ]
        below = steps[1:] if steps[0] == "项目" else steps
        owing = len(owners) if steps[0] in _GROUPS else 0
        yield from _told(paths, owing, ".".join(below), facts)


def _is_told_otherwise(facts: Facts, entry: str, steps: FieldPath) -> bool:
    """Whether the field is not due yet, is a whole group, or is told of by what is computed from it."""
    early = facts.declared and any(name in entry for name in _OF_RESULTS)
    is_group = len(steps) == 1 and steps[0] in _GROUPS
    return early or is_group or _computed_indicators_say_so(facts, steps)


def _owners(
    facts: Facts, steps: Sequence[str]
) -> Iterator[tuple[BaseModel, FieldPath, Sequence[str]]]:
    """Who must fill in the field, where it stands in the file, and its names from there."""
    first, *rest = steps
    of_projects = first == "项目" and bool(rest)
    if not of_projects and first not in _OF_EVALUATIONS:
        yield facts.unit, (), steps
        return
    for one in facts.evaluations:
        owes = one.path or not of_projects
        told = first in _empty_groups(facts, one)
        if owes and is_filled_in(one.evaluation) and not told:
            yield one.evaluation, one.path, rest if of_projects else steps


def _computed_indicators_say_so(facts: Facts, steps: FieldPath) -> bool:
    """Whether the 共性 indicators computed from that part of 基础数据 say it: 不适用, or no score without data."""
    users = [
        one
        for one in facts.commons
        if one.rate is not None
        and any(item.path[: len(steps)] == steps for item in one.rate.inputs)
    ]
    return bool(users) and all(one.reported.score is None for one in users)


def _reached(value: object, steps: Sequence[str]) -> object:
    """What stands at the Chinese names `steps` below `value`; None where nothing does."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, BaseModel):
            field = field_named(type(value), step)
            value = getattr(value, field.name) if field else None
        else:
            return None
    return value


def _is_filled(value: object) -> bool:
    if isinstance(value, BaseModel):
        fields = fields_of(type(value))
        return any(_is_filled(getattr(value, field.name)) for field in fields)
    if isinstance(value, Target):
        return _is_filled(value.text)
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ((), {})


@rule(
    "REQ001",
    ADVICE,
    "没有填写年度目标和指标，这个项目的自评表是空的；请补填，不单独评价的请从「项目」中删去",
)
def project_empty(facts: Facts) -> Problems:
    """项目只填了名称和资金，没有填目标和指标，而其他项目填了；或只填了项目，整体的表不生成.

    依据：项目支出绩效自评表逐个项目填写年度目标和绩效指标；整体的表填了资金或指标才生成。
    反例：
        项目:
          - {名称: 甲项目, 指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: 3场, 实际值: 3场}]}
          - {名称: 乙项目, 资金: {全年预算数: 10, 全年执行数: 10}}
    """
    documents = facts.manifest.documents
    below = facts.figures.projects
    evaluated = any(is_filled_in(one.evaluation) for one in below)
    if not evaluated or not any(spec.scope == "项目" for spec in documents):
        return
    for one, project in zip(below, facts.projects, strict=True):
        if not is_filled_in(one.evaluation) and not project.listed_name:
            yield at(one, "指标")
    yield from _forms_not_made(facts)


def _forms_not_made(facts: Facts) -> Problems:
    """The forms of the whole that are left out since nothing that they show was given; what is owed is told already."""
    whole = facts.figures.whole
    owed = [*_empty_groups(facts, whole)]
    for spec in facts.manifest.documents:
        words = _WORDS.findall(spec.when)
        groups = [group for group in _GROUPS if group in words]
        is_given = any(_GROUPS[group](whole.evaluation) for group in groups)
        is_left_out = spec.scope == "单位" and groups and not is_given
        if is_left_out and not owed and facts.department is None:
            named = "、".join(groups)
            yield at(
                groups[0],
                message="没有填写{groups}，不生成「{form}」；要这份表的，请补上",
                groups=named,
                form=spec.name,
            )
