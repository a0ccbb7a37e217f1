from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from reportgen.core.numerals import (
    LARGEST,
    chinese_numeral,
    fixed,
    percent,
    plain,
    ratio,
    read_amount,
    read_chinese_numeral,
    read_number,
    read_ratio,
    round_half_up,
)

ABSURD = [
    "1e999",
    "9" * 10_000,
    "0." + "0" * 10_000 + "1",
    "",
    " ",
    "万",
    "٣",
    "२",
    "一",
    "NaN",
    "inf",
    "-",
    "1,23,4",
    "1..2",
    "0x10",
]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("2.345", "2.35"),
        ("2.344999", "2.34"),
        ("-2.345", "-2.35"),
        ("0.005", "0.01"),
        ("84.265", "84.27"),  # half even would print 84.26
        ("-0.004", "0.00"),
        ("1E+30", "1000000000000000000000000000000.00"),
        ("1E-30", "0.00"),
    ],
)
def test_half_is_rounded_up(value: str, rounded: str) -> None:
    assert fixed(Decimal(value)) == rounded


def test_other_places() -> None:
    assert (round_half_up(Decimal("2.5"), 0), fixed(Decimal("0.12345"), 4)) == (
        3,
        "0.1235",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("10.00", "10"),
        ("1E+2", "100"),
        ("0.50", "0.5"),
        ("-0.00", "0"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_plain_has_neither_trailing_zeros_nor_exponent(
    value: str, text: str
) -> None:
    assert plain(Decimal(value)) == text


def test_plain_rounds_first_when_told() -> None:
    assert (plain(Decimal("9.805"), 2), plain(Decimal("9.999"), 2)) == (
        "9.81",
        "10",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.997561", "99.76%"),
        ("1", "100.00%"),
        ("-0.05", "-5.00%"),
        ("0", "0.00%"),
        ("0.842608695", "84.26%"),
    ],
)
def test_percent(value: str, text: str) -> None:
    assert percent(Decimal(value)) == text


def test_ratio_of_nothing_or_of_zero_is_none() -> None:
    one, zero = Decimal(1), Decimal(0)

    assert (ratio(one, zero), ratio(None, one), ratio(one, None)) == (
        None,
        None,
        None,
    )
    assert (ratio(zero, one), ratio(-one, Decimal(4))) == (0, Decimal("-0.25"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.80", "1234567.80"),
        ("１，２３４．５", "1234.5"),
        ("－５", "-5"),
        ("\u22125", "-5"),  # the minus sign that Word puts in
        ("+5", "5"),
        (" 007 ", "7"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_numbers_as_typed(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [*ABSURD, "5万元", "八十九", "1 234", ".5", "1.", "（5）", str(LARGEST)],
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("400", "400"),
        ("89.97万元", "89.97"),
        ("523.12万", "523.12"),
        ("997561.26元", "99.756126"),
        ("997,561.26 元", "99.756126"),
        ("1.2亿元", "12000"),
        ("2亿", "20000"),
        ("3千元", "0.3"),
        ("3百万元", "300"),
        ("5千万", "5000"),
        ("４００　万元", "400"),
        ("-5元", "-0.0005"),
    ],
)
def test_amounts_are_in_wan(text: str, value: str) -> None:
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *ABSURD,
        "100美元",
        "约100万元",
        "100元整",
        "1万5千元",
        "一百万元",
        "12亿万元",
        "100%",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99.76%", "0.9976"),
        ("１００％", "1"),
        ("61.2", "0.612"),
        ("1,000 %", "10"),
        ("-3%", "-0.03"),
        ("0%", "0"),
    ],
)
def test_rates(text: str, value: str) -> None:
    assert read_ratio(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", [*ABSURD, "%", "50%%", "9.97‰", "百分之九十", "50%以上"]
)
def test_what_is_no_rate(text: str) -> None:
    assert read_ratio(text) is None


@given(
    st.text(max_size=30)
    | st.text("0123456789,.，．０１２３%万元亿-+ ", max_size=30)
)
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (read_number, read_amount, read_ratio):
        value = read(text)
        assert value is None or fixed(value)
    value = read_chinese_numeral(text)
    assert value is None or value >= 0


@given(st.decimals(0, 10**14, places=2), st.decimals(0, 10**14, places=2))
def test_every_quotient_of_amounts_can_be_printed(
    part: Decimal, whole: Decimal
) -> None:
    quotient = ratio(part, whole)

    assert quotient is None or percent(quotient).endswith("%")


def test_the_largest_by_the_smallest_can_be_printed() -> None:
    whole = read_amount("0." + "0" * 30 + "1元")
    part = read_amount("999999999999999亿元")
    assert whole is not None
    assert part is not None

    quotient = ratio(part, whole)

    assert quotient is not None
    assert percent(quotient).endswith("00%")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
        (10_001, "一万零一"),
        (120_000, "十二万"),
        (10_200, "一万零二百"),
        (100_005_000, "一亿零五千"),
    ],
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese_numeral(number) == text
    assert read_chinese_numeral(text) == number


@given(st.integers(0, 9999) | st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert read_chinese_numeral(chinese_numeral(number)) == number


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numerals_have_an_end(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两万", 20_000),
        ("三千二百", 3200),
        ("三百五", 350),
        ("两千三", 2300),
        ("一万五", 15_000),
        ("一十二", 12),
        ("一百十二", 112),
        ("二〇二二", 2022),
        ("二零二二", 2022),
        ("壹佰贰拾叁", 123),
        ("一亿二千万", 120_000_000),
    ],
)
def test_other_ways_to_write_a_chinese_numeral(text: str, number: int) -> None:
    assert read_chinese_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "亿",
        "百",
        "十十",
        "二十百",
        "三万亿",
        "廿",
        "12",
        "一二百",
        "甲",
        "一" * 10_000,
        "亿" * 100_000,
    ],
)
def test_what_is_no_chinese_numeral(text: str) -> None:
    assert read_chinese_numeral(text) is None
