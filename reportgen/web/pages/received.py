"""Files that were dropped on the list: a unit begun with them, or the way to the unit that they were printed for."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportgen.application.web.received.drafts import (
    DraftMade,
    make_draft,
    next_unit,
    own_documents,
)
from reportgen.application.web.received.folders import (
    FolderRead,
    find_folders,
    keep_folders,
    read_folders,
)
from reportgen.application.web.received.uploads import (
    NewFile,
    find_files,
    keep_files,
)
from reportgen.application.web.unit_list import glance
from reportgen.core.errors import OutputError
from reportgen.core.plain_files import read_plain
from reportgen.web.bodies import files_in, takes_form, text_in
from reportgen.web.rendering import page
from reportgen.web.session import desk_of, session_of, unit_of
from reportgen.web.works import Work

_SEE_OTHER = 303
_FOLDERS = "/received/folders"
_YEAR = re.compile("[12][0-9]{3}")
_NO_YEAR = "没有填是哪一年的底稿"
_YEAR_HINT = "请填四位数字的年度，如 2025"


class FoldersRead(NamedTuple):
    """What came of the folders that were read together."""

    folders: tuple[FolderRead, ...]


def _drop(
    request: Request,
    sent: FormData,
) -> Response:
    desk, files = desk_of(request), files_in(sent)
    if not any("/" in one.name for one in files):
        dropped = keep_files(desk, files)
        return RedirectResponse(f"/received/{dropped.id}", _SEE_OTHER)
    folders = keep_folders(desk, files)
    if len(folders) == 1:
        address = f"/received/{folders[0].dropped.id}"
        return RedirectResponse(address, _SEE_OTHER)
    told = [("drop", one.dropped.id) for one in folders]
    told += [("name", one.name) for one in folders]
    return RedirectResponse(f"{_FOLDERS}?{urlencode(told)}", _SEE_OTHER)


def _ask_folders(request: Request) -> Response:
    asked = request.query_params
    marks, names = asked.getlist("drop"), asked.getlist("name")
    folders = find_folders(desk_of(request), marks, names)
    return page(request, "folders.html", folders=folders)


def _read_folders(
    request: Request,
    sent: FormData,
) -> Response:
    desk = desk_of(request)
    names = [str(one) for one in sent.getlist("name")]
    marks = [str(one) for one in sent.getlist("drop")]
    folders = find_folders(desk, marks, names)
    year = _year_in(sent) if text_in(sent, "as") == "start" else ""

    def call(work: Work) -> FoldersRead:
        work.total = len(folders)
        work.back = f"{_FOLDERS}/read?work={work.id}"
        return FoldersRead(
            read_folders(desk, folders, year, work.step, lambda: work.stopped)
        )

    title = f"读入 {len(folders)} 个文件夹"
    work = session_of(request).works.start(title, "/", call)
    return RedirectResponse(f"/works/{work.id}", _SEE_OTHER)


def _folders_read(request: Request) -> Response:
    known = session_of(request).works.known
    work = known.get(request.query_params.get("work", ""))
    if work is None or not isinstance(work.result, FoldersRead):
        return RedirectResponse("/", _SEE_OTHER)
    return page(request, "folders_read.html", read=work.result.folders)


def _ask(request: Request) -> Response:
    desk = desk_of(request)
    dropped = find_files(desk, request.path_params["drop"])
    return page(
        request,
        "received.html",
        dropped=dropped,
        own=own_documents(desk, dropped.files),
    )


def _read(
    request: Request,
    sent: FormData,
) -> Response:
    desk = desk_of(request)
    dropped = find_files(desk, request.path_params["drop"])
    year = _year_in(sent) if text_in(sent, "as") == "start" else ""

    def call(work: Work) -> DraftMade:
        made = make_draft(desk, dropped.files, year)
        work.back = f"/units/{made.unit.id}/draft?work={work.id}"
        return made

    title = f"读入：{dropped.files[0].name}"
    works = session_of(request).works
    work = works.start(title, f"/received/{dropped.id}", call)
    return RedirectResponse(f"/works/{work.id}", _SEE_OTHER)


def _compare(
    request: Request,
    sent: FormData,
) -> Response:
    """On to the unit that one of the files was printed for."""
    desk = desk_of(request)
    dropped = find_files(desk, request.path_params["drop"])
    asked = text_in(sent, "file")
    for one in own_documents(desk, dropped.files):
        if one.unit and one.file.name == asked:
            alone = keep_files(desk, [NewFile(asked, read_plain(one.file))])
            address = f"/units/{one.unit.id}/edits/{alone.id}"
            return RedirectResponse(address, _SEE_OTHER)
    return RedirectResponse(f"/received/{dropped.id}", _SEE_OTHER)


def _year_in(sent: FormData) -> str:
    year = text_in(sent, "year")
    if not _YEAR.fullmatch(year):
        raise OutputError(_NO_YEAR, hint=_YEAR_HINT)
    return year


def _begin(
    request: Request,
    sent: FormData,
) -> Response:
    """A unit begun with another one of the folder."""
    desk = desk_of(request)
    source = desk.unit(text_in(sent, "source"))
    made = next_unit(desk, source.file, _year_in(sent))
    return RedirectResponse(f"/units/{made.unit.id}", _SEE_OTHER)


def _made(request: Request) -> Response:
    unit = unit_of(request)
    work = session_of(request).works.known.get(
        request.query_params.get("work", "")
    )
    made = work.result if work else None
    if not isinstance(made, DraftMade) or made.unit != unit:
        return RedirectResponse(f"/units/{unit.id}", _SEE_OTHER)
    title = glance(desk_of(request), unit).name
    return page(request, "draft.html", unit=unit, title=title, made=made)


ROUTES = (
    Route("/received/upload", takes_form(_drop), methods=["POST"]),
    Route("/received/from", takes_form(_begin), methods=["POST"]),
    Route(_FOLDERS, _ask_folders),
    Route(_FOLDERS, takes_form(_read_folders), methods=["POST"]),
    Route(f"{_FOLDERS}/read", _folders_read),
    Route("/received/{drop}", _ask),
    Route("/received/{drop}", takes_form(_read), methods=["POST"]),
    Route("/received/{drop}/compare", takes_form(_compare), methods=["POST"]),
    Route("/units/{unit}/draft", _made),
)
