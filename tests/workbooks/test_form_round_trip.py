"""A unit goes into the form and comes out of it as it was typed, leaf by leaf."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms import ROOT, form_of, has_items, leaves_of, read_back, trees
from hypothesis import HealthCheck, Phase, assume, given, settings
from pydantic import ValidationError

from reportgen.model.loading import load_unit
from reportgen.model.unit import Unit
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree

UNITS = (
    *sorted((ROOT / "inputs").glob("*.yaml")),
    *sorted((ROOT / "inputs" / "units").glob("*.yaml")),
    *sorted((ROOT / "templates").glob("*/example.yaml")),
)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", UNITS, ids=_name)
def test_units_of_the_house_survive(path: Path, tmp_path: Path) -> None:
    loaded = load_unit(path)
    known = {one.name for one in (ROOT / "templates").iterdir()}
    pack = loaded.unit.pack if loaded.unit.pack in known else "standard"

    form = form_of(loaded.document.data, tmp_path / "采集表.xlsx", pack)
    found = read_back(form)

    assert leaves_of(found.unit) == leaves_of(loaded.unit)
    assert found.document.warnings == ()


@given(tree=trees())
@settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_whatever_the_model_holds_survives(tree: Tree, tmp_path: Path) -> None:
    try:
        unit = Unit.model_validate(tree)
    except ValidationError:
        assume(False)
        return
    assume(has_items(tree))

    found = read_back(form_of(tree, tmp_path / "采集表.xlsx"))

    assert leaves_of(found.unit) == leaves_of(unit)


def test_english_keys_are_filled_in_as_chinese_ones() -> None:
    tree = {"year": "2024", "unit": {"name": "甲局"}, "funds": {"revised": "5"}}

    assert chinese_tree(tree) == {
        "年度": "2024",
        "单位": {"名称": "甲局"},
        "资金": {"全年预算数": "5"},
    }
