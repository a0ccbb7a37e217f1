"""The 反例 of each rule, set into a unit that has no other fault, is told once and under its own code only."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from rule_cases import example_unit, filled_in, findings, written

from reportgen.checks.rule import Rule
from reportgen.checks.rules import RULES

# Rules that tell one fault with more than one finding, and why.
TOLD_TWICE = {
    "framework_score_in_doubt": 2  # the total that does not add up, and the row that it probably comes from
}
# Rules whose example still holds a second fault, or whose fault is told by another rule too. This may only shrink.
OPEN = frozenset(
    {
        "score_disagrees",
        "base_data_disagree",
        "amount_mistyped",
        "foreign_project_named",
        "wrong_year",
        "before_the_unit_was",
        "amounts_in_yuan",
        "rate_without_sign",
        "decimals_mixed",
        "percent_sign_wide",
        "term_irregular",
        "statements_contradict",
        "text_of_another_topic",
    }
)


def _name(rule: Rule) -> str:
    return rule.find.__name__


def _each_rule() -> list[ParameterSet]:
    still = pytest.mark.xfail(reason="two findings for one fault", strict=True)
    return [
        pytest.param(
            rule,
            id=f"{rule.code} {_name(rule)}",
            marks=still if _name(rule) in OPEN else (),
        )
        for rule in RULES
    ]


def test_the_unit_around_the_examples_has_no_findings(tmp_path: Path) -> None:
    assert findings(written(filled_in({}), tmp_path)) == []


@pytest.mark.parametrize("rule", _each_rule())
def test_the_example_is_told_once_and_by_its_own_code(
    rule: Rule, tmp_path: Path
) -> None:
    found = findings(written(example_unit(rule), tmp_path))

    expected = [rule.code] * TOLD_TWICE.get(_name(rule), 1)
    assert [one.code for one in found] == expected, found


def test_exceptions_name_rules() -> None:
    assert {*TOLD_TWICE, *OPEN} <= {_name(rule) for rule in RULES}
