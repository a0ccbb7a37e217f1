"""REV004–REV007, REV010: rows that count once, stand in the wrong place, belong to others, or lack something."""

import re
from collections.abc import Iterable

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow
from reportgen.checks.facts.indicator_text import money, same_value
from reportgen.checks.review.reviewed import DEDUCTED, Reviewed, reviewed, told
from reportgen.checks.rule import ADVICE, WARNING, Problems, at, first_of, rule
from reportgen.figures.deadlines import in_time
from reportgen.model.measure import DURATIONS

_MARKS = re.compile(r"\W|指标|完成|情况")
_SATISFIED = re.compile(r"满意|认可|好评|评价|获得感")
_TIMELY = re.compile(r"时|期|天|日|月|年|季|周|进度|速度|准点|率|前")
_COST = re.compile(r"费|款|额|成本|支出|资金|价|预算|投入|节约|控制|金")
_MOST_NAMED = 3
_SHORTEST = 2  # characters of whom a satisfaction is of: 学生
_ANYBODY = frozenset(
    {"服务对象", "群众", "公众", "社会公众", "受益对象", "人民群众", "职工"}
)


@rule(
    "REV004",
    WARNING,
    "「{name}」与「{other}」是同一项，只算一次；请换一项指标" + DEDUCTED,
)
def counted_twice(facts: Facts) -> Problems:
    """同一项指标在两类下各列了一次.

    依据：同一件事只考核一次，重复的只计一项。
    反例：
        模板: hubei
        指标:
          - {一级: 产出指标, 二级: 数量指标, 三级: 接待读者, 指标值: ≥900人次, 实际值: 950人次, 得分: 40,
            核心指标: 是, 佐证材料: 闸机记录}
          - {一级: 效益指标, 二级: 社会效益指标, 三级: 接待读者人次, 指标值: ≥900人次, 实际值: 950人次, 得分: 30,
            佐证材料: 闸机记录}
    """
    for one in reviewed(facts, "REV004"):
        for position, row in enumerate(one.rows):
            first = _same_before(row, one.rows[:position])
            if first is not None:
                yield one.problem(row, "三级", other=first.name)


def _same_before(
    row: IndicatorRow, rows: Iterable[IndicatorRow]
) -> IndicatorRow | None:
    """The row of another group that is this one: one name within the other, the same target and actual value."""
    name = _MARKS.sub("", row.name)
    for other in rows:
        before = _MARKS.sub("", other.name)
        alike = bool(name and before) and (name in before or before in name)
        if alike and other.dimension != row.dimension and _same(row, other):
            return other
    return None


def _same(row: IndicatorRow, other: IndicatorRow) -> bool:
    pairs = ((row.target, other.target), (row.actual, other.actual))
    return all(one and two and same_value(one, two) for one, two in pairs)


@rule(
    "REV005",
    WARNING,
    "「{name}」不属于{category}；请换到相应的类别，或换一项指标" + DEDUCTED,
)
def of_another_category(facts: Facts) -> Problems:
    """三级指标与所属的二级指标不符.

    依据：三级指标应当是所属二级指标的具体化；时效指标考核时间，成本指标考核花费，满意度指标考核满意程度。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 时效指标, 三级: 安装路灯, 指标值: ≥30盏, 实际值: 30盏, 得分: 40,
          核心指标: 是, 佐证材料: 验收单}]
    """
    for one in reviewed(facts, "REV005"):
        for row in one.rows:
            if row.name and row.target and _misplaced(row):
                yield one.problem(row, "二级", category=row.category_label)


def _misplaced(row: IndicatorRow) -> bool:
    """Whether neither the name nor the target is of the kind of its 二级."""
    target = row.target
    if target is None:
        return False
    if "满意度" in row.category:
        return not _SATISFIED.search(row.name)
    if row.category == "时效":
        timed = target.measure in DURATIONS or in_time(target, target)
        in_words = target.value is None
        return not (timed or in_words or _TIMELY.search(row.name))
    if row.is_cost and target.value is not None:
        return money(target) is None and not _COST.search(row.name)
    return False


