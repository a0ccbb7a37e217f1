"""A real cluster on loopback: a scheduler and worker processes, which tests may kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

SECONDS = 60
_REQUIRED = "cluster" in os.environ.get("REPORTGEN_REQUIRE", "").split(",")


def need_dask() -> None:
    """Skips the test where distributed is not installed, fails where it must be."""
    if find_spec("distributed"):
        return
    if _REQUIRED:
        pytest.fail(
            "distributed is required here (REPORTGEN_REQUIRE) and is not installed"
        )
    pytest.skip("distributed is not installed")


@dataclass
class Cluster:
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


def _started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", *arguments]
    with (folder / "dask.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)


def _wait(
    what: str,
    process: subprocess.Popen[bytes],
    folder: Path,
    ready: Callable[[], bool],
) -> None:
    end = time.monotonic() + SECONDS
    while not ready():
        log = (folder / "dask.log").read_text(
            encoding="utf-8", errors="replace"
        )
        assert process.poll() is None, f"{what} stopped: {log}"
        assert time.monotonic() < end, f"{what} did not start: {log}"
        time.sleep(0.05)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler on a free port and its workers, one thread each; all are gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = _started(
        folder,
        "distributed.cli.dask_scheduler",
        *common,
        "--port",
        "0",
        "--scheduler-file",
        str(file),
    )
    made = Cluster("", scheduler)
    try:
        _wait("the scheduler", scheduler, folder, file.exists)
        made.address = _address(file)
        for number in range(workers):
            options = [
                "--nworkers",
                "1",
                "--nthreads",
                "1",
                "--no-nanny",
                "--name",
                f"甲{number}",
            ]
            spill = ["--local-directory", str(folder / f"worker{number}")]
            made.workers.append(
                _started(
                    folder,
                    "distributed.cli.dask_worker",
                    made.address,
                    *common,
                    *options,
                    *spill,
                )
            )
        if workers:
            _wait(
                "a worker",
                made.workers[-1],
                folder,
                lambda: _registered(folder) >= workers,
            )
        yield made
    finally:
        for process in (*made.workers, scheduler):
            process.kill()
            process.wait(SECONDS)


def _registered(folder: Path) -> int:
    return (
        (folder / "dask.log")
        .read_text(encoding="utf-8", errors="replace")
        .count("Registered to")
    )


def _address(file: Path) -> str:
    end = time.monotonic() + SECONDS
    while True:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except ValueError:  # still being written
            assert time.monotonic() < end
            time.sleep(0.05)
