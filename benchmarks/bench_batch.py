"""A loop of yaml.safe_load + docxtpl against `reportgen build`, from yaml files to Word files on disk, in one run.

    python benchmarks/bench_batch.py [UNITS [NAIVE]]

UNITS made-up units (default 300) are built by `reportgen build` as a whole process, with checks, receipts, flushed
files and the summary: with one process, with two, and once more with nothing to do. The loop reads each of the first
NAIVE units (default 40) with PyYAML, then opens, renders and saves each of its documents with docxtpl, and does
nothing else: no figures, no checks, no narrative, no flush. Its context is the finished view, computed outside the
clock, so that it has nothing to compute. It is timed in two halves, before and after ours.
The last lines are units per second of ours over those of the loop: `ratio_one`, `ratio_two`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import yaml
from bare import bare_set
from docxtpl import DocxTemplate
from make_units import unit_files

from reportgen.pipeline import PackCache, prepare

ROOT = Path(__file__).resolve().parent.parent


def naive(
    files: Sequence[Path], packs: PackCache, work: Path
) -> tuple[float, int]:
    """Seconds and documents of the loop."""
    seconds, processor, documents = 0.0, 0.0, 0
    for number, file in enumerate(files):
        jobs = list(bare_set(prepare(file, packs), work))
        folder = work / "naive" / file.stem
        folder.mkdir(parents=True, exist_ok=True)
        begin, used = time.perf_counter(), time.process_time()
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for at, (template, context) in enumerate(jobs):
            document = DocxTemplate(str(template))
            document.render(context, autoescape=True)
            document.save(str(folder / f"{number}-{at}.docx"))
        seconds += time.perf_counter() - begin
        processor += time.process_time() - used
        documents += len(jobs)
    print(
        f"loop: {len(files)} units in {seconds:.2f} s, processor time {processor:.2f} s"
    )
    return seconds, documents


def ours(units: Path, output: Path, jobs: int) -> float:
    """Seconds of the whole process; what it took of the processors is printed, for machines that do other things."""
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "build",
        str(units),
        "-o",
        str(output),
        "--jobs",
        str(jobs),
    ]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        sys.exit(done.stdout.decode() + done.stderr.decode())
    taken, since = (
        time.perf_counter() - begin,
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    processor = since.ru_utime + since.ru_stime - used.ru_utime - used.ru_stime
    print(f"--jobs {jobs}: {taken:.2f} s, processor time {processor:.2f} s")
    return taken


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    bare = min(count, int(sys.argv[2]) if len(sys.argv) > 2 else 40)
    with tempfile.TemporaryDirectory() as room:
        work = Path(room)
        files = list(unit_files(count, work / "units"))
        step = max(1, count // bare)
        sample, packs = files[::step][:bare], PackCache((ROOT / "templates",))
        first = naive(sample[::2], packs, work)
        one = ours(work / "units", work / "one", 1)
        two = ours(work / "units", work / "two", 2)
        again = ours(work / "units", work / "one", 1)
        second = naive(sample[1::2], packs, work)
        seconds, documents = first[0] + second[0], first[1] + second[1]
        made = sum(1 for _ in (work / "one").rglob("*.docx"))
        receipts = sum(1 for _ in (work / "one" / "2024").rglob("receipt.json"))
    loop = len(sample) / seconds
    print(f"{count} units, {made} documents, {receipts} receipts")
    print(
        f"loop, {len(sample)} units: {loop:.2f} units/s {documents / seconds:.1f} documents/s"
    )
    for name, taken in (
        ("one process", one),
        ("two", two),
        ("nothing new", again),
    ):
        print(
            f"{name:11} {taken:8.2f} s {count / taken:8.1f} units/s {made / taken:8.1f} documents/s"
        )
    print(f"ratio_two_over_one {one / two:.2f}")
    print(f"ratio_nothing_new {one / again:.2f}")
    print(f"ratio_one {count / one / loop:.2f}")
    print(f"ratio_two {count / two / loop:.2f}")


if __name__ == "__main__":
    main()
