"""How snippets, the unit's own text and the sections meet; what is said of a pack that cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from narrative_support import section, texts, told, unit

from reportgen.core.errors import PackError
from reportgen.narrative.filling import Passage, SnippetRenderer
from reportgen.packs.pack import Pack, load_pack

Make = Callable[[str], Pack]


@pytest.fixture
def pack(tmp_path: Path) -> Make:
    def make(snippets: str) -> Pack:
        (tmp_path / "pack.yaml").write_text(
            "名称: 示范\n版本: 1\n", encoding="utf-8"
        )
        (tmp_path / "snippets.yaml").write_text(snippets, encoding="utf-8")
        return load_pack(tmp_path)

    return make


def say(pack: Pack, **data: Any) -> dict[str, list[str]]:
    says: dict[str, list[str]] = told(
        unit(**data), pack, SnippetRenderer(pack)
    )[1]["叙述"]
    return says


DEFAULT = "甲馆是事业单位。"


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("本馆成立于1980年", ["本馆成立于1980年"]),
        (["{{ 默认 }}", "馆舍4200平方米。"], [DEFAULT, "馆舍4200平方米。"]),
        (["馆舍4200平方米。", "{{默认}}"], ["馆舍4200平方米。", DEFAULT]),
        (
            "概况：{{ 默认 }}馆舍4200平方米。",
            [f"概况：{DEFAULT}馆舍4200平方米。"],
        ),
        (["{{ 默认 }}", "{{ 默认 }}"], [DEFAULT, DEFAULT]),
        ("{{ 7**7 }}", ["{{ 7**7 }}"]),
        (
            "{% for %}{{ x.__class__ }} {{ 单位.名称 }}",
            ["{% for %}{{ x.__class__ }} {{ 单位.名称 }}"],
        ),
        ("中共  XX 委员会。。", ["中共  XX 委员会。。"]),
        ("无", ["无"]),
        ([], [DEFAULT]),
    ],
)
def test_own_text_stands_for_what_is_generated_or_around_it(
    own: object, says: list[str]
) -> None:
    assert (
        texts(
            "单位概况",
            单位={"名称": "甲馆", "性质": "事业单位"},
            叙述={"单位概况": own},
        )
        == says
    )


def test_a_backslash_in_what_is_generated_stays() -> None:
    says = texts(
        "单位概况",
        单位={"名称": "甲馆", "性质": "事业\\1单位"},
        叙述={"单位概况": "概况：{{ 默认 }}"},
    )

    assert says == ["概况：甲馆是事业\\1单位。"]


@pytest.mark.parametrize(
    "data",
    ["{{ 年度 }}类", "{% if 1 %}甲{% endif %}", "{# 乙 #}", "{{ 没有 }}", "{{"],
)
@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("概况：{{ 默认 }}", "概况：甲馆是{}。"),
        ("{{ 年度 }}年：{{ 默认 }}", "2024年：甲馆是{}。"),
        ("{{ 单位.性质 }}：{{ 默认 }}", "{0}：甲馆是{0}。"),
        ("{{ 无此名 }}：{{ 默认 }}", "{{{{ 无此名 }}}}：甲馆是{}。"),
    ],
)
def test_what_is_generated_is_not_read_as_a_template_once_more(
    data: str, own: str, says: str
) -> None:
    told = texts(
        "单位概况",
        年度=2024,
        单位={"名称": "甲馆", "性质": data},
        叙述={"单位概况": own},
    )

    assert told == [says.format(data)]


def test_own_text_is_marked_as_own() -> None:
    passages = section(
        "单位概况",
        单位={"名称": "甲馆", "性质": "事业单位"},
        叙述={"单位概况": ["{{ 默认 }}", "乙。"]},
    )

    assert passages == (
        Passage("性质", DEFAULT),
        Passage("本单位2", "乙。", own=True),
    )


def test_the_units_values_are_never_read_as_a_template() -> None:
    hostile = "{{ 7*7 }}{% if %}"

    says = texts(
        "存在问题",
        单位={"名称": hostile},
        资金={"全年预算数": 10, "全年执行数": 1, "偏差原因": hostile},
        项目=[
            {
                "名称": hostile,
                "叙述": {"存在问题": f"{hostile}周末和寒暑假的座位都很紧张"},
            }
        ],
        叙述={"存在问题": f"{hostile}通往山区两个服务点的道路正在施工"},
    )

    assert [text.count(hostile) for text in says] == [1, 2, 1]


def test_blanks_within_names_stay() -> None:
    assert texts(
        "单位概况", 单位={"名称": "中共 XX 委员会", "性质": "机关"}
    ) == ["中共 XX 委员会是机关。"]


def test_merged_text_comes_behind_and_ends_like_a_sentence() -> None:
    says = told(
        unit(
            资金={"全年预算数": 10, "全年执行数": 1},
            叙述={"存在问题": ["1、座位少；", "（二）人手少"]},
        )
    )[1]["叙述"]

    assert [text[:8] for text in says["存在问题"]] == [
        "（一）全年有9.",
        "（二）座位少。",
        "（三）人手少。",
    ]


def test_a_single_problem_has_no_number() -> None:
    assert told(unit(叙述={"存在问题": "座位少"}))[1]["叙述"]["存在问题"] == [
        "座位少。"
    ]


SECTIONS = """
单位:
  问题:
    编号: 1.
    本单位文字: 合并
    段落:
      - {编号: 甲, 当: 指标, 文: "有指标", 改进: "改甲"}
      - {编号: 乙, 遍历: 指标, 文: "{{ 项.三级 }}", 改进: "改{{ 项.三级 }}"}
      - {编号: 丙, 遍历: 指标, 当: "项.三级 == '讲座'", 文: "{% if 项.偏差原因 %}迟{% endif %}"}
  措施: {对应: 问题, 其余: 改其余, 空: 无措施}
  提示: {空: 无}
  空白: {}
