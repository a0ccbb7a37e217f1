"""The chapters of the report: each sentence kept, left out, said otherwise; own words around them or in their place."""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.web import chapters
from reportgen.application.web.unit_list import glance
from reportgen.web.bodies import takes_form, text_in
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, unit_of

_SEE_OTHER = 303


def _show(request: Request) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    owner = _number(request.query_params.get("owner", "0"))
    return page(
        request,
        "chapters.html",
        unit=unit,
        title=glance(desk, unit).name,
        report=chapters.show_chapters(desk, unit, owner),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _sentence(
    request: Request,
    sent: FormData,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    owner, number = _owner(sent), text_in(sent, "number")
    text = text_in(sent, "text")
    what = text_in(sent, "do")
    if what == "leave out":
        chapters.leave_out(desk, unit, owner, number)
    elif what == "say again":
        chapters.say_again(desk, unit, owner, number)
    elif what == "reword" and text:
        chapters.reword(desk, unit, owner, number, text)
    else:
        raise HTTPException(400)
    return _back(request, owner, number.partition(".")[0])


def _own(
    request: Request,
    sent: FormData,
) -> Response:
    desk, unit = desk_of(request), unit_of(request)
    owner, section = _owner(sent), text_in(sent, "section")
    text = chapters.own_lines(
        text_in(sent, "before"),
        text_in(sent, "after"),
        keeps=text_in(sent, "keeps") == "yes",
    )
    was = text_in(sent, "was")
    chapters.write_own(desk, unit, owner, section, text, was)
    return _back(request, owner, section)


def _owner(sent: FormData) -> chapters.ChapterOwner:
    number = _number(text_in(sent, "owner"))
    return chapters.ChapterOwner(number, text_in(sent, "digest"))


def _back(
    request: Request,
    owner: chapters.ChapterOwner,
    section: str,
) -> Response:
    unit = unit_of(request)
    address = f"/units/{unit.id}/chapters?owner={owner.number}#{quote(section)}"
    return RedirectResponse(address, _SEE_OTHER)


_UNIT = "/units/{unit}/chapters"
ROUTES = (
    Route(_UNIT, _show),
    Route(f"{_UNIT}/sentence", takes_form(_sentence), methods=["POST"]),
    Route(f"{_UNIT}/own", takes_form(_own), methods=["POST"]),
)
