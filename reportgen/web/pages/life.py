"""Coming in with the token, saying that a page is open or goes, and the end."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.web.guard import START, Keys
from reportgen.web.refusal_page import refusal_page
from reportgen.web.rendering import page
from reportgen.web.session import session_of

_SEE_OTHER = 303
_LONGEST_NAME = 40


def _start(request: Request) -> Response:
    """Takes the token out of the address into a cookie."""
    keys: Keys = request.app.state.keys
    if not keys.opens(request.query_params.get("token", "")):
        told = "地址里的口令不对，请从 reportgen web 显示的地址打开本页"
        return refusal_page(403, told)
    answer = RedirectResponse("/", _SEE_OTHER)
    answer.set_cookie(
        keys.cookie, keys.token, httponly=True, samesite="strict", path="/"
    )
    return answer


def _alive(request: Request) -> Response:
    session_of(request).pages.hear(_page_in(request))
    return Response(status_code=204)


def _closed(request: Request) -> Response:
    session_of(request).pages.close(_page_in(request))
    return Response(status_code=204)


def _page_in(request: Request) -> str:
    return request.query_params.get("page", "")[:_LONGEST_NAME]


def _end(request: Request) -> Response:
    session_of(request).stop.set()
    return page(request, "ended.html")


ROUTES = (
    Route(START, _start),
    Route("/alive", _alive, methods=["POST"]),
    Route("/closed", _closed, methods=["POST"]),
    Route("/end", _end, methods=["POST"]),
)
