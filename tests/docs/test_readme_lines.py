"""What README.md tells a newcomer to type is what the fresh machine of .ci/run types."""

from __future__ import annotations

import re

import pytest
from command_line import REPOSITORY


def typed() -> list[str]:
    """The lines of the section for newcomers, as they stand."""
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    section = readme.partition("## Two lines on a fresh machine")[2]
    lines = section.partition("\n## ")[0].splitlines()
    return [line.strip() for line in lines if line.startswith("    pip ")]


def test_there_are_two_lines() -> None:
    assert len(typed()) == 2


@pytest.mark.parametrize("line", typed())
def test_the_fresh_machine_types_them_as_they_stand(line: str) -> None:
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    newest = re.search(r"(?s)fresh newest\n(.*?)\n\)", script)
    assert newest is not None
    assert line in [one.strip() for one in newest[1].splitlines()]


def test_it_has_no_constraints() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    assert "PIP_CONSTRAINT" not in script
    assert script.index("fresh newest") < script.index("--constraint")
