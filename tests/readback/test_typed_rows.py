"""A row that a person typed, and then entered in the data, stands once, with all that they wrote."""

from __future__ import annotations

import pytest
from test_merge import HEAD, codes, merged, p, row, table, texts, value

WIDE = row(
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "得分",
    "说明",
)
Cells = tuple[str, ...]


def printed(name: str, cells: Cells, groups: Cells, merges: str) -> str:
    held = [
        p(value(f"{name}_{n}", one, n)) if one else one
        for n, one in enumerate(cells)
    ]
    return row(*groups, name, *held, merges=merges)


FIRST = printed(
    "核酸检测",
    ("30场", "31场", "10", ""),
    ("产出指标（50分）", "数量指标"),
    "rr",
)
LAST = printed("差错率", ("1%", "1%", "10.00", ""), ("", "质量指标"), "cr")
NEW = printed("会议保障", ("40次", "45次", "5.00", ""), ("", ""), "cc")
BASE, OURS = table(WIDE, FIRST, LAST), table(WIDE, FIRST, NEW, LAST)


def with_row(*cells: str) -> str:
    return table(WIDE, FIRST, row(*cells, merges="cc"), LAST)


def rows_of(data: bytes) -> list[list[str]]:
    found = texts(data)
    whole = [found[n : n + 7] for n in range(0, len(found), 7)]
    return [one for one in whole if "会议保障" in one]


@pytest.mark.parametrize(
    "typed",
    [
        ("", "", "会议保障", "40次", "45次", "5", ""),
        ("", "", "会议保障", "40次", "45次", "", ""),
        ("", "", "会议保障", "40次", "", "", ""),
        ("产出指标", "数量指标", "会议保障", "40次", "45次", "5.0", ""),
        ("", "数量指标", "会议保障", "４０次", "45 次", "5", ""),
    ],
)
def test_what_is_the_same_takes_the_form_of_the_print(typed: Cells) -> None:
    result = merged(BASE, with_row(*typed), OURS)
    assert rows_of(result.data) == [
        ["", "", "会议保障", "40次", "45次", "5.00", ""]
    ]
    assert codes(result) == []


@pytest.mark.parametrize(
    ("column", "own", "told"),
    [(3, "50次", 1), (4, "44次", 1), (5, "4.5", 1), (6, "超额完成", 0)],
)
def test_what_was_typed_otherwise_stays_in_its_cell(
    column: int, own: str, told: int
) -> None:
    typed = ["", "", "会议保障", "40次", "45次", "5", ""]
    typed[column] = own
    result = merged(BASE, with_row(*typed), OURS)

    (stands,) = rows_of(result.data)
    assert stands[column] == own
    assert codes(result) == ["RBK004"] * told
    assert all(own in one.message for one in result.findings)


@pytest.mark.parametrize(
    "typed",
    [
        ("", "", "车辆保障", "40次", "45次", "5", ""),
        ("", "", "会议保障", "", "", "", ""),
        ("", "", "会议保障", "50次", "54次", "4", ""),
    ],
)
def test_another_row_stays_beside_the_new_one(typed: Cells) -> None:
    found = texts(merged(BASE, with_row(*typed), OURS).data)
    assert len(found) == 7 * 5


def test_a_label_of_a_person_s_own_is_not_lost() -> None:
    typed = ("", "其他指标", "会议保障", "40次", "45次", "5", "")
    result = merged(BASE, with_row(*typed), OURS)
    assert rows_of(result.data) == [list(typed)]


def test_a_plain_table_has_its_rows_once_too() -> None:
    base = table(HEAD, row("水电费", "10.00", "5"))
    theirs = table(HEAD, row("水电费", "10.00", "5"), row("维修费", "20", "5"))
    ours = table(HEAD, row("水电费", "10.00", "5"), row("维修费", "20.00", "5"))
    result = merged(base, theirs, ours)
    assert texts(result.data)[6:] == ["维修费", "20.00", "5"]
