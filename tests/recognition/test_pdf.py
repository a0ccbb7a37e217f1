"""PDF files: tables by their ruled lines, paragraphs by their lines, and what cannot be read."""

from __future__ import annotations

import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import layouts
import pytest
from command_line import Told
from pdf_papers import line, pdf, ruled, text
from reading import compared, leaves, read

from reportgen.ooxml.package import read_package
from reportgen.ooxml.zip_writer import write_parts
from reportgen.recognition.pdf.pdf_document import docx_of_pdf
from reportgen.recognition.reading.office_files import read_document

Run = Callable[..., Told]

XS = (60, 130, 210, 330, 420, 480, 530)
FUNDS = [
    [("项目名称", 1, 1), ("乡村道路养护", 5, 1)],
    [("主管部门", 1, 1), ("青禾县交通运输局", 2, 1), ("实施单位", 1, 1), ("青禾县公路站", 2, 1)],
    [("项目资金\n（万元）", 1, 2), "", "年初预算数", "全年预算数", "全年执行数", "执行率"],
    ["年度资金总额", "120.00", "118.50", "117.30", "98.99%"],
]  # fmt: skip
ROWS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
    [("产\n出\n指\n标", 1, 2), "数量指标", "养护乡道里程", "≥86公里", "86公里", "30"],
    ["质量指标", "路面完好率", "≥90%", "92.5%", "20"],
    [("效益指标", 1, 1), "社会效益指标", "通行投诉", "≤3件", "1件", "30"],
]  # fmt: skip
FOUND: dict[str, Any] = {
    "单位": {"名称": "青禾县交通运输局"},
    "年度": "2024",
    "项目": [
        {
            "名称": "乡村道路养护",
            "主管部门": "青禾县交通运输局",
            "实施单位": "青禾县公路站",
            "资金": {
                "年初预算数": "120.00",
                "全年预算数": "118.50",
                "全年执行数": "117.30",
                "执行率": "98.99%",
            },
            "指标": [
                {
                    "一级": "产出指标",
                    "二级": "数量指标",
                    "三级": "养护乡道里程",
                    "指标值": "≥86公里",
                    "实际值": "86公里",
                    "得分": "30",
                },
                {
                    "一级": "产出指标",
                    "二级": "质量指标",
                    "三级": "路面完好率",
                    "指标值": "≥90%",
                    "实际值": "92.5%",
                    "得分": "20",
                },
                {
                    "一级": "效益指标",
                    "二级": "社会效益指标",
                    "三级": "通行投诉",
                    "指标值": "≤3件",
                    "实际值": "1件",
                    "得分": "30",
                },
            ],
        }
    ],
}


def heights(top: float, count: int, each: float = 30) -> list[float]:
    return [top + each * at for at in range(count + 1)]


TITLE = text(200, 60, "2024年度项目支出绩效自评表", 16)


def test_ruled_lines_are_a_table_with_its_merged_cells() -> None:
    page = TITLE + ruled(XS, heights(100, 8), [*FUNDS, *ROWS])

    _, tree = read(docx_of_pdf(pdf(page)))

    assert compared(FOUND, tree) == ([], [])


def test_a_table_goes_on_on_the_next_page() -> None:
    first = TITLE + ruled(XS, heights(640, 5), [*FUNDS, ROWS[0]])
    second = ruled(XS, heights(60, 3), ROWS[1:]) + text(290, 810, "- 2 -")

    found, tree = read(docx_of_pdf(pdf(first, second)))

    assert compared(FOUND, tree) == ([], [])
    assert "- 2 -" not in [one.text for one in found.lines]


def test_a_row_that_the_page_cuts_is_one_row() -> None:
    long = "因汛期路基受损，六月至八月暂停施工，工程验收推迟到"
    head = [*ROWS[0][:5], "偏差原因"]
    cut = [long[at : at + 9] for at in range(0, len(long), 9)][:2]
    rows = [
        head,
        ["产出指标", "时效指标", "完工时间", "9月底前", "11月", "\n".join(cut)],
    ]
    xs = (60, 120, 180, 250, 320, 380, 482)
    first = TITLE + ruled(xs, heights(740, 2), rows)
    rest = ["", "", "", "", "", "停施工，工程验收\n推迟到十一月。"]
    second = ruled(xs, heights(60, 1), [rest])

    _, tree = read(docx_of_pdf(pdf(first, second)))

    items = tree["项目"][0]["指标"] if "项目" in tree else tree["指标"]
    assert len(items) == 1
    assert items[0]["偏差原因"].endswith("工程验收推迟到十一月。")


