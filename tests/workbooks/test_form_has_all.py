"""Every leaf of the model has its place in the form, just one; a blank form says nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Told
from forms import ROOT, form_content, form_of, leaves_of, pack_named, read_back

from reportgen.core.findings import Rejected
from reportgen.model.shape import Model, fields_of
from reportgen.model.unit import Unit
from reportgen.workbooks.collection.form import (
    NAMED,
    PROJECTS,
    form_sheets,
)

PACKS = sorted(one.name for one in (ROOT / "templates").iterdir())


def _leaves(model: Model, path: tuple[str, ...] = ()) -> Iterator[str]:
    for field in fields_of(model):
        place = (*path, field.key)
        if field.model is model:
            continue
        if field.model is not None:
            yield from _leaves(field.model, place)
        else:
            yield ".".join(place)


def _places() -> Iterator[str]:
    for sheet in form_sheets():
        above = (PROJECTS,) if sheet.of_project else ()
        for block in sheet.blocks:
            entries = (
                block.names if block.rows == NAMED and block.names else ("",)
            )
            for entry in entries:
                here = (*above, *block.path, entry)
                for one in block.fields:
                    yield ".".join(map(str, filter(None, (*here, *one.path))))
                for one in block.parts:
                    steps = (*here, block.inner, *one.path)
                    yield ".".join(map(str, filter(None, steps)))


def test_every_leaf_has_one_place() -> None:
    assert sorted(_places()) == sorted(_leaves(Unit))


def test_titles_are_told_apart() -> None:
    titles = [one.title for sheet in form_sheets() for one in sheet.blocks]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("pack", PACKS)
def test_a_blank_form_needs_only_what_is_missing(
    pack: str, tmp_path: Path
) -> None:
    blank = form_of({}, tmp_path / "采集表.xlsx", pack)

    with pytest.raises(Rejected) as refused:
        read_back(blank)

    told = {one.path for one in refused.value.findings}
    assert told <= {"年度", "单位", "单位.名称"}


def test_new_makes_a_form_that_check_and_build_take(
    reportgen: object, tmp_path: Path
) -> None:
    assert callable(reportgen)
    made: Told = reportgen("new", "采集表.xlsx", "--pack", "lukou")
    assert made.code == 0
    assert "采集表.xlsx" in made.out

    told: Told = reportgen("check", "采集表.xlsx")
    assert told.code == 3
    assert "单位和资金!B6 年度：必填项「年度」是空的" in told.out
    assert "单位和资金!B17 单位：必填项「单位」是空的" in told.out


def test_a_blank_cell_of_a_table_is_named(tmp_path: Path) -> None:
    rows = [{"一级": "产出指标", "三级": "疏浚", "指标值": "3处"}]
    unit = {"年度": "2024", "单位": {"名称": "甲站"}, "指标": rows}

    found = read_back(form_of(unit, tmp_path / "采集表.xlsx"))

    row = found.place(("指标", 0, "三级")).where[-2:]
    assert found.place(("指标", 0, "实际值")).where == f"整体自评表!E{row}"
    assert found.place(("指标", 0, "偏差原因")).where == f"整体自评表!H{row}"


def test_a_remark_belongs_to_the_key_that_it_names() -> None:
    notes = form_content(pack_named("hubei")).notes

    assert notes[("自评结果", "等级")].startswith("90分起为一等")
    assert ("自评结果", "总分") not in notes


def test_last_years_unit_begins_this_years(
    reportgen: object, tmp_path: Path
) -> None:
    assert callable(reportgen)
    source = ROOT / "inputs" / "lukou.yaml"
    reportgen("new", "采集表.xlsx", "--from", source)

    found = leaves_of(read_back(tmp_path / "采集表.xlsx").unit)

    assert found["年度",] == "2023"
    assert found["资金", "历年", "上年"] == "2662.18"
    assert found["指标", 0, "指标值"] == "30场"
    assert found["指标", 0, "历年", "上年"] == "31场"
    assert ("指标", 0, "实际值") not in found
    assert ("资金", "全年执行数") not in found
