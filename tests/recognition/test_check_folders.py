"""reportgen check on the papers of many units: a summary, papers of one unit that differ, our own prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told
from openpyxl import load_workbook
from papers import docx, par, row, table
from printed_units import printed

from reportgen.pipeline import PackCache
from reportgen.recognition.contradictions import same_value
from reportgen.recognition.unit_loading import load_any_unit

Run = Callable[..., Told]
ROOT = Path(__file__).parents[2]


def form(unit: str, executed: str, actual: str) -> bytes:
    return docx(
        par("2024年度项目支出绩效自评表"),
        table(
            row("项目名称", ("村道养护", 5)),
            row("主管部门", ("河西县交通局", 2), "实施单位", (unit, 2)),
            row(
                "项目资金",
                "",
                "年初预算数",
                "全年预算数",
                "全年执行数",
                "执行率",
            ),
            row("", "年度资金总额", "80.00", "80.00", executed, "95.00%"),
        ),
        table(
            row(
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "得分",
            ),
            row("产出指标", "数量指标", "养护里程", "≥62公里", actual, "40"),
        ),
    )


def report(executed: str) -> bytes:
    return docx(
        par("2024年度村道养护项目支出绩效自评报告"),
        par("一、项目概况"),
        par("河西县交通局组织养护村道，方便沿线群众出行。"),
        table(
            row("项目名称", ("村道养护", 3)),
            row("主管部门", ("河西县交通局", 3)),
            row("项目", "全年预算数", "全年执行数", "执行率"),
            row("年度资金总额", "80", executed, "95%"),
        ),
    )


def test_papers_of_one_unit_that_differ_are_told_with_both_places(
    reportgen: Run, tmp_path: Path
) -> None:
    Path("表.docx").write_bytes(form("河西县公路站", "76.00", "63公里"))
    Path("报告.docx").write_bytes(report("71"))

    told = reportgen("check", "表.docx", "报告.docx")

    line = next(one for one in told.out.splitlines() if "DAT017" in one)
    assert "全年执行数写的是“71”" in line
    assert "表.docx 表1第4行" in line
    assert "写的是“76.00”" in line
    assert told.out.count("DAT017") == 1


def test_papers_that_agree_but_for_decimals_are_not_told(
    reportgen: Run, tmp_path: Path
) -> None:
    Path("表.docx").write_bytes(form("河西县公路站", "76.00", "63公里"))
    Path("报告.docx").write_bytes(report("76"))

    assert "DAT017" not in reportgen("check", "表.docx", "报告.docx").out


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1733.634137", "1733.63万元", True),
        ("99.76%", "99.8%", True),
        ("98分", "98", True),
        ("71", "76.00", False),
        ("高质量完成", "完成", False),
        ("≥62公里", "≥62公里", True),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, same: bool) -> None:
    assert same_value(one, other) is same


def test_a_folder_gets_one_summary(reportgen: Run, tmp_path: Path) -> None:
    folder = Path("上报")
    folder.mkdir()
    for number in range(1, 4):
        name = f"第{number}公路站"
        data = form(f"河西县{name}", "76.00", f"{60 + number}公里")
        (folder / f"{name}.docx").write_bytes(data)
    (folder / "坏.docx").write_bytes(b"PK")

    told = reportgen("check", str(folder), "--annotate")

    assert told.code == 3
    book = load_workbook(folder / "审阅" / "检查汇总.xlsx")
    documents = [*book["各份文件"].iter_rows(min_row=2, values_only=True)]
    assert {one[2] for one in documents} == {
        "第1公路站.docx",
        "第2公路站.docx",
        "第3公路站.docx",
        "坏.docx",
    }
    unread = next(one for one in documents if one[2] == "坏.docx")
    assert unread[3] == "没有读出"
    assert book["问题清单"].max_row > 4
    again = reportgen("check", str(folder))
    assert "审阅" not in again.out


def test_a_print_of_ours_says_itself_of_which_pack_it_is(
    tmp_path: Path,
) -> None:
    packs = PackCache((ROOT / "templates",))
    _, documents = printed(ROOT / "templates/hunan/example.yaml", packs)
    name = next(one for one in documents if "项目支出" in one)
    path = tmp_path / "改了名.docx"
    path.write_bytes(documents[name])

    loaded = load_any_unit(path, packs.search)

    assert loaded.unit.pack == "hunan"