def test_lines_that_reach_the_edge_are_one_paragraph() -> None:
    whole = (
        "本单位按季拨付养护经费，全年完成里程八十六公里，路面完好率达到"
        "百分之九十二点五，群众通行条件得到改善，投诉只有一件。"
    )
    parts = [f"　　{whole[:38]}".strip("　"), whole[38:]]
    page = "".join(
        (
            text(180, 60, "2024年度部门整体支出绩效自评报告", 16),
            text(80, 100, "一、绩效目标完成情况"),
            text(100, 120, parts[0]),
            text(80, 136, parts[1]),
            text(80, 160, "二、存在问题"),
            text(100, 180, "无。"),
            text(80, 200, "三" * 40),
        )
    )

    found, _ = read(docx_of_pdf(pdf(page)))

    assert whole in [one.text for one in found.lines]


def test_a_copy_with_comments_is_left_of_a_pdf(
    reportgen: Run, tmp_path: Path
) -> None:
    page = TITLE + ruled(XS, heights(100, 8), [*FUNDS, *ROWS])
    Path("表.pdf").write_bytes(pdf(page))

    told = reportgen("check", "表.pdf", "--annotate")

    assert told.code in {0, 1}
    copy = read_package(Path("审阅", "表（审阅）.docx").read_bytes(), "x")
    assert "word/comments.xml" in copy.parts


def test_a_frame_and_bold_that_is_printed_twice_add_nothing() -> None:
    twice = text(80, 100, "一、单位概况") * 2
    frame = line(40, 40, 555, 40) + line(40, 800, 555, 800)
    frame += line(40, 40, 40, 800) + line(555, 40, 555, 800)

    found, _ = read(docx_of_pdf(pdf(frame + twice)))

    assert [one.text for one in found.lines] == ["一、单位概况"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf(line(10, 10, 90, 90)), "扫描的图片"),
        (b"%PDF-1.4\nnothing", "PDF 打不开"),
        (b"", "PDF 打不开"),
        (pdf(*["" for _ in range(401)]), "多于 400 页"),
        (
            b"%PDF-1.4\nstream\n" + zlib.compress(bytes(210_000_000), 9),
            "解压以后太大",
        ),
    ],
    ids=["scan", "broken", "empty", "many pages", "bomb"],
)
def test_what_is_no_text_is_told(
    reportgen: Run, tmp_path: Path, data: bytes, says: str
) -> None:
    Path("a.pdf").write_bytes(data)

    told = reportgen("import", "a.pdf")

    assert told.code == 3
    assert says in told.err
    assert "Traceback" not in told.text


def with_borders(data: bytes) -> bytes:
    """The document with lines around the cells of its tables."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = "".join(f'<w:{one} w:val="single" w:sz="4"/>' for one in sides)
    looks = f"<w:tblPr><w:tblBorders>{drawn}</w:tblBorders></w:tblPr>"
    parts = dict(read_package(data, "x.docx").parts)
    main = "word/document.xml"
    text = parts[main].decode().replace("<w:tblPr/>", looks)
    return write_parts({**parts, main: text.encode()})


@pytest.mark.office
def test_papers_that_were_saved_as_pdf(tmp_path: Path) -> None:
    made = (
        layouts.measured_columns,
        layouts.report_with_automatic_numbers,
        layouts.thirteen_columns,
    )
    expected = {}
    for number, layout in enumerate(made):
        path = tmp_path / f"{number}.docx"
        data, expected[number] = layout()
        path.write_bytes(with_borders(data))
    office = shutil.which("soffice") or "soffice"
    profile = (tmp_path / "profile").as_uri()
    files = [str(one) for one in sorted(tmp_path.glob("*.docx"))]
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *files,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    for number, one in expected.items():
        _, tree = read(read_document(tmp_path / f"{number}.pdf"))
        missing, more = compared(one, tree)
        few = len([*leaves(one)]) // 20
        assert max(len(missing), len(more)) <= few, (number, missing, more)
