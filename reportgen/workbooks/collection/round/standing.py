"""How a round stands: who sent what, which of several files counts, what is missing, of another year, unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportgen.workbooks.collection.round.returned import Returned
from reportgen.workbooks.collection.round.roster import AskedUnit, same_name

HANDED, MISSING, UNREADABLE = "已交", "未交", "打不开"
FAULTY = "填写有误"  # it says whose it is, and cannot be taken in
OTHER_YEAR, OUTSIDE = "年度不符", "名单外"
_SURE = 3  # characters of a name that tell a unit, where they tell only one
_NO_NAME = re.compile(r"[^\u4e00-\u9fff]|采集表|自评表|绩效自评")
_NAMED = 3  # differences that are named


@dataclass
class UnitRound:
    """One unit of the roster in this round."""

    asked: AskedUnit
    standing: str = MISSING
    used: Returned | None = None
    others: list[Returned] = field(default_factory=list)
    of_other_years: list[Returned] = field(default_factory=list)

    @property
    def note(self) -> str:
        """What is to be said of its files."""
        used = self.used
        told = [used.reason, used.printed] if used else []
        told = [one for one in told if one]
        told += [
            f"{one.shown} 是 {one.year} 年度的，没有用"
            for one in self.of_other_years
        ]
        if used and self.others:
            told.append(f"交了 {len(self.others) + 1} 份，用 {used.shown}")
            told += [_compared(used, one) for one in self.others]
        return "；".join(told)


def _compared(used: Returned, other: Returned) -> str:
    """How an older file differs from the one that counts."""
    now, before = dict(used.leaves), dict(other.leaves)
    changed = [
        path for path in {**before, **now} if now.get(path) != before.get(path)
    ]
    when = "较早" if other.changed < used.changed else "同时"
    if other.reason:
        return f"{other.shown} 没有读（{other.reason}）"
    if not changed:
        return f"{other.shown} 内容相同"
    names = [
        "·".join(str(step) for step in path if isinstance(step, str))
        for path in changed[:_NAMED]
    ]
    return (
        f"{other.shown}（{when}）有 {len(changed)} 处不同：{'、'.join(names)}"
    )


@dataclass
class RoundStanding:
    """The whole round: the units of the roster in their order, and the files that belong to none of them."""

    year: str
    units: list[UnitRound]
    outside: list[tuple[str, Returned]] = field(default_factory=list)

    def counts(self) -> Mapping[str, int]:
        """How many units there are of each standing."""
        return Counter(one.standing for one in self.units)


def stand(
    asked: Sequence[AskedUnit], files: Iterable[Returned], year: str = ""
) -> RoundStanding:
    """The round as it stands; `year` is what is asked for, or else what the roster or most of the files say."""
    found = list(files)
    year = year or _year(asked, found)
    units = [UnitRound(one) for one in asked]
    standing = RoundStanding(year, units)
    names = _by_name(units)
    for file in found:
        unit = names.get(same_name(file.unit)) or _by_file(file, units)
        if unit is None:
            kind = OUTSIDE if file.unit else UNREADABLE
            standing.outside.append((kind, file))
        elif _is_of(file, year):
            unit.others.append(file)
        else:
            standing.outside.append((OTHER_YEAR, file))
            unit.of_other_years.append(file)
    for unit in units:
        _choose(unit)
    return standing


def _by_name(units: Sequence[UnitRound]) -> Mapping[str, UnitRound]:
    """The units by their names and short names."""
    found: dict[str, UnitRound] = {}
    for one in units:
        for name in (one.asked.short_name, one.asked.name):
            found[same_name(name)] = one
    found.pop("", None)
    return found


def _is_of(file: Returned, year: str) -> bool:
    """Whether a file is of the year that is asked for, as far as it tells."""
    told = file.year.rstrip("年度")
    return not told or not year or told == year


def _year(asked: Sequence[AskedUnit], files: Sequence[Returned]) -> str:
    told = [one.year for one in asked if one.year]
    years = told or [one.year for one in files if one.year]
    counted = Counter(one.rstrip("年度") for one in years)
    return counted.most_common(1)[0][0] if counted else ""


def _by_file(file: Returned, units: Sequence[UnitRound]) -> UnitRound | None:
    """The unit that the name of a file tells, where the file itself tells none."""
    if file.unit:
        return None
    name = same_name(file.shown)
    found = [one for one in units if same_name(one.asked.name) in name]
    if not found:
        return _by_short_name(file, units)
    return max(found, key=lambda one: len(one.asked.name))


def _by_short_name(
    file: Returned, units: Sequence[UnitRound]
) -> UnitRound | None:
    """The only unit in whose name the name of the file stands."""
    own = _NO_NAME.sub("", same_name(file.path.stem))
    found = [one for one in units if own in same_name(one.asked.name)]
    return found[0] if len(own) >= _SURE and len(found) == 1 else None


def _counts(one: Returned) -> tuple[bool, bool, float, str]:
    """What is sorted by: files that can be read, forms before documents, the newest last."""
    return not one.reason, not one.printed, one.changed, one.shown


def _choose(unit: UnitRound) -> None:
    """Takes the file that counts: one that can be read, of these the newest."""
    if not unit.others:
        return
    *unit.others, used = sorted(unit.others, key=_counts)
    unit.used = used
    fault = FAULTY if used.unit else UNREADABLE
    unit.standing = fault if used.reason else HANDED
