"""What a report has to say, gathered once from the unit and its projects: results by chapter, and what fell short.

A thing that stands in the rows of the unit and of a project is told once, by the unit; a unit without indicators of
its own is told by those of its projects.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from reportgen.core.likeness import pairs, says_all
from reportgen.core.numerals import ZERO
from reportgen.core.value import Value
from reportgen.figures.results import EXCEEDED, QUANTITY, RATE, UNDONE
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views
from reportgen.view.spoken import difference

# what the regions call the 一级 of what was done and how, of what came of it, and of what people think of it
CHAPTERS = {
    "产出": ("产出", "成本", "管理", "履职"),
    "效益": ("效益", "效果", "效应", "可持续"),
    "满意度": ("满意",),
}
_LOW_AIM = re.compile(r"(?:目标|指标值|计划)[^，；。]{0,6}(?:低|保守|小)")
_ROUNDED = Decimal("0.02")
_SHORTEST = 3  # characters of a name that says nothing by itself: 培训
_NAMED = 3  # results that a problem of a project tells with their figures
_MOST = 8  # results that prose tells of one chapter; the table has them all


def gathered(view: View, pack: Pack, show: Formatter) -> View:
    """各章, 事项 and 失分 of a view that holds the unit's 资金 and 指标 and 项目列表; tells its projects the rest."""
    projects = view["项目列表"]
    told = _told_of(view) or [row for one in projects for row in _told_of(one)]
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


def _left_to(project: View, told: Views, show: Formatter) -> View:
    """未述: what the chapters do not tell of a project; 已述未达: what they tell."""
    rows = [row | {"所属": ""} for row in _told_of(project)]
    new = [row for row in rows if not _is_among(row, told)]
    return {
        "未述": chapter(new, show.at("未述").computed),
        "已述未达": [row for row in rows if row["未达标"] and row not in new],
    }


def _lost(view: View, show: Formatter) -> View:
    """What the points were lost on, the most first; nothing where the parts are not the whole that is stated."""
    parts = _parts_lost(view, show)
    totals = view["合计"]
    whole = difference(totals["分值"], totals["得分"])
    told = sum(one["扣分"].number for one in parts)
    if whole is None or abs(told - whole) > _ROUNDED:
        parts = []
    most = parts[0]["扣分"].number if parts[1:] else 0
    better = totals["得分"].number + most if 2 * most > told else None
    groups = view["一级得分"]
    short = [one for one in groups if one["得分"] < one["分值"]]
    return {
        "合计": show.points(whole, "合计"),
        "补足": show.points(better, "补足"),
        "各项": parts,
        "部分": short,
        "满分": [one for one in groups if one not in short],
    }


def _parts_lost(view: View, show: Formatter) -> Views:
    rate = {"指标名": show.text("预算执行率", "执行率")}
    parts = [
        {"名称": row["指标名"], "扣分": row["扣分"]}
        for row in (*view["指标"], view["资金"] | rate)
        if row["扣分"]
    ]
    return sorted(parts, key=lambda one: -one["扣分"].number)


def _told_of(subject: View) -> Views:
    """The rows of the unit or a project, each with whose it is."""
    name = subject.get("称呼", "")
    return [row | {"所属": name} for row in subject["指标"] if row["适用"]]


def _is_among(row: View, rows: Iterable[View]) -> bool:
    """Whether one of `rows` tells the same: the same name and actual, or both figures of what is called alike."""
    return any(
        other["指标名"] == row["指标名"]
        or (
            other["目标数"] == row["目标数"]
            and pairs(other["指标名"]) & pairs(row["指标名"])
        )
        for other in rows
        if other["实际值"] == row["实际值"]
    )


def chapter(rows: Views, show: Formatter) -> View:
    """The rows of one chapter: as many of those reached as prose tells, those missed, the others."""
    done = (row for row in rows if row["达标"] and row["状态"] != UNDONE)
    reached = [*_together(done, show)]
    return {
        "有指标": bool(rows),
        "达标": reached[:_MOST],
        "未列数": show.count(len(reached[_MOST:]), "未列数"),
        "未达标": [row for row in rows if row["未达标"]],
        "其他": [row for row in rows if row["达标"] == row["未达标"]],
    }


def _together(rows: Iterable[View], show: Formatter) -> Iterator[View]:
    """What many projects reached of one thing as one row, from the least to the most."""
    alike: dict[tuple[Value, ...], Views] = {}
    for row in rows:
        alike.setdefault((row["指标名"], row["目标数"]), []).append(row)
    for same in alike.values():
        if len(same) < _NAMED:
            yield from same
            continue
        ranked = sorted(same, key=lambda row: row["完成率"].number or 0)
        yield ranked[0] | {
            "同类": "多处",
            "个数": show.count(len(same), "个数"),
            "最高": ranked[-1]["实际值"],
        }


def of_chapter(rows: Views, words: tuple[str, ...]) -> Views:
    """Those whose 一级 is one of the chapter's."""
    return [row for row in rows if any(word in row["一级"] for word in words)]


def _matters(view: View, told: Views, pack: Pack) -> Iterator[View]:
    """What fell short: by the unit, the largest loss first, one matter for each cause; then one for each project.

    What a project missed for a cause of the unit's is told there.
    """
    own = [row for row in told if not row["所属"]]
    causes = _causes(own, view["项目列表"])
    below = [row for one in view["项目列表"] for row in _told_of(one)]
    for row, *others in causes.values():
        same = (one["措施"] for one in below if _is_among(one, [row]))
        measures = filter(None, dict.fromkeys((row["措施"], *same)))
        yield {
            **row,
            "类": "指标",
            "标志": _marks(row),
            "同因": others,
            "措施": "；".join(measures),
        }
    above = [row for rows in causes.values() for row in rows]
    yield from _of_money(view, own, above, pack)
    for row in told:
        if _is_far_over(row, view["限值"]):
            yield {**row, "类": "超额", "标志": _marks(row)}


