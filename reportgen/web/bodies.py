"""What a page sends, read before the call that it is for: JSON, or the fields and files of a form."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reportgen.application.web.received.uploads import NewFile
from reportgen.application.web.texts.typed_text import plain_text

Endpoint = Callable[[Request], Awaitable[Response]]
_MOST_FIELDS = 500
_MOST_FILES = 1200  # forms of a round, dropped at once


def takes_json(call: Callable[[Request, Any], Response]) -> Endpoint:
    """An endpoint that calls `call` in a thread with the JSON that was sent; anything else is refused."""

    async def endpoint(request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0]
        if kind.strip().lower() != "application/json":
            raise HTTPException(415)
        try:
            sent = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise HTTPException(400) from None
        if not isinstance(sent, dict):
            raise HTTPException(400)
        return await run_in_threadpool(call, request, sent)

    return endpoint


def takes_form(call: Callable[[Request, FormData], Response]) -> Endpoint:
    """The same for a form, also one with files."""

    async def endpoint(request: Request) -> Response:
        reading = request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
        async with reading as sent:
            return await run_in_threadpool(call, request, sent)

    return endpoint


def text_in(
    sent: FormData,
    name: str,
) -> str:
    """One field of a form as a text, "" where it is not there."""
    value = sent.get(name, "")
    return plain_text(value) if isinstance(value, str) else ""


def files_in(
    sent: FormData,
    name: str = "files",
) -> list[NewFile]:
    """The files of a form; a field that was left empty is none."""
    return [
        NewFile(one.filename or "", one.file.read())
        for one in sent.getlist(name)
        if isinstance(one, UploadFile)
    ]
