"""Papers as another office made them: a form of a project, a short report."""

from __future__ import annotations

import io

from docx import Document

_ROWS = (
    ("项目名称", "水库移民后期扶持", "主管部门", "临水县水务局"),
    ("实施单位", "临水县移民服务站", "年度", "2024"),
    ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数"),
    ("年度资金总额", "120.00", "118.00", "115.64"),
    ("预期目标", "修渠道6公里", "实际完成情况", "修渠道6.2公里"),
)
_HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
)
_INDICATORS = (
    ("产出指标", "数量指标", "整修渠道长度", "≥6公里", "6.2公里", "25", "25"),
    ("产出指标", "质量指标", "验收合格率", "100%", "100%", "25", "25"),
    ("效益指标", "社会效益指标", "受益移民", "≥800人", "815人", "30", "30"),
    ("满意度指标", "满意度指标", "移民满意度", "≥90%", "94%", "10", "10"),
)


def project_form(remark: str = "经办人另附说明一份，请领导阅。") -> bytes:
    """项目支出绩效自评表 as .docx, with a remark that belongs to no field."""
    document = Document()
    document.add_heading("项目支出绩效自评表", level=1)
    document.add_paragraph("（2024年度）")
    head = document.add_table(rows=0, cols=4)
    for row in _ROWS:
        for cell, text in zip(head.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("")
    table = document.add_table(rows=0, cols=len(_HEADS))
    for row in (_HEADS, *_INDICATORS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph(remark)
    return _saved(document)


def report() -> bytes:
    """绩效自评报告 of the same unit as .docx."""
    document = Document()
    document.add_heading("2024年度项目支出绩效自评报告", level=1)
    document.add_heading("一、基本情况", level=2)
    document.add_paragraph("临水县移民服务站负责水库移民后期扶持。")
    document.add_heading("二、存在问题", level=2)
    document.add_paragraph("部分渠道管护责任没有落实到人。")
    return _saved(document)


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()
