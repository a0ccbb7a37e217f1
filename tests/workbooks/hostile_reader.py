"""Reads workbooks one after the other, each in a process of its own with 10 seconds and 1 GB; says what came of it."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from reportgen.core.findings import Rejected
from reportgen.workbooks.collection.books import xls_grid
from reportgen.workbooks.collection.filled.unit_loading import (
    is_form,
    load_unit_file,
)

SECONDS, BYTES = 10, 1_000_000_000


def outcome(path: Path) -> str:
    """What the program says of the file."""
    is_form(path)
    try:
        loaded = load_unit_file(path)
    except Rejected as rejected:
        return f"refused: {rejected.findings[0].message}"
    return f"read: {loaded.unit.name}"


def limited(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told = outcome(path)
    except BaseException as error:
        told = f"crashed: {type(error).__name__}: {error}"
    print(json.dumps([path.name, told]), flush=True)
    os._exit(0)


def main() -> None:
    assert xls_grid.BROKEN
    for name in sys.argv[1:]:
        began = time.monotonic()
        child = os.fork()
        if not child:
            limited(Path(name))
        _, status, used = os.wait4(child, 0)
        if status:
            told = f"killed: {status} after {time.monotonic() - began:.1f} s"
            print(json.dumps([Path(name).name, told]), flush=True)
        seconds = used.ru_utime + used.ru_stime
        print(
            json.dumps([Path(name).name, seconds, used.ru_maxrss]), flush=True
        )


if __name__ == "__main__":
    main()
