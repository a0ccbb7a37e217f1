"""Rounds of a bureau: forms sent by a roster, what came back collected, who handed in what, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.packs import list_packs
from reportgen.application.web.rounds.collecting import (
    RoundUnit,
    Watcher,
    collect_round,
)
from reportgen.application.web.rounds.folders import (
    RoundFile,
    RoundFolder,
    files_in_folder,
    find_round,
    list_rounds,
    new_round,
    take_in,
    zip_of,
)
from reportgen.application.web.rounds.kept import keep_round, kept_round
from reportgen.application.web.rounds.sending import count_asked, send_forms
from reportgen.core.errors import OutputError
from reportgen.core.plain_files import read_plain
from reportgen.web.bodies import files_in, takes_form, text_in
from reportgen.web.pages.documents import download
from reportgen.web.rendering import page
from reportgen.web.round_filter import filter_of
from reportgen.web.session import desk_of, session_of
from reportgen.web.works import Work

_SEE_OTHER = 303
_ZIP = "application/zip"
_FILE = "application/octet-stream"
_GONE = "找不到这个文件"


def _list(request: Request) -> Response:
    return page(request, "rounds.html", rounds=list_rounds(desk_of(request)))


def _new(
    request: Request,
    sent: FormData,
) -> Response:
    files = files_in(sent)
    if not files or not files[0].data:
        raise OutputError("没有收到名单", hint="请选一个 Excel 文件")
    made = new_round(desk_of(request), text_in(sent, "name"), files[0])
    return RedirectResponse(f"/rounds/{made.id}", _SEE_OTHER)


def _round_of(request: Request) -> RoundFolder:
    return find_round(desk_of(request), request.path_params["round"])


def _show(request: Request) -> Response:
    one = _round_of(request)
    desk = desk_of(request)
    wanted = filter_of(request.query_params)
    kept = kept_round(desk, one)
    collected = kept.collected if kept else None
    packs = [each for each in list_packs(desk.workplace) if not each.failures]
    return page(
        request,
        "round.html",
        round=one,
        asked=count_asked(one),
        forms=files_in_folder(one.forms, ".xlsx"),
        received=len(files_in_folder(one.received)),
        results=files_in_folder(one.results),
        packs=packs,
        collected=collected,
        kept=kept,
        wanted=wanted,
        problems=wanted.problems(collected) if collected else None,
    )


def _send(
    request: Request,
    sent: FormData,
) -> Response:
    desk, one = desk_of(request), _round_of(request)
    pack = text_in(sent, "pack")
    year = text_in(sent, "year")
    with_last_year = text_in(sent, "before") == "yes"

    def call(work: Work) -> int:
        work.total = count_asked(one) + 1
        return send_forms(
            desk,
            one,
            pack,
            year,
            with_last_year=with_last_year,
            step=work.step,
            stopped=lambda: work.stopped,
        )

    return _begin(request, f"生成采集表：{one.name}", one, call)


def _begin(
    request: Request,
    title: str,
    one: RoundFolder,
    call: object,
) -> Response:
    works = session_of(request).works
    work = works.start(title, f"/rounds/{one.id}", call)  # type: ignore[arg-type]
    return RedirectResponse(f"/works/{work.id}", _SEE_OTHER)


def _take_in(
    request: Request,
    sent: FormData,
) -> Response:
    one = _round_of(request)
    files = files_in(sent)
    if not files:
        raise OutputError("没有收到文件", hint="请选文件，或拖到页面上")
    take_in(one, files)
    return _collect(request, sent)


def _take_part(
    request: Request,
    sent: FormData,
) -> Response:
    """Some of many files; the page sends the others, and asks for the round when it has sent all."""
    new = take_in(_round_of(request), files_in(sent))
    return JSONResponse({"new": new})


def _collect(
    request: Request,
    sent: FormData,
) -> Response:
    one = _round_of(request)
    desk = desk_of(request)

    def call(work: Work) -> None:
        def begin(total: int) -> None:
            work.total = total

        def read(name: str) -> None:
            work.told = f"读 {name}"

        watcher = Watcher(read, begin, work.step, lambda: work.stopped)
        found = collect_round(desk, one, watcher)
        keep_round(desk, one, found)
        work.back += "#situation"

    return _begin(request, f"收表：{one.name}", one, call)


def _unit(request: Request) -> Response:
    one = _round_of(request)
    found = _unit_in(request, one)
    return page(request, "round_unit.html", round=one, one=found)


def _unit_in(
    request: Request,
    one: RoundFolder,
) -> RoundUnit:
    kept = kept_round(desk_of(request), one)
    number = request.path_params["number"]
    for unit in kept.collected.units if kept else ():
        if unit.number == number:
            return unit
    hint = "请回到收表页，再点一次“收表”"
    raise OutputError("这个单位的情况要重新收一次才能看", hint=hint)


def _forms_zip(request: Request) -> Response:
    one = _round_of(request)
    files = files_in_folder(one.forms)
    return download(f"{one.name} 采集表.zip", zip_of(files), _ZIP)


def _slips_zip(request: Request) -> Response:
    one = _round_of(request)
    files = files_in_folder(one.results, ".docx")
    return download(f"{one.name} 退回单.zip", zip_of(files), _ZIP)


def _file(request: Request) -> Response:
    one = _round_of(request)
    for each in _files(one):
        if each.id == request.path_params["file"]:
            return download(each.file.name, read_plain(each.file), _FILE)
    raise OutputError(_GONE, hint="请回到收表页重新选择")


def _files(one: RoundFolder) -> Iterator[RoundFile]:
    yield from files_in_folder(one.results)
    yield from files_in_folder(one.forms)


_ONE = "/rounds/{round}"
ROUTES = (
    Route("/rounds", _list),
    Route("/rounds/upload", takes_form(_new), methods=["POST"]),
    Route(_ONE, _show),
    Route(f"{_ONE}/send", takes_form(_send), methods=["POST"]),
    Route(f"{_ONE}/received/upload", takes_form(_take_in), methods=["POST"]),
    Route(f"{_ONE}/part/upload", takes_form(_take_part), methods=["POST"]),
    Route(f"{_ONE}/collect", takes_form(_collect), methods=["POST"]),
    Route(f"{_ONE}/units/{{number:int}}", _unit),
    Route(f"{_ONE}/forms.zip", _forms_zip),
    Route(f"{_ONE}/slips.zip", _slips_zip),
    Route(f"{_ONE}/files/{{file}}", _file),
)
