"""What the tests of batch share."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from command_line import REPOSITORY, completed

from reportgen.batch.jobs import Job, plan_jobs
from reportgen.batch.run import build_locally
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import UnitResult

TEMPLATES = REPOSITORY / "templates"


def unit_text(name: str, number: int = 0, *, more: str = "") -> str:
    """A unit with a project, whose figures agree."""
    budget = 10 + number
    amounts = (
        f"{{年初预算数: {budget}, 全年预算数: {budget}, 全年执行数: {budget}}}"
    )
    project = f"项目: [{{名称: 修缮, 资金: {amounts}}}]\n{more}"
    return completed(
        f"年度: 2024\n单位: {{名称: {name}}}\n资金: {amounts}\n{project}"
    )


def jobs_of(
    files: Sequence[Path],
    output: Path,
    search: Path = TEMPLATES,
    **wanted: object,
) -> tuple[list[Job], PackCache]:
    jobs = plan_jobs(files, Job(Path(), output, **wanted))  # type: ignore[arg-type]
    return jobs, PackCache((search,))


def build(
    files: Sequence[Path],
    output: Path,
    *,
    workers: int = 1,
    search: Path = TEMPLATES,
    **wanted: object,
) -> dict[str, UnitResult]:
    """Builds `files`; the result of each by the name of its file."""
    jobs, packs = jobs_of(files, output, search, **wanted)
    results = {
        one.file.stem: one
        for one in build_locally(jobs, packs, workers=workers)
    }
    assert sorted(results) == sorted(file.stem for file in files)
    return results


def states(results: dict[str, UnitResult]) -> list[str]:
    return [results[name].state for name in sorted(results)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "reportgen", *map(str, arguments)]
