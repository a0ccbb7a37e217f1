"""By how many days a deadline was kept or missed."""

from __future__ import annotations

import pytest

from reportgen.figures.days import days_apart
from reportgen.model.target import read_target


@pytest.mark.parametrize(
    ("due", "done", "late", "days"),
    [
        ("9月30日前", "8月18日", False, 43),
        ("2024年6月底前", "2024年7月4日", True, 4),
        ("12月31日前", "2025年2月20日", True, 51),
        ("11月中旬", "11月23日", True, 3),
        ("10月15日前", "10月15日", False, 0),
        ("2024年3月1日前", "2024年2月27日", False, 3),
        # whether there was a 29 February is not known
        ("3月20日前", "2月20日", False, None),
        # any day of the month
        ("9月30日前", "8月", False, None),
        # whether June still counts is not said
        ("6月前", "5月2日", False, None),
        ("按期", "5月2日", False, None),
        # the score says otherwise than the dates
        ("9月30日前", "8月18日", True, None),
    ],
)
def test_days_between_a_deadline_and_the_day_it_was_done(
    due: str, done: str, late: bool, days: int | None
) -> None:
    found = days_apart(read_target(due), read_target(done), late=late)
    assert found == days
