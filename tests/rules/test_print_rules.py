"""PRN001: what a finished document must not show."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_cases import REPOSITORY, written

from reportgen.checks.printed import PRINT_RULES, ShownText, check_printed
from reportgen.core.findings import Severity
from reportgen.pipeline import PackCache, check_outputs, prepare, print_set

TEMPLATES = REPOSITORY / "templates"
EXAMPLES = sorted(TEMPLATES.glob("*/example.yaml"))
FILE = "1 自评报告.docx"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("自评得分{{ 合计.得分 }}分", "“{{ 合计.得分 }}”，是没有填上的标签"),
        ("{% if 年度 %}", "“{% if 年度 %}”，是没有填上的标签"),
        ("得分{{ 合计", "“{{ 合计”，是没有填上的标签"),
        ("得分}}分", "“}}”，是没有填上的标签"),
        ("得分None分", "“None”，是没有填上的空值"),
        ("执行率NaN%", "“NaN”，是没有填上的空值"),
        ("_rg_12年度", "“_rg_12年度”，是程序的内部记号"),
        (
            "时效[bookmark: _GoBack]指标",
            "“[bookmark: _GoBack]”，是程序的内部记号",
        ),
        ("得分\ufffd分", "“\ufffd”，是程序的内部记号"),
    ],
)
def test_what_must_not_show_is_told_with_its_place(
    text: str, what: str
) -> None:
    (one,) = check_printed(FILE, [ShownText("页眉", text)], {})

    assert (one.code, one.severity, one.place.file, one.document) == (
        "PRN001",
        Severity.ERROR,
        FILE,
        FILE,
    )
    assert one.message.startswith(f"页眉中有{what}；")


@pytest.mark.parametrize(
    "text",
    [
        "自评得分98分",
        "Nonesuch 与 CNone",
        "第{1}项",
        "bookmark 书签",
        "占比100%",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert list(check_printed(FILE, [ShownText("正文", text)], {})) == []


def test_the_same_thing_at_the_same_place_is_told_once() -> None:
    seen = [
        ShownText("表格", "None"),
        ShownText("表格", "None"),
        ShownText("正文", "None"),
    ]

    assert [one.message[:2] for one in check_printed(FILE, seen, {})] == [
        "表格",
        "正文",
    ]


@pytest.mark.parametrize(
    ("wanted", "severities"),
    [("警告", [Severity.WARNING]), ("不查", []), ("", [Severity.ERROR])],
)
def test_a_pack_may_change_the_severity(
    wanted: str, severities: list[Severity]
) -> None:
    assert [
        one.severity
        for one in check_printed(
            FILE, [ShownText("正文", "None")], {"PRN001": wanted}
        )
    ] == severities


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_documents_of_every_example_are_clean(example: Path) -> None:
    draft = prepare(example, PackCache((TEMPLATES,)))

    assert list(check_outputs(draft, print_set(draft))) == []


def test_what_a_unit_typed_itself_is_seen_in_its_documents(
    tmp_path: Path,
) -> None:
    unit = {
        "年度": "2024",
        "单位": {"名称": "示范县测试中心"},
        "叙述": {"存在问题": ["得分为{{ 合计.总得分 }}分。"]},
    }
    draft = prepare(written(unit, tmp_path), PackCache((TEMPLATES,)))

    (one,) = check_outputs(draft, print_set(draft))

    assert "正文中有“{{ 合计.总得分 }}”" in one.message
    assert one.document == "1 部门整体支出绩效自评报告.docx"


def test_every_print_rule_says_what_and_why() -> None:
    assert all("依据：" in rule.doc for rule in PRINT_RULES)
