"""The table of rules, in the order of the manual, and the one way to run them."""

from types import ModuleType

from reportgen.checks.agreement import (
    elsewhere,
    grades,
    performers,
    scales,
    titles,
    unrelated,
)
from reportgen.checks.copying import leftovers, paragraphs
from reportgen.checks.facts.facts import Facts
from reportgen.checks.funds import (
    base_changes,
    base_data,
    costs,
    execution,
    payments,
    shares,
    sums,
)
from reportgen.checks.indicators import (
    actual_values,
    canned,
    directions,
    kinds,
    levels,
    measure_units,
    one_measure,
    standards,
    targets,
    unmeasured,
)
from reportgen.checks.printed import PRINT_RULES
from reportgen.checks.required import (
    chapters,
    empty_cells,
    empty_fields,
    not_computable,
    not_printed,
    only_results,
    reasons,
)
from reportgen.checks.review import rows, values
from reportgen.checks.rule import Rule
from reportgen.checks.rule_docs import by_code
from reportgen.checks.scores import (
    bounds,
    by_rule,
    frameworks,
    layouts,
    points,
    rule_texts,
    second_level,
    totals,
)
from reportgen.checks.text import (
    changes,
    counted_names,
    figures,
    goal_parts,
    goals,
    left_out,
    lists,
    mistyped,
    other_words,
    qualities,
    quoted_shares,
    slipped_years,
    source_names,
    stated_score,
    topics,
    turned_digits,
    worked_out,
    year_changes,
    years,
)
from reportgen.checks.text.compared import (
    adjusted_amounts,
    against_targets,
    amounts_of_others,
    comparisons,
    respective_shares,
    stated_grades,
)
from reportgen.checks.units import (
    department,
    foreign_names,
    other_trades,
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
from reportgen.checks.writing.typography import punctuation
from reportgen.core.findings import Findings
from reportgen.model.loading import LoadedUnit

_ORDER = ("DAT", "REQ", "BUD", "SCO", "IND", "AGG", "TXT", "REV")


# Each family's modules are named once, in the imports above.
_FOUND = (
    one
    for module in tuple(globals().values())
    if isinstance(module, ModuleType)
    for one in vars(module).values()
    if isinstance(one, Rule)
)
RULES = tuple(
    sorted(_FOUND, key=lambda one: (_ORDER.index(one.code[:3]), one.code))
)

# Also what looks at many units at once, at finished documents, and at the waivers themselves.
EVERY_RULE = by_code((*RULES, *RUN_RULES, *PRINT_RULES, UNUSED_WAIVER))


def check(facts: Facts, loaded: LoadedUnit) -> Findings:
    """Every finding of every rule, in the order of the table, with the unit's waivers applied.

    Funds that were typed in 元 are told as such, and nothing of what follows from it.
    """
    found = [
        finding for one in RULES for finding in one.findings(facts, loaded)
    ]
    in_yuan = yuan_amounts.amounts_in_yuan.findings(facts, loaded)
    funds = tuple(f"{one.path.rpartition('.')[0]}." for one in in_yuan)
    told = (
        one
        for one in found
        if one.code == "TXT009" or not one.path.startswith(funds)
    )
    return tuple(waived(told, loaded))
