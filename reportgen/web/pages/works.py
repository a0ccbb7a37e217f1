"""A long work: how far it is, stopping it, where to go when it is done."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.web.rendering import page
from reportgen.web.session import session_of
from reportgen.web.works import Work


def _work_of(request: Request) -> Work:
    return session_of(request).works.work(request.path_params["work"])


def _show(request: Request) -> Response:
    return page(request, "work.html", work=_work_of(request))


def _progress(request: Request) -> Response:
    """The part of the page that asks again; when the work is done it sends the page on."""
    work = _work_of(request)
    answer = page(request, "work_progress.html", work=work)
    if work.ended and not work.failures:
        answer.headers["HX-Redirect"] = work.back
    return answer


def _stop(request: Request) -> Response:
    work = _work_of(request)
    work.cancelled.set()
    return RedirectResponse(f"/works/{work.id}", 303)


ROUTES = (
    Route("/works/{work}", _show),
    Route("/works/{work}/progress", _progress),
    Route("/works/{work}/stop", _stop, methods=["POST"]),
)
