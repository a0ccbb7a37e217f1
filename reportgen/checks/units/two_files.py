"""AGG002 over a run: two files of one unit and one year that say different numbers of the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.checks.units.extracts import Extracts
from reportgen.checks.units.run_numbers import (
    FULL,
    PER_HEAD,
    ROW,
    Hit,
    Number,
)

_BUDGET = (PER_HEAD, "全年预算数")
_Numbers = Mapping[tuple[str, str], Number]


def contradictions(extracts: Extracts) -> Iterator[Hit]:
    """Each number of a later file that the first file of the unit and year has otherwise.

    Two files may be of two evaluations, which have money and scores of their own: these are compared only where both
    have the same budget. An indicator of one name is one indicator.
    """
    first: dict[tuple[str, str], int] = {}
    for position, one in enumerate(extracts):
        earlier = first.setdefault((one.name, one.year), position)
        if earlier != position:
            file = extracts[earlier].file
            here = _numbers(extracts, position)
            for other in _different(_numbers(extracts, earlier), here):
                own = here[other.kind, other.group]
                message = (
                    f"{own.label}填报为 {own.text}，同一单位、同一年度的另一份文件（{file}）"
                    f"为 {other.text}；请核对，两份文件应当一致"
                )
                yield Hit(position, own, message)


def _numbers(extracts: Extracts, position: int) -> _Numbers:
    listed = extracts[position].numbers()[1]
    return {(one.kind, one.group): one for one in listed if one.kind != FULL}


def _different(earlier: _Numbers, later: _Numbers) -> Iterator[Number]:
    """The numbers of the earlier file that the later one has with another value."""
    budgets = {one[_BUDGET].value for one in (earlier, later) if _BUDGET in one}
    same_money = len(budgets) == 1
    for key, one in earlier.items():
        other = later.get(key)
        compared = same_money or one.kind == ROW
        if other is not None and compared and other.value != one.value:
            yield one
