"""TXT001: numbers in prose against the tables, where the words before a number say what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.reported_values import (
    EXECUTED,
    INITIAL,
    OTHER,
    RATE,
    REVISED,
    ReportedValue,
    Subject,
    agrees,
    values_of,
)
from reportgen.checks.facts.statements import PERSONS, Statement, rows_of
from reportgen.checks.rule import ERROR, WARNING, Problem, at, rule
from reportgen.core.findings import Severity, dotted
from reportgen.figures.figure import FieldPath
from reportgen.model.values import Reported
from reportgen.narrative.numbers import COUNT, MONEY, PERCENT

_COLUMNS = {
    "年初预算": (INITIAL,),
    "全年预算": (REVISED, INITIAL),
    "预算": (INITIAL, REVISED, OTHER),
    "资金": (INITIAL, REVISED, EXECUTED, OTHER),
    "执行": (EXECUTED,),
    "总预算": (INITIAL, REVISED, OTHER),
    "执行率": (RATE,),
    "调整额": (OTHER,),
    "结余": (OTHER,),
    "": (INITIAL, REVISED, EXECUTED, OTHER),
}
_ONLY = {"调整额": "预算调整额", "结余": "结余"}
COUNTED = frozenset({"项目数", "指标数"})
_IN_PARTS = frozenset({"执行", "资金", ""})
_LOOSE = COUNTED | {"结余", "调整额"}  # a text may mean fewer of them, or more
_COUNTED_IN = frozenset("个项")
_MAIN = (INITIAL, REVISED, EXECUTED)
_PERSON_MEASURES = frozenset("人名个位")
_GOAL, _TARGET, _ACTUAL = "预期目标", "指标值", "实际值"
_SATISFACTION = "满意"


@rule(
    "TXT001",
    ERROR,
    "文中“{said}”与表不一致：{known}（{where}）{note}；请核对后改正其中一处",
)
def number_disagrees(facts: Facts) -> Iterator[Problem]:
    """文中写明是某项指标、某项资金的数字，与表中该项不同.

    依据：自评报告与自评表出自同一套数据，同一项内容的数字（换算单位、四舍五入后）应当一致。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 96.5}
        叙述: {资金执行情况: 全年预算数为100万元，全年执行数为95.6万元，执行率96.50%。}
    """
    for statement in facts.statements:
        one = statement.quantity
        if one.upper is not None or (one.change and statement.figure != "调整额"):
            continue
        values, severity = _allowed(facts, statement)
        if (
            values
            and not any(agrees(one, value) for value in values)
            and not _is_part(facts, statement)
        ):
            yield _problem(facts, statement, values, severity)


def _is_part(facts: Facts, statement: Statement) -> bool:
    """Whether the paragraph gives several numbers for the same: 拨付30万元用于甲，拨付70万元用于乙."""
    if statement.figure not in _IN_PARTS or statement.rows:
        return False
    same = (
        one
        for one in facts.statements
        if one.passage is statement.passage
        and (one.word, one.subjects, one.measured)
        == (statement.word, statement.subjects, statement.measured)
    )
    return any(
        one is not statement and one.quantity.value != statement.quantity.value
        for one in same
    )


def _problem(
    facts: Facts, statement: Statement, values: list[ReportedValue], severity: Severity
) -> Problem:
    one, block = statement.quantity, statement.passage.block
    of_goal = (
        [value for value in values if value.column == _TARGET]
        if block.section == _GOAL
        else []
    )
    nearest = min(of_goal or values, key=lambda value: abs(value.value - one.value))
    return at(
        *block.path,
        severity=severity,
        said=block.text[block.text.rfind(statement.word, 0, one.start) : one.end],
        known="、".join(
            dict.fromkeys(
                f"{one.name}为{one.shown}" for one in _shown(statement, values, nearest)
            )
        ),
        where=dotted(nearest.where),
        note=_elsewhere(facts, statement),
    )


def _shown(
    statement: Statement, values: list[ReportedValue], nearest: ReportedValue
) -> list[ReportedValue]:
    """The nearest value; all columns where only a project or a row is named: 工资福利支出174.5万元."""
    main = [value for value in values if value.column in _MAIN]
    return (
        main
        if main and statement.subjects and not statement.figure and not statement.rows
        else [nearest]
    )


def _elsewhere(facts: Facts, statement: Statement) -> str:
    """Whose number it is, where it is that of another project or was reported wrong already."""
    if statement.figure == "执行率":
        funds = facts.figures.evaluations[
            0 if statement.owner is None else statement.owner + 1
        ].evaluation.funds
        stated = funds.execution_rate
        wrong = (
            stated is not None
            and abs(stated * 100 - statement.quantity.value)
            <= statement.quantity.tolerance
        )
        return "，按执行数和预算数计算；表中填报的执行率同样有误" if wrong else ""
    other = facts.reported.equal(statement.quantity)
    if other is None or other.owner is None or other.owner == statement.owner:
        return ""
    return f"，{statement.quantity.text}是「{facts.unit.projects[other.owner].name}」的{other.name}"


def _allowed(
    facts: Facts, statement: Statement
) -> tuple[list[ReportedValue], Severity]:
    """The values that the number may have, and how bad it is where it has none of them; nothing where none is known."""
    rows = (value for row in rows_of(statement) for value in values_of(row))
    same = [value for value in rows if (value.kind, value.unit) == statement.measured]
    section = statement.passage.block.section
    if same and not (
        facts.declared
        or section == _GOAL
        or any(value.column == _ACTUAL for value in same)
    ):
        return (
            [],
            ERROR,
        )  # what was reached stands in no form yet; it need not be the target
    if same:
        exact = any(
            sorted(row.indicator.name.strip()) == sorted(statement.word)
            for row in statement.rows
        )
        return [*same, *_of_figure(facts, statement)], ERROR if exact else WARNING
    if statement.rows and not statement.subjects:
        return [], ERROR
    return list(
        _of_figure(facts, statement)
    ), WARNING if statement.figure in _LOOSE else ERROR


def _of_figure(facts: Facts, statement: Statement) -> Iterator[ReportedValue]:
    figure, one = statement.figure, statement.quantity
    if figure in PERSONS:
        if (
            one.kind == COUNT
            and one.measure in _PERSON_MEASURES
            and not statement.subjects
        ):
            yield from _persons(facts, figure)
    elif figure == "满意度":
        if one.kind == PERCENT:
            yield from _satisfaction(facts, statement)
    elif figure in COUNTED:
        if one.kind == COUNT and one.measure in _COUNTED_IN:
            yield from _listed(facts, statement)
    elif one.kind == (PERCENT if figure == "执行率" else MONEY) and (
        figure or statement.subjects
    ):
        yield from _amounts(facts, statement)


def _amounts(facts: Facts, statement: Statement) -> Iterator[ReportedValue]:
    """The amounts or rates the words allow, of what is spoken of."""
    subjects = _subjects(facts, statement)
    if statement.figure == "总预算" and not any(
        _has_total(subject) for subject in subjects
    ):
        return
    kind = statement.quantity.kind
    for subject in subjects:
        for column in (
            *_COLUMNS.get(statement.figure, ()),
            *((EXECUTED,) if statement.done else ()),
        ):
            for value in subject.amounts.get(column, ()):
                if (
                    value.kind == kind
                    and _ONLY.get(statement.figure, value.column) == value.column
                ):
                    yield value


def _subjects(facts: Facts, statement: Statement) -> Iterable[Subject]:
    """What is named, else the project, else anything in the unit; nothing where the words leave it open."""
    if statement.figure == "" and statement.word in facts.words.common_expenses:
        return ()  # 会议费2万元、培训费3万元: a kind of spending, whatever a project is called
    if statement.subjects:
        whole = (
            facts.reported.of_owner[statement.owner][:1] if statement.carried else ()
        )
        return (*statement.subjects, *whole)
    anything = statement.owner is None and not statement.whole
    if anything and (
        statement.figure == "资金" or facts.reported.equal(statement.quantity)
    ):
        return ()
    return facts.reported.of_owner[None if statement.whole else statement.owner]


def _has_total(subject: Subject) -> bool:
    return any(value.column == "项目总预算" for value in subject.amounts[OTHER])


def _persons(facts: Facts, figure: str) -> Iterator[ReportedValue]:
    profile = facts.unit.profile
    staff = profile.staff
    stated: dict[str, tuple[FieldPath, str, Reported | None]] = {
        "编制": (("单位", "人员"), "编制", staff.established),
        "在职": (("单位", "人员"), "在职", staff.serving),
        "离休": (("单位", "人员"), "离休", staff.retired_cadres),
        "退休": (("单位", "人员"), "退休", staff.retired),
        "人员": (("单位", "人员"), "合计", staff.total),
        "内设机构": (("单位",), "内设机构数", profile.offices),
    }
    path, column, number = stated[figure]
    if number is not None:
        yield ReportedValue(COUNT, number, "", "", column, number.text, path, None)


def _listed(facts: Facts, statement: Statement) -> Iterator[ReportedValue]:
    """How many projects or indicators the forms list, all of them or those that apply."""
    if statement.figure == "项目数":
        if statement.owner is None and facts.unit.projects:
            yield ReportedValue(
                COUNT,
                Decimal(len(facts.unit.projects)),
                "",
                "项目",
                "个数",
                "",
                (),
                None,
            )
            listed = [one for one in facts.unit.projects if one.in_report == "是"]
            yield ReportedValue(
                COUNT, Decimal(len(listed)), "", "项目", "个数", "", (), None
            )
        return
    rows = facts.reported.of_project.get(
        statement.subjects[0].owner if statement.subjects else statement.owner, ()
    )
    everywhere = facts.reported.indicators
    for group in (rows, tuple(everywhere)) if rows else ():
        applicable = [row for row in group if row.indicator.applicable]
        for number in (len(group), len(applicable)):
            yield ReportedValue(
                COUNT, Decimal(number), "", "指标", "个数", "", group[0].path[:-1], None
            )


def _satisfaction(facts: Facts, statement: Statement) -> Iterator[ReportedValue]:
    """The satisfaction indicators of the project, or of all where the unit speaks."""
    owner = statement.subjects[0].owner if statement.subjects else statement.owner
    for row in facts.reported.indicators:
        indicator = row.indicator
        if (
            owner in (None, row.owner)
            and _SATISFACTION
            in f"{indicator.dimension}{indicator.category}{indicator.name}"
        ):
            yield from (value for value in values_of(row) if value.kind == PERCENT)
