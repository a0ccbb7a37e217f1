"""Every case of every fixture: a unit without findings, patched, says what it should and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rule_cases import (
    HERE,
    MINIMAL,
    Case,
    cases,
    findings,
    patched,
    steps,
    written,
)

from reportgen.core.findings import Finding
from reportgen.sources.yaml_tree import load_yaml

BASE = load_yaml(HERE / "base.yaml").data


def test_the_base_unit_has_no_findings() -> None:
    assert findings(HERE / "base.yaml") == []


@pytest.mark.parametrize(
    "case", tuple(cases()), ids=lambda case: f"{case.code} {case.name}"
)
def test_case(case: Case, tmp_path: Path) -> None:
    data = patched(BASE, case.given)
    path = written(data, tmp_path)
    for name, content in case.files.items():
        written(patched(MINIMAL, content), tmp_path, name)

    found = findings(path, case.code)

    assert [one.path for one in found] == [
        expected["at"] for expected in case.expect
    ], found
    for one, expected in zip(found, case.expect, strict=True):
        assert expected["says"] in one.message
        assert "not" not in expected or expected["not"] not in one.message
        assert one.severity.label == expected.get(
            "severity", one.severity.label
        )
        assert "{" not in one.message
        assert _stands_there(one, data, path)


def _stands_there(finding: Finding, data: Any, path: Path) -> bool:
    """Whether the place points at the value in the text, or at the key of the deepest part of the path that exists."""
    there = path.read_text(encoding="utf-8").split("\n")[
        finding.place.line - 1
    ][finding.place.column - 1 :]
    key: str | int = ""
    for step in steps(finding.path):
        if isinstance(
            data, str
        ):  # the only paragraph of a section, written without a list
            return there.startswith(f"{key}:")
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return isinstance(key, int) or there.startswith(f"{key}:")
        key = step
    first = (
        f"{next(iter(data))}:"
        if isinstance(data, dict)
        else "- "
        if isinstance(data, list)
        else str(data or "")
    )
    return there.lstrip("'\"").startswith(first)
