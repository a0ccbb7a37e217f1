"""Tables of a PDF that no lines rule: told apart by where their texts stand."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_papers import pdf, text
from reading import compared, read

from reportgen.recognition.pdf.pdf_document import docx_of_pdf

HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "完成值",
    "分值",
    "得分",
    "偏差原因",
)
ROWS = (
    HEAD,
    ("产出指标", "数量指标", "抽检茶园", "≥40家", "43家", "30", "30", ""),
    ("", "", "送检样品", "120批", "111批", "30", "27", "雨季停采"),
    ("效益指标", "社会效益", "合格率", "≥98%", "99.1%", "30", "30", ""),
    ("总分", "", "", "", "", "90", "87", ""),
)  # fmt: skip
FOUND = {
    "年度": "2024",
    "单位": {"名称": "云岭县茶业中心"},
    "项目": [
        {
            "名称": "茶叶抽检",
            "主管部门": "云岭县茶业中心",
            "指标": [
                {"一级": "产出指标", "二级": "数量指标", "三级": "抽检茶园", "指标值": "≥40家", "实际值": "43家",
                    "分值": "30", "得分": "30"},
                {"一级": "产出指标", "二级": "数量指标", "三级": "送检样品", "指标值": "120批",
                    "实际值": "111批", "分值": "30", "得分": "27", "偏差原因": "雨季停采"},
                {"一级": "效益指标", "二级": "社会效益", "三级": "合格率", "指标值": "≥98%", "实际值": "99.1%",
                    "分值": "30", "得分": "30"},
            ],
            "自评结果": {"分值合计": "90", "总分": "87"},
        }
    ],
}  # fmt: skip


def lines_at(
    rows: Sequence[Sequence[str]], xs: Sequence[float], top: float, down: float
) -> str:
    """Rows of texts that begin at the same places."""
    return "".join(
        text(x, top + down * at, one)
        for at, row in enumerate(rows)
        for x, one in zip(xs, row, strict=False)
        if one
    )


XS = [40 + 64 * at for at in range(8)]


def test_texts_below_each_other_are_columns() -> None:
    head = text(180, 60, "2024年度项目支出绩效自评表", 16)
    names = lines_at(
        [("项目名称", "", "茶叶抽检"), ("主管部门", "", "云岭县茶业中心")],
        XS,
        100,
        16,
    )

    found, tree = read(docx_of_pdf(pdf(head + names + lines_at(ROWS, XS, 132, 16))))  # fmt: skip

    assert compared(FOUND, tree) == ([], [])
    assert not found.left


def test_a_table_goes_on_on_the_next_page_without_its_head() -> None:
    head = text(180, 60, "2024年度项目支出绩效自评表", 16)
    names = lines_at(
        [("项目名称", "", "茶叶抽检"), ("主管部门", "", "云岭县茶业中心")],
        XS,
        700,
        16,
    )
    first = lines_at(ROWS[:2], XS, 732, 16)
    rest = lines_at(ROWS[2:], XS, 60, 16)

    _, tree = read(docx_of_pdf(pdf(head + names + first, rest)))

    assert compared(FOUND, tree) == ([], [])


def test_a_text_without_room_goes_on_in_the_line_below() -> None:
    rows = [list(one) for one in ROWS]
    rows[1][2] = "抽检种植的"
    below = ["", "", "茶园"]
    rows.insert(2, below)
    title = text(180, 60, "2024年度项目支出绩效自评表", 16)
    name = lines_at([("项目名称", "", "茶叶抽检")], XS, 100, 14)

    _, tree = read(docx_of_pdf(pdf(title + name + lines_at(rows, XS, 114, 14))))

    names = [one["三级"] for one in tree["项目"][0]["指标"]]
    assert names == ["抽检种植的茶园", "送检样品", "合格率"]


def test_sentences_are_no_table() -> None:
    prose = [
        "一、项目概况",
        "茶叶抽检由县茶业中心实施，全年抽检茶园43家，送检样品111批。",
        "二、存在问题",
        "1.雨季停采，样品没有送足。    2.检测周期长。",
    ]
    page = text(180, 60, "2024年度茶叶抽检项目绩效自评报告", 16)
    page += "".join(
        text(60, 100 + 20 * at, one) for at, one in enumerate(prose)
    )

    _, tree = read(docx_of_pdf(pdf(page)))

    assert tree["项目"][0]["叙述"]["项目概况"] == prose[1]
