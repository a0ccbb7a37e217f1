"""Every page of every document of every pack as a picture, to be looked at.

python tests/page_pictures.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from office_programs import convert

from reportgen.pipeline import PackCache, prepare, render

ROOT = Path(__file__).resolve().parents[1]
INPUTS = [
    ("lukou.yaml", "standard"),
    ("lukou.yaml", "lukou"),
    ("wue.yaml", "ezhou"),
    ("ezhou-jiguan.yaml", "ezhou"),
    ("xiangshan.yaml", "xiangshan"),
    ("hecheng.yaml", "hecheng"),
    *((f"units/{path.name}", "") for path in ROOT.glob("inputs/units/*.yaml")),
]
SETS = [
    *((ROOT / "inputs" / name, pack) for name, pack in INPUTS),
    *(
        (path, path.parent.name)
        for path in ROOT.glob("templates/*/example.yaml")
    ),
]


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "outputs/pages")
    for path, pack in SETS:
        folder = target / f"{path.stem}-{pack}"
        folder.mkdir(parents=True, exist_ok=True)
        draft = prepare(path, PackCache((ROOT / "templates",)), pack or None)
        files = []
        for output in render(draft):
            files.append(folder / output.name)
            files[-1].write_bytes(output.data)
        with tempfile.TemporaryDirectory() as profile:
            for pdf in convert(files, folder, "pdf", Path(profile)):
                subprocess.run(
                    [
                        "pdftoppm",
                        "-r",
                        "60",
                        "-png",
                        str(pdf),
                        str(pdf.with_suffix("")),
                    ],
                    check=True,
                )
        print(
            f"{folder}: {len(files)} documents, {len(list(folder.glob('*.png')))} pages"
        )


if __name__ == "__main__":
    main()
