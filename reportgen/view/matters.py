"""What a report has to say, gathered once from the unit and its projects: results by chapter, and what fell short.

A thing that stands in the rows of the unit and of a project is told once, by the unit; a unit without indicators of
its own is told by those of its projects.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import zip_longest

from reportgen.core.likeness import each_once, pairs
from reportgen.core.numerals import ZERO, fixed, plain
from reportgen.core.value import Value
from reportgen.figures.results import (
    LIMIT,
    QUANTITY,
    UNDONE,
    WORDS,
)
from reportgen.packs.pack import Pack
from reportgen.view.formatter import Formatter, View, Views
from reportgen.view.spoken import difference

# what the regions call the 一级 of what was done and how, of what came of it, and of what people think of it
CHAPTERS = {
    "产出": ("产出", "成本", "管理", "履职"),
    "效益": ("效益", "效果", "效应", "可持续"),
    "满意度": ("满意",),
}
_CLAUSES = re.compile(r"[^，、；。]{2,}")
_APIECE = re.compile(r"每|均|单位成本|单价")
_ROUNDED = Decimal("0.02")
_WHOLE = 10_000  # 100 % of 100 %
_LEFT = 111  # percent that a limit is of what was spent where a tenth was left
_SHORT_LIST = 5  # projects that a report tells one by one
_LARGEST = 3  # of more than these, beside those with something to explain
_SHORTEST = 3  # characters of a name that says nothing by itself: 培训
_ALIKE = 2  # results of projects that are told as one
_MOST = 8  # results that prose tells of one chapter; the table has them all


def gathered(view: View, pack: Pack, show: Formatter) -> View:
    """各章, 事项 and 失分 of a view that holds the unit's 资金 and 指标 and 项目列表; tells its projects the rest."""
    projects = view["项目列表"]
    # the first of each project, then the second of each: what counts most stands first in a project
    ranks = zip_longest(*map(_told_of, projects), fillvalue={})
    told = _told_of(view) or [row for rank in ranks for row in rank if row]
    budgets = sorted(map(_budget, projects), reverse=True)
    least = budgets[_LARGEST - 1] if budgets[_SHORT_LIST:] else ZERO
    for one in projects:
        one.update(_left_to(one, told, show))
        low = one["资金"]["执行率"] < view["限值"]["执行率下限"]
        short = any(map(_is_open, _told_of(one)))
        one["详述"] = low or short or _budget(one) >= least
        one["单位成本"] = show.text(_unit_cost(one), "单位成本")
        one["同因"] = _is_one(one["资金"]["原因"], view["资金"]["原因"])
    return {
        "各章": {
            name: chapter(of_chapter(told, words), show.at(name).computed)
            for name, words in CHAPTERS.items()
        },
        "事项": list(_matters(view, told, pack)),
        "失分": _lost(view, show.at("失分").computed),
    }


def _unit_cost(project: View) -> str:
    """每座19.67万元: what its only quantity cost apiece, where the project is named after it and all was done."""
    rows = of_chapter(_told_of(project), ("产出",))
    counted = [row for row in rows if row["名类"] == QUANTITY]
    spent = project["资金"]["全年执行数"].number
    if len(counted) != 1 or not spent or any(map(_is_priced, rows)):
        return ""
    (one,) = counted
    named = pairs(one["指标名"]) & pairs(project["名称"])
    done = one["实际数"].number
    if not (named and done and one["达标"]):
        return ""
    cost = spent / done
    apiece = (
        f"{fixed(cost)}万元" if cost >= 1 else f"{plain(cost * 10_000, 0)}元"
    )
    return f"每{one['计量']}{apiece}"


def _is_priced(row: View) -> bool:
    """Whether it was missed, or says itself what one of something costs."""
    return row["未达标"] or bool(_APIECE.search(row["指标名"]))


def _budget(project: View) -> Decimal:
    return project["资金"]["全年预算数"].number or ZERO


