"""The form of a unit, section by section: every change saved at once, answered with what it brings about."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.fix import fix
from reportgen.application.undo import undo
from reportgen.application.web.checked import checked
from reportgen.application.web.desk import digest_of
from reportgen.application.web.field_paths import clean_path
from reportgen.application.web.form import show_form
from reportgen.application.web.live import Live, explain_at, live
from reportgen.application.web.new_units import as_yaml
from reportgen.application.web.saving import Saved, Wanted, save
from reportgen.application.web.unit_list import glance
from reportgen.application.web.unit_tree import WorkbookError
from reportgen.core.findings import Rejected, dotted
from reportgen.core.plain_files import read_plain
from reportgen.web.bodies import takes_form, takes_json
from reportgen.web.pages.documents import download
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, unit_of

_SEE_OTHER = 303
_ANY = "application/octet-stream"
_NUMBER = re.compile("[0-9]{1,3}")


def _form(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    key = request.path_params.get("section", "0")
    asked = request.query_params.getlist("more")
    more = frozenset(int(one) for one in asked if _NUMBER.fullmatch(one))
    try:
        shown = show_form(desk, unit, key, more)
    except (Rejected, WorkbookError) as error:
        return _unreadable(request, error)
    return page(
        request,
        "form.html",
        unit=unit,
        form=shown,
        made_of=request.query_params.get("made_of", ""),
        live=_shape(live(desk, unit, shown.section.key)),
    )


def _unreadable(
    request: Request,
    error: Rejected | WorkbookError,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    if isinstance(error, Rejected):
        findings = error.findings
    else:
        findings = checked(desk, unit).open
    return page(
        request,
        "unreadable.html",
        409,
        unit=unit,
        title=glance(desk, unit).name,
        findings=findings,
        error=error,
        is_workbook=isinstance(error, WorkbookError),
    )


def _change(
    request: Request,
    sent: dict[str, Any],
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    wishes = sent.get("changes")
    if not isinstance(wishes, list):
        raise HTTPException(400)
    changes = [_wanted(one) for one in wishes]
    saved = save(desk, unit, _text(sent.get("digest")), changes)
    shown = live(desk, unit, _text(sent.get("section")))
    return JSONResponse({**_saved(saved), "live": _shape(shown)})


def _wanted(sent: Any) -> Wanted:
    if not isinstance(sent, dict):
        raise HTTPException(400)
    path = clean_path(sent.get("path"))
    position = sent.get("position", 0)
    row = sent.get("row", {})
    if not path or not isinstance(position, int) or not isinstance(row, dict):
        raise HTTPException(400)
    cells = tuple((str(key), _text(value)) for key, value in row.items())
    return Wanted(
        _text(sent.get("kind")),
        path,
        _text(sent.get("text")),
        _text(sent.get("was")),
        position,
        cells,
    )


def _text(sent: Any) -> str:
    return sent if isinstance(sent, str) else ""


def _saved(saved: Saved) -> dict[str, Any]:
    return {
        "digest": saved.digest,
        "merged": saved.merged,
        "clashes": [
            {
                "path": list(one.path),
                "dotted": dotted(one.path),
                "theirs": one.theirs,
                "mine": one.mine,
            }
            for one in saved.clashes
        ],
    }


def _shape(shown: Live) -> dict[str, Any]:
    return {
        "digest": shown.digest,
        "findings": [one._asdict() for one in shown.findings],
        "figures": dict(shown.figures),
        "counts": dict(shown.counts),
        "waived": shown.waived,
        "failed": shown.failed,
    }


def _live(request: Request) -> Response:
    section = request.query_params.get("section", "0")
    return JSONResponse(
        _shape(live(desk_of(request), unit_of(request), section))
    )


def _source(request: Request) -> Response:
    """The unit's file as it lies there, to be sent to whoever maintains the program."""
    unit = unit_of(request)
    return download(unit.file.name, read_plain(unit.file), _ANY)


def _digest(request: Request) -> Response:
    """The state of the file, for a page that asks whether somebody else wrote into it."""
    return JSONResponse({"digest": digest_of(unit_of(request))})


def _explain(request: Request) -> Response:
    path = request.query_params.get("path", "")
    figure = explain_at(desk_of(request), unit_of(request), path)
    return page(request, "explain.html", figure=figure)


def _undo(
    request: Request,
    sent: object,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    with desk.writing:
        undo(unit.file)
    section = request.path_params["section"]
    return RedirectResponse(f"/units/{unit.id}/form/{section}", _SEE_OTHER)


def _convert(
    request: Request,
    sent: object,
) -> Response:
    desk = desk_of(request)
    book = unit_of(request)
    with desk.writing:
        made = as_yaml(desk, book)
    told = urlencode({"made_of": book.file.name})
    return RedirectResponse(f"/units/{made.id}?{told}", _SEE_OTHER)


def _fix(
    request: Request,
    sent: object,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    with desk.writing:
        for one in fix([unit.file], apply=True):
            if one.failures:
                raise Rejected(one.failures)
    return RedirectResponse(f"/units/{unit.id}", _SEE_OTHER)


ROUTES = (
    Route("/units/{unit}", _form),
    Route("/units/{unit}/form/{section}", _form),
    Route("/units/{unit}/changes", takes_json(_change), methods=["POST"]),
    Route("/units/{unit}/convert", takes_form(_convert), methods=["POST"]),
    Route("/units/{unit}/fix", takes_form(_fix), methods=["POST"]),
    Route("/units/{unit}/live", _live),
    Route("/units/{unit}/source", _source),
    Route("/units/{unit}/digest", _digest),
    Route("/units/{unit}/explain", _explain),
    Route(
        "/units/{unit}/form/{section}/undo",
        takes_form(_undo),
        methods=["POST"],
    ),
)
