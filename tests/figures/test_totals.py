from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.core.findings import dotted
from reportgen.core.numerals import fixed
from reportgen.figures.catalogue import (
    EvaluationFigures,
    compute_figures,
    grade_of,
)
from reportgen.model.loading import load_unit
from reportgen.model.unit import Unit
from reportgen.packs.pack import load_pack
from reportgen.packs.scoring import Scoring

ROOT = Path(__file__).parents[2]
SCORING = load_pack(ROOT / "templates" / "standard").scoring


def whole(data: dict[str, object]) -> EvaluationFigures:
    unit = Unit.model_validate({"年度": "2024", "单位": {"名称": "甲"}, **data})
    return compute_figures(unit, SCORING).whole


def rows(*scores: object, weight: object = 15) -> list[dict[str, object]]:
    return [
        {
            "一级": "产出指标" if n < 3 else "效益指标",
            "三级": f"第{n}项",
            "分值": weight,
            "得分": score,
            "指标值": "5",
            "实际值": "5",
        }
        for n, score in enumerate(scores)
    ]


MONEY: dict[str, object] = {"全年预算数": 46, "全年执行数": "38.76"}


def test_the_total_is_the_execution_score_and_those_of_all_rows() -> None:
    one = whole({"资金": MONEY, "指标": rows(15, 15, 15, 15, 15, 15)})

    assert one.printed_execution_score == Decimal("8.43")
    assert one.printed_total == Decimal("98.43")
    assert (one.weight_total.value, one.printed_grade) == (100, "优")
    assert [
        (group.dimension, group.weight.value, group.score.value)
        for group in one.groups
    ] == [
        ("产出指标", 45, 45),
        ("效益指标", 45, 45),
    ]


def test_the_total_is_the_sum_of_what_prints() -> None:
    thirds = [
        {
            "一级": "产出指标",
            "三级": str(n),
            "分值": 10,
            "指标值": "3个",
            "实际值": "1个",
        }
        for n in range(3)
    ]

    one = whole({"资金": MONEY, "指标": thirds})

    assert [row.printed_score for row in one.indicators] == [
        Decimal("3.33")
    ] * 3
    assert one.printed_total == Decimal("8.43") + Decimal("9.99")


def test_reported_scores_are_added_and_a_reported_total_is_printed() -> None:
    one = whole(
        {
            "资金": {**MONEY, "得分": 10},
            "指标": rows(15, 14, 13),
            "自评结果": {"总分": 96, "等级": "优秀"},
        }
    )

    assert one.score_total.value == 52
    assert (one.printed_total, one.printed_grade) == (96, "优秀")
    assert one.grade == "优"  # of the total that is printed


def test_a_part_is_not_a_total() -> None:
    one = whole(
        {
            "资金": MONEY,
            "指标": [
                *rows(15, 15),
                {"三级": "缺实际值", "指标值": "5", "分值": 10},
            ],
        }
    )

    assert (one.score_total.value, one.printed_total, one.printed_grade) == (
        None,
        None,
        "",
    )
    assert "指标尚无数值" in one.score_total.missing
    assert one.weight_total.value == 50


def test_a_blank_row_counts_as_nothing() -> None:
    blank = {"一级": "效益指标", "三级": "指标2：", "分值": "/", "得分": "—"}
    unscored = {
        "一级": "满意度指标",
        "三级": "丁",
        "指标值": "5",
        "实际值": "5",
    }

    one = whole(
        {"资金": MONEY, "指标": [*rows(15, 15, 15, 15), blank, unscored]}
    )

    assert (one.weight_total.value, one.printed_total) == (70, Decimal("68.43"))
    assert [
        (group.weight.value, group.score.value) for group in one.groups
    ] == [
        (45, 45),
        (15, 15),
        (None, None),
    ]


def test_rows_with_scores_alone_are_a_total_and_no_points() -> None:
    one = whole({"资金": MONEY, "指标": rows(60, 30, "/", weight="/")})

    assert (one.weight_total.value, one.printed_total) == (
        None,
        Decimal("98.43"),
    )


def test_rows_that_do_not_apply_have_no_part_in_the_sums() -> None:
    skipped = {
        "一级": "效益指标",
        "三级": "丁",
        "指标值": "不适用",
        "实际值": "不适用",
    }

    one = whole({"资金": MONEY, "指标": [*rows(15, 15, 15), skipped]})

    assert [group.dimension for group in one.groups] == ["产出指标"]
    assert one.printed_total == Decimal("53.43")


@pytest.mark.parametrize("data", [{}, {"资金": MONEY}])
def test_without_indicators_there_is_no_total(data: dict[str, object]) -> None:
    one = whole(data)

    assert (one.printed_total, one.weight_total.value, one.printed_grade) == (
        None,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.995", "优"),  # prints as 90.00
        ("89.994", "良"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
        ("-1", ""),
    ],
)
def test_grades_at_their_limits(score: str, grade: str) -> None:
    assert grade_of(Decimal(score), SCORING.grades) == grade


def test_no_score_no_grade() -> None:
    assert (grade_of(None, SCORING.grades), grade_of(Decimal(90), ())) == (
        "",
        "",
    )


def test_bands_and_grades_may_be_written_in_any_order() -> None:
    scoring = Scoring.model_validate(
        {
            "等级": [
                {"等级": "差", "不低于": 0},
                {"等级": "优", "不低于": 90},
                {"等级": "中", "不低于": 60},
            ],
            "定性": [
                {"档次": "未达成", "下限": "0%", "上限": "60%", "取值": "0%"},
                {"档次": "达成", "下限": "80%", "上限": "100%", "取值": "100%"},
            ],
        }
    )

    assert [
        grade_of(Decimal(score), scoring.grades) for score in (95, 70, 10)
    ] == [
        "优",
        "中",
        "差",
    ]
    assert scoring.bands[0].name == "达成"


@pytest.mark.parametrize(
    "file",
    [
        ROOT / "inputs" / "lukou.yaml",
        ROOT / "templates" / "standard" / "example.yaml",
    ],
)
def test_every_figure_of_the_catalogue_can_be_explained(file: Path) -> None:
    loaded = load_unit(file)

    figures = list(compute_figures(loaded.unit, SCORING).catalogue())

    assert len({figure.path for figure in figures}) == len(figures)
    for figure in figures:
        assert figure.label
        assert figure.formula
        assert (figure.value is None) == bool(figure.missing), dotted(
            figure.path
        )
        assert figure.unit in ("%", "万元", "分")
        assert all(loaded.place(item.path).line for item in figure.inputs)


def test_the_example_by_hand() -> None:
    unit = load_unit(ROOT / "templates" / "standard" / "example.yaml").unit

    figures = compute_figures(unit, SCORING)
    digital = figures.projects[1]

    assert digital.printed_execution_score == Decimal("8.60")  # 10 × 51.60 ÷ 60
    assert digital.printed_total == Decimal("98.60")
    assert figures.whole.score_total.value is not None
    assert fixed(figures.whole.score_total.value) == "99.41"  # 9.81 + 89.60
