"""200 workbooks that came back, collected, checked and built by `reportgen collect` as a whole process.

    python benchmarks/bench_collect.py [WORKBOOKS [FOLDER]]

The workbooks are forms of made-up units, one and two projects each, with figures that differ; the roster asks for five
units more. Making them is outside the clock. Printed are the seconds of the whole process, what it took of the
processors, workbooks and documents a second, and the peak memory of its largest process. With FOLDER the round stays
there. Bar: 200 workbooks in less than 60 seconds on two cores with nothing else to do.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from make_units import unit_files

from reportgen.model.loading import load_unit
from reportgen.workbooks.collection.blank.making import unit_form

ROOT = Path(__file__).resolve().parent.parent
SEARCH = (ROOT / "templates",)
ASKED_MORE = 5


def make_round(count: int, work: Path) -> tuple[Path, Path]:
    """The folder of what came back, and the roster."""
    back = work / "收到"
    back.mkdir(parents=True)
    names = []
    for number, file in enumerate(unit_files(count, work / "units")):
        names.append(load_unit(file).unit.name)
        data = unit_form(file, "", SEARCH)
        (back / f"{number:03}.xlsx").write_bytes(data)
    roster = work / "名单.xlsx"
    book = xlsxwriter.Workbook(str(roster))
    sheet = book.add_worksheet()
    more = [f"没有交的单位{number}" for number in range(ASKED_MORE)]
    for row, name in enumerate(["单位", *names, *more]):
        sheet.write_string(row, 0, name)
    book.close()
    return back, roster


def timed(back: Path, roster: Path, output: Path) -> tuple[float, float]:
    """Seconds of the whole process, and of the processors."""
    command = [sys.executable, "-m", "reportgen", "collect", str(back)]
    command += ["--roster", str(roster), "-o", str(output)]
    begin = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, cwd=ROOT)
    seconds = time.perf_counter() - begin
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"reportgen collect ended with {done.returncode}")
    processors = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return seconds, processors


def measure(count: int, work: Path) -> None:
    back, roster = make_round(count, work)
    seconds, processors = timed(back, roster, work / "结果")
    documents = len(list((work / "结果").rglob("*.docx")))
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{count} workbooks, {documents} documents: {seconds:.1f} s, "
        f"processor time {processors:.1f} s, "
        f"{count / seconds:.1f} workbooks/s, {documents / seconds:.1f} documents/s, "
        f"peak {usage.ru_maxrss / 1024:.0f} MB"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    if len(sys.argv) > 2:
        measure(count, Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(count, Path(folder))


if __name__ == "__main__":
    main()
