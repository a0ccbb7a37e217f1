"""build --annotate: review copies say how each figure came about, and the documents themselves stay as they are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from command_line import Told

Run = Callable[..., Told]
Unit = Callable[..., Path]
FUNDS = "资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 5}\n"


def comments(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        if "word/comments.xml" not in archive.namelist():
            return []
        text = archive.read("word/comments.xml").decode()
    return [
        re.sub("<[^>]*>", "", one)
        for one in re.findall(r"<w:comment .*?</w:comment>", text, re.DOTALL)
    ]


def test_figures_and_findings_stand_in_comments_of_a_copy(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=FUNDS))
    documents = {
        path: path.read_bytes() for path in Path("outputs").rglob("*.docx")
    }

    told = reportgen("build", "unit.yaml", "--annotate")

    assert "审阅稿" in told.out
    copies = {
        path.name: comments(path)
        for path in Path("outputs").rglob("审阅/*.docx")
    }
    assert len(copies) == len(documents)
    report = next(
        said for name, said in copies.items() if name.startswith("1 ")
    )
    assert any(
        "执行率 ＝ 62.50%" in one and "公式" in one and "unit.yaml 第4行" in one
        for one in report
    )
    assert any("BUD003" in one for said in copies.values() for one in said)
    assert {path: path.read_bytes() for path in documents} == documents


def test_each_figure_is_explained_once(reportgen: Run, unit: Unit) -> None:
    reportgen("build", unit(more=FUNDS), "--annotate")
    for path in Path("outputs").rglob("审阅/*.docx"):
        said = comments(path)
        assert len(said) == len(set(said))


def test_what_a_figure_comes_from_is_told_as_explain_tells_it(
    reportgen: Run, unit: Unit
) -> None:
    reportgen(
        "build",
        unit(more="资金: {年初预算数: 12, 全年预算数: 12, 全年执行数: 11}\n"),
        "--annotate",
    )

    form = next(Path("outputs").rglob("审阅/2 *.docx"))

    assert (
        "执行率 ＝ 91.67%"
        in reportgen("explain", "unit.yaml", "执行率得分").out
    )
    assert any(
        "执行率得分 ＝ 9.17分" in one and "执行率 ＝ 91.67%" in one
        for one in comments(form)
    )
    assert not any("0.91666" in one for one in comments(form))


def test_a_copy_in_which_a_reviewer_wrote_is_kept_and_said_so(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=FUNDS), "--annotate")
    form = next(Path("outputs").rglob("审阅/2 *.docx"))
    document = docx.Document(str(form))
    document.add_paragraph("审核意见：请补充说明。")
    document.save(str(form))
    remarked = form.read_bytes()

    told = reportgen("build", unit(more=FUNDS.replace("5", "6")), "--annotate")

    assert form.read_bytes() == remarked
    assert told.code == 1
    assert f"未更新 {form.name}：文件在生成后被修改过" in told.out
    report = next(Path("outputs").rglob("审阅/1 *.docx"))
    assert any("执行率 ＝ 75.00%" in one for one in comments(report))


def test_copies_that_cannot_be_written_are_told(
    reportgen: Run, unit: Unit
) -> None:
    reportgen("build", unit(more=FUNDS))
    folder = next(Path("outputs").rglob("receipt.json")).parent
    (folder / "审阅").write_text("", encoding="utf-8")

    told = reportgen("build", "unit.yaml", "--annotate")

    assert told.code == 3
    assert "审阅稿没有生成" in told.out
