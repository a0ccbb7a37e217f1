"""What README.md tells a newcomer to type is what the fresh machine of .ci/run types."""

from __future__ import annotations

import re

from command_line import REPOSITORY


def typed() -> list[str]:
    """The lines of the section for newcomers, as they stand."""
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    section = readme.partition("## Two lines on a fresh machine")[2]
    lines = section.partition("\n## ")[0].splitlines()
    return [line.strip() for line in lines if line.startswith("    pip ")]


def test_the_fresh_machine_types_just_these_two_lines() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    taken = re.search(r"sed -n 's/\^    \\\((.*?)\\\)\$/", script)
    assert taken is not None
    found = re.findall(f"(?m)^    ({taken[1]})$", readme)
    assert found == typed()
    assert len(found) == 2


def test_it_types_them_without_constraints_and_first() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    assert "PIP_CONSTRAINT" not in script
    assert script.index("fresh newest") < script.index("--constraint")
