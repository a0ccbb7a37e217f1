"""What a report has to say, gathered once from the unit and its projects: results by chapter, and what fell short.

A thing that stands in the rows of the unit and of a project is told once, by the unit; a unit without indicators of
its own is told by those of its projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportgen.core.numerals import read_number
from reportgen.figures.results import EXCEEDED, LIMIT, QUANTITY, RATE, UNDONE
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View
from reportgen.view.spoken import difference

# what the regions call the 一级 of what was done and how, of what came of it, and of what people think of it
CHAPTERS = {
    "产出": ("产出", "成本", "管理", "履职"),
    "效益": ("效益", "效果", "效应", "可持续"),
    "满意度": ("满意",),
}
_ROUNDED = Decimal("0.02")
_SHORTEST = 3  # characters of a name that says nothing by itself: 培训
_NAMED = 3  # results that a problem of a project tells with their figures
_MOST = 8  # results that prose tells of one chapter; the table has them all


def gathered(view: View, pack: Pack, show: Formatter) -> View:
    """各章, 事项 and 失分 of a view that holds the unit's 资金 and 指标 and 项目列表; tells its projects the rest."""
    projects = view["项目列表"]
    told = list(_told_of(view, "")) or [
        row for one in projects for row in _told_of(one, one["称呼"])
    ]
    for one in projects:
        one.update(_left_to(one, told, show))
    return {
        "各章": {
            name: chapter(of_chapter(told, words), show.at(name).computed)
            for name, words in CHAPTERS.items()
        },
        "事项": list(_matters(view, told, pack)),
        "失分": _lost(view, show.at("失分").computed),
    }


def _left_to(project: View, told: list[View], show: Formatter) -> View:
    """未述: what neither the chapters nor its own 完成情况 tell of a project; 已述未达: what the chapters tell."""
    goals = "".join(project["年度目标"]["完成情况"])
    rows = list(_told_of(project, ""))
    new = [row for row in rows if not _is_among(row, told)]
    return {
        "未述": chapter(
            [row for row in new if not _told_in(goals, row)],
            show.at("未述").computed,
        ),
        "已述未达": [row for row in rows if row["未达标"] and row not in new],
    }


def _lost(view: View, show: Formatter) -> View:
    """What the points were lost on, the most first; nothing where the parts are not the whole that is stated."""
    parts = _parts_lost(view, show)
    whole = difference(view["合计"]["分值"], view["合计"]["得分"])
    told = sum(one["扣分"].number for one in parts)
    if whole is None or abs(told - whole) > _ROUNDED:
        parts = []
    groups = view["一级得分"]
    short = [one for one in groups if one["得分"] < one["分值"]]
    return {
        "合计": show.points(whole, "合计"),
        "各项": parts,
        "部分": short,
        "满分": [one for one in groups if one not in short],
    }


def _parts_lost(view: View, show: Formatter) -> list[View]:
    rate = {"指标名": show.text("预算执行率", "执行率")}
    parts = [
        {"名称": row["指标名"], "扣分": row["扣分"]}
        for row in (*view["指标"], view["资金"] | rate)
        if row["扣分"]
    ]
    return sorted(parts, key=lambda one: -one["扣分"].number)


def _told_of(subject: View, name: str) -> Iterator[View]:
    """The rows of the unit or a project; 不必述 says that nothing came of one, or that 资金 tells the same amount."""
    spent = subject["资金"]["全年执行数"].number
    for row in subject["指标"]:
        if row["适用"]:
            amount = read_number(row["实际值"].removesuffix("万元"))
            same = row["名类"] == LIMIT and amount == spent is not None
            silent = row["达标"] and (same or row["状态"] == UNDONE)
            yield {**row, "所属": name, "不必述": silent}


def _is_among(row: View, rows: Iterable[View]) -> bool:
    """Whether one of `rows` tells the same: the same name and actual, or one name in the other and both figures."""
    name = row["指标名"]
    return any(
        other["指标名"] == name
        or (
            other["目标数"] == row["目标数"]
            and (name in other["指标名"] or other["指标名"] in name)
        )
        for other in rows
        if other["实际值"] == row["实际值"]
    )


def _told_in(text: str, row: View) -> bool:
    """Whether `text` says of what and how much already."""
    return row["计数名"] in text and row["实际值"] in text


def chapter(rows: list[View], show: Formatter) -> View:
    """The rows of one chapter: as many of those reached as prose tells, those missed, the others."""
    reached = [row for row in rows if row["达标"] and not row["不必述"]]
    return {
        "有指标": bool(rows),
        "达标": reached[:_MOST],
        "未列数": show.count(len(reached[_MOST:]), "未列数"),
        "未达标": [row for row in rows if row["未达标"]],
        "其他": [row for row in rows if row["达标"] == row["未达标"]],
    }


def of_chapter(rows: list[View], words: tuple[str, ...]) -> list[View]:
    """Those whose 一级 is one of the chapter's."""
    return [row for row in rows if any(word in row["一级"] for word in words)]


