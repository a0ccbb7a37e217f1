"""Rules over a run: numbers far from those of the other units, and numbers that are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rule_cases import facts_of, pack_named, written

from reportgen.checks.units.extracts import extract
from reportgen.checks.units.run import check_run
from reportgen.core.findings import Finding
from reportgen.model.family import load_family

Run = Callable[[Sequence[dict[str, Any]]], list[list[Finding]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def checked(units: Sequence[dict[str, Any]]) -> list[list[Finding]]:
        extracts = []
        for number, unit in enumerate(units):
            family = load_family(
                written({"年度": "2024", **unit}, tmp_path, f"{number}.yaml")
            )
            extracts.append(
                extract(facts_of(family, pack_named("standard")), family.loaded)
            )
        found = check_run(extracts)
        return [list(found.get(one.file, ())) for one in extracts]

    return checked


def unit(
    n: int,
    executed: str = "",
    satisfied: str = "",
    score: str = "",
    **funds: Any,
) -> dict[str, Any]:
    """Unit number `n`: 9 persons and a little more, and a rate of 95 % and a little more, than the one before."""
    given: dict[str, Any] = {
        "单位": {"名称": f"示范县第{n}站", "人员": {"在职": 9 + n}},
        "资金": {
            "年初预算数": 200,
            "全年预算数": 200,
            "全年执行数": executed or str(190 + n),
            **funds,
        },
    }
    row = {
        "一级": "满意度指标",
        "二级": "服务对象满意度指标",
        "三级": "服务对象满意度",
        "指标值": "≥80%",
        "分值": 10,
    }
    if satisfied or score:
        given["指标"] = [{**row, "实际值": satisfied or f"{88 + n}%"}]
    if score:
        given["自评结果"] = {"总分": score, "分值合计": "20"}
    return given


def ordinary(count: int = 7) -> list[dict[str, Any]]:
    return [unit(n) for n in range(count)]


def told(found: list[list[Finding]]) -> list[list[tuple[str, str, str]]]:
    return [
        [(one.code, one.severity.label, one.path) for one in each]
        for each in found
    ]


def test_ordinary_units_are_left_alone(run: Run) -> None:
    assert run(ordinary()) == [[]] * 7


def test_a_rate_far_below_the_others_is_advice(run: Run) -> None:
    *others, last = run([*ordinary(), unit(7, executed="90")])

    assert others == [[]] * 7
    assert told([last]) == [[("AGG003", "提示", "资金.全年执行数")]]
    assert (
        "预算执行率 45.00% 明显低于同一批 8 个单位的中位数 96.25%"
        in last[0].message
    )
    assert last[0].place.line > 0


def test_a_rate_with_a_reason_is_explained(run: Run) -> None:
    assert (
        run(
            [
                *ordinary(),
                unit(7, executed="90", 偏差原因="招标推迟，合同下年签订"),
            ]
        )[-1]
        == []
    )


def test_a_rate_a_little_lower_is_left_alone(run: Run) -> None:
    assert run([*ordinary(), unit(7, executed="176")])[-1] == []


def test_too_few_units_are_not_compared(run: Run) -> None:
    assert run([*ordinary(3), unit(7, executed="90")])[-1] == []


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("2000000", "像是按元填写而没有写“元”"),
        ("200元", "像是按万元填写却写了“元”"),
        ("6000", "倍；请核对金额和人数"),
    ],
)
def test_an_amount_of_another_magnitude_is_advice(
    run: Run, amount: str, says: str
) -> None:
    found = run(
        [
            *ordinary(),
            unit(3, executed=amount, 年初预算数=amount, 全年预算数=amount),
        ]
    )[-1]

    assert [one.path for one in found if one.code == "AGG003"] == [
        "资金.全年预算数",
        "资金.全年执行数",
    ]
    assert all(says in one.message for one in found)


def test_a_unit_that_is_twice_as_large_is_no_outlier(run: Run) -> None:
    large = unit(3, executed="600", 年初预算数="600", 全年预算数="610")

    assert run([*ordinary(), large])[-1] == []


def test_a_share_typed_as_a_number_stands_out(run: Run) -> None:
    units = [unit(n, satisfied=f"{90 + n}%") for n in range(7)]

    found = run([*units, unit(7, satisfied="0.95%")])[-1]

    assert [one.path for one in found] == ["指标[1].实际值"]
    assert (
        "「服务对象满意度」 0.95% 明显低于同一批 8 个单位的中位数 92.5%"
        in found[0].message
    )


def test_one_value_for_all_is_advice_to_each(run: Run) -> None:
    found = run([unit(n, satisfied="95%") for n in range(6)])

    assert told(found) == [[("AGG004", "提示", "指标[1].实际值")]] * 6
    assert (
        "同一批填报「服务对象满意度」的 6 个单位都填 95%" in found[0][0].message
    )


def test_one_value_for_most_is_advice_to_those(run: Run) -> None:
    found = run(
        [
            *(unit(n, satisfied="95%") for n in range(5)),
            unit(5, satisfied="93%"),
        ]
    )

    assert [len(one) for one in found] == [1, 1, 1, 1, 1, 0]
    assert "6 个单位中有 5 个都填 95%" in found[0][0].message


@pytest.mark.parametrize("value", ["100%", "0%"])
def test_all_and_nothing_may_well_be_the_same(run: Run, value: str) -> None:
    assert run([unit(n, satisfied=value) for n in range(6)]) == [[]] * 6


def test_different_values_or_few_units_are_left_alone(run: Run) -> None:
    assert run([unit(n, satisfied=f"{90 + n}%") for n in range(6)]) == [[]] * 6
    assert run([unit(n, satisfied="95%") for n in range(4)]) == [[]] * 4


def test_full_marks_everywhere_are_advice(run: Run) -> None:
    found = run([unit(n, score="20") for n in range(6)])

    assert {one.code for each in found for one in each} == {"AGG004"}
    assert any(
        "同一批 6 个单位中有 6 个自评满分（本单位 20 分）" in one.message
        for one in found[0]
    )


def test_full_marks_here_and_there_are_left_alone(run: Run) -> None:
    assert run([unit(n, score=str(20 - n % 3)) for n in range(6)]) == [[]] * 6


def test_a_unit_may_waive_it(run: Run) -> None:
    waived = {
        **unit(7, executed="90"),
        "豁免": [
            {"代码": "AGG003", "位置": "资金.全年执行数", "理由": "已核实"}
        ],
    }

    (one,) = run([*ordinary(), waived])[-1]

    assert one.waived == "已核实"


def test_units_that_only_set_targets_have_no_numbers_to_compare(
    run: Run,
) -> None:
    targets = {
        "单位": {"名称": "示范县第8站"},
        "资金": {"年初预算数": 10},
        "指标": [{"三级": "甲", "指标值": "≥1次"}],
    }

    assert run([*ordinary(), targets])[-1] == []


def test_a_department_may_speak_of_the_projects_of_its_units(run: Run) -> None:
    below = {
        "单位": {"名称": "示范县水利站"},
        "项目": [{"名称": "灌渠疏浚工程"}],
    }
    said = {"自评结论": ["灌渠疏浚工程项目按期完工。"]}
    department = {
        "单位": {"名称": "示范县水利局"},
        "下属单位": ["0.yaml"],
        "叙述": said,
    }

    assert run([below, department]) == [[], []]
    assert [
        one.code for one in run([below, {**department, "下属单位": []}])[1]
    ] == ["TXT002"]
