"""The whole process `reportgen build` of one unit against a bare script that does docxtpl alone for as many documents.

    python benchmarks/bench_cold.py [ROUNDS]

Both are started as new processes, in turn, and write the same number of documents from the same templates. The bare
script reads the yaml with PyYAML, opens, renders and saves each template with docxtpl and does nothing else: no
figures, no checks, no narrative. Its context is the finished view, pickled by this script beforehand, so that it has
nothing to compute. A first round, which is not counted, leaves what Python compiles of a checkout where an installed
package has it. The last line is the median time of ours over the median time of theirs.
"""

from __future__ import annotations

import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bare import bare_set

from reportgen.pipeline import PackCache, prepare

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "inputs" / "lukou.yaml"
BARE = """
import pickle, sys
from pathlib import Path
import yaml
from docxtpl import DocxTemplate
from jinja2 import Environment

work = Path(sys.argv[1])
yaml.load(Path(sys.argv[2]).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
for number, (template, context) in enumerate(pickle.loads((work / "jobs").read_bytes())):
    document = DocxTemplate(template)
    document.render(context, autoescape=True)
    document.save(work / f"{number}.docx")
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    work = Path(tempfile.mkdtemp())
    draft = prepare(UNIT, PackCache((ROOT / "templates",)))
    jobs = [
        (str(template), context) for template, context in bare_set(draft, work)
    ]
    (work / "jobs").write_bytes(pickle.dumps(jobs))
    (work / "bare.py").write_text(BARE, encoding="utf-8")
    reportgen = (
        shutil.which("reportgen", path=str(Path(sys.executable).parent))
        or "reportgen"
    )
    times: dict[str, list[float]] = {"docxtpl": [], "reportgen": []}
    plain = {
        k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"
    }
    for number in range(rounds + 1):
        commands = {
            "docxtpl": [
                sys.executable,
                str(work / "bare.py"),
                str(work),
                str(UNIT),
            ],
            "reportgen": [
                reportgen,
                "build",
                str(UNIT),
                "-o",
                str(work / f"out{number}"),
            ],
        }
        for name, command in commands.items():
            begin = time.perf_counter()
            done = subprocess.run(
                command, capture_output=True, cwd=ROOT, check=False, env=plain
            )
            if number:
                times[name].append(time.perf_counter() - begin)
            if done.returncode > (
                name == "reportgen"
            ):  # ours says 1 where the unit has faults
                sys.exit(done.stderr.decode())
    for name, taken in times.items():
        print(
            f"{name:10} {len(jobs)} documents, whole process: median {statistics.median(taken) * 1000:.0f} ms"
        )
    print(
        f"ratio {statistics.median(times['reportgen']) / statistics.median(times['docxtpl']):.2f}"
    )


if __name__ == "__main__":
    main()
