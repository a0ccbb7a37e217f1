"""reportgen publish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reportgen.application.publish.publish import (
    NoOfficeError,
    PublicResult,
    PublishRequest,
    publish as publish_documents,
    with_pdfs,
    write_list,
)
from reportgen.cli.options import OUTPUTS
from reportgen.cli.show import Lines, exit_code, from_here, say

_SHOWN = 8
_NO_PDF = "没有转成 PDF：{why}"

Published = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件或文件夹",
        help="要公开的 Word 文件、放着它们的文件夹，或填报文件。",
    ),
]
PublicFolder = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="文件夹",
        help="公开稿放在哪个文件夹，默认“公开”。",
    ),
]
Printed = Annotated[
    Path,
    typer.Option(
        "--from",
        metavar="文件夹",
        help="写的是填报文件时，到哪个文件夹找生成的文件，默认 outputs。",
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="姓名",
        help="另外要遮盖的姓名，可以写几次。",
    ),
]
WithPdf = Annotated[
    bool, typer.Option("--pdf/--no-pdf", help="要或不要 PDF，默认要。")
]


def publish(
    paths: Published,
    output: PublicFolder = Path("公开"),
    printed: Printed = OUTPUTS,
    names: Names = None,
    pdf: WithPdf = True,
) -> int:
    """做出可以放到网站上的公开稿：姓名、电话、证件号码遮盖，不带任何隐藏的内容，另有 PDF。

    修订一律接受，批注、隐藏文字、文件属性、图表里的工作簿都去掉，做成以后再打开核对一遍。
    原来的文件不动。遮盖了什么、哪里还要人工看，写在“遮盖清单（不公开）.txt”里。
    """
    request = PublishRequest(tuple(paths), output, printed, tuple(names or ()))
    done = list(publish_documents(request))
    trouble = ""
    if pdf:
        done, trouble = _with_pdfs(done)
    for one in done:
        say(_lines(one))
    say([_closing(done), *filter(None, [trouble])])
    say(
        [f"清单：{from_here(write_list(done, output))}，只供自己核对，不要公开"]
    )
    failed = trouble or any(one.failure for one in done)
    return exit_code(failed, any(one.remains for one in done))


def _with_pdfs(
    done: Sequence[PublicResult],
) -> tuple[list[PublicResult], str]:
    """The results with their PDFs; without any, and why, where there is no LibreOffice."""
    try:
        return with_pdfs(done), ""
    except NoOfficeError as error:
        return list(done), _NO_PDF.format(why=error)


def _lines(one: PublicResult) -> Lines:
    name = from_here(one.target if one.target.name else one.source)
    if one.failure:
        yield f"{name}：没有做成：{one.failure}"
        return
    pages = f"，PDF {one.pages} 页" if one.pages else ""
    checked = "复查还有剩下的" if one.remains else "复查没有剩下"
    yield f"{name}：{_masked(one)}{pages}，{checked}"
    yield from (f"  还有：{told}" for told in one.remains)
    yield from (f"  {told}" for told in one.done)
    yield from (f"  请人工看：{told}" for told in one.by_hand[:_SHOWN])
    if len(one.by_hand) > _SHOWN:
        yield f"  请人工看：另有 {len(one.by_hand) - _SHOWN} 处，见清单"


def _masked(one: PublicResult) -> str:
    counts = "、".join(f"{kind} {count}" for kind, count in one.counts.items())
    return (
        f"遮盖 {len(one.masked)} 处（{counts}）" if counts else "没有要遮盖的"
    )


def _closing(done: Sequence[PublicResult]) -> str:
    made = [one for one in done if not one.failure]
    masked = sum(len(one.masked) for one in made)
    return f"公开稿 {len(made)} 份，遮盖 {masked} 处"
