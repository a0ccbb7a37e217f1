from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from reportgen.narrative import numbers
from reportgen.narrative.numbers import (
    COUNT,
    MONEY,
    PERCENT,
    POINTS,
    Quantity,
    read_quantities,
)


def read(text: str, *names: str) -> list[Quantity]:
    return list(read_quantities(text, names))


def said(text: str) -> list[tuple[str, Decimal, str]]:
    return [(one.kind, one.value, one.measure) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56万元", "1234.56"),
        ("997561.26元", "99.756126"),
        ("3.5亿元", "35000"),
        ("5千元", "0.5"),
        ("1.2千万元", "1200"),
        ("1亿2000万元", "12000"),
        ("3万5千元", "3.5"),
        ("４００万元", "400"),
        ("400 万元", "400"),
        ("4000余万元", "4000"),
        ("85万余元", "85"),
        ("三百五十万元", "350"),
        ("一亿二千万元", "12000"),
        ("三万元", "3"),
    ],
)
def test_money_is_read_in_ten_thousands(text: str, value: str) -> None:
    (one,) = read(f"全年节约{text}。")

    assert (one.kind, one.measure, one.value) == (MONEY, "万元", Decimal(value))
    assert one.text.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("98.5%", "98.5"),
        ("98.5％", "98.5"),
        ("5‰", "0.5"),
        ("百分之九十五点五", "95.5"),
        ("百分之八", "8"),
    ],
)
def test_percentages(text: str, value: str) -> None:
    assert said(f"合格率{text}，居全市前列") == [(PERCENT, Decimal(value), "%")]


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("30场次", 30, "场次"),
        ("1.2万人次", 12000, "人次"),
        ("17.23万M2", 172300, "M2"),
        ("1.2万余平方米", 12000, "平方米"),
        ("7大类", 7, "类"),
        ("5个工作日", 5, "个工作日"),
        ("3项目标", 3, "项"),
        ("13万", 130000, ""),
        ("三百五十人", 350, "人"),
        ("十余家", 10, "家"),
        ("42千瓦时", 42, "千瓦时"),
        ("98.43分", Decimal("98.43"), "分"),
    ],
)
def test_counts_and_measures(text: str, value: Decimal, measure: str) -> None:
    assert said(f"全年共{text}，比计划多") == [(COUNT, Decimal(value), measure)]


def test_points_are_not_percent() -> None:
    assert said("提高3.2个百分点") == [(POINTS, Decimal("3.2"), "个百分点")]


@pytest.mark.parametrize(
    "text",
    [
        "2022年度、2022年12月31日、2022-12-31、2022.6.24",
        "2021年至2023年、2021-2025年、2021、2022年",
        "12月底前、1-2月份、3月5日、9月12日",
        "财预〔2020〕10号、区委〔2021〕5号、（2019）3号、[2013]53号",
        "《2020年度100项重点工作》",
        "第3条、第十五次会议、第2批",
        "附件3-1、表2、图1、附表4",
        "（1）前期准备。（2）组织实施。1.完成准备；2、开展",
        "12345热线、A4纸、5G网络、4.0.1版、110指挥中心",
        "13812345678、0734-8888888、110101199003077777",
        "1:3的比例、7×24小时、7·22人才周、1+N体系",
        "“十四五”期间、三级指标、一次性、两个更好、几十万元、数百家、第三次",
        "5部门联合、3次要矛盾、2类似情况、6支出项目、8成立小组",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert said(text) == []


def test_numbers_in_names_are_left_alone() -> None:
    text = "2022年全年相关维修改造费等294.7万元，3个100工程投入5万元"

    assert [
        one.text
        for one in read(text, "2022年全年相关维修改造费等", "3个100工程")
    ] == ["294.7万元", "5万元"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("30—40万元", 30, 40),
        ("63%～68%", 63, 68),
        ("20至30人", 20, 30),
        ("0.5亿—1.2亿元", 5000, 12000),
        ("30万元到50万元", 30, 50),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    (one,) = read(f"每年{text}")

    assert (one.value, one.upper) == (low, high)


def test_from_and_to_are_two_quantities() -> None:
    assert [
        one.value for one in read("由100万元增加到120.5万元，从5次到8次")
    ] == [
        100,
        Decimal("120.5"),
        5,
        8,
    ]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("不少于330天", "≥"),
        ("20万人次以上", "≥"),
        ("≥95%", "≥"),
        ("控制在5%以内", "≤"),
        ("不超过30件", "≤"),
        ("超过14000次", ">"),
        ("大于13万元", ">"),
        ("100多人", ">"),
        ("不足5%", "<"),
        ("约3200次", "≈"),
        ("300人左右", "≈"),
        ("共300人", ""),
    ],
)
def test_words_around_a_number_say_how_it_is_meant(
    text: str, relation: str
) -> None:
    (one,) = read(text)

    assert one.relation == relation
    assert one.about == (relation in {">", "<", "≈"})


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("增长12%", True),
        ("同比增12%", True),
        ("下降了3%", True),
        ("增加到12%", False),
        ("下降至3%", False),
        ("完成率98%", False),
    ],
)
def test_the_size_of_a_change_is_marked(text: str, change: bool) -> None:
    (one,) = read(text)

    assert one.change is change


