"""What is wrong in the published documents of 渌口区 comes out, and nothing that adds up is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from rule_cases import REPOSITORY, findings

from reportgen.core.findings import Finding, Severity

LUKOU = REPOSITORY / "inputs" / "lukou.yaml"
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"

OWN = [  # what single forms get wrong
    ("SCO002", "一级分值.产出指标"),  # 50 on the label, six rows of 10
    ("SCO001", "自评结果.分值合计"),  # 100 / 100 stated, 110 / 110 by the rows
    ("SCO003", "自评结果.总分"),
    (
        "BUD001",
        "项目[3].资金.全年执行数",
    ),  # 523.12 of the project before, against 31.6
    ("BUD001", "项目[3].资金.执行率"),
    ("BUD001", "项目[3].资金.资金来源[1].执行率"),
    ("BUD002", "项目[5].资金.资金来源[1].年初预算数"),  # left empty
    (
        "BUD002",
        "叙述.基本支出情况[1]",
    ),  # the budget of 2414.16, of which 1372.76 of what was spent
    (
        "BUD004",
        "项目[3].指标[5].实际值",
    ),  # 31.6 spent by the indicator, 523.12 by the funds
]
EVERY_PROJECT = [  # what all five forms get wrong
    ("SCO001", "资金.资金来源[1].分值"),  # the execution rate counted twice
    ("SCO002", "一级分值.效益指标"),  # 30 on the label, four rows of 10
    ("SCO001", "自评结果.分值合计"),
    ("SCO003", "自评结果.总分"),
]


@pytest.fixture(scope="module")
def lukou() -> list[Finding]:
    found = [one for one in findings(LUKOU) if one.code[:3] in {"BUD", "SCO"}]
    return [one for one in found if one.severity is Severity.ERROR]


def expected() -> Iterator[tuple[str, str]]:
    yield from OWN
    for project in range(1, 6):
        yield from (
            (code, f"项目[{project}].{field}") for code, field in EVERY_PROJECT
        )


def test_exactly_what_is_wrong_is_found(lukou: list[Finding]) -> None:
    found = Counter((one.code, one.path) for one in lukou)

    assert found == Counter(expected())


def test_each_stands_where_it_was_typed(lukou: list[Finding]) -> None:
    lines = LUKOU.read_text(encoding="utf-8").split("\n")

    for one in lukou:
        key = one.path.rpartition(".")[2]
        line = lines[one.place.line - 1]
        assert key.partition("[")[0] in line or (
            key == "年初预算数" and "当年财政拨款" in line
        ), one


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (
            "一级分值.产出指标",
            "产出指标标明 50 分，所属各项分值之和为 60（10 ＋ 10 ＋ 10 ＋ 10 ＋ 10 ＋ 10）",
        ),
        (
            "自评结果.总分",
            "总分填报为 100，各项得分相加为 110（执行率10 ＋ 产出指标60 ＋ 效益指标30 ＋ 满意度指标10）",
        ),
        (
            "项目[3].资金.执行率",
            "执行率填报为100%，按 523.12 ÷ 31.6 计算应为1655.44%",
        ),
        ("项目[3].资金.全年执行数", "按部门的项目支出推算，此处应为 31.6"),
        (
            "项目[5].资金.资金来源[1].年初预算数",
            "「当年财政拨款」漏填年初预算数",
        ),
    ],
)
def test_the_message_names_the_figures(
    lukou: list[Finding], path: str, says: str
) -> None:
    (message,) = [one.message for one in lukou if one.path == path]

    assert says in message


def test_the_sums_that_are_right_are_left_alone(lukou: list[Finding]) -> None:
    right = (
        "资金.全年执行数",
        "资金.按支出性质[1].全年执行数",
        "资金.按支出性质[2].全年执行数",
        "一级分值.效益指标",
    )

    assert [one for one in lukou if one.path in right] == []


def test_the_example_of_the_pack_has_no_findings() -> None:
    assert findings(EXAMPLE) == []
