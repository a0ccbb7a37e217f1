from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.core.numerals import percent
from reportgen.figures.indicators import IndicatorFigures, compute_indicator
from reportgen.model.unit import Indicator
from reportgen.packs.pack import load_pack
from reportgen.packs.scoring import Scoring

SCORING = load_pack(
    Path(__file__).parents[2] / "templates" / "standard"
).scoring


def figures(
    target: str | None,
    actual: str | None,
    scoring: Scoring = SCORING,
    **more: object,
) -> IndicatorFigures:
    row = Indicator.model_validate(
        {"三级": "甲", "指标值": target, "实际值": actual, "分值": 10, **more}
    )
    return compute_indicator(row, ("指标", 0), scoring)


def said(
    one: IndicatorFigures,
) -> tuple[str | None, bool | None, Decimal | None]:
    completion = one.completion.value
    return (
        None if completion is None else percent(completion),
        one.reached,
        one.printed_score,
    )


@pytest.mark.parametrize(
    ("target", "actual", "completion", "reached", "score"),
    [
        # more is better
        ("≥95%", "96%", "101.05%", True, "10"),
        ("≥95%", "95%", "100.00%", True, "10"),
        ("≥95%", "90%", "94.74%", False, "9.47"),
        ("30场", "31场", "103.33%", True, "10"),
        ("30场", "0场", "0.00%", False, "0"),
        (
            "大于14000次",
            "14000次",
            "100.00%",
            False,
            "10",
        ),  # by the formula nothing is lost
        ("大于14000次", "大于14000次", "100.00%", True, "10"),
        ("大于14000次", "14000余次", "100.00%", True, "10"),
        ("每月一次", "12次", "100.00%", True, "10"),
        ("每月一次", "9次", "75.00%", False, "7.5"),
        ("约3200次", "3200次", "100.00%", True, "10"),
        # less is better
        ("≤20天", "17天", "117.65%", True, "10"),
        ("≤20天", "25天", "80.00%", False, "8"),
        ("＜220", "220", "100.00%", False, "10"),
        ("＜220", "小于220", "100.00%", True, "10"),
        ("＜220", "219.9", "100.05%", True, "10"),
        ("≤5%", "0%", "100.00%", True, "10"),
        ("≤0起", "0起", "100.00%", True, "10"),
        ("≤0起", "2起", "0.00%", False, "0"),
        # nothing or less than nothing as a target
        (
            "0起",
            "2起",
            "0.00%",
            False,
            "0",
        ),  # nobody aims at nothing of what is good
        ("≥0", "0", "100.00%", True, "10"),
        ("≥-5%", "-3%", "100.00%", True, "10"),
        ("≥-5%", "-8%", "0.00%", False, "0"),
        ("≤-5%", "-8%", "100.00%", True, "10"),
        ("≤-5%", "2%", "0.00%", False, "0"),
        # ranges
        ("63%～68%", "63%", "100.00%", True, "10"),
        ("63%～68%", "68%", "100.00%", True, "10"),
        ("63%～68%", "60%", "95.24%", False, "9.52"),
        ("63%～68%", "70%", "97.14%", False, "9.71"),
        # units of measure
        ("≤400万元", "3876000元", "103.20%", True, "10"),
        ("523.12万", "5231200元", "100.00%", True, "10"),
        ("≥20万人次", "214032人次", "107.02%", True, "10"),
        ("≥95%", "96", "101.05%", True, "10"),
    ],
)
def test_quantities(
    target: str, actual: str, completion: str, reached: bool, score: str
) -> None:
    assert said(figures(target, actual)) == (
        completion,
        reached,
        Decimal(score),
    )


@pytest.mark.parametrize(
    ("kind", "target", "actual", "reached"),
    [
        ({"二级": "成本指标"}, "400万元", "380万元", True),
        ({"二级": "成本指标"}, "400万元", "420万元", False),
        (
            {"一级": "成本指标", "二级": "经济成本指标"},
            "400万元",
            "420万元",
            False,
        ),
        (
            {"二级": "成本指标"},
            "≥400万元",
            "420万元",
            True,
        ),  # what is written stands
        ({"二级": "成本指标", "三级": "成本节约率"}, "5%", "8%", True),
        ({"三级": "文献编目差错率"}, "1%", "0.9%", True),
        ({"三级": "文献编目差错率"}, "1%", "1.2%", False),
        ({"三级": "公用经费控制率"}, "100%", "98%", True),
        ({"三级": "投诉办结率"}, "95%", "98%", True),
        ({"三级": "事故率下降"}, "5%", "8%", True),
        ({"二级": "数量指标"}, "30场", "31场", True),
    ],
)
def test_direction_where_no_sign_is_written(
    kind: dict[str, object], target: str, actual: str, reached: bool
) -> None:
    assert figures(target, actual, **kind).reached is reached


