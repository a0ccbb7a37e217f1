"""reportgen pdf; and the PDF of what build has made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.build import BuildReport
from reportgen.application.publish.pdf import (
    PdfPlan,
    PdfRequest,
    PdfResult,
    make_pdfs,
    plan_pdf,
)
from reportgen.cli.show import Lines, exit_code, from_here, say

_FONT_HINT = "请把字体文件放到 {folder}，或请信息化人员安装，再执行一次"


Documents = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件或文件夹",
        help="一份或多份 Word 文件，或放着它们的文件夹。",
    ),
]
PdfFolder = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="文件夹",
        help="放在哪个文件夹，默认放在各份文件旁边。",
    ),
]
AtOnce = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="整数",
        min=1,
        max=8,
        help="同时开几个 LibreOffice，默认 2。",
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--seconds",
        metavar="秒",
        min=1,
        help="一份文件最多转多少秒，超过的停下重试一次，默认 90。",
    ),
]


def pdf(
    paths: Documents,
    output: PdfFolder = None,
    jobs: AtOnce = 2,
    seconds: Seconds = 90,
) -> int:
    """把 Word 文件转成 PDF，供签字、上报、公开。

    用这台电脑上的 LibreOffice 转换；缺少的字体先列出来，用最接近的代替。转成以后核对页数、
    伸出纸边的和没有印全的字。转不了的一份不影响其他的。
    """
    request = PdfRequest(tuple(paths), output, jobs, seconds)
    return told_pdfs(request)


def told_pdfs(request: PdfRequest) -> int:
    """Makes the PDFs, tells of each, and gives the exit code."""
    plan = plan_pdf(request)
    say(_fonts(plan))
    total = len(plan.files) + len(plan.settled)
    done = []
    for number, one in enumerate(make_pdfs(plan), start=1):
        say(_lines(one, f"[{number}/{total}]"))
        done.append(one)
    say(_closing(done))
    failed = [one for one in done if one.failure]
    return exit_code(failed, [one for one in done if one.kept])


def pdf_of_set(report: BuildReport) -> int:
    """The same of what a build has made, of which some may have their PDF already; told apart from its answer."""
    documents = tuple(filter(Path.is_file, report.word_documents))
    if not documents or report.plan.request.dry:
        return 0
    with redirect_stdout(sys.stderr):
        return told_pdfs(PdfRequest(documents, stale=True))


def _fonts(plan: PdfPlan) -> Lines:
    for one in plan.fonts:
        instead = one.instead or "LibreOffice 自选的字体"
        styles = "、".join(one.styles[:5])
        yield f"缺少字体 {one.name}：用于{styles}（{one.documents} 份文件），这次用 {instead} 代替"
    if plan.fonts:
        yield "  " + _FONT_HINT.format(folder=plan.font_folder)


def _lines(one: PdfResult, number: str) -> Lines:
    name = from_here(one.source)
    told = one.failure or one.kept
    yield f"{number} {name}：{f'没有转成：{told}' if told else f'{one.pages} 页'}"
    yield from (f"  {note}" for note in one.notes)


def _closing(done: Sequence[PdfResult]) -> Lines:
    made = sum(one.pages > 0 for one in done)
    left = len(done) - made
    pages = sum(one.pages for one in done)
    yield f"转成 PDF {made} 份，共 {pages} 页" + (
        f"；{left} 份没有转成" if left else ""
    )
