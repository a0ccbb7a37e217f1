"""Units of a run as the summary sees them; everything in them is made up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.results.summary import Summary, summarise
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    UNCHANGED,
    ResultDocument,
    SummaryRow,
    UnitResult,
)

ROOT = Path("outputs")


def row(
    budget: str, executed: str, score: str = "", grade: str = "", name: str = ""
) -> SummaryRow:
    money, spent = Decimal(budget), Decimal(executed)
    points = Decimal(score) if score else None
    return SummaryRow(
        name,
        money,
        spent,
        spent / money if money else None,
        Decimal(100),
        points,
        grade,
    )


def finding(
    severity: Severity,
    message: str = "执行率填报为99%，应为98%",
    waived: str = "",
) -> Finding:
    return Finding(
        "BUD001",
        severity,
        message,
        Place("a.yaml", 7, 3),
        "资金.执行率",
        waived,
    )


def unit(file: str, name: str, whole: SummaryRow, **more: object) -> UnitResult:
    folder = ROOT / "2024" / name
    given = {
        "state": BUILT,
        "year": "2024",
        "pack": "standard",
        "folder": folder,
        "whole": whole,
        **more,
    }
    return UnitResult(file=Path(file), name=name, **given)  # type: ignore[arg-type]


def a_run() -> Summary:
    """Four units, one of them not readable, in the order in which they were finished."""
    files = (
        ResultDocument(ROOT / "2024" / "甲中心" / "1 报告 #1.docx"),
        ResultDocument(ROOT / "2024" / "甲中心" / "2 表.docx"),
    )
    return summarise(
        [
            unit(
                "c.yaml", "丙所", row("50", "20", "70", "中"), state=UNCHANGED
            ),
            UnitResult(
                Path("d.yaml"),
                FAILED,
                reason="文件是空的",
                stopped=True,
                findings=(finding(Severity.ERROR, "文件是空的"),),
            ),
            unit(
                "a.yaml",
                "甲中心",
                row("100", "99", "98.5", "优"),
                documents=files,
                findings=(
                    finding(Severity.WARNING),
                    finding(Severity.ERROR),
                    finding(Severity.ERROR, waived="已核实"),
                ),
                projects=(
                    row("60", "60", "100", "优", "甲项目"),
                    row("40", "39", "97", "优", "=SUM(A1:A9)"),
                ),
            ),
            unit(
                "b.yaml",
                "+乙站",
                row("50", "50", "100", "优"),
                state=KEPT,
                documents=(
                    ResultDocument(
                        ROOT / "2024" / "+乙站" / "1 报告.docx",
                        "文件在生成后被修改过",
                    ),
                ),
            ),
        ]
    )
