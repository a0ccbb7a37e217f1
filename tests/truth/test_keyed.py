"""What is found in the keyed papers, and what they are silent about.

A case that is not met today stands in `known.yml` with what is missed or false; it must stay out of it once it is
met, so that the list only shrinks. The figures of all cases are in docs/precision.md (`make precision`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.append(str(Path(__file__).parents[1] / "rules"))

from keyed import FILES, HERE, KEPT, Keyed, judged, keyed

CASES = (*keyed((*FILES, KEPT)),)
KNOWN: dict[str, Any] = yaml.safe_load(
    (HERE / "known.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Keyed) -> None:
    missed, false = judged(case)

    told = {
        "missed": missed,
        "false": [f"{one.code} {one.path}" for one in false],
    }
    assert {key: each for key, each in told.items() if each} == KNOWN.get(
        str(case), {}
    )


def test_every_case_has_a_name_of_its_own_and_known_ones_are_there() -> None:
    names = [str(case) for case in CASES]

    assert len(names) == len(set(names))
    assert KNOWN.keys() <= set(names)