def _matters(view: View, told: list[View], pack: Pack) -> Iterator[View]:
    """What fell short: by the unit, the largest loss first, one matter for each cause; then one for each project.

    What a project missed for a cause of the unit's is told there.
    """
    whole, projects = {**view, "称呼": "", "名称": ""}, view["项目列表"]
    own, limits = list(_told_of(view, "")), view["限值"]
    causes = _causes(own, projects)
    below = [row for one in projects for row in _told_of(one, "")]
    for row, *others in causes.values():
        same = (one["措施"] for one in below if _is_among(one, [row]))
        yield {
            **row,
            "类": "指标",
            "标志": _marks(row),
            "同因": others,
            "措施": "；".join(
                filter(None, dict.fromkeys((row["措施"], *same)))
            ),
        }
    floor = limits["执行率下限"]
    low = [one for one in projects if one["资金"]["执行率"] < floor]
    if view["资金"]["执行率"] < floor:
        yield _of_funds("执行", whole) | {"项目": low}
        low = []
    for one in projects:
        one["事项"] = _of_project(one, own, causes) | {"低": one in low}
        if one in low or one["事项"]["未达"]:
            yield one["事项"]
    adjusted = [one for one in projects if _is_adjusted(one, limits, pack)]
    for one in [whole] if _is_adjusted(whole, limits, pack) else adjusted:
        yield _of_funds("调整", one)
    for row in told:
        if _is_far_over(row, limits):
            yield {**row, "类": "超额", "标志": _marks(row)}


def _causes(own: list[View], projects: list[View]) -> dict[str, list[View]]:
    """What the unit missed by its cause, and behind it what its projects missed for the same."""
    causes: dict[str, list[View]] = {}
    for n, row in enumerate(_short(own)):
        causes.setdefault(row["偏差原因"] or f"{n}", []).append(row)
    for project in projects:
        for row in _missed_alone(project, own):
            causes.get(row["偏差原因"], []).append(row)
    return causes


def _missed_alone(project: View, own: list[View]) -> list[View]:
    """What a project missed and the unit does not tell."""
    rows = _short(_told_of(project, project["称呼"]))
    return [row for row in rows if not _is_among(row, own)]


def _of_project(
    project: View, own: list[View], causes: dict[str, list[View]]
) -> View:
    """What a project missed for causes of its own, and every measure of it that the unit does not have."""
    rows = [
        row
        for row in _missed_alone(project, own)
        if row["偏差原因"] not in causes
    ]
    matter = _of_funds("项目", project)
    marks = _marks(rows[0]) if len(rows) == 1 else []
    told = {row["措施"] for rows in causes.values() for row in rows}
    every = dict.fromkeys(row["措施"] for row in (project["资金"], *rows))
    return {
        **matter,
        "未达": rows[:_NAMED],
        "其余": rows[_NAMED:],
        "措施": "；".join(
            text
            for text in every
            if not any(text in one for one in told | (every.keys() - {text}))
        ),
        "另": project["已述未达"],
        "标志": [*marks, *matter["标志"]],
    }


def _short(rows: Iterable[View]) -> list[View]:
    """Those that were missed or cannot be assessed for a reason that is given, the largest loss first."""
    missed = [
        row
        for row in rows
        if row["未达标"] or (row["偏差原因"] and not row["达标"])
    ]
    return sorted(missed, key=lambda row: -(row["扣分"].number or Decimal(0)))


def _is_far_over(row: View, limits: View) -> bool:
    """More than what is let pass, and nobody says why, or it was said what follows for the target."""
    over = row["状态"] == EXCEEDED and row["名类"] in (RATE, QUANTITY)
    asks = row["措施"] or not row["偏差原因"]
    most = limits["超额提示"].number
    return bool(over and asks and most and row["完成率"] > 100 + most)


def _marks(row: View) -> list[list[str]]:
    """What a text says that speaks of the same: both figures, or a name that is not just any word."""
    marks = [[row["实际值"], row["目标数"]]] if row["定量"] else []
    if len(row["指标名"]) > _SHORTEST:
        marks.append([row["指标名"]])
    return marks


def _of_funds(kind: str, subject: View) -> View:
    funds, adjusted = subject["资金"], kind == "调整"
    word = "调整" if adjusted else "执行"
    return {
        "类": kind,
        "所属": subject["称呼"],
        "资金": funds,
        "措施": "" if adjusted else funds["措施"],
        "标志": [
            [funds["调幅" if adjusted else "执行率"]],
            [subject["名称"][-3:], word],
        ],
    }


def _is_adjusted(subject: View, limits: View, pack: Pack) -> bool:
    """By much, and not because those above gave or took money: that is a fact and no fault of the budget."""
    funds, words = subject["资金"], pack.vocabulary.lists
    reason = funds["调整原因"]
    ordered = any(word in reason for word in words.ordered_adjustments)
    return bool(funds["调幅"] > limits["调整率上限"] and not ordered)
