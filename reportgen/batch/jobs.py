"""What is to be done: one job for each file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.batch.receipts import known_folders
from reportgen.batch.twins import twin_files
from reportgen.results.asked_changes import RefusedChange


class Job(NamedTuple):
    """One unit to be built: its file as given, and how it is wanted."""

    file: Path
    output: Path
    pack: str = ""  # instead of the one that the file names
    strict: bool = False  # print nothing where the checks find an error
    bundled: bool = False
    force: bool = False  # also where it is up to date
    dry: bool = False  # write nothing, tell what would be done
    annotated: bool = False  # review copies as well
    listed: bool = False  # what was changed, place by place
    redlined: bool = False  # copies with the changes tracked
    refused: tuple[
        RefusedChange, ...
    ] = ()  # changes that a person does not want
    known: tuple[Path, ...] = ()  # folders whose receipt names the file
    twins: tuple[
        Path, ...
    ] = ()  # files of the same run that are of the same unit


def plan_jobs(files: Sequence[Path], job: Job) -> list[Job]:
    """A job like `job` for each of `files`, with the folders that hold what earlier runs made of it."""
    folders = known_folders(job.output)
    twins = twin_files(files)
    return [
        job._replace(
            file=one,
            known=folders.get(os.path.realpath(one), ()),
            twins=twins.get(one, ()),
        )
        for one in files
    ]
