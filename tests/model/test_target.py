import time
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from reportgen.model.measure import conversion
from reportgen.model.target import LONGEST, Target, read_target

QUANTITIES = [
    # the forms of the national table and of the published documents
    ("≥95%", "≥", "95", "%"),
    ("＜220", "<", "220", ""),
    ("大于14000次", ">", "14000", "次"),
    ("不低于90%", "≥", "90", "%"),
    ("30场", "", "30", "场"),
    ("　31场", "", "31", "场"),
    ("小于0.5%　　", "<", "0.5", "%"),
    ("大于13万", ">", "13", "万"),
    ("523.12万", "", "523.12", "万"),
    ("2662.18万元", "", "2662.18", "万元"),
    ("约3200次", "≈", "3200", "次"),
    ("37万平方米", "", "37", "万平方米"),
    ("16.19平方米", "", "16.19", "平方米"),
    ("-37%", "", "-37", "%"),
    ("-0.5%", "", "-0.5", "%"),
    ("0个", "", "0", "个"),
    ("0%", "", "0", "%"),
    ("231辆", "", "231", "辆"),
    ("≥1600家", "≥", "1600", "家"),
    ("134.64", "", "134.64", ""),
    ("7类", "", "7", "类"),
    # signs
    ("≧95%", "≥", "95", "%"),
    ("＞=95%", "≥", "95", "%"),
    ("=>5", "≥", "5", ""),
    ("<=5", "≤", "5", ""),
    ("＝100％", "=", "100", "%"),
    ("═100", "=", "100", ""),
    ("≥９５．５％", "≥", "95.5", "%"),
    ("≥ 95 %", "≥", "95", "%"),
    ("≥-5%", "≥", "-5", "%"),
    ("－5％", "", "-5", "%"),
    ("1,234.5万元", "", "1234.5", "万元"),
    ("12，345人", "", "12345", "人"),
    # words before and behind
    ("大于或等于95%", "≥", "95", "%"),
    ("不超过220万元", "≤", "220", "万元"),
    ("控制在220万元以内", "≤", "220", "万元"),
    ("≤5%以内", "≤", "5", "%"),
    ("95%及以上", "≥", "95", "%"),
    ("100%（含）以上", "≥", "100", "%"),
    ("90%（含90%）以上", "≥", "90", "%"),
    ("60%以下（含）", "≤", "60", "%"),
    ("90%左右", "≈", "90", "%"),
    ("近200人", "≈", "200", "人"),
    ("200余人", "≥", "200", "人"),
    ("20多万人次", "≥", "20", "万人次"),
    ("超1000人", ">", "1000", "人"),
    ("3个工作日内", "≤", "3", "个工作日"),
    ("5个工作日内办结", "≤", "5", "个工作日"),
    ("24小时内响应", "≤", "24", "小时"),
    ("100%完成", "", "100", "%"),
    ("完成100%", "", "100", "%"),
    ("完成率100%", "", "100", "%"),
    ("满意度达到95%以上", "≥", "95", "%"),
    ("满意度：≥95%", "≥", "95", "%"),
    ("群众投诉率不高于1%", "≤", "1", "%"),
    ("（≥95%）", "≥", "95", "%"),
    ("“≥95%”", "≥", "95", "%"),
    ("≥95%。", "≥", "95", "%"),
    # Chinese numerals
    ("二十场", "", "20", "场"),
    ("不少于两次", "≥", "2", "次"),
    ("三个以上", "≥", "3", "个"),
    # frequencies, in one year
    ("每月一次", "=", "12", "次"),
    ("每月1次", "=", "12", "次"),
    ("每季度不少于1次", "≥", "4", "次"),
    ("至少每周两次", "≥", "104", "次"),
    ("每半年一次", "=", "2", "次"),
    ("每两个月一次", "=", "6", "次"),
    ("2次/年", "=", "2", "次"),
    ("≥1次/月", "≥", "12", "次"),
]


@pytest.mark.parametrize(("text", "relation", "value", "measure"), QUANTITIES)
def test_quantities(text: str, relation: str, value: str, measure: str) -> None:
    assert read_target(text) == Target(text, relation, Decimal(value), measure)


@pytest.mark.parametrize(
    ("text", "low", "high", "measure"),
    [
        ("63%～68%", "63", "68", "%"),
        ("90-95％", "90", "95", "%"),
        ("10至20次", "10", "20", "次"),
        ("3—5天", "3", "5", "天"),
        ("-5%~5%", "-5", "5", "%"),
    ],
)
def test_ranges(text: str, low: str, high: str, measure: str) -> None:
    assert read_target(text) == Target(
        text, "区间", Decimal(low), measure, Decimal(high)
    )


