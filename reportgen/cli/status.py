"""reportgen status."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import typer

from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.status import (
    EDITED,
    FAILED,
    FRESH,
    MERGED,
    MISSING,
    RESAVED,
    Standing,
    UnitStatus,
    unit_status,
    worst,
)
from reportgen.cli.cache import cache_folder
from reportgen.cli.inputs import unit_files
from reportgen.cli.show import (
    EXIT_CLEAN,
    EXIT_FINDINGS,
    EXIT_STOPPED,
    finding_line,
    pack_search,
)
from reportgen.core.errors import ReportgenError
from reportgen.pipeline import PackCache


def status(
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
            "--pack", metavar="模板包", help="按这个模板包看，默认按生成时用的模板包。"
        ),
    ] = "",
    format: Annotated[
        Literal["text", "json"],
        typer.Option("--format", metavar="text|json", help="结果的格式，默认 text。"),
    ] = "text",
) -> int:
    """查看已生成的文件：最新、需重新生成、已修改、已合并、未改动（只是重新保存过）、缺失，或无法生成。

    不生成也不改动任何文件。全部最新（含已合并、未改动）时退出码为 0，有单位无法生成时为 3，其余为 1。
    """
    files, empty = unit_files(paths)
    packs = PackCache(pack_search(), cache_folder())
    statuses = [
        unit_status(job, packs) for job in plan_jobs(files, Job(Path(), output, pack))
    ]
    if format == "json":
        typer.echo(
            json.dumps(
                {"units": [_as_json(one) for one in statuses]},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        typer.echo(
            "".join(
                f"{line}\n" for line in (*map(finding_line, empty), *_lines(statuses))
            ),
            nl=False,
        )
    if empty or worst(statuses) == FAILED:
        return EXIT_STOPPED
    return EXIT_CLEAN if worst(statuses) in {FRESH, MERGED, RESAVED} else EXIT_FINDINGS


def _lines(statuses: list[UnitStatus]) -> Iterator[str]:
    for one in statuses:
        yield f"{one.standing}  {one.name or one.file}" + (
            f"：{one.reason}" if one.reason else ""
        )
        yield from (
            f"  {standing}  {path}{_edits(path, standing)}"
            for path, standing in one.files
            if standing in {EDITED, MERGED, RESAVED, MISSING}
        )
        yield from (f"  {finding_line(finding)}" for finding in one.findings)
    if len(statuses) > 1:
        counted: Counter[Standing] = Counter(one.standing for one in statuses)
        told = "，".join(
            f"{standing} {number} 个" for standing, number in counted.most_common()
        )
        yield f"共 {len(statuses)} 个单位：{told}。"


def _edits(path: Path, standing: Standing) -> str:
    """How much a person changed in a document, "" where that cannot be told."""
    if standing == RESAVED:
        return "（只是重新保存过）"
    if standing not in {EDITED, MERGED} or path.suffix != ".docx":
        return ""
    from reportgen.cli.edited import read_edited  # noqa: PLC0415  lxml, wanted only for what was edited

    with suppress(ReportgenError):
        return f"（改动 {len(read_edited(path, path.parent, None).edits)} 处，reportgen diff 可以列出）"
    return ""


def _as_json(one: UnitStatus) -> dict[str, object]:
    return {
        "file": str(one.file),
        "name": one.name,
        "status": one.standing,
        "reason": one.reason,
        "documents": [
            {"file": str(path), "status": standing} for path, standing in one.files
        ],
        "findings": [finding.as_json() for finding in one.findings],
    }
