"""The table of rules, in the order of the manual, and the one way to run them."""

from __future__ import annotations

from reportgen.checks import (
    actuals,
    amount_marks,
    base_sums,
    basis,
    changes,
    copied,
    costs,
    department,
    earned,
    enumerated,
    filled,
    foreign_names,
    frameworks,
    funds,
    leftovers,
    levels,
    magnitudes,
    measures,
    misplaced,
    names,
    near_misses,
    notation,
    numbering,
    one_measure,
    personal,
    progress,
    prose_figures,
    prose_scores,
    reasons,
    required,
    rule_texts,
    scores,
    sections,
    shares,
    staff,
    sums,
    topics,
    unit_marks,
    upwards,
    whose,
    wording,
    years,
)
from reportgen.checks.manual import Told, by_code
from reportgen.checks.printed import PRINT_RULES
from reportgen.checks.registry import Facts, Rule
from reportgen.checks.run import RUN_RULES
from reportgen.checks.waivers import UNUSED_WAIVER, waived
from reportgen.finding import Finding
from reportgen.model.loading import LoadedUnit

DATA_RULES: tuple[Rule, ...] = (
    names.text_not_printed,
    required.figure_not_computable,
    filled.required_field_empty,
    filled.project_empty,
    filled.cell_empty,
    filled.chapter_says_nothing,
    funds.execution_rate_wrong,
    sums.parts_do_not_add,
    base_sums.base_data_do_not_add,
    base_sums.columns_mixed_in_text,
    reasons.deviation_of_funds_unexplained,
    costs.costs_differ_from_funds,
    shares.share_wrong,
    staff.staff_wrong,
    progress.paid_before_done,
    scores.points_do_not_add,
    frameworks.framework_points_do_not_add,
    scores.group_points_do_not_add,
    frameworks.framework_group_points_do_not_add,
    scores.total_score_wrong,
    frameworks.framework_score_in_doubt,
    scores.score_out_of_bounds,
    scores.execution_score_wrong,
    earned.score_against_rule,
    basis.score_without_basis,
    rule_texts.rule_text_wrong,
    actuals.target_missed_at_full_score,
    actuals.target_repeated_as_actual,
    reasons.deviation_of_indicator_unexplained,
    levels.levels_shifted,
    levels.kinds_missing,
    costs.money_spent_as_benefit,
    levels.kind_unsuitable,
    actuals.target_vague,
    upwards.levels_disagree,
    enumerated.number_and_list,
    department.department_disagrees,
    one_measure.one_measure_many_values,
)


TEXT_RULES: tuple[Rule, ...] = (
    prose_figures.number_disagrees,
    prose_scores.score_disagrees,
    misplaced.number_of_another,
    misplaced.parts_exceed_whole,
    misplaced.share_disagrees,
    misplaced.base_data_disagree,
    near_misses.amount_mistyped,
    changes.change_wrong,
    changes.list_of_shares_wrong,
    sections.indicators_left_out,
    sections.execution_left_out,
    foreign_names.foreign_project_named,
    whose.other_place_level,
    whose.other_kind_of_body,
    whose.name_not_whole,
    whose.leftover_name,
    years.wrong_year,
    years.tasks_already_done,
    years.before_the_unit_was,
    years.filled_in_another_year,
    leftovers.template_left,
    copied.goal_repeated_as_result,
    measures.problems_and_measures,
    copied.paragraphs_copied,
    numbering.numbering_wrong,
    unit_marks.units_differ,
    unit_marks.unit_lost,
    magnitudes.amounts_in_yuan,
    amount_marks.amounts_untidy,
    amount_marks.rate_without_sign,
    amount_marks.decimals_mixed,
    notation.yuan_beside_ten_thousand,
    notation.unit_of_money_cut,
    notation.percent_sign_wide,
    notation.points_not_percent,
    notation.term_irregular,
    wording.statements_contradict,
    topics.text_of_another_topic,
    personal.personal_data,
    wording.slip_of_the_pen,
)


RULES: tuple[Rule, ...] = (*DATA_RULES, *TEXT_RULES)

# Also what looks at many units at once, at finished documents, and at the waivers themselves.
EVERY_RULE: tuple[Told, ...] = by_code((*RULES, *RUN_RULES, *PRINT_RULES, UNUSED_WAIVER))


def check(facts: Facts, loaded: LoadedUnit) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the table, with the unit's waivers applied."""
    return tuple(waived((finding for one in RULES for finding in one.findings(facts, loaded)), loaded))
