"""A new unit from an empty form."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.packs import list_packs
from reportgen.application.web.new_units import empty_unit
from reportgen.application.web.unit_list import every_glance
from reportgen.web.bodies import takes_form, text_in
from reportgen.web.rendering import page
from reportgen.web.session import desk_of


def _ask(request: Request) -> Response:
    packs = [
        one
        for one in list_packs(desk_of(request).workplace)
        if not one.failures
    ]
    units = every_glance(desk_of(request))
    return page(request, "new_unit.html", packs=packs, units=units)


def _make(
    request: Request,
    sent: FormData,
) -> Response:
    unit = empty_unit(
        desk_of(request),
        text_in(sent, "name"),
        text_in(sent, "year"),
        text_in(sent, "pack"),
    )
    return RedirectResponse(f"/units/{unit.id}", 303)


ROUTES = (
    Route("/new", _ask),
    Route("/new", takes_form(_make), methods=["POST"]),
)
