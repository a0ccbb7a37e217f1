"""unit.yaml to the form and back: the same unit, leaf by leaf as typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from forms import ROOT, leaves_of

from reportgen.model.loading import load_unit


@pytest.mark.parametrize("name", ["lukou", "hecheng", "xiangshan"])
def test_yaml_to_form_and_back(
    name: str, reportgen: Callable[..., Told], tmp_path: Path
) -> None:
    source = ROOT / "inputs" / f"{name}.yaml"

    assert reportgen("import", source, "-o", "甲.xlsx").code == 0
    assert reportgen("import", "甲.xlsx", "-o", "乙.yaml").code == 0

    before = leaves_of(load_unit(source).unit)
    assert leaves_of(load_unit(tmp_path / "乙.yaml").unit) == before


def test_a_file_that_is_there_stays(
    reportgen: Callable[..., Told], tmp_path: Path
) -> None:
    kept = tmp_path / "甲.xlsx"
    kept.write_bytes(b"mine")

    told = reportgen("import", ROOT / "inputs" / "lukou.yaml", "-o", "甲.xlsx")

    assert told.code == 3
    assert "已经存在" in told.err
    assert kept.read_bytes() == b"mine"
