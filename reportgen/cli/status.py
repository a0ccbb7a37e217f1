"""reportgen status."""

from collections import Counter
from typing import Annotated

import typer

from reportgen.application.status import StatusReport, status as unit_statuses
from reportgen.cli.options import OUTPUTS, OutputFolder, TextOrJson, UnitPaths
from reportgen.cli.show import (
    Lines,
    exit_code,
    finding_line,
    indented,
    say,
    say_json,
)
from reportgen.cli.workplace import workplace
from reportgen.results.unit_status import (
    EDITED,
    FAILED,
    FRESH,
    MERGED,
    MISSING,
    RESAVED,
    FileStanding,
    UnitStatus,
)


def status(
    paths: UnitPaths,
    output: OutputFolder = OUTPUTS,
    pack: Annotated[
        str,
        typer.Option(
            "--pack",
            metavar="模板包",
            help="按这个模板包看，默认按生成时用的模板包。",
        ),
    ] = "",
    format: TextOrJson = "text",
) -> int:
    """查看已生成的文件：最新、需重新生成、已修改、已合并、未改动（只是重新保存过）、缺失，或无法生成。

    不生成也不改动任何文件。全部最新（含已合并、未改动）时退出码为 0，有单位无法生成时为 3，其余为 1。
    """
    report = unit_statuses(tuple(paths), output, pack, workplace())
    if format == "json":
        say_json({"units": [_as_json(one) for one in report.units]})
    else:
        say(_lines(report))
    is_fresh = report.worst in {FRESH, MERGED, RESAVED}
    return exit_code(report.worst == FAILED, not is_fresh)


def _lines(report: StatusReport) -> Lines:
    yield from map(finding_line, report.found.empty)
    for one in report.units:
        yield from _unit(one)
    if report.found.told_unread:
        yield report.found.told_unread
    if len(report.units) > 1:
        counted = Counter(one.standing for one in report.units).most_common()
        told = "，".join(
            f"{standing} {number} 个" for standing, number in counted
        )
        yield f"共 {len(report.units)} 个单位：{told}。"


def _unit(one: UnitStatus) -> Lines:
    """How a unit stands, and those of its files that are not fresh."""
    is_told = one.standing == FAILED and one.findings
    reason = "" if is_told or not one.reason else f"：{one.reason}"
    yield f"{one.standing}  {one.name or one.file}{reason}"
    for file in one.files:
        if file.standing in {EDITED, MERGED, RESAVED, MISSING}:
            yield f"  {file.standing}  {file.path}{_edits(file)}"
    yield from indented(one.findings)


def _edits(file: FileStanding) -> str:
    """How far a person changed it."""
    if file.standing == RESAVED:
        return "（只是重新保存过）"
    if file.edits is None:
        return ""
    return f"（改动 {file.edits} 处，reportgen diff 可以列出）"


def _as_json(one: UnitStatus) -> dict[str, object]:
    return {
        "file": str(one.file),
        "name": one.name,
        "status": one.standing,
        "reason": one.reason,
        "documents": [
            {"file": str(file.path), "status": file.standing}
            for file in one.files
        ],
        "findings": [finding.as_json() for finding in one.findings],
    }
