"""The documents of a unit: made, looked at, fetched."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.web.documents import (
    PDF,
    BuiltUnit,
    UnitPdfs,
    all_as_zip,
    build_unit,
    can_make_pdfs,
    document_bytes,
    find_document,
    list_documents,
    make_unit_pdfs,
    pdf_of,
)
from reportgen.application.web.unit_list import glance
from reportgen.web.bodies import takes_form, text_in
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, session_of, unit_of
from reportgen.web.works import Work

_KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PDF: "application/pdf",
}
_SEE_OTHER = 303


def _list(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    known = session_of(request).works.known
    work = known.get(request.query_params.get("work", ""))
    result = work.result if work else None
    return page(
        request,
        "documents.html",
        unit=unit,
        title=glance(desk, unit).name,
        shown=list_documents(desk, unit),
        built=result if isinstance(result, BuiltUnit) else None,
        pdfs=result.results if isinstance(result, UnitPdfs) else None,
        can_make_pdfs=can_make_pdfs(),
    )


def _build(
    request: Request,
    sent: FormData,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    bundled = text_in(sent, "bundled") == "yes"
    annotated = text_in(sent, "annotated") == "yes"

    def call(work: Work) -> BuiltUnit:
        return build_unit(
            desk,
            unit,
            bundled=bundled,
            annotated=annotated,
            stopped=lambda: work.stopped,
        )

    return _begin(request, "生成文件", call)


def _pdf(
    request: Request,
    sent: FormData,
) -> Response:
    """Makes the PDFs that are missing or old; with `document` the page of that one's comes next."""
    desk, unit = desk_of(request), unit_of(request)
    asked = text_in(sent, "document")

    def call(work: Work) -> UnitPdfs:
        def on_plan(total: int) -> None:
            work.total = total

        made = make_unit_pdfs(
            desk,
            unit,
            on_plan=on_plan,
            on_document=work.step,
            stopped=lambda: work.stopped,
        )
        if asked:
            word = find_document(desk, unit, asked)
            pdf = pdf_of(desk, unit, word)
            if pdf:
                work.back = f"/units/{unit.id}/documents/{pdf.id}"
        return made

    return _begin(request, "转成 PDF", call)


def _begin(
    request: Request,
    what: str,
    call: Callable[[Work], object],
) -> Response:
    """Begins a long work on the unit that comes back to its documents."""
    unit = unit_of(request)
    works = session_of(request).works
    title = f"{what}：{glance(desk_of(request), unit).name}"
    work = works.start(title, f"/units/{unit.id}/documents", call)
    work.back += f"?work={work.id}"
    return RedirectResponse(f"/works/{work.id}", _SEE_OTHER)


def _view(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    document = find_document(desk, unit, request.path_params["document"])
    title = glance(desk, unit).name
    return page(
        request,
        "document.html",
        unit=unit,
        title=title,
        document=document,
        pdf=pdf_of(desk, unit, document) if document.is_word else None,
        can_make_pdfs=can_make_pdfs(),
    )


def _file(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    document = find_document(desk, unit, request.path_params["document"])
    kind = _KINDS.get(document.file.suffix, "application/octet-stream")
    return download(document.name, document_bytes(document), kind)


def _shown_pdf(request: Request) -> Response:
    """A PDF in a frame of our own page, drawn by the browser; nothing in it may load or run anything."""
    desk, unit = desk_of(request), unit_of(request)
    document = find_document(desk, unit, request.path_params["document"])
    if not document.is_pdf:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
        "X-Frame-Options": "SAMEORIGIN",
    }
    data = document_bytes(document)
    return Response(data, headers=headers, media_type=_KINDS[PDF])


def _zip(request: Request) -> Response:
    name, data = all_as_zip(desk_of(request), unit_of(request))
    return download(name, data, "application/zip")


def download(
    name: str,
    data: bytes,
    kind: str,
) -> Response:
    """An answer that a browser saves under that name."""
    where = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        data, headers={"Content-Disposition": where}, media_type=kind
    )


_UNIT = "/units/{unit}"
ROUTES = (
    Route(f"{_UNIT}/documents", _list),
    Route(f"{_UNIT}/build", takes_form(_build), methods=["POST"]),
    Route(f"{_UNIT}/pdf", takes_form(_pdf), methods=["POST"]),
    Route(f"{_UNIT}/documents.zip", _zip),
    Route(f"{_UNIT}/documents/{{document}}", _view),
    Route(f"{_UNIT}/documents/{{document}}/file", _file),
    Route(f"{_UNIT}/documents/{{document}}/shown", _shown_pdf),
)
