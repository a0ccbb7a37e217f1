"""Forms that LibreOffice saved: the same unit leaf by leaf, and the same words in every document."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from forms import (
    ROOT,
    SEARCH,
    form_of,
    has_items,
    leaves_of,
    read_back,
    saved_all_as,
    trees,
)
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import ValidationError

from reportgen.model.loading import load_unit
from reportgen.model.unit import Unit
from reportgen.ooxml.visible_text import visible_parts
from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.workbooks.collection.form_tree import Tree

SOURCES = (
    *sorted((ROOT / "inputs").glob("*.yaml")),
    *sorted((ROOT / "templates").glob("*/example.yaml")),
)


def documents(path: Path) -> dict[str, dict[str, bytes]]:
    """What is to be seen in each document of the unit."""
    draft = prepare(path, PackCache(SEARCH), "")
    return {
        one.name: visible_parts(one.data)
        for one in print_set(draft)
        if one.name.endswith(".docx")
    }


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The form of each unit as LibreOffice saves it; all in one run of it."""
    folder = tmp_path_factory.mktemp("forms")
    known = {one.name for one in (ROOT / "templates").iterdir()}
    forms = {}
    for number, path in enumerate(SOURCES):
        loaded = load_unit(path)
        pack = loaded.unit.pack if loaded.unit.pack in known else "standard"
        forms[path] = form_of(
            loaded.document.data, folder / f"{number}.xlsx", pack
        )
    made = saved_all_as(forms.values(), "xlsx", folder / "saved")
    return dict(zip(forms, made, strict=True))


@pytest.mark.office
@pytest.mark.parametrize(
    "path", SOURCES, ids=lambda one: f"{one.parent.name}-{one.stem}"
)
def test_a_form_saved_by_libreoffice_is_the_same_unit(
    path: Path, saved: dict[Path, Path]
) -> None:
    before, found = load_unit(path), read_back(saved[path])

    assert leaves_of(found.unit) == leaves_of(before.unit)
    assert found.document.warnings == ()


@pytest.mark.office
@pytest.mark.parametrize("name", ["lukou", "xiangshan", "ezhou-jiguan"])
def test_documents_of_both_say_the_same(
    name: str, saved: dict[Path, Path]
) -> None:
    path = ROOT / "inputs" / f"{name}.yaml"

    assert documents(saved[path]) == documents(path)


def drawn(count: int) -> list[Tree]:
    """Units as hypothesis draws them."""
    found: list[Tree] = []

    @given(tree=trees())
    @settings(
        max_examples=count,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    def draw(tree: Tree) -> None:
        with suppress(ValidationError):
            if has_items(tree) and Unit.model_validate(tree):
                found.append(tree)

    draw()
    return found


@pytest.mark.office
def test_whatever_the_model_holds_survives_libreoffice(tmp_path: Path) -> None:
    units = drawn(90)
    forms = [
        form_of(tree, tmp_path / f"{n}.xlsx") for n, tree in enumerate(units)
    ]
    assert len(forms) > 20

    for tree, form in zip(
        units, saved_all_as(forms, "xlsx", tmp_path / "saved"), strict=True
    ):
        unit = Unit.model_validate(tree)
        assert leaves_of(read_back(form).unit) == leaves_of(unit)
