"""The whole process `reportgen build` of one unit against a bare script that does docxtpl alone for as many documents.

    python benchmarks/bench_cold.py [ROUNDS]

Both are started as new processes, in turn, and write the same number of documents from the same templates. The bare
script reads the yaml with PyYAML, opens, renders and saves each template with docxtpl and does nothing else: no
figures, no checks, no narrative. Its context is the finished view, pickled by this script beforehand, so that it has
nothing to compute. The last line is the median time of ours over the median time of theirs.
"""

from __future__ import annotations

import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportgen.pipeline import Shelf, prepare, project_view

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


def plain(value: object) -> object:
    """The view as builtin types, to be pickled without reportgen."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, bool) else str(value)


def bare_template(template: Path, work: Path) -> Path:
    """The template with our own tag `{%vm 条件 %}` as docxtpl's `{% vm %}`, which does as much work."""
    import re
    import zipfile

    target = work / template.name
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = re.sub(r"\{%\s*vm[^%]*%\}", "{% vm %}", data.decode()).encode()
            copy.writestr(name, data)
    return target


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    work = Path(tempfile.mkdtemp())
    draft = prepare(UNIT, Shelf((ROOT / "templates",)))
    jobs = []
    for spec in draft.tools.pack.manifest.documents:
        template = bare_template(draft.tools.pack.template(spec.template), work)
        views = [draft.view]
        if spec.scope == "项目":
            views = [project_view(draft.view, one) for one in draft.view["项目列表"]]
        jobs += [(str(template), plain(view)) for view in views]
    (work / "jobs").write_bytes(pickle.dumps(jobs))
    (work / "bare.py").write_text(BARE, encoding="utf-8")
    reportgen = shutil.which("reportgen", path=str(Path(sys.executable).parent)) or "reportgen"
    times: dict[str, list[float]] = {"docxtpl": [], "reportgen": []}
    for number in range(rounds):
        commands = {
            "docxtpl": [sys.executable, str(work / "bare.py"), str(work), str(UNIT)],
            "reportgen": [reportgen, "build", str(UNIT), "-o", str(work / f"out{number}")],
        }
        for name, command in commands.items():
            begin = time.perf_counter()
            done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
            times[name].append(time.perf_counter() - begin)
            if done.returncode not in (0, 1):
                sys.exit(done.stderr.decode())
    for name, taken in times.items():
        print(f"{name:10} {len(jobs)} documents, whole process: median {statistics.median(taken) * 1000:.0f} ms")
    print(f"ratio {statistics.median(times['reportgen']) / statistics.median(times['docxtpl']):.2f}")


if __name__ == "__main__":
    main()