def _is_open(row: View) -> bool:
    return not row["达标"]


def _left_to(project: View, told: Views, show: Formatter) -> View:
    """未述: what neither the chapters nor its 完成情况 tell of a project; 已述未达: what the chapters tell."""
    done = "".join(project["年度目标"]["完成情况"])
    rows = [row | {"所属": ""} for row in _told_of(project)]
    new = [row for row in rows if not _is_among(row, told)]
    untold = [row for row in new if _is_open(row) or row["实际值"] not in done]
    return {
        "未述": chapter(untold, show.at("未述").computed),
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
    return {
        "合计": show.points(whole, "合计"),
        "补足": show.points(better, "补足"),
        "各项": parts,
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
    """The rows of the unit or a project, each with whose it is; no money that is left because something is undone."""
    funds = subject["资金"]
    rows = [row for row in subject["指标"] if row["适用"]]
    undone = any(row["未达标"] for row in rows)
    return [
        row | {"所属": subject.get("称呼", "")}
        for row in rows
        if not (undone and _is_spending(row, funds))
    ]


def _is_spending(row: View, funds: View) -> bool:
    """Whether its limit is the budget itself, a tenth of which or more was left."""
    within, spent = row["完成率"].number or ZERO, funds["执行率"].number or ZERO
    alike = abs(within * spent - _WHOLE) < _WHOLE / 100
    return row["名类"] == LIMIT and within > _LEFT and alike


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
        if len(same) < _ALIKE or not same[0]["所属"]:
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
    """What fell short, one matter for each cause, the unit's before those of its projects and the largest loss first.

    Money that was left for such a cause is told there; then what else was left, and what else has a measure.
    """
    # the sentences of the whole are told by this path
    whole = {**view, "称呼": Value("", path="#整体"), "名称": ""}
    subjects = [whole, *view["项目列表"]]
    own = [row for row in told if not row["所属"]]
    below = [row for one in view["项目列表"] for row in _told_of(one)]
    words = pack.vocabulary.lists
    behind = partial(_is_behind, view["限值"]["执行率下限"], words.savings)
    late = {one["称呼"]: one for one in subjects if behind(one["资金"])}
    above: Views = []
    causes = _causes(own, below)
    for rows in causes:
        unspent = [
            one for one in late.values() if _is_left_for(rows, one, causes)
        ]
        for one in unspent:
            del late[one["称呼"]]
        told_here = [*rows, *(one["资金"] for one in unspent)]
        above += told_here
        others = [row for row in rows[1:] if not _is_twin(row, own)]
        yield _of_indicator("指标", rows[0]) | {
            "同因": others,
            "执行": unspent,
            "措施": "；".join(each_once(row["措施"] for row in told_here)),
        }
    yield from _of_money([*late.values()], above)
    for one in subjects:
        if one["资金"]["调整"]["措施"]:
            yield _of_funds("调整", one)
    for row in (*own, *below):
        if row["偏差原因"] and row["达标"] and not _is_twin(row, own):
            yield _of_indicator("超额", row)


def _of_money(late: Views, above: Views) -> Iterator[View]:
    """Who is behind for causes of its own: the unit with those of its projects that say no more, as 项目."""
    while late:
        first, *late = late
        whole = first["资金"]
        below = [
            one
            for one in late
            if not first["称呼"] and _adds_nothing(one["资金"], whole)
        ]
        yield _of_funds("执行", first, above) | {"项目": below}
        late = [one for one in late if one not in below]


def _adds_nothing(funds: View, whole: View) -> bool:
    """Whether a project says of its money no more than what is said of the whole."""
    known = not funds["原因"] or _is_one(funds["原因"], whole["原因"])
    return known and funds["措施"] in whole["措施"]


def _is_twin(row: View, own: Views) -> bool:
    """Whether a project says of itself what the unit says too."""
    return bool(row["所属"]) and _is_among(row, own)


def _is_behind(least: Value, savings: Sequence[str], funds: View) -> bool:
    """Little was spent, and not just because it cost less; or somebody wrote what is done about it."""
    saved = all(
        any(word in part for word in savings)
        for part in funds["偏差原因"].split("；")
    )
    return bool(funds["措施"] or (funds["执行率"] < least and not saved))


def _causes(own: Views, below: Views) -> list[Views]:
    """What was missed by its cause; one with a measure begins, so that what followed from it can join."""
    causes: list[Views] = []
    short = sorted(filter(_is_short, (*own, *below)), key=_place)
    short.sort(key=lambda row: (not _is_among(row, own), not row["措施"]))
    for row in short:
        same = next((one for one in causes if _is_of_cause(row, one)), None)
        if same:
            same.append(row | {"原因": ""} if _shares(row, same) else row)
        else:
            causes.append([row])
    return sorted(causes, key=lambda rows: _place(rows[0]))


def _is_short(row: View) -> bool:
    """Whether it was missed, or cannot be assessed for a reason that is given."""
    return bool(row["未达标"] or (row["偏差原因"] and not row["达标"]))


def _place(row: View) -> tuple[bool, Decimal]:
    """To sort by: the unit's before the projects', the largest loss first."""
    return bool(row["所属"]), -(row["扣分"].number or ZERO)


def _is_of_cause(row: View, rows: Views) -> bool:
    """Whether it fell short for what the others did; or its project did, or words did, and nobody wrote more."""
    if _shares(row, rows) or _is_twin(row, rows):
        return True
    if row["所属"]:
        return _is_of_project(row["所属"], rows) and not row["措施"]
    return not any(one["原因"] or one["名类"] != WORDS for one in (row, *rows))


def _is_of_project(name: Value, rows: Views) -> bool:
    return bool(name) and name in [one["所属"] for one in rows]


def _shares(row: View, rows: Views) -> bool:
    """Whether its reason is that of the first or names it."""
    first, reason = rows[0], row["原因"]
    return first["指标名"] in reason or _is_one(reason, first["原因"])


def _is_one(reason: str, other: str) -> bool:
    """Whether a clause of one reason stands in the other."""
    both = (reason, other), (other, reason)
    return any(
        clause in whole
        for one, whole in both
        for clause in _CLAUSES.findall(one)
    )


def _is_left_for(rows: Views, subject: View, causes: list[Views]) -> bool:
    """Whether the money of the unit or a project was left for their cause and no other."""
    funds = subject["资金"]
    several = "；" in funds["原因"]
    shared = [one for one in causes if _shares(funds, one) and not several]
    follows = _is_of_project(subject["称呼"], rows) and not funds["措施"]
    return rows in shared or (follows and not shared)


def _of_indicator(kind: str, row: View) -> View:
    return {**row, "类": kind, "标志": _marks(row)}


def _marks(row: View) -> list[list[str]]:
    """What a text says that speaks of the same: both figures, or a name that is not just any word."""
    marks = [[row["实际值"], row["目标数"]]] if row["定量"] else []
    if len(row["指标名"]) > _SHORTEST:
        marks.append([row["指标名"]])
    return marks


def _of_funds(kind: str, subject: View, above: Iterable[View] = ()) -> View:
    """A matter of money; what stands `above` tells its cause."""
    funds = subject["资金"]
    parts = funds["原因"].split("；")
    new = [
        part
        for part in parts
        if not any(_is_one(part, row["原因"]) for row in above)
    ]
    if new != parts:
        funds = funds | {"原因": "；".join(new)}
    adjusted = kind == "调整"
    return {
        "类": kind,
        "所属": subject["称呼"],
        "资金": funds,
        "措施": (funds["调整"] if adjusted else funds)["措施"],
        "标志": [
            [funds["调幅" if adjusted else "执行率"]],
            [subject["名称"][-3:] or "预算", kind],
        ],
    }
