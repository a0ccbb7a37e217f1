"""reportgen build."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.batch.jobs import Job, plan_jobs, site_of
from reportgen.batch.run import build_locally, build_many, check_together
from reportgen.cli.cache import cache_folder
from reportgen.cli.inputs import unit_files
from reportgen.cli.progress import (
    RunProgress,
    StopOnInterrupt,
    told_few,
    told_many,
    told_together,
)
from reportgen.cli.show import (
    exit_code,
    failure_text,
    finding_line,
    pack_search,
    print_json,
)
from reportgen.core.errors import OutputError
from reportgen.core.findings import Finding, Severity, failure_findings
from reportgen.outputs.unit_outputs import (
    FileState,
    Written,
    file_states,
    read_receipt,
    write_outputs,
)
from reportgen.outputs.whole_files import Output
from reportgen.pipeline import REVIEW_FOLDER, PackCache, prepare, review_copies
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    UNCHANGED,
    UnitResult,
    state_counts,
)

_FEW = 8  # units that are told in full; more are told in a line each
_PER_WORKER = 12  # units for which another process is worth starting
_BOOK, _PAGE = "汇总表.xlsx", "汇总.html"
_MARK = "汇总校验"  # in the receipt beside them: what they say


def build(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹", help="一个或多个 unit.yaml，或含有它们的文件夹。"
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="文件夹", help="输出文件夹，默认 outputs。"
        ),
    ] = Path("outputs"),
    pack: Annotated[
        str,
        typer.Option(
            "--pack", metavar="模板包", help="改用这个模板包，不用文件中写的「模板」。"
        ),
    ] = "",
    bundled: Annotated[
        bool, typer.Option("--bundle", help="另外把整套文件合订成一个 Word 文件。")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="检查发现错误时不生成文件。")
    ] = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force", help="没有变化的单位也重新生成；人工改过的仍然保留修改。"
        ),
    ] = False,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate",
            help="另外生成带批注的审阅稿：每个数怎样算出，检查发现了什么。",
        ),
    ] = False,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="预演：只说会做什么，不写任何文件。")
    ] = False,
    summary: Annotated[
        bool | None,
        typer.Option(
            "--summary/--no-summary",
            help="要或不要汇总表和汇总网页，单位不止一个时默认要。",
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            metavar="个数",
            min=0,
            help="同时用几个进程，默认按单位多少和电脑情况定。",
        ),
    ] = 0,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", metavar="地址", help="交给集群生成，写集群调度程序的地址。"
        ),
    ] = "",
    format: Annotated[
        Literal["text", "json"],
        typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。"),
    ] = "text",
) -> int:
    """生成自评表和自评报告，一个单位或许多单位。

    生成的文件在“输出文件夹/年度/单位名称”里；没有变化的单位跳过。在 Word、WPS 里
    改过的文件不会被覆盖：人工的修改保留，数据的变化合并进去，合并前的文件另存一份。
    """
    files, empty = unit_files(paths)
    wanted = plan_jobs(
        files, Job(Path(), output, pack, strict, bundled, force or dry, dry)
    )
    text = format == "text"
    if text:
        typer.echo("".join(f"{finding_line(finding)}\n" for finding in empty), nl=False)
    with StopOnInterrupt() as stop:
        results = list(
            _told(_results(wanted, jobs, cluster, stop), len(wanted), shown=text)
        )
    order = {job.file: at for at, job in enumerate(wanted)}
    alone = sorted(results, key=lambda one: order[one.file])
    results = check_together(alone)
    extra = list(empty)
    if annotate and not dry:
        extra += _review(results, pack, shown=text)
    if not dry and (summary or (summary is None and len(wanted) > 1)):
        extra += _summed_up(results, output, shown=text)
    if text:
        typer.echo(
            "".join(f"{line}\n" for line in told_together(alone, results)), nl=False
        )
        _closing(results, len(wanted))
    findings = [*extra, *(finding for one in results for finding in one.findings)]
    if format == "json":
        documents = [
            one.path
            for unit in results
            for one in unit.documents
            if one.path.suffix == ".docx"
        ]
        print_json(findings, documents)
    incomplete = (
        bool(empty) or len(results) < len(wanted) or any(one.stopped for one in results)
    )
    return exit_code(
        findings,
        stopped=incomplete or any(one.code == OutputError.code for one in extra),
    )


def _results(
    wanted: Sequence[Job], jobs: int, cluster: str, stop: StopOnInterrupt
) -> Iterator[UnitResult]:
    """The units as they are done, here or on a cluster."""
    site = site_of(pack_search(), wanted, cache=cache_folder())
    if not cluster:
        yield from build_locally(
            wanted, site, workers=jobs or _workers(len(wanted)), stopped=stop.is_wanted
        )
        return
    from reportgen.batch.cluster import connect  # noqa: PLC0415  dask takes a second, and is an extra

    with connect(cluster) as (executor, workers):
        yield from build_many(
            wanted,
            site,
            executor=executor,
            workers=jobs or workers,
            remote=True,
            stopped=stop.is_wanted,
        )


def _workers(units: int) -> int:
    return max(1, min(os.cpu_count() or 1, units // _PER_WORKER))


def _told(
    results: Iterator[UnitResult], count: int, *, shown: bool
) -> Iterator[UnitResult]:
    """`results`, each told on the terminal as it comes."""
    with ExitStack() as stack:
        progress = (
            stack.enter_context(RunProgress(count)) if shown and count > _FEW else None
        )
        for one in results:
            if progress:
                progress.advance(one, told_many(one))
            elif shown:
                typer.echo("\n".join(told_few(one)))
            yield one


def _review(results: Sequence[UnitResult], pack: str, *, shown: bool) -> list[Finding]:
    """Writes the review copies beside the documents; one in which a person wrote is kept, which is a finding."""
    packs, findings = PackCache(pack_search(), cache_folder()), list[Finding]()
    for one in results:
        if one.folder is None or one.state == FAILED:
            continue
        folder = one.folder / REVIEW_FOLDER
        try:
            written = write_outputs(
                folder, review_copies(prepare(one.file, packs, pack)), {}
            )
        except Exception as error:  # of one unit; the others go on
            if shown:
                typer.echo(f"审阅稿没有生成：{failure_text(error)}")
            findings += failure_findings(error, str(one.file))
            continue
        kept = _kept(written, shown=shown)
        findings += kept
        if shown and len(kept) < len(written):
            typer.echo(f"审阅稿：{len(written) - len(kept)} 份，位于 {folder}")
    return findings


def _kept(written: Sequence[Written], *, shown: bool) -> list[Finding]:
    """What was left as it was, since a person changed it or has it open."""
    kept = [one for one in written if one.kept]
    if shown:
        typer.echo(
            "".join(f"未更新 {one.path.name}：{one.kept}\n" for one in kept), nl=False
        )
    return [Finding("OUT002", Severity.ERROR, one.kept, one.place) for one in kept]


def _summed_up(
    results: Sequence[UnitResult], output: Path, *, shown: bool
) -> list[Finding]:
    """Writes the summary beside the years; what could not be written is a finding, the documents are there."""
    from reportgen.batch.summary_page import summary_page  # noqa: PLC0415
    from reportgen.results.summary import summarise  # noqa: PLC0415  loads the Excel library
    from reportgen.workbooks.summary_book import summary_workbook  # noqa: PLC0415

    told = summarise(results)
    if _is_told(output, told.mark):
        if shown:
            typer.echo(f"汇总：{_BOOK}、{_PAGE}没有变化，位于 {output}")
        return []
    try:
        books = [
            Output(_BOOK, summary_workbook(told, output)),
            Output(_PAGE, summary_page(told, output)),
        ]
        written = write_outputs(output, books, {_MARK: told.mark})
    except (
        Exception
    ) as error:  # the documents are written; the codes of their units must not be lost
        if shown:
            typer.echo(f"汇总没有生成：{failure_text(error)}")
        return list(failure_findings(error, str(output)))
    names = "、".join(one.path.name for one in written if not one.kept)
    kept = _kept(written, shown=shown)
    if shown and names:
        typer.echo(f"汇总：{names}，位于 {output}")
    return kept


def _is_told(output: Path, mark: str) -> bool:
    """Whether the summary that lies there says the same already."""
    receipt = read_receipt(output)
    return receipt.get(_MARK) == mark and {*file_states(output, receipt).values()} == {
        FileState.FRESH
    }


def _closing(results: Sequence[UnitResult], count: int) -> None:
    """What became of all units together, where there are several."""
    states = state_counts(results)
    if count > 1:
        more = f"，没有变化 {states[UNCHANGED]} 个" if states[UNCHANGED] else ""
        more += (
            f"（其中 {states[KEPT]} 个有正在打开或不能合并的文件，未更新）"
            if states[KEPT]
            else ""
        )
        made = states[BUILT] + states[KEPT]
        typer.echo(
            f"共 {count} 个单位：生成 {made} 个{more}，没有生成 {states[FAILED]} 个。"
        )
    if len(results) < count:
        typer.echo(
            f"已中断，还有 {count - len(results)} 个单位没有做；重新运行同一命令会接着做。",
            err=True,
        )
