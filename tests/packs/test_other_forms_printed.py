"""`standard` prints what a region's form holds besides, where it is filled in, and nothing of it where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed_sets import ROOT, built, drafted

HERE = ROOT / "tests" / "data" / "other_forms.yaml"
FORM = "2 部门整体支出绩效自评表"
OF_PROJECT = "3-1 项目支出绩效自评表（设备购置）"
ONLY_FILLED_IN = ("指标性质", "佐证材料", "小计", "评价结论", "注：", "★")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return texts_of(HERE)


def texts_of(unit: Path) -> dict[str, str]:
    return {
        name: "\n".join(
            "|".join(cell.text for cell in row.cells)
            for table in document.tables
            for row in table.rows
        )
        + "\n".join(one.text for one in document.paragraphs)
        for name, document in built(drafted(unit)).items()
    }


def test_amounts_stand_in_the_unit_of_the_form(texts: dict[str, str]) -> None:
    assert "（元）" in texts[FORM]
    assert "18000000.00|19500000.50|19300000.50" in texts[FORM]
    report = texts["1 部门整体支出绩效自评报告"]
    assert "全年预算19500000.50元" in report.replace("数", "")
    assert "50万元" not in report


def test_rows_below_an_indicator_and_marks(texts: dict[str, str]) -> None:
    assert (
        "数量指标（30分）|★门急诊人次|≥15万人次|15.6万人次|30|30" in texts[FORM]
    )
    assert "其中：急诊|≥2万人次|2.1万人次" in texts[FORM]
    assert "|门诊|≥13万人次|13.5万人次" in texts[FORM]


def test_only_columns_and_rows_that_are_filled_in(
    texts: dict[str, str],
) -> None:
    head = "三级指标|指标性质|度量单位|复核完成值|复核得分|佐证材料|备注"
    assert head in texts[FORM]
    assert "三级指标|佐证材料\nCT|验收单" in texts[OF_PROJECT]
    assert "注：金额按部门决算数填列" in texts[FORM]


def test_the_rate_is_scored_once(texts: dict[str, str]) -> None:
    assert "预算执行率|≥95%|98.97%|10|9.9" in texts[FORM]
    assert "19300000.50||98.97%|" in texts[FORM]
    assert "总分|总分|总分|总分|总分|总分|100|99.9" in texts[FORM]


def test_rows_of_funds_stand_as_the_form_has_them(
    texts: dict[str, str],
) -> None:
    form = texts[OF_PROJECT]
    rows = ["其中：中央资金", "县级资金", "其中：一般债券", "小计"]
    assert [form.index(one) for one in rows] == sorted(
        form.index(one) for one in rows
    )
    assert "当年财政拨款" not in form


def test_a_project_has_fields_and_a_conclusion_of_its_own(
    texts: dict[str, str],
) -> None:
    assert "管护责任|放射科负责日常管护" in texts[OF_PROJECT]
    assert "评价结论|设备如期投用，自评100分，等级为优" in texts[OF_PROJECT]


def test_nothing_of_it_where_nothing_is_filled_in() -> None:
    plain = texts_of(ROOT / "templates" / "standard" / "example.yaml")
    forms = "".join(text for name, text in plain.items() if name[0] != "1")

    assert [one for one in ONLY_FILLED_IN if one in forms] == []
