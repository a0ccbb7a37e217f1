"""Template packs: which there are, what is wrong with one, one made from another, a template restyled in Word."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.undo import undo
from reportgen.application.web.restyling.packs import (
    DeskPack,
    DeskTemplate,
    PackProblem,
    desk_packs,
    find_desk_pack,
    find_template,
    make_pack,
    pack_problems,
    put_template,
    templates_of,
)
from reportgen.core.plain_files import read_plain
from reportgen.web.bodies import files_in, takes_form, text_in
from reportgen.web.pages.documents import download
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, session_of
from reportgen.web.works import Work

_SEE_OTHER = 303
_WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)
_CHECKED = "checked pack"


def _list(request: Request) -> Response:
    return page(request, "packs.html", packs=desk_packs(desk_of(request)))


def _new(
    request: Request,
    sent: FormData,
) -> Response:
    desk = desk_of(request)
    source = find_desk_pack(desk, text_in(sent, "source"))
    made = make_pack(desk, text_in(sent, "name"), source)
    return RedirectResponse(f"/packs/{made.id}", _SEE_OTHER)


def _pack_of(request: Request) -> DeskPack:
    return find_desk_pack(desk_of(request), request.path_params["pack"])


def _template_of(
    request: Request,
    pack: DeskPack,
) -> DeskTemplate:
    mark = request.path_params["template"]
    return find_template(desk_of(request), pack, mark)


def _problems(
    request: Request,
    pack: DeskPack,
) -> tuple[PackProblem, ...] | None:
    """What the last check found, None where the pack was not checked since it was changed."""
    found = desk_of(request).remembered.get((_CHECKED, pack.id))
    return found if isinstance(found, tuple) else None


def _show(request: Request) -> Response:
    pack = _pack_of(request)
    is_sound = not pack.entry.failures
    templates = templates_of(desk_of(request), pack) if is_sound else ()
    return page(
        request,
        "pack.html",
        pack=pack,
        templates=templates,
        problems=_problems(request, pack),
        taken=request.query_params.get("taken", ""),
    )


def _check(
    request: Request,
    sent: FormData,
) -> Response:
    desk, pack = desk_of(request), _pack_of(request)

    def call(work: Work) -> None:
        found = pack_problems(desk, pack)
        desk.remembered[_CHECKED, pack.id] = found

    title = f"检查模板包：{pack.entry.name}"
    works = session_of(request).works
    work = works.start(title, f"/packs/{pack.id}", call)
    return RedirectResponse(f"/works/{work.id}", _SEE_OTHER)


def _view(request: Request) -> Response:
    pack = _pack_of(request)
    template = _template_of(request, pack)
    problems = _problems(request, pack)
    own = [one for one in problems or () if one.file == template.file.name]
    return page(
        request,
        "template.html",
        pack=pack,
        shown=template,
        problems=own,
        is_checked=problems is not None,
    )


def _file(request: Request) -> Response:
    template = _template_of(request, _pack_of(request))
    return download(template.file.name, read_plain(template.file), _WORD)


def _put(
    request: Request,
    sent: FormData,
) -> Response:
    pack = _pack_of(request)
    template = _template_of(request, pack)
    put_template(desk_of(request), pack, template, files_in(sent))
    return RedirectResponse(f"/packs/{pack.id}?taken=yes", _SEE_OTHER)


def _undo(
    request: Request,
    sent: FormData,
) -> Response:
    desk, pack = desk_of(request), _pack_of(request)
    template = _template_of(request, pack)
    if pack.is_own:
        with desk.writing:
            undo(pack.entry.folder / template.file.name)
        desk.forget_packs()
    return RedirectResponse(f"/packs/{pack.id}", _SEE_OTHER)


_ONE = "/packs/{pack}"
_TEMPLATE = f"{_ONE}/templates/{{template}}"
ROUTES = (
    Route("/packs", _list),
    Route("/packs", takes_form(_new), methods=["POST"]),
    Route(_ONE, _show),
    Route(f"{_ONE}/check", takes_form(_check), methods=["POST"]),
    Route(_TEMPLATE, _view),
    Route(f"{_TEMPLATE}/file", _file),
    Route(f"{_TEMPLATE}/upload", takes_form(_put), methods=["POST"]),
    Route(f"{_TEMPLATE}/undo", takes_form(_undo), methods=["POST"]),
)
