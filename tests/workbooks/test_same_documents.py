"""A unit.yaml and the form with the same unit give the same documents, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms import ROOT, SEARCH, form_of

from reportgen.model.loading import load_unit
from reportgen.ooxml.visible_text import visible_parts
from reportgen.pipeline import PackCache, prepare, print_set

PACKS = PackCache(SEARCH)
UNITS = (
    *sorted((ROOT / "inputs").glob("*.yaml")),
    *sorted((ROOT / "templates").glob("*/example.yaml")),
)
LEFT_BLANK = frozenset(["wue"])
"""What says in quotes that a rate stays blank: an empty cell of the form is filled in by the program."""


def documents(path: Path) -> dict[str, dict[str, bytes]]:
    """What is to be seen in each document of the unit."""
    draft = prepare(path, PACKS, "")
    return {
        one.name: visible_parts(one.data)
        for one in print_set(draft)
        if one.name.endswith(".docx")
    }


@pytest.mark.parametrize(
    "path",
    [one for one in UNITS if one.stem not in LEFT_BLANK],
    ids=lambda one: f"{one.parent.name}-{one.stem}",
)
def test_the_form_prints_what_the_file_prints(
    path: Path, tmp_path: Path
) -> None:
    loaded = load_unit(path)
    form = form_of(
        loaded.document.data, tmp_path / "采集表.xlsx", loaded.unit.pack
    )

    assert documents(form) == documents(path)
