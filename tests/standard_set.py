"""The documents that the pack `standard` prints: whoever counts or names them asks here."""

from __future__ import annotations

REPORT = "1 部门整体支出绩效自评报告.docx"
OF_UNIT = (REPORT, "2 部门整体支出绩效自评表.docx")
OF_DEPARTMENT = "2-1 部门及下属单位绩效自评汇总表.docx"


def set_of(*projects: str) -> list[str]:
    """The documents of a unit with these projects, in the order of the set."""
    return [
        *OF_UNIT,
        *(
            f"3-{number} 项目支出绩效自评表（{name}）.docx"
            for number, name in enumerate(projects, start=1)
        ),
    ]
