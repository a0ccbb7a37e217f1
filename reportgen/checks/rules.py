"""The table of rules, in the order of the manual, and the one way to run them."""

from __future__ import annotations

from reportgen.checks.copying import leftovers, paragraphs
from reportgen.checks.facts.facts import Facts
from reportgen.checks.funds import (
    base_data,
    costs,
    execution,
    progress,
    shares,
    staff,
    sums,
)
from reportgen.checks.indicators import (
    actual_values,
    directions,
    kinds,
    levels,
    measure_units,
    one_measure,
    targets,
)
from reportgen.checks.printed import PRINT_RULES
from reportgen.checks.required import (
    chapters,
    empty_cells,
    empty_fields,
    not_computable,
    not_printed,
    reasons,
)
from reportgen.checks.rule import Rule
from reportgen.checks.rule_docs import DescribedRule, by_code
from reportgen.checks.scores import (
    basis,
    bounds,
    by_rule,
    frameworks,
    layouts,
    points,
    rule_texts,
    totals,
)
from reportgen.checks.text import (
    changes,
    counted_names,
    figures,
    goals,
    left_out,
    lists,
    mistyped,
    qualities,
    quoted_shares,
    stated_score,
    topics,
    years,
)
from reportgen.checks.units import (
    department,
    foreign_names,
    other_units,
    same_kind,
    unit_and_projects,
)
from reportgen.checks.units.run import RUN_RULES
from reportgen.checks.waivers import UNUSED_WAIVER, waived
from reportgen.checks.writing import (
    amount_format,
    notation,
    numbering,
    personal_data,
    problems_and_measures,
    word_lists,
    yuan_amounts,
)
from reportgen.core.findings import Finding
from reportgen.model.loading import LoadedUnit

DATA_RULES: tuple[Rule, ...] = (
    not_printed.text_not_printed,
    empty_fields.group_empty,
    empty_fields.required_field_empty,
    empty_fields.project_empty,
    not_computable.rate_not_computable,
    not_computable.row_empty,
    not_computable.points_missing,
    not_computable.score_not_computable,
    not_computable.common_not_applicable,
    not_computable.common_not_scored,
    not_computable.common_not_computable,
    goals.results_fewer_than_goals,
    empty_cells.name_empty,
    empty_cells.value_empty,
    empty_cells.computable_rate_blank,
    empty_cells.framework_rows_empty,
    chapters.chapter_repeated,
    chapters.conclusion_without_score,
    chapters.problems_without_problem,
    execution.execution_rate_wrong,
    execution.rate_of_indicator_differs,
    sums.parts_do_not_add,
    base_data.base_data_do_not_add,
    base_data.columns_mixed_in_text,
    reasons.low_rate_unexplained,
    reasons.adjustment_unexplained,
    costs.costs_differ_from_funds,
    shares.share_wrong,
    staff.staff_wrong,
    progress.paid_before_done,
    points.points_do_not_add,
    points.points_not_in_full,
    layouts.labels_not_in_full,
    points.execution_points_not_of_pack,
    points.execution_points_twice,
    points.execution_scored_as_indicator,
    frameworks.framework_points_do_not_add,
    frameworks.framework_labels_do_not_add,
    points.group_points_do_not_add,
    points.group_without_rows,
    layouts.group_points_not_of_form,
    layouts.points_in_one_row,
    frameworks.framework_group_points_do_not_add,
    totals.total_score_wrong,
    totals.total_in_wrong_cell,
    totals.total_out_of_reach,
    totals.grade_wrong,
    frameworks.framework_score_wrong,
    frameworks.framework_score_out_of_reach,
    frameworks.framework_score_in_doubt,
    bounds.points_negative,
    bounds.score_negative,
    bounds.score_above_points,
    layouts.group_score_above_label,
    bounds.execution_score_wrong,
    by_rule.points_lost_though_reached,
    by_rule.score_not_in_proportion,
    by_rule.score_outside_band,
    by_rule.common_score_against_rate,
    by_rule.score_of_money_received,
    basis.score_without_basis,
    rule_texts.rule_text_wrong,
    actual_values.target_missed_at_full_score,
    directions.number_told_in_words,
    actual_values.share_over_the_whole,
    actual_values.every_actual_is_its_target,
    actual_values.relation_in_actual,
    actual_values.words_of_target_as_actual,
    reasons.miss_unexplained,
    goals.result_below_goal,
    reasons.cause_without_measure,
    reasons.excess_unexplained,
    reasons.target_far_from_last_year,
    levels.row_without_group,
    levels.cost_in_two_places,
    levels.second_level_as_first,
    levels.second_level_of_another,
    levels.name_as_second_level,
    levels.third_level_of_form_as_second,
    levels.value_as_name,
    levels.rate_as_quantity,
    levels.basis_repeats_target,
    levels.named_twice,
    kinds.kinds_missing,
    kinds.benefits_not_told,
    costs.money_spent_as_benefit,
    kinds.input_as_output,
    kinds.rate_under_quantity,
    kinds.ecology_of_another_kind,
    kinds.sentence_as_name,
    kinds.ecology_chapter_of_another_kind,
    targets.target_vague,
    targets.quantity_without_number,
    targets.rate_as_cost,
    directions.relation_against_sense,
    unit_and_projects.offices_miscounted,
    unit_and_projects.project_listed_twice,
    unit_and_projects.problems_only_below,
    unit_and_projects.adjustment_not_of_projects,
    unit_and_projects.projects_left_out,
    unit_and_projects.base_row_against_project,
    unit_and_projects.mean_of_projects_wrong,
    counted_names.number_and_list,
    department.department_disagrees,
    one_measure.one_measure_many_values,
)


