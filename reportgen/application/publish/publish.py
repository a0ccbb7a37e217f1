"""Copies for the web site: what is wanted, what became of each document, the list of what was masked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.application.publish.pdf import (
    NoOfficeError,
    PdfRequest,
    PdfResult,
    make_pdfs,
    plan_pdf,
)
from reportgen.application.publish.publish_sources import (
    PublicSet,
    PublicSource,
    public_sets,
)
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.package import Package, read_package
from reportgen.outputs.pdf.pdf_reading import read_pdf
from reportgen.outputs.receipt import RECEIPT
from reportgen.outputs.whole_files import Output, alone_in, replace_all
from reportgen.publishing.gathering import masker_for
from reportgen.publishing.masker import Masker
from reportgen.publishing.public_copy import MaskedPlace, public_copy
from reportgen.publishing.remains import remains_in
from reportgen.recognition.reading.office_files import read_document

LIST = "遮盖清单（不公开）.txt"
_OWN = "这是放生成文件的文件夹，公开稿不能放在里面"
_ELSEWHERE = "请用 -o 另写一个文件夹"
_IN_PDF = "PDF 里还有{kind}"
_NO_PDF = "Word 公开稿做好了，没有转成 PDF：{why}"
_SAME = "（{number}）"


@dataclass(frozen=True)
class PublishRequest:
    """What is wanted; `names` are those that nobody could tell, `printed` where the documents of units lie."""

    paths: tuple[Path, ...]
    output: Path
    printed: Path
    names: tuple[str, ...] = ()
    as_pdf: bool = True


@dataclass(frozen=True)
class PublicResult:
    """What became of one document; `remains` is what the check found in the copy, `failure` why there is none."""

    source: Path
    target: Path
    masked: tuple[MaskedPlace, ...] = ()
    done: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    remains: tuple[str, ...] = ()
    pages: int = 0
    failure: str = ""
    masker: Masker = field(default=Masker(), repr=False, compare=False)

    @property
    def counts(self) -> Counter[str]:
        """How many of each kind were masked."""
        return Counter(one.kind for one in self.masked)


def publish(request: PublishRequest) -> Iterator[PublicResult]:
    """The copy of each document, as it is written; what they are made of stays byte for byte."""
    sets = public_sets(request.paths, request.printed)
    taken = {
        os.path.realpath(one.source) for every in sets for one in every.sources
    }
    for one in sets:
        yield from _published(one, request, taken)


def _published(
    documents: PublicSet,
    request: PublishRequest,
    taken: set[str],
) -> Iterator[PublicResult]:
    packages: dict[PublicSource, Package] = {}
    for one in documents.sources:
        try:
            data = read_document(one.source)
            package = read_package(data, one.source.name)
            package.refuse_broken_xml()
        except ReportgenError as error:
            yield PublicResult(one.source, Path(), failure=_told(error))
        else:
            packages[one] = package
    masker = masker_for(packages.values(), documents.units, request.names)
    for one, package in packages.items():
        target = _target(one, request.output, masker, taken)
        yield _copied(one, package, target, masker)


def _target(
    one: PublicSource,
    output: Path,
    masker: Masker,
    taken: set[str],
) -> Path:
    """Where the copy goes: its name may tell a person too, and two may come to have the same."""
    masked = map(masker.masked, one.below.with_suffix("").parts)
    below = Path(*(part.replace("*", "＊") for part in masked))
    number = 1
    while True:
        suffix = _SAME.format(number=number) if number > 1 else ""
        target = output / below.with_name(f"{below.name}{suffix}.docx")
        if os.path.realpath(target) not in taken:
            taken.add(os.path.realpath(target))
            return target
        number += 1


def _copied(
    one: PublicSource,
    package: Package,
    target: Path,
    masker: Masker,
) -> PublicResult:
    result = PublicResult(one.source, target, masker=masker)
    try:
        made = public_copy(package, masker)
        _write(target, made.data)
    except ReportgenError as error:
        return replace(result, failure=_told(error))
    return replace(
        result,
        masked=made.masked,
        done=made.done,
        by_hand=tuple(dict.fromkeys(made.by_hand)),
        remains=tuple(remains_in(read_plain(target), masker)),
    )


def _write(target: Path, data: bytes) -> None:
    if (target.parent / RECEIPT).exists():
        raise OutputError(_OWN, place=target.parent, hint=_ELSEWHERE)
    with alone_in(target.parent):
        replace_all(target.parent, [Output(target.name, data)])


def _told(error: ReportgenError) -> str:
    return "；".join(filter(None, (error.message, error.hint)))


def with_pdfs(results: Sequence[PublicResult]) -> list[PublicResult]:
    """The same results, each copy with its PDF, which is checked as well; raises NoOfficeError."""
    made = {one.target: one for one in results if not one.failure}
    if made:
        for pdf in make_pdfs(plan_pdf(PdfRequest(tuple(made)))):
            made[pdf.source] = _with_pdf(made[pdf.source], pdf)
    return [made.get(one.target, one) for one in results]


def _with_pdf(one: PublicResult, pdf: PdfResult) -> PublicResult:
    failure = pdf.failure or pdf.kept
    if failure:
        return replace(one, failure=_NO_PDF.format(why=failure))
    text = "\n".join(read_pdf(read_plain(pdf.target)).texts)
    names = Masker(one.masker.names)
    left = {_IN_PDF.format(kind=spot.kind) for spot in names.spots(text)}
    return replace(one, pages=pdf.pages, remains=(*one.remains, *sorted(left)))


def write_list(results: Sequence[PublicResult], output: Path) -> Path:
    """The list of what was masked and of what a person has to look at; nothing stands in it that was masked."""
    text = "".join(f"{line}\r\n" for one in results for line in _of_result(one))
    with alone_in(output):
        replace_all(output, [Output(LIST, text.encode("utf-8-sig"))])
    return output / LIST


def _of_result(one: PublicResult) -> Iterator[str]:
    yield f"{one.target.name if one.target.name else one.source.name}"
    if one.failure:
        yield f"  没有做成：{one.failure}"
    counted = Counter(
        (place.where, place.kind, place.shown) for place in one.masked
    )
    for (where, kind, shown), count in counted.items():
        often = f"，{count} 处" if count > 1 else ""
        yield f"  遮盖 {where}：{kind} {shown}{often}"
    yield from (f"  {told}" for told in one.done)
    yield from (f"  请人工看：{told}" for told in one.by_hand)
    yield from (f"  还有：{told}" for told in one.remains)
    yield ""


__all__ = [
    "NoOfficeError",
    "PublicResult",
    "PublishRequest",
    "publish",
    "with_pdfs",
    "write_list",
]
