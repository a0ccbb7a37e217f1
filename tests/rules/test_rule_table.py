"""The table of rules against the manual, the fixtures and the docstrings."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from rule_cases import (
    CODES_OF_RULES,
    FIXTURES,
    cases,
    example_unit,
    found_by,
    written,
)

from reportgen.checks.rule import Rule
from reportgen.checks.rules import RULES

# Codes are given out once and never again, whatever becomes of the rule.
CODES = frozenset(
    f"{family}{number:03d}"
    for family, last in {
        "REQ": 1,
        "BUD": 7,
        "SCO": 8,
        "IND": 8,
        "AGG": 2,
        "TXT": 14,
        "REV": 10,
        "PRN": 1,
        "WVR": 1,
    }.items()
    for number in range(1, last + 1)
)
INPUT = re.compile(
    r"DAT\d{3}"
)  # a family of its own: what is wrong with the file itself

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_rules_of_one_code_find_different_faults_and_stand_together() -> None:
    """A code may have several rules, one for each fault of it: each told once, one after the other in the manual."""
    told = Counter((rule.code, rule.doc.partition("\n")[0]) for rule in RULES)

    assert [one for one, times in told.items() if times > 1] == []
    assert [code for code, _ in groupby(rule.code for rule in RULES)] == list(
        dict.fromkeys(one.code for one in RULES)
    )


def test_every_code_is_in_the_manual() -> None:
    assert {
        code for code in CODES_OF_RULES if not INPUT.fullmatch(code)
    } <= CODES


def test_every_fixture_belongs_to_a_rule_and_bears_its_name() -> None:
    assert (
        {fixture.stem for fixture in FIXTURES}
        == {case.code for case in cases()}
        == CODES_OF_RULES
    )


@every_rule
def test_the_fixture_has_passing_and_failing_cases(rule: Rule) -> None:
    outcomes = {bool(case.expect) for case in cases() if case.code == rule.code}

    assert outcomes == {True, False}


@every_rule
def test_the_docstring_says_what_why_and_shows_a_wrong_example(
    rule: Rule,
) -> None:
    what, _, rest = rule.doc.partition("\n\n")

    assert re.search(r"[\u4e00-\u9fff]", what)
    assert re.search(r"^ *依据：\S", rest, re.MULTILINE)
    assert re.search(r"^ *反例：$", rest, re.MULTILINE)


@every_rule
def test_the_wrong_example_loads_and_is_found_by_its_own_rule(
    rule: Rule, tmp_path: Path
) -> None:
    found = found_by(rule, written(example_unit(rule), tmp_path))

    assert rule.code in {one.code for one in found}


@every_rule
def test_messages_are_chinese_and_end_without_a_stop(rule: Rule) -> None:
    assert re.search(r"[\u4e00-\u9fff]", rule.message)
    assert not rule.message.endswith(("。", "；", ".", " "))
