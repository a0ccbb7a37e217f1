"""Which reasons are one, and the money that was left: told in the matter that it was left for, or as one more."""

import re
from collections.abc import Callable
from itertools import product

from reportgen.core.likeness import pairs
from reportgen.core.value import Value
from reportgen.packs.pack import Pack
from reportgen.view.formatter import View, Views

_CLAUSES = re.compile(r"[^，、；。]{2,}")
_UNTIL = re.compile(r"[到至](?:[0-9]+[年月日底初]+)+")
_NUMBER = re.compile(r"[0-9.]+")
_NEARLY = 0.7  # of the pairs of characters of a clause


def tell_money(subjects: Views, matters: Views, least: Value) -> None:
    """Adds the money that was left: to the matter it was left for, or as one more; of the whole last."""
    for one in sorted(subjects, key=_is_silent):
        funds = one["资金"]
        late = _is_late(funds, least)
        explained = funds["扣分"] and funds["原因"]
        told = (late or explained) and _joins(one, matters)
        if late and not told:
            matters.append(of_funds("执行", one, matters))


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
    """The unit or a project with the parts of its reason that tell why money is late: what was saved is no fault."""
    words = pack.vocabulary.lists
    late = _without(
        subject["资金"], lambda part: [*filter(part.count, words.savings)]
    )
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
