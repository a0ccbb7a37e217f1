"""A department taken together with its subordinate units, against sums worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.figures.catalogue import compute_evaluation
from reportgen.figures.department import Department, compute_department
from reportgen.model.family import load_family
from reportgen.model.unit import Unit
from reportgen.packs.pack import load_pack

SCORING = load_pack(
    Path(__file__).parents[2] / "templates" / "standard"
).scoring
BASIC, PROJECT = "基本支出", "项目支出"
A = {
    "单位": {"名称": "甲站", "人员": {"编制": 10, "在职": 9, "退休": 2}},
    "资金": {"年初预算数": 80, "全年预算数": "100", "全年执行数": "800000元"},
    "指标": [
        {
            "二级": "数量指标",
            "三级": "培训人次",
            "指标值": "≥100人次",
            "实际值": "120人次",
            "分值": 45,
            "得分": 45,
        },
        {
            "二级": "质量指标",
            "三级": "合格率",
            "指标值": "≥90%",
            "实际值": "96%",
            "分值": 45,
            "得分": 45,
        },
    ],
}
B = {
    "单位": {"名称": "乙站", "人员": {"编制": 6, "在职": 5}},
    "资金": {"年初预算数": 300, "全年预算数": 300, "全年执行数": 300},
    "指标": [
        {
            "二级": "数量指标",
            "三级": "培训人次",
            "指标值": "≥100人次",
            "实际值": "0.02万人次",
            "分值": 60,
            "得分": 60,
        },
        {
            "二级": "质量指标",
            "三级": "合格率",
            "指标值": "≥90%",
            "实际值": "92%",
            "分值": 30,
            "得分": 15,
        },
    ],
}
OWN = {
    "人员": {"编制": 20, "在职": 18, "退休": 4},
    "资金": {"年初预算数": 200, "全年预算数": 200, "全年执行数": 190},
}


def gathered(
    folder: Path, head: dict[str, Any], **below: dict[str, Any]
) -> tuple[Unit, Department]:
    head = {
        "年度": 2024,
        "单位": {"名称": "某局"},
        "下属单位": [f"{name}.yaml" for name in below],
        **head,
    }
    for name, data in {
        "局": head,
        **{name: {"年度": 2024, **data} for name, data in below.items()},
    }.items():
        (folder / f"{name}.yaml").write_text(
            yaml.safe_dump(data, allow_unicode=True), encoding="utf-8"
        )
    family = load_family(folder / "局.yaml")
    assert family.problems == ()
    unit, department = compute_department(family.head, SCORING)
    assert department is not None
    return unit, department


def test_amounts_and_heads_are_added(tmp_path: Path) -> None:
    unit, department = gathered(tmp_path, {"本级": OWN}, a=A, b=B)

    assert (unit.funds.initial, unit.funds.revised, unit.funds.executed) == (
        580,
        600,
        570,
    )
    staff = unit.profile.staff
    assert (staff.established, staff.serving, staff.retired, staff.total) == (
        36,
        32,
        6,
        38,
    )
    assert unit.profile.subordinates == 2
    assert (department.below.funds.revised, department.own.funds.revised) == (
        400,
        200,
    )


def test_the_rate_is_that_of_the_sums(tmp_path: Path) -> None:
    _, department = gathered(tmp_path, {"本级": OWN}, a=A, b=B)

    assert department.below.execution_rate == Decimal(380) / 400
    assert department.whole.execution_rate == Decimal("0.95")


def test_what_is_reported_stands_and_the_rest_of_it_is_the_departments_own(
    tmp_path: Path,
) -> None:
    unit, department = gathered(
        tmp_path, {"资金": {"全年预算数": 650, "全年执行数": 370}}, a=A, b=B
    )

    assert (unit.funds.revised, unit.funds.executed, unit.funds.initial) == (
        650,
        370,
        380,
    )
    assert department.own.funds.revised == 250
    assert (
        department.own.funds.executed is None
    )  # less than the units spent: no amount is negative


def test_scores_are_averaged_by_money_and_simply(tmp_path: Path) -> None:
    _, department = gathered(tmp_path, {}, a=A, b=B)

    assert [one.part.score for one in department.units] == [98, 85]
    assert department.mean_score == Decimal("91.5")
    assert department.weighted_score == Decimal("88.25")


def indicator(name: str, target: str, **more: Any) -> dict[str, Any]:
    return {
        "一级": "产出指标",
        "三级": name,
        "指标值": target,
        "分值": 20,
        **more,
    }


def test_numbers_are_added_and_rates_averaged_by_money(tmp_path: Path) -> None:
    rows = [indicator("培训人次", "≥300人次"), indicator("合格率", "≥90%")]
    own = {
        **OWN,
        "指标": [{"三级": "培训人次", "指标值": "≥50人次", "实际值": "40人次"}],
    }

    unit, _ = gathered(tmp_path, {"指标": rows, "本级": own}, a=A, b=B)

    assert [one.actual.text for one in unit.indicators if one.actual] == [
        "360人次",
        "93%",
    ]  # (96×100 + 92×300) ÷ 400


def test_completion_comes_first_and_the_score_after(tmp_path: Path) -> None:
    unit, _ = gathered(
        tmp_path, {"指标": [indicator("培训人次", "≥400人次")]}, a=A, b=B
    )

    (row,) = compute_evaluation(unit, (), SCORING).indicators
    assert (row.completion.value, row.score.value) == (
        Decimal("0.8"),
        Decimal(16),
    )  # not the mean of two full scores


def test_what_the_department_states_is_not_touched(tmp_path: Path) -> None:
    unit, _ = gathered(
        tmp_path,
        {"指标": [indicator("培训人次", "≥300人次", 实际值="311人次")]},
        a=A,
        b=B,
    )

    assert [one.actual.text for one in unit.indicators if one.actual] == [
        "311人次"
    ]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("另一指标", "≥1次"),
        ("培训人次", "≥95%"),
        ("培训人次", ""),
        ("……", "≥1人次"),
    ],
)
def test_what_cannot_be_put_together_stays_empty(
    tmp_path: Path, name: str, target: str
) -> None:
    unit, _ = gathered(tmp_path, {"指标": [indicator(name, target)]}, a=A, b=B)

    assert unit.indicators[0].actual is None


def quality(actual: str, score: int) -> list[dict[str, Any]]:
    return [
        {
            "二级": "社会效益指标",
            "三级": "服务机制",
            "指标值": "建立并运行",
            "实际值": actual,
            "分值": 30,
            "得分": score,
        }
    ]


def test_qualities_weigh_by_money(tmp_path: Path) -> None:
    row = indicator("服务机制", "建立并运行")
    a, b = (
        {**A, "指标": quality("已建立并运行", 30)},
        {**B, "指标": quality("未完成，机制滞后", 12)},
    )

    unit, _ = gathered(tmp_path, {"指标": [row]}, a=a, b=b)

    (one,) = unit.indicators
    assert one.actual is not None
    assert one.actual.text == "2个单位中1个达到预期、1个未达到预期"
    assert one.score == 11  # 20 × (100%×100 + 40%×300) ÷ 400


def kinds(basic: int, project: int) -> list[dict[str, Any]]:
    return [
        {"名称": BASIC, "全年预算数": basic},
        {"名称": PROJECT, "全年预算数": project},
    ]


def test_tables_of_one_kind_are_added_row_by_row(tmp_path: Path) -> None:
    own = {"资金": {"全年预算数": 200, "按支出性质": kinds(150, 50)}}
    a, b = (
        {**one, "资金": {**one["资金"], "按支出性质": kinds(60, 40)}}
        for one in (A, B)
    )

    unit, _ = gathered(tmp_path, {"本级": own}, a=a, b=b)

    assert [(row.name, row.revised) for row in unit.funds.by_nature] == [
        (BASIC, 270),
        (PROJECT, 130),
    ]


def test_a_table_that_one_unit_does_not_have_is_left_out(
    tmp_path: Path,
) -> None:
    own = {"资金": {"全年预算数": 200, "按支出性质": kinds(150, 50)}}

    unit, _ = gathered(tmp_path, {"本级": own}, a=A, b=B)

    assert unit.funds.by_nature == ()


def test_units_below_units_are_added_first(tmp_path: Path) -> None:
    middle = {
        "单位": {"名称": "中站"},
        "下属单位": ["b.yaml"],
        "本级": {"资金": {"全年预算数": 7}},
    }
    (tmp_path / "b.yaml").write_text(
        yaml.safe_dump({"年度": 2024, **B}, allow_unicode=True),
        encoding="utf-8",
    )

    unit, department = gathered(tmp_path, {"本级": OWN}, a=A, middle=middle)

    assert [one.unit.funds.revised for one in department.units] == [100, 307]
    assert unit.funds.revised == 607


def test_every_sum_says_what_it_is_made_of(tmp_path: Path) -> None:
    _, department = gathered(tmp_path, {"本级": OWN}, a=A, b=B)

    executed = next(
        one for one in department.sums if one.path == ("资金", "全年执行数")
    )
    assert [(one.label, one.value) for one in executed.inputs] == [
        ("本级", 190),
        ("甲站", 80),
        ("乙站", 300),
    ]
    assert executed.formula == "本级 ＋ 各下属单位"
