"""reportgen rules: every code that is shown anywhere can be asked about."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from command_line import REPOSITORY, Told

from reportgen.checks.failures import failures
from reportgen.checks.rules import EVERY_RULE

CODES = r'"((?:DAT|OUT|PCK|TPL|ERR|BUG|RBK)\d{3})"'


def test_every_code_of_a_failure_is_explained() -> None:
    source = "".join(
        file.read_text(encoding="utf-8")
        for file in (REPOSITORY / "reportgen").rglob("*.py")
    )
    assert (
        set(re.findall(CODES, source))
        - {rule.code for rule in EVERY_RULE}
        - set(failures())
        == set()
    )


@pytest.mark.parametrize("code", ["DAT002", "out002", "BUD001"])
def test_a_code_that_was_shown_is_explained(
    code: str, reportgen: Callable[..., Told]
) -> None:
    told = reportgen("rules", code)
    assert told.code == 0
    assert code.upper() in told.out