WORDS = [
    "高质量完成",
    "及时完成",
    "保持",
    "无",
    "全覆盖",
    "合规",
    "效果明显",
    "初见成效",
    "单位正常运转",
    "不适用",
    "定性",
    "一批",
    "若干",
    "二级",
    "三甲",
    "A级",
    "—",
    "/",
    "零事故",
    "为民服务",
    "未完成5项",
    "2022年",
    "2022年12月底前",
    "2022年12月31日前",
    "12月底前",
    "12月31日",
    "6月底",
    "2022-12-31",
    "2021-2022年",
    "2022年1-12月",
    "1-12月",
    "3号楼",
    "第1名",
    "前3名",
    "1/2",
    "3：1",
    "7×24小时",
    "1.5.3",
    "1.",
    "≥",
    "≥≥5",
    "±5%",
    "1e5",
    "≥95%且≤100%",
    "90%<x≤95%",
    "1项；2份",
    "增长5%",
    "下降3%",
    "68%～63%",
    "%",
    "左右",
    "每天",
    "每月",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_stay_words(text: str) -> None:
    assert read_target(text) == Target(text)


def test_a_number_beyond_reason_is_words_without_a_relation() -> None:
    for text in (
        "≥" + "9" * 30,
        "≥1" + "0" * 15 + "万元",
        "每月" + "9" * 30 + "次",
    ):
        assert read_target(text) == Target(text)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "每" * 100_000,
        "（" * 100_000,
        " " * 100_000,
        "1" + " " * 100_000 + "x",
        "1-" * 50_000,
        "1," * 50_000,
        "约" * 100_000,
        "每月" + "一" * 100_000 + "次",
        "完成率" * 30_000 + "1",
    ],
    ids=lambda text: text[:6],
)
def test_long_hostile_texts_are_words_at_once(text: str) -> None:
    start = time.perf_counter()

    assert read_target(text) == Target(text)
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "率",
        "率1",
        "完成",
        "(",
        "（含",
        "以上",
        "1-",
        "%",
        "%至",
        " ",
        "每月",
        "≥",
        "，",
    ],
)
def test_texts_just_short_enough_are_read_at_once(piece: str) -> None:
    start = time.perf_counter()

    for tail in ("", "x1", "1x"):
        read_target((piece * LONGEST)[: LONGEST - 2] + tail)
    assert time.perf_counter() - start < 0.1


@given(
    st.text(max_size=80)
    | st.text(
        "0123456789.,%≥≤～-至每月年次场率完成以上内（含）约一二十百万元 ",
        max_size=LONGEST,
    )
)
def test_any_text_is_read_and_kept(text: str) -> None:
    target = read_target(text)

    assert target.text == text
    assert target.value is not None or target == Target(text)
    assert target.upper is None or (
        target.value is not None and target.value <= target.upper
    )


@pytest.mark.parametrize(
    ("actual", "measure", "value"),
    [
        ("214032人次", "万人次", "21.4032"),
        ("21.4万人次", "人次", "214000"),
        ("4000000元", "万元", "400"),
        ("0.5亿元", "万元", "5000"),
        ("523.12万", "万元", "523.12"),
        ("3工作日", "个工作日", "3"),
        ("50㎡", "平方米", "50"),
        ("1.5公里", "米", "1500"),
        ("5‰", "%", "0.5"),
        ("15日", "天", "15"),
        ("95", "%", "95"),
        ("95%", "", "95"),
    ],
)
def test_actuals_in_the_measure_of_the_target(
    actual: str, measure: str, value: str
) -> None:
    assert read_target(actual).value_in(measure) == Decimal(value)


@pytest.mark.parametrize(
    ("actual", "measure"),
    [
        ("31场", "%"),
        ("55家", "种"),
        ("13万", "%"),
        ("5平方米", "米"),
        ("已完成", "%"),
        ("5天", "次"),
    ],
)
def test_what_cannot_be_compared(actual: str, measure: str) -> None:
    assert read_target(actual).value_in(measure) is None


@given(
    st.sampled_from(
        [
            "元",
            "万元",
            "亿元",
            "千元",
            "人次",
            "万人次",
            "",
            "%",
            "‰",
            "个",
            "万",
        ]
    ),
    st.text(max_size=5),
)
def test_conversions_go_both_ways(one: str, other: str) -> None:
    there, back = conversion(one, other), conversion(other, one)

    assert (there is None) == (back is None)
    assert there is None or back is None or there * back == 1
