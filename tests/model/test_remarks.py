"""What is left out of a value because of a # is said with the findings of the unit."""

from __future__ import annotations

from pathlib import Path

from reportgen.model.family import load_family


def test_a_sign_that_cuts_a_name_is_a_warning_of_the_unit(
    tmp_path: Path,
) -> None:
    file = tmp_path / "unit.yaml"
    file.write_text(
        "年度: 2024\n单位:\n  名称: 青禾县图书馆 #2馆\n", encoding="utf-8"
    )
    family = load_family(file)
    assert family.loaded.unit.profile.name == "青禾县图书馆"
    assert [(one.code, one.place.line) for one in family.problems] == [
        ("DAT013", 3)
    ]
