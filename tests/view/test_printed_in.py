"""A field is looked for in the document whose template uses a value from it."""

from __future__ import annotations

import pytest

from reportgen.core.value import Value, Values
from reportgen.view.printed_in import PrintedDocument, document_of

GOAL = Value("", path="年度目标.完成情况#0", source=("年度目标", "完成情况", 0))


def value(*source: str | int) -> Value:
    return Value("甲", path=".".join(map(str, source)), source=source)


def project(position: int) -> dict[str, object]:
    funds = {"执行率": value("项目", position, "资金", "执行率")}
    return {"名称": value("项目", position, "名称"), "资金": funds}


VIEW = {
    "单位": {"名称": value("单位", "名称")},
    "合计": {"得分": value("自评结果", "总分")},
    "资金": {
        "来源": [{"全年执行数": value("资金", "资金来源", 0, "全年执行数")}]
    },
    "年度目标": {"完成情况": Values((), GOAL)},
    "项目列表": [project(0), project(1)],
}
DOCUMENTS = (
    PrintedDocument(
        "报告", frozenset({"项目列表.名称", "单位.名称"}), VIEW, None
    ),
    PrintedDocument(
        "自评表",
        frozenset({"资金.来源.全年执行数", "合计.得分", "年度目标.完成情况"}),
        VIEW,
        None,
    ),
    *(
        PrintedDocument(
            f"项目{n + 1}",
            frozenset({"项目.资金.执行率"}),
            {**VIEW, "项目": project(n)},
            n,
        )
        for n in range(2)
    ),
)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("资金.资金来源[1].全年执行数", "自评表"),
        ("资金.资金来源[1]", "自评表"),
        ("自评结果.总分", "自评表"),
        ("年度目标.完成情况", "自评表"),
        ("项目[2].资金.执行率", "项目2"),
        ("项目[2].资金.偏差原因", "项目2"),
        ("项目[2].名称", "报告"),
        ("项目[2].备注", ""),
        ("单位.名称", "报告"),
        ("单位.性质", ""),
        ("", ""),
    ],
)
def test_a_field_is_in_the_document_that_prints_it(
    path: str, file: str
) -> None:
    assert document_of(path, DOCUMENTS) == file
