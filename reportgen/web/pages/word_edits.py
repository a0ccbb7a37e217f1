"""What somebody changed in a Word document: shown beside the print, each place taken home, left or put back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.undo import undo
from reportgen.application.web.desk import UnknownUnitError
from reportgen.application.web.documents import find_document, list_documents
from reportgen.application.web.received.uploads import find_files, keep_files
from reportgen.application.web.received.word_choice import take
from reportgen.application.web.received.word_edits import compare
from reportgen.application.web.unit_list import glance
from reportgen.web.bodies import files_in, takes_form, text_in
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, unit_of

_SEE_OTHER = 303
_EDITED = ("已修改", "已合并")
_MOST_TOLD = 5
_FIELD = "place-"  # before the number of a difference


def _ask(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    documents = [
        one for one in list_documents(desk, unit).documents if one.is_word
    ]
    return page(
        request,
        "word_edits.html",
        unit=unit,
        title=glance(desk, unit).name,
        documents=documents,
        edited=[one for one in documents if one.standing in _EDITED],
    )


def _drop(
    request: Request,
    sent: FormData,
) -> Response:
    unit = unit_of(request)
    dropped = keep_files(desk_of(request), files_in(sent)[:1])
    address = f"/units/{unit.id}/edits/{dropped.id}"
    return RedirectResponse(address, _SEE_OTHER)


def _file(request: Request) -> tuple[Path, bool]:
    """The document that the address names, and whether it lies among those that were made."""
    desk, unit = desk_of(request), unit_of(request)
    mark = request.path_params["document"]
    with suppress(UnknownUnitError):
        return find_files(desk, mark).files[0], False
    return find_document(desk, unit, mark).file, True


def _here(request: Request) -> str:
    mark = request.path_params["document"]
    return f"/units/{unit_of(request).id}/edits/{mark}"


def _show(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    file, is_output = _file(request)
    asked = request.query_params
    return page(
        request,
        "word_changes.html",
        unit=unit,
        title=glance(desk, unit).name,
        shown=compare(desk, unit, file),
        here=_here(request),
        is_output=is_output,
        written=asked.get("written", ""),
        restored=asked.get("restored", ""),
        refused=asked.getlist("refused"),
        undone=asked.get("undone", ""),
    )


def _take(
    request: Request,
    sent: FormData,
) -> Response:
    file, is_output = _file(request)
    choices = {
        int(name.removeprefix(_FIELD)): str(choice)
        for name, choice in sent.items()
        if name.removeprefix(_FIELD).isdecimal()
    }
    chosen = take(
        desk_of(request),
        unit_of(request),
        file,
        text_in(sent, "state"),
        choices,
        is_output=is_output,
    )
    told = [
        ("written", str(chosen.written)),
        ("restored", str(chosen.restored)),
        *(("refused", one) for one in chosen.refused[:_MOST_TOLD]),
    ]
    query = urlencode(told)
    return RedirectResponse(f"{_here(request)}?{query}", _SEE_OTHER)


def _undo(
    request: Request,
    sent: FormData,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    with desk.writing:
        undo(unit.file)
    return RedirectResponse(f"{_here(request)}?undone=yes", _SEE_OTHER)


_UNIT = "/units/{unit}/edits"
_ONE = f"{_UNIT}/{{document}}"
ROUTES = (
    Route(_UNIT, _ask),
    Route(f"{_UNIT}/upload", takes_form(_drop), methods=["POST"]),
    Route(_ONE, _show),
    Route(_ONE, takes_form(_take), methods=["POST"]),
    Route(f"{_ONE}/undo", takes_form(_undo), methods=["POST"]),
)
