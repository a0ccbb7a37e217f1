"""Which reasons are one, and the money that was left: told in the matter that it was left for, or as one more."""

import re
from collections.abc import Callable, Iterator
from itertools import product

from reportgen.core.likeness import each_once, pairs
from reportgen.core.value import Value
from reportgen.packs.pack import Pack
from reportgen.view.formatter import View, Views

_CLAUSES = re.compile(r"[^，、；。]{2,}")
_UNTIL = re.compile(r"[到至](?:[0-9]+[年月日底初]+)+")
_NUMBER = re.compile(r"[0-9.]+")
_NEARLY = 0.7  # of the pairs of characters of a clause
_APIECE = re.compile(r"每|均|单位成本|单价")
_WHO = re.compile(r"（[^（）]*）$")
_MISSING = 0.2  # of the characters of a measure, where another says it
_TOLD = 3  # characters of a name by which people call a project


def tell_money(subjects: Views, matters: Views, least: Value) -> None:
    """Adds the money that was left: to the matter it was left for, or as one more; of the whole last."""
    for one in sorted(subjects, key=_is_silent):
        funds = one["资金"]
        late = _is_late(funds, least)
        explained = funds["扣分"] and funds["原因"]
        told = (late or explained) and _joins(one, matters)
        if late and not told:
            matters.append(of_funds("执行", one, []))


def _joins(subject: View, matters: Views) -> bool:
    """Whether the money of the unit or a project is told in the matter that it was left for."""
    home = _matter_of(subject, matters)
    if home:
        money = of_funds("执行", subject, [home])
        home["执行"].append(money)
        home["所述"] += money["所述"]
    return bool(home)


def _matter_of(subject: View, matters: Views) -> View | None:
    """The first that tells why its money was left, if no reason stands in none; or what its project missed.

    Where nobody wrote why, or anything that its project missed, it is that of the whole.
    """
    funds = subject["资金"]
    parts = funds["原因"].split("；")
    homes = [[one for one in matters if tells(one, part)] for part in parts]
    if all(homes):
        return homes[0][0]
    if funds["措施"]:
        return None
    name = subject["称呼"]
    found = [one for one in matters if is_of_project(name, one["所述"])]
    if _is_silent(subject):
        found += [one for one in matters if one["标志"][-1] == ["预算", "执行"]]
    return next(iter(found), None)


def tells(matter: View, reason: str) -> bool:
    """Whether the reason is one of those that the matter tells, or names what fell short."""
    return matter["指标名"] in reason or any(
        is_one(reason, row["原因"]) for row in matter["所述"]
    )


def delayed(subject: View, pack: Pack) -> View:
    """The unit or a project with the parts of its reason that tell why money is late: what was saved is no fault.

    Where all was saved and somebody wrote what is done about it, the measure keeps its reason.
    """
    words = pack.vocabulary.lists
    late = _without(
        subject["资金"], lambda part: [*filter(part.count, words.savings)]
    )
    if late["措施"] and not late["原因"]:
        return subject
    return subject | {"资金": late}


def _without(funds: View, told: Callable[[str], object]) -> View:
    """Without the parts of its reason that are told elsewhere."""
    parts = funds["原因"].split("；")
    left = [part for part in parts if not told(part)]
    return funds if left == parts else funds | {"原因": "；".join(left)}


def _is_silent(subject: View) -> bool:
    """Whether it is a project of which nobody wrote why its money was left."""
    return bool(subject["称呼"] and not subject["资金"]["原因"])


def _is_late(funds: View, least: Value) -> bool:
    """Whether little was spent, and not just because it cost less; or somebody wrote what is done about it."""
    saved = funds["偏差原因"] and not funds["原因"]
    return bool(funds["措施"] or (funds["执行率"] < least and not saved))


def is_of_project(name: Value, rows: Views) -> bool:
    """Whether one of the rows is the project's."""
    return bool(name) and name in [one["所属"] for one in rows]


def is_one(reason: str, other: str) -> bool:
    """Whether a clause of one reason stands in the other, at least nearly so."""
    clauses = product(_clauses(reason), _clauses(other))
    return any(_are_alike(*both) for both in clauses)


def _clauses(reason: str) -> list[str]:
    """Its clauses without the day until which something was put off."""
    return _CLAUSES.findall(_UNTIL.sub("", reason))


def _are_alike(clause: str, other: str) -> bool:
    """Whether most of the shorter one stands in the other, and no number that the other has not."""
    numbers = [_NUMBER.findall(one) for one in (clause, other)]
    one, two = pairs(clause), pairs(other)
    least = _NEARLY * min(len(one), len(two))
    same = [] in numbers or numbers[0] == numbers[1]
    return same and len(one & two) > least


def of_funds(kind: str, subject: View, above: Views) -> View:
    """A matter of money; what the matters `above` tell is no cause of it that is told again."""
    told = subject["资金"] | {"所属": subject["称呼"]}
    funds = _without(
        told, lambda part: [one for one in above if tells(one, part)]
    )
    adjusted = kind == "调整"
    return {
        "类": kind,
        "指标名": subject["名称"] or "#",
        "所属": subject["称呼"],
        "资金": funds,
        "措施": (funds["调整"] if adjusted else funds)["措施"],
        "标志": [
            [funds["调幅" if adjusted else "执行率"]],
            [subject["名称"][-3:] or "预算", kind],
        ],
        **alone(told),
    }


