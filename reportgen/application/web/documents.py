"""The documents of a unit: which there are and how they stand, one of them or all, and making them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.publish.pdf import (
    PdfRequest,
    PdfResult,
    make_pdfs,
    plan_pdf,
)
from reportgen.application.web.desk import Desk, DeskUnit, UnknownUnitError
from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.status import unit_status
from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.ooxml.zip_writer import lay_out, stored, write_zip
from reportgen.outputs.file_states import file_states
from reportgen.outputs.pdf.office_program import find_office
from reportgen.outputs.receipt import read_receipt
from reportgen.results.unit_result import FAILED, UnitResult
from reportgen.results.unit_status import FRESH, Standing, UnitStatus

WORD, PDF = ".docx", ".pdf"
_SHOWN = (WORD, ".xlsx", PDF)
_ID = 16
_KILOBYTE = 1024
_MOST_TOGETHER = 300_000_000  # bytes of all documents in one zip


class DeskDocument(NamedTuple):
    """One file: its id, where it lies, how it stands, how large it is and when it was written."""

    id: str
    file: Path
    standing: str
    size: int
    written: datetime

    @property
    def name(self) -> str:
        """What it is called."""
        return self.file.name

    @property
    def is_word(self) -> bool:
        """Whether it is a Word document."""
        return self.file.suffix == WORD

    @property
    def is_pdf(self) -> bool:
        """Whether the browser itself can show it as it is printed."""
        return self.file.suffix == PDF

    @property
    def kilobytes(self) -> int:
        """Its size, at least 1."""
        return max(1, round(self.size / _KILOBYTE))


class DocumentList(NamedTuple):
    """The documents of a unit: how they stand together, why, and each of them."""

    standing: Standing
    reason: str
    documents: tuple[DeskDocument, ...]


class BuiltUnit(NamedTuple):
    """What became of a build: the result of the unit, and what nobody but a person can settle."""

    result: UnitResult
    errors: int
    warnings: int

    @property
    def is_made(self) -> bool:
        """Whether there are documents now."""
        return self.result.state != FAILED


class UnitPdfs(NamedTuple):
    """What became of the PDF of each document of a unit that had none, or an old one."""

    results: tuple[PdfResult, ...]


def list_documents(
    desk: Desk,
    unit: DeskUnit,
) -> DocumentList:
    """The documents of the unit as they lie there now."""
    job = plan_jobs([unit.file], Job(unit.file, desk.output))[0]
    with desk.packs_at_hand() as packs:
        status = unit_status(job, packs)
    found = [
        one
        for folder in job.known
        if stays_in(folder, desk.folder)
        for one in _documents_in(folder, status)
    ]
    return DocumentList(status.standing, status.reason, tuple(found))


def _documents_in(
    folder: Path,
    status: UnitStatus,
) -> Iterator[DeskDocument]:
    standings = {one.path: one.standing for one in status.files}
    of_set = file_states(folder, read_receipt(folder))
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        is_hidden = file.name.startswith((".", "~$"))
        if is_hidden or file.suffix not in _SHOWN or not file.is_file():
            continue
        known = FRESH if file.name in of_set else ""
        about = file.stat()
        written = datetime.fromtimestamp(about.st_mtime).astimezone()
        standing = standings.get(file, known)
        mark = sha256(str(file).encode())[:_ID]
        yield DeskDocument(mark, file, standing, about.st_size, written)


def find_document(
    desk: Desk,
    unit: DeskUnit,
    document_id: str,
) -> DeskDocument:
    """The document with that id; raises UnknownUnitError."""
    for one in list_documents(desk, unit).documents:
        if one.id == document_id and stays_in(one.file, desk.folder):
            return one
    message = "找不到这份文件，它可能被移走、改名或删除了"
    raise UnknownUnitError(message, hint="请刷新文件页")


def pdf_of(
    desk: Desk,
    unit: DeskUnit,
    document: DeskDocument,
) -> DeskDocument | None:
    """The PDF of a Word document that lies beside it and is not older; None where there is none."""
    wanted = document.file.with_suffix(PDF)
    for one in list_documents(desk, unit).documents:
        if one.file == wanted and one.written >= document.written:
            return one
    return None


def can_make_pdfs() -> bool:
    """Whether LibreOffice is installed here."""
    return find_office() is not None


def document_bytes(document: DeskDocument) -> bytes:
    """The document as it lies there; raises OutputError."""
    try:
        return read_plain(document.file)
    except OSError as error:
        message = f"文件读不出来（系统错误 {error.errno}）"
        hint = "请关闭正在打开它的程序"
        raise OutputError(message, place=document.file, hint=hint) from None


def all_as_zip(
    desk: Desk,
    unit: DeskUnit,
) -> tuple[str, bytes]:
    """The name and the bytes of a zip that holds every document of the unit; raises OutputError."""
    found = list_documents(desk, unit).documents
    if not found:
        raise OutputError("还没有生成文件", hint="请先生成")
    if sum(one.size for one in found) > _MOST_TOGETHER:
        raise OutputError("文件太多，不能打包", hint="请一份一份下载")
    members = (stored(one.name, document_bytes(one)) for one in found)
    folder = found[0].file.parent
    name = f"{folder.parent.name} {folder.name}.zip"
    return name, write_zip(lay_out(members), {})


def make_unit_pdfs(
    desk: Desk,
    unit: DeskUnit,
    *,
    on_plan: Callable[[int], None],
    on_document: Callable[[str], None],
    stopped: Callable[[], bool],
) -> UnitPdfs:
    """Makes the PDF of each Word document that has none or an old one; raises ReportgenError."""
    found = list_documents(desk, unit).documents
    words = tuple(one.file for one in found if one.is_word)
    if not words:
        raise OutputError("还没有生成文件", hint="请先生成")
    plan = plan_pdf(PdfRequest(words, stale=True))
    on_plan(len(plan.files))
    made = []
    for one in make_pdfs(plan):
        made.append(one)
        on_document(one.target.name)
        if stopped():
            break
    return UnitPdfs(tuple(made))


def build_unit(
    desk: Desk,
    unit: DeskUnit,
    *,
    bundled: bool,
    annotated: bool,
    stopped: Callable[[], bool],
) -> BuiltUnit:
    """Makes the documents of the unit; raises OutputError where that could not even be begun."""
    request = BuildRequest(
        (unit.file,),
        desk.output,
        bundled=bundled,
        annotated=annotated,
        summary=False,
    )
    report = build(
        plan_build(request),
        desk.workplace,
        on_unit=lambda _: None,
        stopped=stopped,
    )
    if not report.units:
        raise OutputError("已停止，没有生成")
    (result,) = report.units
    labels = [one.severity.value for one in result.findings if not one.waived]
    return BuiltUnit(result, labels.count("error"), labels.count("warning"))
