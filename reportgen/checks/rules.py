"""The table of rules, in the order of the manual, and the one way to run them."""

from __future__ import annotations

from reportgen.checks import basis, funds, names, required, scores, sums
from reportgen.checks.registry import Facts, Rule
from reportgen.checks.waivers import waived
from reportgen.finding import Finding
from reportgen.model.loading import LoadedUnit

DATA_RULES: tuple[Rule, ...] = (
    names.text_not_printed,
    required.figure_not_computable,
    funds.execution_rate_wrong,
    sums.parts_do_not_add,
    scores.points_do_not_add,
    scores.group_points_do_not_add,
    scores.total_score_wrong,
    scores.score_out_of_bounds,
    scores.execution_score_wrong,
    basis.score_without_basis,
)


TEXT_RULES: tuple[Rule, ...] = ()


RULES: tuple[Rule, ...] = (*DATA_RULES, *TEXT_RULES)


def check(facts: Facts, loaded: LoadedUnit) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the table, with the unit's waivers applied."""
    return tuple(waived((finding for one in RULES for finding in one.findings(facts, loaded)), loaded))