def _of_money(
    view: View, own: Views, above: Views, pack: Pack
) -> Iterator[View]:
    """The unit behind its budget, its projects and what they missed, what was adjusted."""
    whole, projects = {**view, "称呼": "", "名称": ""}, view["项目列表"]
    floor = view["限值"]["执行率下限"]
    words = pack.vocabulary.lists
    behind = partial(_is_behind, floor, words.savings)
    low = [one for one in projects if behind(one)]
    if behind(view):
        yield _of_funds("执行", whole, above) | {"项目": low}
        above, low = [*above, view["资金"]], []
    for one in projects:
        one["事项"] = _of_project(one, own, above) | {"低": one in low}
        if one in low or one["事项"]["未达"]:
            yield one["事项"]
    adjusted = partial(_is_adjusted, pack)
    for one in filter(adjusted, [whole] if adjusted(whole) else projects):
        yield _of_funds("调整", one)


def _is_behind(floor: Value, savings: Sequence[str], subject: View) -> bool:
    """Little was spent, and not because all was done for less."""
    funds = subject["资金"]
    missed = any(not row["达标"] for row in subject["指标"] if row["适用"])
    saved = any(word in funds["偏差原因"] for word in savings)
    return funds["执行率"] < floor and (missed or not saved)


def _causes(own: Views, projects: Views) -> dict[str, Views]:
    """What the unit missed by its cause, and behind it what its projects missed for the same."""
    causes: dict[str, Views] = {}
    for n, row in enumerate(_short(own)):
        causes.setdefault(row["偏差原因"] or f"{n}", []).append(row)
    for project in projects:
        for row in _missed_alone(project, own):
            causes.get(row["偏差原因"], []).append(row)
    return causes


def _missed_alone(project: View, own: Views) -> Views:
    """What a project missed and the unit does not tell."""
    rows = _short(_told_of(project))
    return [row for row in rows if not _is_among(row, own)]


def _of_project(project: View, own: Views, above: Views) -> View:
    """What a project missed for causes of its own, and every measure of it that stands not `above`."""
    causes = {row["偏差原因"] for row in above} - {""}
    rows = [
        row
        for row in _missed_alone(project, own)
        if row["偏差原因"] not in causes
    ]
    matter = _of_funds("项目", project, (*above, *rows))
    marks = _marks(rows[0]) if len(rows) == 1 else []
    return {
        **matter,
        "未达": rows[:_NAMED],
        "其余": rows[_NAMED:],
        "措施": _measures((project["资金"], *rows), above),
        "另": project["已述未达"],
        "标志": [*marks, *matter["标志"]],
    }


def _measures(rows: Iterable[View], above: Iterable[View]) -> str:
    """Each measure of `rows` once, without those that stand in another or `above`."""
    told = {row["措施"] for row in above}
    every = dict.fromkeys(row["措施"] for row in rows)
    return "；".join(
        text
        for text in every
        if not any(text in one for one in told | (every.keys() - {text}))
    )


def _short(rows: Iterable[View]) -> Views:
    """Those that were missed or cannot be assessed for a reason that is given, the largest loss first."""
    missed = [
        row
        for row in rows
        if row["未达标"] or (row["偏差原因"] and not row["达标"])
    ]
    return sorted(missed, key=lambda row: -(row["扣分"].number or ZERO))


def _is_far_over(row: View, limits: View) -> bool:
    """More than what is let pass, and nobody says why, or it was said what follows for the target."""
    over = row["状态"] == EXCEEDED and row["名类"] in (RATE, QUANTITY)
    reason = row["偏差原因"]
    asks = row["措施"] or not reason or _LOW_AIM.search(reason)
    most = limits["超额提示"].number
    return bool(over and asks and most and row["完成率"] > 100 + most)


def _marks(row: View) -> list[list[str]]:
    """What a text says that speaks of the same: both figures, or a name that is not just any word."""
    marks = [[row["实际值"], row["目标数"]]] if row["定量"] else []
    if len(row["指标名"]) > _SHORTEST:
        marks.append([row["指标名"]])
    return marks


def _of_funds(kind: str, subject: View, above: Iterable[View] = ()) -> View:
    """A matter of money; what stands `above` tells its cause."""
    funds, adjusted = subject["资金"], kind == "调整"
    if says_all(funds["原因"], "".join(row["原因"] for row in above)):
        funds = funds | {"原因": ""}
    word = "调整" if adjusted else "执行"
    measures = [funds["调整"] if adjusted else funds]
    return {
        "类": kind,
        "所属": subject["称呼"],
        "资金": funds,
        "措施": _measures(measures, above),
        "标志": [
            [funds["调幅" if adjusted else "执行率"]],
            [subject["名称"][-3:], word],
        ],
    }


def _is_adjusted(pack: Pack, subject: View) -> bool:
    """By much, and not because those above gave or took money: that is a fact and no fault of the budget."""
    funds, words = subject["资金"], pack.vocabulary.lists
    reason = funds["调整原因"]
    ordered = any(word in reason for word in words.ordered_adjustments)
    most = pack.limits.adjustment_rate
    return bool(most and funds["调幅"] > most * 100 and not ordered)