"""


def test_sections_by_the_rules_of_the_pack(pack: Make) -> None:
    rows = [{"三级": "讲座"}, {"三级": "展览"}]

    says = say(pack(SECTIONS), 指标=rows, 叙述={"问题": "座位少"})

    assert says["问题"] == ["1.有指标", "2.讲座", "3.展览", "4.座位少。"]
    assert says["措施"] == ["改甲", "改讲座", "改展览", "改其余"]
    assert (says["提示"], says["空白"]) == (["无"], [])
    assert say(pack(SECTIONS))["措施"] == ["无措施"]


def test_the_units_own_measures_take_the_place_of_the_rest(pack: Make) -> None:
    snippets = SECTIONS.replace("空: 无措施", "空: 无措施, 本单位文字: 合并")

    assert say(pack(snippets), 叙述={"问题": "座位少", "措施": "增加座位"})[
        "措施"
    ] == ["增加座位。"]


@pytest.mark.parametrize(
    ("snippets", "says"),
    [
        (
            "{编号: 甲, 文: '{{ 单位.名字 }}'}",
            "素材「甲」：“{{ 单位.名字 }}”无法使用：没有名称「名字」，是否应为「名称」",
        ),
        (
            "{编号: 甲, 文: x, 当: '资金.执行'}",
            "素材「甲」：“资金.执行”无法使用：没有名称「执行」，是否应为「执行率」",
        ),
        (
            "{编号: 甲, 文: x, 改进: '{{ 单们 }}'}",
            "没有名称「单们」，是否应为「单位」",
        ),
        (
            "{编号: 甲, 文: x, 遍历: 单位.名称}",
            "素材「甲」：“单位.名称”不是一组，不能逐项使用",
        ),
        (
            "{编号: 甲, 文: x, 遍历: 指标们}",
            "没有名称「指标们」，是否应为「指标」",
        ),
        (
            "{编号: 甲, 文: \"{{ 单位|短语('一') }}\"}",
            "素材「甲」：没有短语「一」；已有的短语：圈、坏",
        ),
        (
            "{编号: 甲, 文: \"{{ 单位|短语('圈') }}\"}",
            "短语「圈」用到了自己；请拆开互相引用的短语",
        ),
        (
            "{编号: 甲, 文: \"{{ 单位|短语('坏') }}\"}",
            "短语「坏」：“{{ 行.没有 }}”无法使用：没有名称「没有」",
        ),
        ("{编号: 甲, 文: \"{{ 单位|逐句('坏') }}\"}", "素材「甲」："),
        ("{编号: 甲, 文: '{{ 单位 }}'}", "是一组数据，不能直接打印"),
    ],
)
def test_what_cannot_be_told_names_its_snippet(
    pack: Make, snippets: str, says: str
) -> None:
    phrases = "短语: {圈: \"{{ 行|短语('圈') }}\", 坏: '{{ 行.没有 }}'}\n"
    one = pack(f"{phrases}单位:\n  概况:\n    段落:\n      - {snippets}\n")

    with pytest.raises(PackError) as stopped:
        say(one)
    assert stopped.value.place is not None
    assert stopped.value.place.file == "示范/snippets.yaml"
    assert says in str(stopped.value)


def test_a_pack_goes_on_after_an_error(pack: Make) -> None:
    one = pack(
        '单位:\n  概况:\n    段落:\n      - {编号: 甲, 文: "{{ 指标[0].三级 }}"}\n'
    )
    snippets = SnippetRenderer(one)

    with pytest.raises(PackError):
        told(unit(), one, snippets)
    assert told(unit(指标=[{"三级": "讲座"}]), one, snippets)[1]["叙述"][
        "概况"
    ] == ["讲座"]


def test_passages_keep_their_ids_from_build_to_build() -> None:
    rows = [
        {"三级": name, "指标值": "10", "实际值": "5", "分值": 5}
        for name in ("甲", "乙")
    ]
    both = [passage.id for passage in section("存在问题", 指标=rows)]

    assert len(set(both)) == 2
    assert [
        passage.id for passage in section("存在问题", 指标=rows[1:])
    ] == both[1:]


def test_a_passage_knows_where_its_values_stand(pack: Make) -> None:
    one = pack(
        '单位:\n  概况:\n    段落:\n      - {编号: 甲, 文: "执行{{ 资金.全年执行数 }}万元，占{{ 资金.执行率 }}。"}\n'
    )

    (text,) = told(
        unit(资金={"全年预算数": 10, "全年执行数": 8}),
        one,
        SnippetRenderer(one),
    )[1]["叙述"]["概况"]

    assert text.path == "叙述.概况#甲"
    assert [(text[start:end], one.path) for start, end, one in text.spans] == [
        ("8.00", "资金.全年执行数"),
        ("80.00%", "资金.执行率"),
    ]


def test_a_name_in_the_units_own_text_is_filled_in(pack: Make) -> None:
    one = pack(
        "单位:\n  概况:\n    段落:\n      - {编号: 甲, 文: 默认的话。}\n"
    )
    own = {
        "概况": [
            "执行率为{{ 资金.执行率 }}，{{ 没有的名称 }}。",
            "只有{{ 资金.执行率 }}。",
        ]
    }

    first, second = told(
        unit(资金={"全年预算数": 10, "全年执行数": 8}, 叙述=own),
        one,
        SnippetRenderer(one),
    )[1]["叙述"]["概况"]

    assert first == own["概况"][0]
    assert second == "只有80.00%。"
    assert [second[start:end] for start, end, _ in second.spans] == ["80.00%"]


@pytest.mark.parametrize(
    ("own", "printed"),
    [
        ("馆舍漏雨，两个月没有开放", "馆舍漏雨，两个月没有开放。"),
        ("馆舍漏雨，满意度降到81%", "馆舍漏雨，满意度降到81%。"),
        ("馆舍漏雨，两个月没有开放。", "馆舍漏雨，两个月没有开放。"),
        ("存在以下问题，逐条说明：", "存在以下问题，逐条说明："),
        ("馆舍情况", "馆舍情况"),
        (
            "馆藏十万册，分三类（图书、报刊、音像）",
            "馆藏十万册，分三类（图书、报刊、音像）。",
        ),
    ],
)
def test_a_paragraph_in_place_of_the_generated_one_ends_like_a_sentence(
    pack: Make, own: str, printed: str
) -> None:
    one = pack("单位: {概况: {段落: [{编号: 甲, 文: 甲。}]}}")

    assert say(one, 叙述={"概况": own})["概况"] == [printed]
