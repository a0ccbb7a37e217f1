"""The 反例 of each rule, set into a unit that has no other fault, is told once and under its own code only."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from rule_cases import example_unit, filled_in, findings, written

from reportgen.checks.rule import Rule
from reportgen.checks.rules import RULES

# Rules whose fault is told by a second finding as well, and why.
ALSO = {
    # the total that does not add up, beside the row that it probably comes from
    "framework_score_in_doubt": ["SCO003"],
    # where the change arose, beside the reason for it: two fields to fill in
    "adjustment_not_of_projects": ["BUD003"],
    # the score in the wrong cell is above its points, and not what the rate earns
    "total_in_wrong_cell": ["SCO004", "SCO005"],
    # the row without a score, beside the total that it cannot make right
    "total_out_of_reach": ["REQ001"],
    "framework_score_out_of_reach": ["REQ001"],
    # what a reviewer deducts, beside the excess that every pack tells
    "far_over_without_remark": ["IND003"],
}


def _name(rule: Rule) -> str:
    return rule.find.__name__


def _each_rule() -> list[ParameterSet]:
    return [
        pytest.param(rule, id=f"{rule.code} {_name(rule)}") for rule in RULES
    ]


def test_the_unit_around_the_examples_has_no_findings(tmp_path: Path) -> None:
    assert findings(written(filled_in({}), tmp_path)) == []


@pytest.mark.parametrize("rule", _each_rule())
def test_the_example_is_told_once_and_by_its_own_code(
    rule: Rule, tmp_path: Path
) -> None:
    found = findings(written(example_unit(rule), tmp_path))

    expected = [rule.code, *ALSO.get(_name(rule), [])]
    assert sorted(one.code for one in found) == sorted(expected), found


def test_exceptions_name_rules() -> None:
    assert {*ALSO} <= {_name(rule) for rule in RULES}