TEXT_RULES: tuple[Rule, ...] = (
    figures.number_disagrees,
    stated_score.score_disagrees,
    qualities.number_of_another,
    quoted_shares.share_disagrees,
    figures.amount_of_two_levels,
    lists.list_total_wrong,
    lists.parts_of_whole_wrong,
    lists.rates_listed_miscounted,
    mistyped.amount_mistyped,
    changes.change_wrong,
    left_out.indicators_left_out,
    left_out.execution_left_out,
    foreign_names.foreign_project_named,
    other_units.other_place_level,
    other_units.other_kind_of_body,
    same_kind.another_body_of_the_kind,
    other_units.name_not_whole,
    other_units.leftover_name,
    years.wrong_year,
    years.tasks_already_done,
    years.before_the_unit_was,
    goals.done_after_the_year,
    years.filled_in_another_year,
    leftovers.template_left,
    paragraphs.goal_repeated_as_result,
    problems_and_measures.problems_and_measures,
    paragraphs.paragraphs_copied,
    numbering.numbering_wrong,
    measure_units.units_differ,
    measure_units.unit_lost,
    yuan_amounts.amounts_in_yuan,
    amount_format.amounts_untidy,
    amount_format.rate_without_sign,
    notation.yuan_beside_ten_thousand,
    notation.unit_of_money_cut,
    notation.percent_sign_wide,
    notation.points_not_percent,
    notation.term_irregular,
    word_lists.statements_contradict,
    topics.text_of_another_topic,
    personal_data.personal_data,
    word_lists.slip_of_the_pen,
)


RULES: tuple[Rule, ...] = (*DATA_RULES, *TEXT_RULES)

# Also what looks at many units at once, at finished documents, and at the waivers themselves.
EVERY_RULE: tuple[DescribedRule, ...] = by_code(
    (*RULES, *RUN_RULES, *PRINT_RULES, UNUSED_WAIVER)
)


def check(facts: Facts, loaded: LoadedUnit) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the table, with the unit's waivers applied."""
    return tuple(
        waived(
            (
                finding
                for one in RULES
                for finding in one.findings(facts, loaded)
            ),
            loaded,
        )
    )
