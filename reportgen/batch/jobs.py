"""What is to be done: one job for each file, and what all workers of a run know."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.batch.receipts import known_folders


@dataclass(frozen=True, slots=True)
class Job:
    """One unit to be built: its file as given, and how it is wanted."""

    file: Path
    output: Path
    pack: str = ""  # instead of the one that the file names
    strict: bool = False  # print nothing where the checks find an error
    bundled: bool = False
    force: bool = False  # also where it is up to date
    dry: bool = False  # write nothing, tell what would be done
    known: tuple[Path, ...] = ()  # folders whose receipt names the file


@dataclass(frozen=True, slots=True)
class Site:
    """Where a run takes place: the folders that hold packs, and all its files, by which two of one name are told.

    `cache` is the folder of `PackCache.cache`.
    """

    search: tuple[Path, ...]
    files: Mapping[str, Path] = field(default_factory=dict)  # resolved path -> as given
    cache: Path | None = None


def plan_jobs(files: Sequence[Path], job: Job) -> list[Job]:
    """A job like `job` for each of `files`, with the folders that hold what earlier runs made of it."""
    folders = known_folders(job.output)
    return [
        replace(job, file=one, known=folders.get(os.path.realpath(one), ()))
        for one in files
    ]


def site_of(
    search: Iterable[Path], jobs: Iterable[Job], *, cache: Path | None = None
) -> Site:
    """The site of a run over `jobs`; folders are resolved, so that a worker elsewhere on the machine finds them."""
    files = {os.path.realpath(job.file): job.file for job in jobs}
    return Site(tuple(search), files, cache)
