"""A LibreOffice of our own for tests: it converts whatever it is given, and fails at what says so in its bytes."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_SCRIPT = """#!{python}
import json, os, sys, time
from pathlib import Path

given = sys.argv[1:]
folder = Path(given[given.index("--outdir") + 1])
files = [Path(one) for one in given[given.index("--outdir") + 2:]]
profile = next(one for one in given if one.startswith("-env:"))
home = Path({home!r})
with (home / "runs").open("a", encoding="utf-8") as log:
    log.write(json.dumps([profile, [one.read_bytes().decode("latin-1")[:20] for one in files]]) + "\\n")
for file in files:
    said = file.read_bytes()
    if b"ONCE" in said and not (home / "once").exists():
        (home / "once").touch()
        time.sleep(600)
    if b"HANG" in said:
        os.fork()
        (home / f"child{{os.getpid()}}").touch()
        (folder / file.stem).with_suffix(".pdf").write_bytes(b"%PDF-1.7 half")
        time.sleep(600)
    if b"CRASH" in said:
        os._exit(139)
    if b"REFUSE" not in said:
        (folder / file.stem).with_suffix(".pdf").write_bytes((home / "a.pdf").read_bytes())
"""


class StubOffice:
    """The program, and what it was asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "soffice"
        script = _SCRIPT.format(python=sys.executable, home=str(folder))
        self.program.write_text(script, encoding="utf-8")
        self.program.chmod(0o755)
        (folder / "a.pdf").write_bytes(a_pdf(b""))

    @property
    def runs(self) -> list[tuple[str, list[str]]]:
        """Each run: its profile, and how its files begin."""
        lines = (self.folder / "runs").read_text("utf-8").splitlines()
        return [tuple(json.loads(line)) for line in lines]

    @property
    def children(self) -> list[int]:
        """The processes that hung, with what they had started."""
        return [int(one.name[5:]) for one in self.folder.glob("child*")]


def a_pdf(*pages: bytes, maker: str = "LibreOffice 24.8") -> bytes:
    """A PDF of which each page has the content given; text is set in /F1."""
    writer = PdfWriter()
    font = {
        "/Type": "/Font",
        "/Subtype": "/Type1",
        "/BaseFont": "/Helvetica",
    }
    for content in pages:
        page = writer.add_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = _named(
            {"/Font": _named({"/F1": _named(font)})}
        )
    writer.add_metadata({"/Producer": maker})
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _named(values: dict[str, object]) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(key): NameObject(one) if isinstance(one, str) else one
            for key, one in values.items()
        }
    )
