"""A date against the date by which something was to be done."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.figures.deadlines import in_time
from reportgen.figures.indicators import compute_indicator
from reportgen.model.target import read_target
from reportgen.model.unit import Indicator
from reportgen.packs.pack import load_pack

SCORING = load_pack(
    Path(__file__).parents[2] / "templates" / "standard"
).scoring


@pytest.mark.parametrize(
    ("target", "actual", "wanted"),
    [
        ("6月底前", "6月20日", True),
        ("6月底前", "7月2日", False),
        ("6月底前完成", "2024年6月30日", True),
        ("2024年12月底前", "2024年11月", True),
        ("2024年12月底前", "2025年1月10日", False),
        ("2024年12月31日前", "12月31日", True),
        ("不晚于2024年9月30日", "2024-09-30", True),
        ("2024.9.30前", "2024年10月上旬", False),
        ("年底前", "12月中旬完成", True),
        ("年底前完成", "2024年11月底", True),
        ("第三季度", "8月15日", True),
        ("三季度末", "10月8日", False),
        ("上半年完成", "5月", True),
        ("11月中旬", "11月下旬", False),
        ("6月前", "5月31日", True),
        ("6月前", "7月1日", False),
        ("6月前", "6月10日", None),  # whether June counts is not said
        ("6月15日前", "6月", None),  # it may have been the 30th
        ("6月底前", "已完成", None),
        ("按期完成", "6月20日", None),
        ("12个月", "11个月", None),
        ("2024年", "2024年", None),
    ],
)
def test_a_date_against_a_deadline(
    target: str, actual: str, wanted: bool | None
) -> None:
    assert in_time(read_target(target), read_target(actual)) is wanted


def test_a_long_text_is_no_date() -> None:
    assert (
        in_time(read_target("6月底前"), read_target("于6月20日" + "完成" * 30))
        is None
    )


@pytest.mark.parametrize(
    ("actual", "reached", "score", "missing"),
    [
        ("6月20日", True, Decimal(8), ""),
        ("7月2日", False, None, "晚于指标值的日期，请按评分标准填写得分"),
    ],
)
def test_what_is_in_time_earns_all_points_and_what_is_late_is_for_a_person(
    actual: str, reached: bool, score: Decimal | None, missing: str
) -> None:
    given = {
        "一级": "产出指标",
        "三级": "完工时间",
        "指标值": "6月底前",
        "实际值": actual,
        "分值": 8,
    }
    one = compute_indicator(
        Indicator.model_validate(given), ("指标", 0), SCORING
    )
    assert (one.reached, one.score.value, one.score.missing) == (
        reached,
        score,
        missing,
    )
