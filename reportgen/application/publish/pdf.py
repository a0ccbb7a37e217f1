"""Documents as PDF: what is wanted, what is missing for it, what became of each."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.application.publish.pdf_files import PdfFile, pdf_files
from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package, read_package
from reportgen.outputs.pdf.conversion import (
    AT_ONCE,
    UNREADABLE,
    Converted,
    convert_each,
)
from reportgen.outputs.pdf.fonts import (
    MissingFont,
    font_folder,
    installed_fonts,
    missing_fonts,
    replacements,
)
from reportgen.outputs.pdf.office_program import SECONDS, Office, find_office
from reportgen.outputs.pdf.pdf_reading import (
    PdfFacts,
    cut_cells,
    is_replaceable,
    read_pdf,
)
from reportgen.outputs.whole_files import Output, alone_in, replace_all

_WORD = ".docx"
_NAMED = 3  # pages or places that are named; of more the number is told
_CHANGES = f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"
_NO_OFFICE = "这台电脑没有安装 LibreOffice，不能转成 PDF"
_INSTALL = (
    "请安装 LibreOffice（银河麒麟、统信的软件商店里有，Windows 从官网下载），"
    "或在 WPS、Word 里打开文件，用“输出为 PDF”“另存为 PDF”"
)
_FOREIGN = (
    "已有同名的 PDF，不是由 LibreOffice 转成的，或者签过名（可能是签字盖章的扫描件），没有覆盖；"
    "请把它改名或移走，或用 -o 换一个文件夹"
)
_SAME_NAME = "与 {other} 的 PDF 同名，没有转；请改名或分开放"
_OVER_EDGE = "{where}有文字伸出纸边；请在 Word 里调小表格宽度，或把纸张改为横向"
_BLANK = "{where}是空白页；请看看前一页末尾有没有多余的空段、分页符"
_CUT = "{where}的字没有印全（行高是固定值）；请在 Word 里把这一行的行高改为“最小值”"
_TRACKED = "有 {count} 处修订没有接受或拒绝，PDF 里看得见；请先在 Word、WPS 的“审阅”里处理"
_LOOSE = "字体 {fonts} 没有嵌入 PDF，换一台电脑看可能变样"


class NoOfficeError(ReportgenError):
    """LibreOffice is not installed."""

    code = "OUT004"


@dataclass(frozen=True)
class PdfRequest:
    """What is wanted: documents, and folders of them."""

    paths: tuple[Path, ...]
    output: Path | None = None  # None: each beside its document
    at_once: int = AT_ONCE
    seconds: float = SECONDS
    stale: bool = False  # only what is missing or older than its document


@dataclass(frozen=True)
class PdfResult:
    """What became of one document: the pages of its PDF, and what to look at; or why there is none.

    `kept` says why what lies there was left as it was.
    """

    source: Path
    target: Path
    pages: int = 0
    notes: tuple[str, ...] = ()
    failure: str = ""
    kept: str = ""


@dataclass(frozen=True)
class PdfPlan:
    """What is to be done, and with which fonts; `settled` are those that nothing is done for."""

    office: Office
    at_once: int
    files: tuple[PdfFile, ...]
    settled: tuple[PdfResult, ...]
    fonts: tuple[MissingFont, ...] = ()

    @property
    def font_folder(self) -> str:
        """Where fonts that are missing are put."""
        return font_folder()


def plan_pdf(request: PdfRequest) -> PdfPlan:
    """What `request` comes to; nothing is written. Raises ReportgenError where there is nothing to do it with."""
    office = find_office(request.seconds)
    if office is None:
        raise NoOfficeError(_NO_OFFICE, hint=_INSTALL)
    found = pdf_files(request.paths, request.output)
    settled = tuple(_settled(found))
    left = {one.source for one in settled}
    wanted = tuple(
        one
        for one in found
        if one.source not in left and not (request.stale and _is_fresh(one))
    )
    fonts = tuple(missing_fonts(_packages(wanted), installed_fonts()))
    office = replace(office, fonts=replacements(fonts))
    return PdfPlan(office, request.at_once, wanted, settled, fonts)


def _settled(found: Sequence[PdfFile]) -> Iterator[PdfResult]:
    """The documents whose PDF would be written over another."""
    files: dict[Path, PdfFile] = {}
    for one in found:
        first = files.setdefault(one.target, one)
        if first is not one:
            told = _SAME_NAME.format(other=first.source)
            yield PdfResult(one.source, one.target, failure=told)
        elif _is_foreign(one.target):
            yield PdfResult(one.source, one.target, kept=_FOREIGN)


def make_pdfs(plan: PdfPlan) -> Iterator[PdfResult]:
    """What became of each document, as it is done."""
    yield from plan.settled
    files = {one.source: one for one in plan.files}
    for one in convert_each(list(files), plan.office, at_once=plan.at_once):
        yield _result(files[one.source], one)
        # What read the PDF leaves rings of objects behind, and the program looks for garbage rarely (cli/app.py).
        gc.collect()


def _is_fresh(one: PdfFile) -> bool:
    with suppress(OSError):
        made = one.target.stat().st_mtime
        return made >= one.source.stat().st_mtime
    return False


def _is_foreign(target: Path) -> bool:
    """Whether somebody else's PDF lies there."""
    try:
        return not is_replaceable(read_plain(target))
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _packages(files: Sequence[PdfFile]) -> Iterator[Package]:
    """The documents that can be read from here; of others the fonts are not known."""
    for one in files:
        if one.source.suffix.lower() == _WORD:
            with suppress(OSError, ReportgenError):
                yield _package(one.source)


def _package(source: Path) -> Package:
    package = read_package(read_plain(source), source.name)
    package.tree(package.main)
    return package


def _result(file: PdfFile, one: Converted) -> PdfResult:
    result = PdfResult(file.source, file.target)
    if one.failure:
        return replace(result, failure=_better_reason(one))
    try:
        with alone_in(file.target.parent):
            replace_all(
                file.target.parent, [Output(file.target.name, one.data)]
            )
    except ReportgenError as error:
        return replace(result, failure=f"{error.message}；{error.hint}")
    facts = read_pdf(one.data)
    notes = (*_of_document(file, facts), *_of_pages(facts))
    return replace(result, pages=facts.pages, notes=notes)


def _better_reason(one: Converted) -> str:
    """What is wrong with a document that LibreOffice made nothing of, where it can be told from here."""
    if one.failure == UNREADABLE and one.source.suffix.lower() == _WORD:
        try:
            _package(one.source)
        except ReportgenError as error:
            return "；".join(filter(None, (error.message, error.hint)))
        except OSError:
            pass  # told already
    return one.failure


def _of_document(file: PdfFile, facts: PdfFacts) -> Iterator[str]:
    for package in _packages([file]):
        tracked = sum(1 for _ in package.tree(package.main).iter(*_CHANGES))
        if tracked:
            yield _TRACKED.format(count=tracked)
        cut = cut_cells(package, facts)
        if cut:
            yield _CUT.format(where=_listed(cut))


def _of_pages(facts: PdfFacts) -> Iterator[str]:
    for told, pages in ((_OVER_EDGE, facts.over_edge), (_BLANK, facts.blank)):
        if pages:
            yield told.format(where=_listed([f"第{n}页" for n in pages]))
    if facts.loose_fonts:
        yield _LOOSE.format(fonts="、".join(facts.loose_fonts))


def _listed(places: Sequence[str]) -> str:
    more = f"等{len(places)}处" if len(places) > _NAMED else ""
    return "、".join(places[:_NAMED]) + more
