"""What the forms of some regions hold besides: the unit of amounts, relations, parts, an execution rate as a row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.core.findings import Rejected
from reportgen.figures.catalogue import EvaluationFigures, compute_figures
from reportgen.model.loading import load_unit
from reportgen.model.unit import Indicator, Unit
from reportgen.packs.scoring import Scoring

HEAD = "年度: 2024\n单位: {名称: 白石县第二人民医院}\n"


def read(folder: Path, text: str) -> Unit:
    file = folder / "unit.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    return load_unit(file).unit


def row(**typed: object) -> Indicator:
    return Indicator.model_validate({"三级": "门诊人次", **typed})


@pytest.mark.parametrize(
    ("unit", "typed", "amount"),
    [
        ("元", "19500000.50", "1950.00005"),
        ("元", "1,200", "0.12"),
        ("元", "35万元", "35"),
        ("亿元", "0.35", "3500"),
        ("万元", "35", "35"),
    ],
)
def test_a_bare_amount_is_one_in_the_unit_of_the_form(
    tmp_path: Path, unit: str, typed: str, amount: str
) -> None:
    read_unit = read(
        tmp_path,
        f"金额单位: {unit}\n资金: {{全年预算数: '{typed}'}}\n"
        f"基础数据: {{明细: {{办公费: {{本年预算数: '{typed}'}}}}}}\n",
    )

    assert read_unit.funds.revised == Decimal(amount)
    assert read_unit.base_data.rows["办公费"].budget == Decimal(amount)


def test_another_unit_of_amounts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as refused:
        read(tmp_path, "金额单位: 美元\n资金: {全年预算数: 5}\n")

    (finding,) = refused.value.findings
    assert finding.message == "金额单位：只能填 万元、元、亿元"


@pytest.mark.parametrize(
    ("nature", "target", "relation", "shown"),
    [
        ("≥", "15", "≥", "≥15万人次"),
        ("大于等于", "15", "≥", "≥15万人次"),
        ("≤", "15万人次", "≤", "≤15万人次"),
        ("≥", "＜15", "<", "＜15万人次"),
        ("定量", "15", "", "15万人次"),
        ("定性", "高质量完成", "", "高质量完成"),
    ],
)
def test_the_relation_may_stand_in_a_column_of_its_own(
    nature: str, target: str, relation: str, shown: str
) -> None:
    one = row(指标性质=nature, 指标值=target, 度量单位="万人次").target

    assert one is not None
    assert (one.relation, one.shown) == (relation, shown)


@pytest.mark.parametrize(
    ("typed", "is_core"),
    [
        ({"核心指标": "是"}, True),
        ({"三级": "★门诊人次"}, True),
        ({"核心指标": "否"}, False),
        ({}, False),
    ],
)
def test_a_core_indicator_is_marked(
    typed: dict[str, str], is_core: bool
) -> None:
    assert row(**typed).is_core is is_core


def figures(**funds: str) -> EvaluationFigures:
    unit = Unit.model_validate(
        {
            "年度": "2024",
            "单位": {"名称": "白石县第二人民医院"},
            "资金": {"全年预算数": "200", "全年执行数": "190", **funds},
            "指标": [
                {"三级": "支出进度", "取自": "资金执行率", "分值": "20"},
                {
                    "三级": "出诊",
                    "指标值": "80次",
                    "实际值": "80次",
                    "分值": "80",
                },
            ],
        }
    )
    return compute_figures(unit, Scoring()).whole


def test_an_execution_rate_among_the_indicators_is_that_of_the_funds() -> None:
    whole = figures()
    rate = whole.indicators[0]

    assert rate.indicator.actual is not None
    assert rate.indicator.actual.text == "95.00%"
    assert rate.printed_score == 19
    assert (whole.weight_total.value, whole.score_total.value) == (100, 99)
    assert whole.printed_execution_score is None


def test_points_of_the_funds_stay_as_they_are_stated() -> None:
    assert figures(得分="9.5").printed_execution_score == Decimal("9.5")


def test_a_framework_of_a_project_is_its_own() -> None:
    scoring = Scoring.model_validate(
        {"项目共性指标": {"立项规范性": {"一级": "决策", "分值": "5"}}}
    )
    projects = [
        {"名称": "救护车", "共性指标": {"指标": {"立项规范性": {"得分": "4"}}}},
        {"名称": "门诊楼"},
    ]
    unit = Unit.model_validate(
        {"年度": "2024", "单位": {"名称": "医院"}, "项目": projects}
    )
    found = compute_figures(unit, scoring)

    assert [one.printed_total for one in found.of_projects] == [4, None]
    assert [one.path for one in found.frameworks] == [
        ("共性指标",),
        ("项目共性指标",),
        ("项目", 0, "共性指标"),
    ]