@rule(
    "REV006",
    WARNING,
    "「{name}」的受益对象“{whom}”是「{project}」项目的，本项目的内容里没有；请核对"
    + DEDUCTED,
)
def beneficiary_of_another(facts: Facts) -> Problems:
    """满意度的对象是另一个项目的受益对象.

    依据：满意度调查的对象是本项目的受益对象，照抄其他项目的不计分。
    反例：
        模板: hubei
        项目:
          - {名称: 学生营养餐, 年度目标: {预期目标: 为学生供餐, 完成情况: 为学生供餐186天}}
          - 名称: 村道硬化
            年度目标: {预期目标: 硬化村道6公里, 完成情况: 硬化村道6.2公里}
            指标: [{一级: 满意度指标, 二级: 服务对象满意度指标, 三级: 学生满意度, 指标值: ≥90%, 实际值: 95%, 得分: 10,
              核心指标: 是, 佐证材料: 问卷100份}]
    """
    for one in reviewed(facts, "REV006"):
        for row in one.rows:
            whom = _beneficiary(row)
            project = _owner_of(facts, row.owner, whom) if whom else ""
            if project:
                yield one.problem(row, "三级", whom=whom, project=project)


def _beneficiary(row: IndicatorRow) -> str:
    """Whose satisfaction it is, "" where it may be anybody's or the row is of the whole unit."""
    whom, found, _ = row.name.lstrip("★").partition("满意")
    general = whom in _ANYBODY or len(whom) < _SHORTEST
    return "" if row.owner is None or general or not found else whom


def _owner_of(facts: Facts, owner: int | None, whom: str) -> str:
    """The other project that speaks of them, where this one does not."""
    named = [
        project.name
        for position, project in enumerate(facts.unit.projects)
        if whom in _about(facts, position)
    ]
    own = facts.unit.projects[owner or 0].name
    return "" if own in named or not named else named[0]


def _about(facts: Facts, position: int) -> str:
    """What a project says it is about, but for its satisfaction."""
    project = facts.unit.projects[position]
    goals = project.goals
    rows = (row.name for row in project.indicators if "满意" not in row.name)
    return "，".join(
        (project.name, project.purpose, *goals.expected, *goals.achieved, *rows)
    )


@rule(
    "REV007",
    ADVICE,
    "{names}没有写明佐证材料；请在佐证材料一栏写上材料的名称" + DEDUCTED,
)
def evidence_not_named(facts: Facts) -> Problems:
    """没有写明佐证材料.

    依据：实际完成值要有材料证明，复核、抽查时没有材料的按比例扣分。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场, 得分: 40, 核心指标: 是}]
    """
    for one in reviewed(facts, "REV007"):
        rows = tuple(row for row in one.rows if _lacks_evidence(row))
        if rows:
            names = [f"「{row.label}」" for row in rows]
            lacking = Reviewed(one.table, rows, one.share)
            yield at(
                *rows[0].path,
                "佐证材料",
                names=first_of(
                    names, _MOST_NAMED, f"等 {len(names)} 项", between=""
                ),
                deducted=told(one.share, lacking.weight, "这些项分值"),
            )


def _lacks_evidence(row: IndicatorRow) -> bool:
    """Whether a value that can be proved has no proof; one that copies its target in words is told of by REV009."""
    if row.actual is None or row.indicator.evidence.strip():
        return False
    return row.actual.value is not None


@rule(
    "REV010",
    WARNING,
    "指标表没有标出核心指标（★）；请把最能反映目标的一项标为核心指标"
    + DEDUCTED,
)
def core_missing(facts: Facts) -> Problems:
    """没有核心指标.

    依据：要求设核心指标的表，每张表至少标出一项，没有的复核时扣分。
    反例：
        模板: hubei
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 培训场次, 指标值: ≥30场, 实际值: 31场, 得分: 40,
          佐证材料: 签到册}]
    """
    whole = facts.pack.scoring.total
    for one in reviewed(facts, "REV010"):
        if not any(row.indicator.is_core for row in one.rows):
            path = one.rows[0].path[:-1]
            yield at(*path, deducted=told(one.share, whole, "总分"))
