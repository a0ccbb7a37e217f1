"""What a report has to say, gathered once from the unit and its projects: results by chapter, and what fell short.

A thing that stands in the rows of the unit and of a project is told once, by the unit; a unit without indicators of
its own is told by those of its projects.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest

from reportgen.core.likeness import pairs
from reportgen.core.numerals import ZERO, fixed, plain, ratio
from reportgen.core.value import Value
from reportgen.figures.results import (
    LIMIT,
    QUANTITY,
    UNDONE,
    WORDS,
)
from reportgen.model.measure import conversion
from reportgen.packs.pack import Pack
from reportgen.view.causes import (
    alone,
    answered,
    delayed,
    is_all_told_in,
    is_of_one_thing,
    is_of_project,
    is_one,
    is_told_in,
    of_funds,
    tell_money,
    tells,
)
from reportgen.view.formatter import Formatter, View, Views
from reportgen.view.spoken import difference

# what the regions call the 一级 of what was done and how, of what came of it, and of what people think of it
CHAPTERS = {
    "产出": ("产出", "成本", "管理", "履职"),
    "效益": ("效益", "效果", "效应", "可持续"),
    "满意度": ("满意",),
}
_SCALE = re.compile(r"^[十百千]?[万亿]")
_ROUNDED = Decimal("0.02")
_HUNDRED = 100
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
        scored = one["合计"]["得分"]
        one["详述"] = low or short or not scored or _budget(one) >= least
        share = ratio(one["资金"]["结转"].number, view["资金"]["结转"].number)
        one["结转占比"] = show.rate(share, "结转占比")
        cost = _unit_cost(delayed(one, pack))
        one["单位成本"] = show.text(cost, "单位成本")
        one["同因"] = is_one(one["资金"]["原因"], view["资金"]["原因"])
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
    funds = project["资金"]
    spent = funds["全年执行数"].number
    unpaid = funds["原因"] and funds["结转"]
    missed = any(row["未达标"] for row in rows)
    if len(counted) != 1 or not spent or unpaid or missed:
        return ""
    (one,) = counted
    named = pairs(one["指标名"]) & pairs(project["名称"])
    done = one["实际数"].number
    measure = one["计量"]
    bare = _SCALE.sub("", measure)
    whole = named and done and one["达标"]
    if not (whole and is_of_one_thing(project, bare)):
        return ""
    cost = spent / done / (conversion(measure, bare) or 1)
    apiece = f"{fixed(cost)}万元" if cost >= 1 else f"{_yuan(cost * 10_000)}元"
    return f"每{bare}{apiece}"


def _yuan(cost: Decimal) -> str:
    """Without decimals where nobody asks for them: 7481元, but 0.76元."""
    return plain(cost, 0 if cost >= _HUNDRED else 2)


def _budget(project: View) -> Decimal:
    return project["资金"]["全年预算数"].number or ZERO


def _is_open(row: View) -> bool:
    return not row["达标"]


def _left_to(project: View, told: Views, show: Formatter) -> View:
    """未述: what neither the chapters nor its 完成情况 tell of a project; 已述未达: what the chapters tell."""
    spent = f"{project['资金']['全年执行数']}万元"
    done = "".join([*project["年度目标"]["完成情况"], spent])
    rows = [row | {"所属": ""} for row in _told_of(project)]
    new = [row for row in rows if not _is_among(row, told)]
    untold = [
        row | {"已述": is_told_in(row, done)}
        for row in new
        if not is_all_told_in(row, done)
    ]
    reasons = "；".join(row["原因"] for row in told)
    brief = [
        row | {"原因": ""} if row["原因"] in reasons else row for row in untold
    ]
    return {
        "未述": chapter(brief, show.at("未述").computed),
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
        or (not row["定量"] and row["原因"] in other["原因"])
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
    subjects = [delayed(one, pack) for one in (*view["项目列表"], whole)]
    own = [row for row in told if not row["所属"]]
    below = [row for one in view["项目列表"] for row in _told_of(one)]
    matters = _causes(own, below)
    tell_money(subjects, matters, view["限值"]["执行率下限"])
    yield from answered(sorted(matters, key=_place), view["项目列表"])
    for one in subjects:
        if one["资金"]["调整"]["措施"]:
            yield of_funds("调整", one, [])
    for row in (*own, *below):
        if row["偏差原因"] and row["达标"] and not _is_twin(row, own):
            yield _of_indicator("超额", row)


def _is_twin(row: View, own: Views) -> bool:
    """Whether a project says of itself what the unit says too."""
    return bool(row["所属"]) and _is_among(row, own)


def _causes(own: Views, below: Views) -> Views:
    """What was missed, a matter for each cause; one with a measure begins, so that what followed from it can join."""
    causes: Views = []
    rows = filter(_is_short, (*own, *below))
    short = sorted((_of_indicator("指标", row) for row in rows), key=_place)
    short.sort(key=lambda row: (bool(row["所属"]), not row["措施"]))
    # what is told for a reason stands before what only its project is known of
    for alike in (_is_told, _is_of_cause):
        rest: Views = []
        for row in short:
            same = next((one for one in causes if alike(row, one)), None)
            if same:
                _add_short(same, row, twin=_is_twin(row, own))
            elif alike is _is_told and _may_follow(row):
                rest.append(row)
            else:
                causes.append(row)
        short = rest
    return causes


def _add_short(matter: View, row: View, *, twin: bool) -> None:
    """Tells what fell short in a matter, but for the same again."""
    if not twin:
        told = tells(matter, row["原因"])
        matter["同因"].append(row | {"原因": ""} if told else row)
    matter["所述"].append(row)


def _may_follow(row: View) -> bool:
    """Whether nobody wrote a measure for it, and it is a project's or has no reason."""
    return not row["措施"] and bool(row["所属"] or not row["原因"])


def _is_told(row: View, matter: View) -> bool:
    """Whether the matter tells its reason, or the same of another."""
    return tells(matter, row["原因"]) or _is_among(row, matter["所述"])


def _is_short(row: View) -> bool:
    """Whether it was missed, or cannot be assessed for a reason that is given."""
    return bool(row["未达标"] or (row["偏差原因"] and not row["达标"]))


def _place(matter: View) -> tuple[bool, Decimal]:
    """To sort by: the unit's before those of projects, what cost most points first."""
    whose = matter["所属"]
    rows = [row for row in matter["所述"] if row["所属"] == whose]
    points = (row["扣分"].number or ZERO for row in rows)
    return bool(whose), -sum(points, ZERO)


def _is_of_cause(row: View, matter: View) -> bool:
    """Whether it fell short for what the others did; or its project did, or words did, and nobody wrote more."""
    rows = matter["所述"]
    if _is_told(row, matter):
        return True
    if row["所属"]:
        return is_of_project(row["所属"], rows) and not row["措施"]
    return not any(one["原因"] or one["名类"] != WORDS for one in (row, *rows))


def _of_indicator(kind: str, row: View) -> View:
    return {**row, "类": kind, "标志": _marks(row), **alone(row)}


def _marks(row: View) -> list[list[str]]:
    """What a text says that speaks of the same: both figures, or a name that is not just any word."""
    marks = [[row["实际值"], row["目标数"]]] if row["定量"] else []
    if len(row["指标名"]) > _SHORTEST:
        marks.append([row["指标名"]])
    return marks
