"""Many documents to PDF in one run of `reportgen pdf`, one of them made to hang LibreOffice.

    python benchmarks/bench_pdf.py [DOCUMENTS [SECONDS]]

DOCUMENTS (default 300) are the set of inputs/lukou.yaml over and over, and one with tables within tables, which
LibreOffice would lay out for minutes; a file may take SECONDS (default 20). While it runs, the memory of the process
and of its LibreOffices is read from /proc. The last lines: what was made, what was told, and the highest memory in the
first and in the last third of the run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parent.parent
DEEP = 150


def documents(folder: Path, wanted: int) -> None:
    unit = ROOT / "inputs" / "lukou.yaml"
    program = [sys.executable, "-m", "reportgen"]
    subprocess.run(
        [*program, "build", unit, "-o", folder / "set"],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    made = sorted((folder / "set").rglob("*.docx"))
    (folder / "many").mkdir()
    for number in range(wanted - 1):
        source = made[number % len(made)]
        shutil.copy(source, folder / "many" / f"{number:03} {source.name}")
    hanging = docx.Document()
    table = hanging.add_table(1, 2)
    for _ in range(DEEP):
        table.cell(0, 1).text = "文字" * 30
        table = table.cell(0, 0).add_table(1, 2)
    hanging.save(str(folder / "many" / f"{wanted // 2:03} 卡住.docx"))


def memory(folder: Path, process: int) -> tuple[float, float]:
    """Megabytes of the process, and of the LibreOffices whose profile is its own."""
    own = office = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = status.read_text()
            line = status.with_name("cmdline").read_text()
        except OSError:
            continue
        held = re.search(r"VmRSS:\s+(\d+)", said)
        size = int(held[1]) / 1024 if held else 0.0
        if int(status.parent.name) == process:
            own = size
        elif "soffice.bin" in line and str(folder) in line:
            office += size
    return own, office


def main(wanted: int = 300, seconds: int = 20) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-pdf") as name:
        folder = Path(name)
        documents(folder, wanted)
        (folder / "tmp").mkdir()
        begun = time.perf_counter()
        command = [sys.executable, "-m", "reportgen", "pdf"]
        process = subprocess.Popen(
            [*command, folder / "many", "--seconds", str(seconds)],
            stdout=(folder / "told").open("w"),
            env={
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "PYTHONPATH": str(ROOT),
                "TMPDIR": str(folder / "tmp"),
                "HOME": str(folder),
            },
        )
        samples = []
        while process.poll() is None:
            samples.append(memory(folder / "tmp", process.pid))
            time.sleep(0.5)
        took = time.perf_counter() - begun
        told = (folder / "told").read_text().splitlines()
        made = len(list((folder / "many").glob("*.pdf")))
        third = len(samples) // 3
        print(f"{wanted} documents in {took:.0f} s, {took / wanted:.2f} s each")
        print(f"made {made}, exit code {process.returncode}, {told[-1]}")
        print(*(line for line in told if "没有转成：" in line), sep="\n")
        for position, what in enumerate(("reportgen", "LibreOffice")):
            first = max(one[position] for one in samples[:third])
            last = max(one[position] for one in samples[-third:])
            print(f"{what}: {first:.0f} MB at first, {last:.0f} MB at last")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
