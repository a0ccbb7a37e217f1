"""The page for those who are not let in: it shows nothing of ours."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>打不开</title></head>
<body><main><h1>打不开</h1><p>{message}。</p></main></body></html>"""


def refusal_page(
    status: int,
    message: str,
) -> HTMLResponse:
    """A plain page that says why."""
    return HTMLResponse(_PAGE.format(message=escape(message)), status)
