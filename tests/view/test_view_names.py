"""What a view holds: text, True or False and nothing else, formatted in the way of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.core.value import Value
from reportgen.figures.catalogue import compute_figures
from reportgen.model.loading import load_unit
from reportgen.model.unit import Unit
from reportgen.packs.pack import Pack, load_pack
from reportgen.view.formatter import View
from reportgen.view.names import build_view, project_view

ROOT = Path(__file__).parents[2]
PACKS = [
    load_pack(folder, (ROOT / "templates",))
    for folder in sorted((ROOT / "templates").iterdir())
]
STANDARD = next(pack for pack in PACKS if pack.name == "standard")
EXAMPLE = load_unit(ROOT / "templates" / "standard" / "example.yaml").unit
LUKOU = load_unit(ROOT / "inputs" / "lukou.yaml").unit
BARE = Unit.model_validate({"年度": "2024", "单位": {"名称": "甲馆"}})


def view(unit: Unit, pack: Pack = STANDARD, **numbers: str) -> View:
    if numbers:
        changed = pack.numbers.model_copy(update=numbers)
        manifest = pack.manifest.model_copy(update={"numbers": changed})
        pack = Pack(
            pack.folders,
            manifest,
            pack.scoring,
            pack.snippets,
            pack.vocabulary,
            pack.digest,
        )
    return build_view(unit, compute_figures(unit, pack.scoring), pack)


def unit(**data: Any) -> Unit:
    return Unit.model_validate(
        {"年度": "2024", "单位": {"名称": "甲馆"}, **data}
    )


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, below in value.items():
            assert isinstance(key, str), path
            yield from leaves(below, f"{path}.{key}")
    elif isinstance(value, list):
        for position, below in enumerate(value):
            yield from leaves(below, f"{path}[{position}]")
    else:
        yield path, value


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
@pytest.mark.parametrize(
    "one", [EXAMPLE, LUKOU, BARE], ids=["example", "lukou", "bare"]
)
def test_every_leaf_is_text_or_a_switch(one: Unit, pack: Pack) -> None:
    names = view(one, pack)

    for path, leaf in leaves(
        project_view(names, names["项目列表"][0])
        if names["项目列表"]
        else names
    ):
        assert isinstance(leaf, (str, bool)), path
        assert leaf != "None", path


def test_the_names_are_the_same_however_little_is_reported() -> None:
    def shape(value: Any) -> Any:
        return (
            {key: shape(below) for key, below in value.items()}
            if isinstance(value, dict)
            else None
        )

    assert shape(view(BARE)) == shape(view(EXAMPLE))


def test_money_and_rates_have_two_decimals() -> None:
    funds = view(
        unit(
            资金={
                "年初预算数": 46,
                "全年预算数": "460000元",
                "全年执行数": "38.76",
            }
        )
    )["资金"]

    shown = [
        funds[name]
        for name in (
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "执行率",
            "得分",
            "结转",
            "调整额",
        )
    ]
    assert shown == [
        "46.00",
        "46.00",
        "38.76",
        "84.26%",
        "8.43",
        "7.24",
        "0.00",
    ]


def test_as_typed_is_what_the_published_form_says() -> None:
    funds = {
        "年初预算数": "1,046.5万元",
        "全年预算数": "997561.26元",
        "全年执行数": "90",
        "执行率": "90.2",
    }

    shown = view(unit(资金=funds), money="原样", rate="原样")["资金"]

    typed = [
        shown[name]
        for name in ("年初预算数", "全年预算数", "全年执行数", "执行率")
    ]
    assert typed == ["1,046.5万元", "997561.26元", "90", "90.2"]
    assert shown["全年预算数"] < 100  # it compares in 万元 all the same
    assert shown["结转"] == "9.76"  # computed: rounded, without trailing zeros


def test_points_are_as_typed_or_short() -> None:
    rows = [
        {
            "一级": "产出指标",
            "三级": "甲",
            "分值": "10.0分",
            "得分": "９.50",
            "指标值": "5",
            "实际值": "5",
        },
        {
            "一级": "产出指标",
            "三级": "乙",
            "分值": 10,
            "指标值": "3个",
            "实际值": "1个",
        },
        {
            "一级": "产出指标",
            "三级": "丙",
            "分值": 10,
            "指标值": "3个",
            "实际值": "3个",
        },
    ]

    shown = view(unit(指标=rows))["指标"]

    assert [(row["分值"], row["得分"]) for row in shown] == [
        ("10.0", "９.50"),
        ("10", "3.33"),
        ("10", "10"),
    ]
    assert shown[0]["一级标签"] == "产出指标（30分）"


@pytest.mark.parametrize("blank", ["", "—", "/"])
def test_the_blank_mark_prints_and_is_not_taken_for_a_value(blank: str) -> None:
    names = view(
        unit(指标=[{"三级": "甲"}], 项目=[{"名称": "乙"}]), blank=blank
    )

    missing = [
        names["资金"]["执行率"],
        names["指标"][0]["实际值"],
        names["单位"]["人员"]["在职"],
        names["合计"]["得分"],
    ]
    missing.append(names["项目列表"][0]["资金"]["来源"][0]["全年执行数"])
    assert [str(one) for one in missing] == [blank] * 5
    assert not any(missing)


def test_rows_of_sources_are_those_of_the_form_and_then_the_units_own() -> None:
    funds = {
        "资金来源": [
            {"名称": "其他资金", "全年执行数": 3},
            {"名称": "上级补助", "全年执行数": 5},
        ]
    }

    rows = view(unit(项目=[{"名称": "乙", "资金": funds}]))["项目列表"][0][
        "资金"
    ]["来源"]

    assert [(row["标签"], row["全年执行数"], row["得分"]) for row in rows] == [
        ("其中：当年财政拨款", "", "—"),
        ("上年结转资金", "", "—"),
        ("其他资金", "3.00", "—"),
        ("上级补助", "5.00", "—"),
    ]


def test_details_of_any_depth_are_printed() -> None:
    deep = {
        "名称": "甲",
        "明细": [{"名称": "乙", "明细": [{"名称": "丙", "全年执行数": 1}]}],
    }

    rows = view(unit(资金={"按支出性质": [deep]}))["资金"]["支出"]

    assert [(row["标签"], row["层级"]) for row in rows] == [
        ("其中：甲", "1"),
        ("其中：乙", "2"),
        ("其中：丙", "2"),
    ]


def test_prose_gets_no_rows_that_spent_nothing() -> None:
    rows = [
        {"名称": "甲", "全年执行数": 0},
        {"名称": "乙"},
        {"名称": "丙", "全年执行数": "0.5"},
    ]

    assert [
        row["名称"]
        for row in view(unit(资金={"按收入性质": rows}))["资金"]["收入构成"]
    ] == ["丙"]


def test_overspending_is_an_amount_of_its_own() -> None:
    over = view(unit(资金={"全年预算数": 10, "全年执行数": 12}))["资金"]
    under = view(unit(资金={"全年预算数": 10, "全年执行数": 8}))["资金"]

    assert (over["结转"], over["超支额"], under["结转"], under["超支额"]) == (
        "-2.00",
        "2.00",
        "2.00",
        "",
    )


def test_staff_and_offices_are_counted_where_no_number_is_given() -> None:
    names = view(
        Unit.model_validate(
            {
                "年度": 2024,
                "单位": {
                    "名称": "甲",
                    "内设机构": ["乙", "丙"],
                    "人员": {"在职": 3, "退休": 2},
                },
            }
        )
    )

    assert (
        names["单位"]["内设机构数"],
        names["单位"]["人员"]["合计"],
        names["单位"]["人员"]["离休"],
    ) == ("2", "5", "")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"二级": "数量指标", "三级": "讲座"}, "讲座"),
        ({"二级": "数量指标"}, "数量指标"),
        ({"一级": "产出指标"}, "产出指标"),
        (
            {"二级": "成本指标", "三级": "400万元", "指标值": "400万元"},
            "成本指标",
        ),
        (
            {"二级": "质量指标", "三级": "高质量完成", "指标值": "高质量完成"},
            "高质量完成",
        ),
        ({"指标值": "5"}, "未命名指标"),
    ],
)
def test_what_prose_calls_an_indicator(row: dict[str, str], name: str) -> None:
    assert view(unit(指标=[{"分值": 1, **row}]))["指标"][0]["指标名"] == name


def test_groups_begin_where_the_level_above_changes() -> None:
    rows = [
        ("产出", "数量"),
        ("产出", "数量"),
        ("产出", "质量"),
        ("效益", "质量"),
        ("产出", "质量"),
    ]

    shown = view(
        unit(
            指标=[{"一级": one, "二级": two, "三级": "甲"} for one, two in rows]
        )
    )["指标"]

    assert [row["一级起"] for row in shown] == [True, False, False, True, True]
    assert [row["二级起"] for row in shown] == [True, False, True, True, True]


def test_how_the_indicators_stand() -> None:
    rows = [
        {
            "一级": "产出指标",
            "二级": "数量指标",
            "三级": "甲",
            "指标值": "10",
            "实际值": "13",
            "分值": 10,
        },
        {
            "一级": "产出指标",
            "二级": "数量指标",
            "三级": "乙",
            "指标值": "10",
            "实际值": "9",
            "分值": 10,
        },
        {
            "一级": "效益指标",
            "二级": "社会效益",
            "三级": "丙",
            "指标值": "10",
            "分值": 10,
        },
        {
            "一级": "效益指标",
            "三级": "丁",
            "指标值": "不适用",
            "实际值": "不适用",
        },
        {
            "一级": "满意度指标",
            "三级": "戊",
            "指标值": "≥90%",
            "实际值": "95%",
            "分值": 10,
        },
    ]

    standing = view(unit(指标=rows))["指标情况"]

    assert (standing["总数"], standing["达标数"], standing["未达标数"]) == (
        "4",
        "2",
        "1",
    )
    assert [row["三级"] for row in standing["其他"]] == ["丙"]
    assert [kind["名称"] for kind in standing["效益"]] == ["社会效益"]
    assert [kind["名称"] for kind in standing["满意度"]] == ["满意度指标"]


@pytest.mark.parametrize(
    ("text", "value", "expression", "holds"),
    [
        ("84.26%", "84.26", lambda one: one < 90, True),
        ("84.26%", "84.26", lambda one: 90 > one >= 84.26, True),
        ("84.26%", "84.26", lambda one: one == Decimal("84.26"), True),
        ("84.5%", "84.5", lambda one: one == 84.5, True),
        ("84.5%", "84.5", lambda one: one != 84.5, False),
        ("84.5%", "84.5", lambda one: one == "84.5%", True),
        ("1", "1", lambda one: one is True or one < True, False),
        ("1", "1", lambda one: one == True, False),  # noqa: E712
        ("10", "10", lambda one: one > Value("9", Decimal(9)), True),
        ("10", "10", lambda one: one > "9", False),
        (
            "",
            None,
            lambda one: (
                one < 90 or one > 90 or one <= 90 or one >= 90 or one == 0
            ),
            False,
        ),
        ("—", None, bool, False),
        ("0", "0", bool, True),
        ("0", "0", lambda one: one == 0 and one < 0.005, True),
    ],
)
def test_a_value_compares_as_its_number(
    text: str, value: str | None, expression: Any, holds: bool
) -> None:
    number = None if value is None else Decimal(value)
    shown = Value(text, number, stated=number is not None)

    assert bool(expression(shown)) is holds
    assert str(shown) == text
    assert hash(shown) == hash(text)
