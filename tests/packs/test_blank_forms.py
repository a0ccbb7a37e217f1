"""The unit.yaml that each pack hands out to be filled in agrees with the pack's own scoring."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.packs.pack import load_pack
from reportgen.packs.scoring import Scoring
from reportgen.sources.yaml_tree import load_yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
PACKS = sorted(one.parent.name for one in TEMPLATES.glob("*/unit.yaml"))


def scoring(name: str) -> Scoring:
    return load_pack(TEMPLATES / name, (TEMPLATES,)).scoring


def tables(name: str) -> list[dict[str, Any]]:
    """The whole and the projects of the form."""
    form = load_yaml(TEMPLATES / name / "unit.yaml").data
    return [form, *form.get("项目", [])]


def test_each_pack_has_a_form() -> None:
    assert (
        sorted(one.parent.name for one in TEMPLATES.glob("*/pack.yaml"))
        == PACKS
    )


@pytest.mark.parametrize("name", PACKS)
def test_the_execution_rate_has_the_points_of_the_pack(name: str) -> None:
    given = {one.get("资金", {}).get("分值") for one in tables(name)} - {
        None,
        "",
    }

    assert {Decimal(points) for points in given} <= {
        scoring(name).execution.weight
    }


@pytest.mark.parametrize("name", PACKS)
def test_the_points_of_the_groups_come_to_the_total_of_the_pack(
    name: str,
) -> None:
    groups = [one["一级分值"] for one in tables(name) if one.get("一级分值")]
    sums = {sum(map(Decimal, each.values())) for each in groups}

    assert sums <= {scoring(name).total - scoring(name).execution.weight}
