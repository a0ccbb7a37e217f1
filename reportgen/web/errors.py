"""What is shown when something goes wrong: a page in plain words with a way out, or the same as JSON for a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reportgen.application.web.texts.page_words import page_words
from reportgen.core.errors import ReportgenError
from reportgen.core.findings import FAULT, Finding, failure_findings
from reportgen.web.rendering import page

_TOLD = {
    400: "请求的内容看不懂，没有处理",
    404: "没有这一页",
    405: "不支持这种请求",
    413: "发送的内容太大，没有接收",
    415: "不是能接收的内容",
}


def _answer(
    request: Request,
    status: int,
    title: str,
    findings: list[Finding],
) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        shape: Mapping[str, Any] = {
            "error": title,
            "findings": [_shape(one) for one in findings],
        }
        return JSONResponse(shape, status)
    is_fault = any(one.code == FAULT for one in findings)
    return page(
        request,
        "error.html",
        status,
        title=title,
        findings=findings,
        is_fault=is_fault,
        unit_id=request.path_params.get("unit", ""),
    )


def _shape(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "message": page_words(finding.message),
        "place": finding.place.where,
    }


def _of_http(
    request: Request,
    error: Exception,
) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    told = _TOLD.get(status, "不能这样打开")
    return _answer(request, status, told, [])


def _of_user(
    request: Request,
    error: Exception,
) -> Response:
    findings = list(failure_findings(error, ""))
    return _answer(request, 409, "没有办成", findings)


def _of_program(
    request: Request,
    error: Exception,
) -> Response:
    findings = list(failure_findings(error, ""))
    return _answer(request, 500, "程序出错了", findings)


HANDLERS = {
    HTTPException: _of_http,
    ReportgenError: _of_user,
    Exception: _of_program,
}