@pytest.mark.parametrize(
    ("target", "actual", "missing"),
    [
        (None, "5场", "缺少指标值"),
        ("5场", None, "缺少实际值"),
        (None, None, "缺少指标值、实际值"),
        ("30场", "98%", "实际值与指标值的计量单位不同，无法比较"),
        ("30场", "已完成", "实际值不是数字，无法比较"),
        ("初稿", "终稿", "无法从文字判断完成档次，请填写得分"),
    ],
)
def test_what_cannot_be_said_says_why(
    target: str | None, actual: str | None, missing: str
) -> None:
    one = figures(target, actual)

    assert said(one) == (None, None, None)
    assert (one.completion.missing, one.score.missing) == (missing, missing)


def test_a_row_marked_as_not_applicable_is_neither_reached_nor_missed() -> None:
    one = figures("不适用", "不适用", 分值=None)

    assert said(one) == (None, None, None)
    assert one.completion.missing == "该指标不适用"


def test_without_points_there_is_a_completion_but_no_score() -> None:
    one = figures("≥95%", "90%", 分值=None)

    assert said(one) == ("94.74%", False, None)
    assert one.score.missing == "缺少分值"


@pytest.mark.parametrize(
    ("target", "actual", "reached", "score"),
    [
        ("高质量完成", "高质量完成", True, "10"),
        ("保持", " 保持 ", True, "10"),
        ("明显提升", "效果明显", True, "10"),
        ("及时完成", "100%", True, "10"),
        ("制度健全", "制度健全，无违规", True, "10"),
        ("按期完成", "如期办结，无延期", None, None),
        ("按期完成", "已完成，未出现延期", True, "10"),
        ("明显提升", "有所提升", False, "7"),
        ("完成", "基本完成", False, "7"),
        ("完成", "未完成", False, "0"),
        ("完成", "未能完成", False, "0"),
        ("规范", "不规范", False, "0"),
        ("群众满意", "群众不满意", False, "0"),
        ("提高", "有待提高", False, "0"),
        ("不断完善", "不断提高", True, "10"),
        ("完成", "已完成，个别延期", False, "0"),
    ],
)
def test_qualities_in_words(
    target: str, actual: str, reached: bool | None, score: str | None
) -> None:
    assert said(figures(target, actual)) == (
        None,
        reached,
        None if score is None else Decimal(score),
    )


@pytest.mark.parametrize(
    ("score", "reached"),
    [("10", True), ("8", True), ("7.9", False), ("6", False), ("0", False)],
)
def test_a_score_speaks_where_the_words_do_not(
    score: str, reached: bool
) -> None:
    one = figures("制度健全", "修订制度2项", 得分=score)

    assert (one.reached, one.printed_score) == (reached, Decimal(score))


@pytest.mark.parametrize(
    ("actual", "score"), [("60场", "6"), ("59场", "0"), ("100场", "10")]
)
def test_nothing_below_the_pass_mark(actual: str, score: str) -> None:
    scoring = SCORING.model_copy(update={"pass_mark": Decimal("0.6")})

    assert figures("100场", actual, scoring).printed_score == Decimal(score)


def test_what_is_reported_is_printed_and_what_is_computed_stands_beside_it() -> (
    None
):
    one = figures("100场", "50场", 得分="9.50")

    assert one.printed_score is not None
    assert getattr(one.printed_score, "text", "") == "9.50"
    assert one.score.value == 5


def test_a_computed_score_has_the_two_decimals_that_print() -> None:
    one = figures("3个", "1个")

    assert one.score.value is not None
    assert one.score.value * 3 > Decimal("9.9999")
    assert one.printed_score == Decimal("3.33")


def test_a_pack_without_bands_says_nothing_of_qualities() -> None:
    assert said(figures("完成", "完成", Scoring())) == (None, None, None)


@pytest.mark.parametrize(
    ("category", "target", "actual", "reached"),
    [
        ("时效指标", "15天", "13天", True),
        ("时效指标", "6个月", "8个月", False),
        ("时效指标", "≥330天", "342天", True),
        ("数量指标", "330天", "342天", True),
        ("质量指标", "≤24小时", "1天", True),
        ("质量指标", "100%", "未验收", False),
        ("社会效益指标", "≤220/10万", "198.4/10万", True),
        ("数量指标", "50次", "52次（超额）", True),
    ],
)
def test_durations_words_and_rates_per_head(
    category: str, target: str, actual: str, reached: bool
) -> None:
    row = {
        "一级": "产出指标",
        "二级": category,
        "三级": "甲",
        "指标值": target,
        "实际值": actual,
        "分值": "10",
    }

    found = compute_indicator(
        Indicator.model_validate(row), ("指标", 0), SCORING
    )

    assert found.reached is reached


def test_a_score_stands_in_for_words_that_say_nothing_and_says_so() -> None:
    row = {
        "一级": "效益指标",
        "三级": "甲",
        "指标值": "制度健全",
        "实际值": "按季检查",
        "分值": "10",
        "得分": "9",
    }

    found = compute_indicator(
        Indicator.model_validate(row), ("指标", 0), SCORING
    )

    assert found.reached is True
    assert found.score.value == 9
    assert "按填报的得分" in found.score.formula
