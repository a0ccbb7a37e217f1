"""Kills `reportgen build` with SIGKILL at random moments and looks at what is on disk each time.

    python benchmarks/kill_batch.py [KILLS [UNITS]]

A run of UNITS made-up units (default 60) with two processes is killed KILLS times (default 50), each time going on
where the last left off; when it comes to its end in between, an empty folder is begun, every second time with the
documents of an older version of the units, to be replaced. After every kill each document must be, byte for byte, the
one of an undisturbed run (or the older one that is being replaced), and at the end of each folder so must everything.
The last line is `verdict ok` or `verdict broken <number>`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_units import unit_files


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def build(units: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        str(units),
        "-o",
        str(output),
        "--jobs",
        "2",
        *more,
    ]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*command, "--no-summary"],
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


def timed(units: Path, output: Path) -> float:
    begin = time.perf_counter()
    build(units, output).wait()
    return time.perf_counter() - begin


def wrong(
    there: dict[str, bytes], allowed: list[dict[str, bytes]], *, finished: bool
) -> list[str]:
    """Documents that no undisturbed run made; at the end also what is missing, is too much, or differs at all."""
    wanted = allowed[0]
    if finished:
        return [
            name
            for name in {*wanted, *there}
            if there.get(name) != wanted.get(name)
        ]
    documents = [name for name in there if name.endswith((".docx", ".xlsx"))]
    return [
        name
        for name in documents
        if all(there[name] != one.get(name) for one in allowed)
    ]


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    dice, done, folders, broken = random.Random(), 0, 0, 0
    with tempfile.TemporaryDirectory() as room:
        work = Path(room)
        units = work / "units"
        files = list(unit_files(count, units))
        seconds, idle = (
            timed(units, work / "wanted"),
            timed(units, work / "wanted"),
        )
        wanted = contents(work / "wanted")
        for file in files:  # the same units with another sentence: other documents of the same names
            file.write_text(
                file.read_text("utf-8").replace(
                    "高峰时段人手紧张", "假期人手紧张"
                ),
                encoding="utf-8",
            )
        timed(units, work / "before")
        before = contents(work / "before")
        list(unit_files(count, units))
        subprocess.run(
            ["cp", "-r", str(work / "before"), str(work / "replaced")],
            check=True,
        )
        timed(units, work / "replaced")
        replaced = contents(work / "replaced")
        print(
            f"{count} units, {len(wanted)} files, undisturbed in {seconds:.1f} s, with nothing to do {idle:.1f} s"
        )
        while done < kills:
            output, allowed = work / f"out{folders}", [wanted]
            folders += 1
            if folders % 2 == 0:
                subprocess.run(
                    ["cp", "-r", str(work / "before"), str(output)], check=True
                )
                allowed = [replaced, before]
            finished = False
            while not finished and done < kills:
                running = build(units, output)
                try:
                    running.wait(dice.uniform(idle * 0.8, seconds * 1.2))
                    finished = True
                except subprocess.TimeoutExpired:
                    os.killpg(running.pid, signal.SIGKILL)
                    running.wait()
                    done += 1
                there = contents(output) if output.is_dir() else {}
                faults = wrong(there, allowed, finished=False)
                broken += len(faults)
                print(
                    f"kill {done}: {len(there)} files, {len(faults)} broken {faults[:3]}",
                    flush=True,
                )
            if not finished:
                build(units, output).wait()
            faults = wrong(contents(output), allowed, finished=True)
            broken += len(faults)
            print(f"folder {folders} at its end: {faults or 'as undisturbed'}")
        print(f"{done} kills, {folders} folders")
    print("verdict ok" if not broken else f"verdict broken {broken}")


if __name__ == "__main__":
    main()