def alone(told: View) -> View:
    """A matter that tells one thing, with room for what else had the same cause."""
    return {"所述": [told], "同因": [], "执行": []}


def answered(matters: Views, projects: Views) -> Iterator[View]:
    """The matters, each with its measures once; what is named after a project answers the matter of that project."""
    names = {one["称呼"]: one["名称"] for one in projects}
    measures = [_measures(one) for one in matters]
    for one, own in zip(matters, measures, strict=True):
        for measure in own[1:] and [*own]:
            home = _home_of(measure, one, matters, names)
            _move(measure, own, own if home is None else measures[home])
    for one, own in zip(matters, measures, strict=True):
        yield one | {"措施": "；".join(_whose_once(_not_twice(own)))}


def _move(measure: str, own: list[str], other: list[str]) -> None:
    """Puts a measure before the others, but for the last that is there."""
    if other is not own and own[1:]:
        own.remove(measure)
        other.insert(0, measure)


def _measures(matter: View) -> list[str]:
    """The measures of what a matter tells, each with who does it until when."""
    given = each_once(row["措施"] for row in matter["所述"])
    return [part for text in given for part in _parts(text)]


def _parts(text: str) -> Iterator[str]:
    """The parts of a measure; who does them until when stands at the end for all."""
    found = _WHO.search(text)
    whose = found[0] if found else ""
    for part in text.removesuffix(whose).split("；"):
        yield part if _WHO.search(part) else part + whose


def _whose_once(measures: list[str]) -> Iterator[str]:
    """Without who does it until when where the next says the same."""
    for one, after in zip(measures, [*measures, ""][1:], strict=True):
        found = _WHO.search(one)
        same = found and after.endswith(found[0])
        yield one.removesuffix(found[0]) if found and same else one


def _home_of(
    measure: str, matter: View, matters: Views, names: dict[Value, Value]
) -> int | None:
    """The place of the first matter of the only project that a measure names, if that is another."""
    called = [one for one in names if _calls(measure, names[one])]
    if len(called) != 1 or is_of_project(called[0], matter["所述"]):
        return None
    homes = (
        n
        for n, one in enumerate(matters)
        if is_of_project(called[0], one["所述"])
    )
    return next(homes, None)


def _calls(measure: str, name: str) -> bool:
    """Whether a measure holds the beginning or the end of a name."""
    return name[:_TOLD] in measure or name[-_TOLD - 1 :] in measure


def _not_twice(measures: list[str]) -> list[str]:
    """Without those of which each clause stands in another in nearly the same words."""
    kept: list[str] = []
    for one in measures:
        if not any(_says(other, one) for other in kept):
            kept = [other for other in kept if not _says(one, other)]
            kept.append(one)
    return kept


def _says(measure: str, other: str) -> bool:
    """Whether a measure says all of the other one, and who does it until when."""
    found = _WHO.search(other)
    if found and not measure.endswith(found[0]):
        return False
    clauses = _CLAUSES.findall(_WHO.sub("", other))
    said = _CLAUSES.findall(_WHO.sub("", measure))
    return all(any(_holds(one, clause) for one in said) for clause in clauses)


def _holds(clause: str, other: str) -> bool:
    """Whether nearly all characters of the other stand in a clause, half of them in the same order."""
    missing = set(other) - set(clause)
    both = pairs(other) & pairs(clause)
    return (
        len(missing) <= _MISSING * len(set(other))
        and 2 * len(both) >= len(pairs(other))
        and not any(one.isdigit() for one in missing)
    )


def is_told_in(row: View, text: str) -> bool:
    """Whether a text tells what was done: as it is written, or the day without its year."""
    day = row["实际值"].partition("年")[2]
    return row["实际值"] in text or (
        row["名类"] == "日期" and bool(day) and _stands_in(day, text)
    )


def is_all_told_in(row: View, text: str) -> bool:
    """Whether a text tells what was done and, where it fell short, how far."""
    far = row["差距"]
    short = not row["达标"]
    return is_told_in(row, text) and not (
        short and not (far and _stands_in(far, text))
    )


def _stands_in(figure: str, text: str) -> bool:
    """Whether a figure stands in a text, not as the end of a longer number."""
    return bool(re.search(rf"(?<![0-9.]){re.escape(figure)}", text))


def is_of_one_thing(project: View, measure: str) -> bool:
    """Whether the money of a project is for one thing: nothing was added, and its words count no more by `measure`.

    Nor does one of its indicators say what one of something costs.
    """
    done = "".join(project["年度目标"]["完成情况"])
    counted = re.findall(rf"[0-9][十百千万亿]*{re.escape(measure)}", done)
    added = project["资金"]["调增额"].number
    priced = any(_APIECE.search(row["指标名"]) for row in project["指标"])
    return not (added or priced) and len(counted) <= 1