@pytest.mark.parametrize(
    ("text", "tolerance"),
    [
        ("84.25%", "0.005"),
        ("84%", "0.5"),
        ("21.4万人次", "500"),
        ("310万元", "0.5"),
        ("5元", "0.00005"),
    ],
)
def test_tolerance_is_half_of_the_last_printed_digit(
    text: str, tolerance: str
) -> None:
    (one,) = read(text)

    assert one.tolerance == Decimal(tolerance)


@given(
    st.text(
        alphabet="0123456789０１,.．，万亿千百十元%％人次个年月日—-至到约余不超过百分之点一二三 \n《》（）第号、。a",
        max_size=80,
    )
)
@example("1" * 60)
@example("1,234,567,89万元")
@example("1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1万元")
def test_any_text_is_read_and_each_quantity_stands_where_it_says(
    text: str,
) -> None:
    end = 0
    for one in read(text):
        assert one.start >= end
        assert one.text in text[one.start : one.end]
        assert any(
            char.isdigit() or char in "零〇一二两三四五六七八九十百千万亿"
            for char in one.text
        )
        assert one.upper is None or one.upper >= 0
        end = one.end


@given(
    st.decimals(min_value=0, max_value=10**8, places=2, allow_nan=False),
    st.sampled_from(["", "共", "其中：", "年初预算数为"]),
    st.sampled_from(["。", "，", "；", "（含税）", ""]),
)
def test_an_amount_reads_back_as_written(
    amount: Decimal, before: str, after: str
) -> None:
    (one,) = read(f"{before}{amount:f}万元{after}")

    assert (one.kind, one.value, one.digits) == (MONEY, amount, 2)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 200_000,
        "1," * 100_000,
        "1-" * 100_000,
        "1.1" * 60_000,
        "一" * 200_000,
        "百分之" * 60_000,
        "《" * 100_000,
        "约 " * 100_000 + "1",
    ],
    ids=[
        "digits",
        "commas",
        "dashes",
        "points",
        "numerals",
        "hundredths",
        "titles",
        "blanks",
    ],
)
def test_long_texts_take_no_longer_than_their_length(text: str) -> None:
    start = time.process_time()

    read(text)

    assert time.process_time() - start < 2


def test_an_amount_in_two_parts_is_quoted_as_it_stands() -> None:
    (one,) = read_quantities("共1亿 2000万元")
    assert (one.text, one.value) == ("1亿 2000万元", Decimal(12000))


_PIECES = (
    *"0123456789５年月日号至到—-、和．.)）（(〕]:：×xG第表A约 \t万元%人增长百",
    *("2022", "13812345678", "0731-12345678", "2022年", "附件", "31.6", "12"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_what_is_not_tried_at_a_number_would_not_have_matched(
    text: str,
) -> None:
    """Dates, codes and list numbers are tried only where one can stand: with every trial made, nothing differs."""
    for digits in numbers._DIGITS.finditer(text):
        start, end = digits.span()
        before = text[max(0, start - 4) : start]
        listed = numbers._LISTED.match(text, start)
        opens = listed and numbers._OPENING.search(
            before if start <= 4 else before[1:]
        )
        named = bool(numbers._NAMED.search(before)) or bool(opens)
        tried = numbers._NO_QUANTITY.match(text, start) is not None
        assert (numbers._no_quantity(text, start, end) is not None) is tried
        assert numbers._is_named(text, start, end) is named
