"""What was printed, its trace taken out, and saved by LibreOffice, is read back as the unit it came from."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from printed_units import printed, share, without_trace

from reportgen.pipeline import PackCache
from reportgen.recognition.draft_text import draft_of

ROOT = Path(__file__).parents[2]
PACKS = PackCache((ROOT / "templates",))
UNITS = ("ezhou-jiguan", "lukou", "xiangshan", "hecheng", "wue")
LEAST = 0.98


def saved_by_office(files: Sequence[Path], folder: Path) -> None:
    """All of them saved as .docx once more, by one run of LibreOffice."""
    office = shutil.which("soffice") or "soffice"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.mark.office
def test_what_libreoffice_saved_comes_back(tmp_path: Path) -> None:
    drafts = {}
    sent = tmp_path / "sent"
    sent.mkdir()
    for name in UNITS:
        path = ROOT / "inputs" / f"{name}.yaml"
        draft, documents = printed(path, PACKS)
        names = [f"{name}-{Path(one).name}" for one in documents]
        for one, data in zip(names, documents.values(), strict=True):
            (sent / one).write_bytes(without_trace(data))
        drafts[name] = draft, documents, sorted(names)

    saved_by_office(sorted(sent.iterdir()), tmp_path)

    for name, (draft, documents, names) in drafts.items():
        files = [tmp_path / one for one in names]
        made = draft_of(files, "", PACKS.search, None, "")
        found = share(draft, documents, yaml.load(made.text, yaml.BaseLoader))
        assert found.recall >= LEAST, (name, found.missing)
        assert found.precision >= LEAST, (name, found.more)
