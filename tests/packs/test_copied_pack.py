"""`pack new`: the copy prints the same set as the pack it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.packs.pack import load_pack
from reportgen.packs.pack_copy import copy_pack
from reportgen.pipeline import PackCache

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.mark.parametrize(
    "source",
    sorted(folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()),
)
def test_a_copy_has_the_same_documents(source: str, tmp_path: Path) -> None:
    pack = PackCache((TEMPLATES,)).tools(source).pack
    copy_pack(pack, tmp_path / "临江县", "临江县")
    copied = load_pack(tmp_path / "临江县", (TEMPLATES,))
    assert copied.manifest.documents == pack.manifest.documents
    assert (copied.name, copied.manifest.extends) == ("临江县", source)
