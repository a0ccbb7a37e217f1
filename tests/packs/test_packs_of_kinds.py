"""The packs for kinds of forms that are seen often: cost as a first level, scores only, base data beside the form."""

from __future__ import annotations

import pytest
from docx.document import Document as Docx
from printed_sets import TEMPLATES, built, drafted, grid

from reportgen.core.findings import Finding

SETS = {
    "standard-cost": [
        "1 部门整体支出绩效自评报告",
        "2 部门整体支出绩效自评表",
        "3-1 项目支出绩效自评表（县道小修保养）",
    ],
    "hubei": [
        "附件1 部门整体绩效自评表",
        "附件2-1 项目绩效自评表（馆藏档案数字化）",
        "附件2-2 项目绩效自评表（库房安全维护）",
        "部门整体绩效自评结果报告",
    ],
    "hunan": [
        "附件1 部门整体支出绩效评价基础数据表",
        "附件2 部门整体支出绩效自评表",
        "附件3-1 项目支出绩效自评表（集贸市场维护）",
        "附件3-2 项目支出绩效自评表（食用农产品快速检测）",
        "部门整体支出绩效自评报告",
    ],
}


def example(pack: str) -> tuple[dict[str, Docx], tuple[Finding, ...]]:
    draft = drafted(TEMPLATES / pack / "example.yaml")
    return built(draft), draft.findings


@pytest.mark.parametrize("pack", SETS)
def test_the_example_prints_its_set_and_has_no_findings(pack: str) -> None:
    documents, findings = example(pack)

    assert list(documents) == SETS[pack]
    assert findings == ()


def test_cost_is_a_first_level_with_its_points() -> None:
    documents, _ = example("standard-cost")
    rows = grid(documents["3-1 项目支出绩效自评表（县道小修保养）"], 1)

    assert [row[1] for row in rows[1:3]] == ["成本指标（20分）"] * 2
    assert rows[-1][-3:] == ["100", "99.71", ""]


def test_a_form_with_scores_only_adds_them_to_the_score_of_execution() -> None:
    documents, _ = example("hubei")
    rows = grid(documents["附件2-1 项目绩效自评表（馆藏档案数字化）"])

    assert rows[2][-1] == "得分（20分×执行率）"
    assert rows[3][-4:] == ["90.00", "81.00", "90.00%", "18"]
    assert "分值" not in {cell for row in rows for cell in row}
    assert ["总分"] * 6 + ["98"] in rows
    assert rows[7][0] == "产出指标（40分）"


def test_grades_of_the_region_are_those_of_its_pack() -> None:
    pack = drafted(TEMPLATES / "hubei" / "example.yaml")

    assert pack.view["等级"] == "一等"


def test_base_data_stand_beside_the_form() -> None:
    documents, _ = example("hunan")
    base = grid(documents["附件1 部门整体支出绩效评价基础数据表"])
    form = grid(documents["附件2 部门整体支出绩效自评表"])

    assert ["三公经费", "7.60", "7.50", "6.90"] in base
    assert [row[2] for row in form if row[2] == "小计"] == ["小计"] * 2
    assert (
        documents["附件2 部门整体支出绩效自评表"].paragraphs[0].text == "附件2"
    )
