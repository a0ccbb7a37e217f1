"""Merging a set of eleven edited documents against building it new with docxtpl.

    python benchmarks/bench_merge.py [ROUNDS]

The set is that of a unit with nine projects; in each document one word was changed by hand, and the data changed
everywhere. Merged are the document as printed, as edited and as it would be printed now. The bare script opens, renders
and saves each template with docxtpl. Bar: less than twice its time. The last line is our time over theirs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path

import yaml
from bare import bare_set
from docxtpl import DocxTemplate

from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.readback.merge.merge_document import merge

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = 9


def unit_text(*, changed: bool) -> str:
    """The published unit with nine projects; `changed` spends less everywhere."""
    data = yaml.load(
        (ROOT / "inputs" / "lukou.yaml").read_text(encoding="utf-8"),
        yaml.BaseLoader,
    )
    made = [
        {**data["项目"][n % 5], "名称": f"{data['项目'][n % 5]['名称']}{n}"}
        for n in range(PROJECTS)
    ]
    data["项目"] = made
    for one in (data, *made) if changed else ():
        one["资金"] = {**one["资金"], "全年执行数": "21.5"}
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def edited(docx: bytes) -> bytes:
    """One word of the document changed by hand."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(docx)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            data = source.read(name)
            copy.writestr(
                name,
                data.replace("年度".encode(), "本年度".encode(), 1)
                if "document" in name
                else data,
            )
    return target.getvalue()


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    packs = PackCache((ROOT / "templates",))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        prints = []
        for changed in (False, True):
            file = work / "unit.yaml"
            file.write_text(unit_text(changed=changed), encoding="utf-8")
            draft = prepare(file, packs)
            prints.append([one.data for one in print_set(draft)])
        theirs = [edited(one) for one in prints[0]]
        jobs = list(bare_set(draft, work))
        ours_times, bare_times = [], []
        for _ in range(rounds):
            start = time.process_time()
            for base, their, our in zip(
                prints[0], theirs, prints[1], strict=True
            ):
                merge(base, their, our)
            middle = time.process_time()
            for template, context in jobs:
                document = DocxTemplate(template)
                document.render(context, autoescape=True)
                document.save(BytesIO())
            ours_times.append(middle - start)
            bare_times.append(time.process_time() - middle)
    ours, bare = statistics.median(ours_times), statistics.median(bare_times)
    print(
        f"docxtpl   builds {len(jobs)} documents: median {bare * 1000:.0f} ms"
    )
    print(
        f"reportgen merges {len(theirs)} documents: median {ours * 1000:.0f} ms"
    )
    print(f"ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
