"""The list of units, and how each row stands."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reportgen.application.web.unit_list import list_units, unit_state
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, unit_of


def _list(request: Request) -> Response:
    wanted = request.query_params.get("q", "").strip()
    number = request.query_params.get("page", "1")
    asked = int(number) if number.isdecimal() and len(number) < 6 else 1
    shown = list_units(desk_of(request), asked, wanted)
    return page(request, "unit_list.html", shown=shown, wanted=wanted)


def _state(request: Request) -> Response:
    state = unit_state(desk_of(request), unit_of(request))
    return page(request, "unit_state.html", state=state)


ROUTES = (
    Route("/", _list),
    Route("/units/{unit}/state", _state),
)
