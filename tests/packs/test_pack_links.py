"""A pack holds its own files: links that lead out of it are refused, and packs over packs come to an end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reportgen.core.errors import PackError
from reportgen.packs.pack import find_pack, load_pack

links = pytest.mark.skipif(
    sys.platform == "win32", reason="links need a privilege"
)


def pack(folder: Path, above: str = "", name: str = "示范") -> Path:
    folder.mkdir(parents=True)
    text = f"名称: {name}\n版本: 1\n" + (f"继承: {above}\n" if above else "")
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    return folder


@links
@pytest.mark.parametrize(
    "name", ["snippets.yaml", "scoring.yaml", "wording.yaml"]
)
def test_a_file_that_leads_out_of_its_pack_is_not_quoted(
    name: str, tmp_path: Path
) -> None:
    folder = pack(tmp_path / "示范")
    secret = tmp_path / "secret"
    secret.write_text("geheim:x:0:0", encoding="utf-8")
    (folder / name).symlink_to(secret)
    with pytest.raises(PackError, match="快捷链接") as stopped:
        load_pack(folder)
    assert "geheim" not in str(stopped.value)


@links
def test_a_template_that_leads_out_of_its_pack_is_refused(
    tmp_path: Path,
) -> None:
    folder = pack(tmp_path / "示范")
    (tmp_path / "elsewhere.docx").write_bytes(b"PK")
    (folder / "in.docx").write_bytes(b"PK")
    (folder / "out.docx").symlink_to(tmp_path / "elsewhere.docx")
    (folder / "link.docx").symlink_to(folder / "in.docx")
    loaded = load_pack(folder)
    assert loaded.template("link.docx").name == "link.docx"
    with pytest.raises(PackError, match="快捷链接"):
        loaded.template("out.docx")


def test_a_ring_is_told_by_folders_whatever_the_packs_are_called(
    tmp_path: Path,
) -> None:
    pack(tmp_path / "a", "b", "甲")
    pack(tmp_path / "b", "./b/../a", "乙")
    (tmp_path / "b" / "pack.yaml").write_text(
        f"名称: 乙\n版本: 1\n继承: {tmp_path / 'b' / '..' / 'a'}\n",
        encoding="utf-8",
    )
    search = (tmp_path,)
    with pytest.raises(PackError, match="成了环"):
        load_pack(find_pack("a", search), search)


def test_a_long_chain_ends_with_a_reason(tmp_path: Path) -> None:
    for number in range(1_500):
        pack(tmp_path / f"p{number}", f"p{number + 1}", f"名{number}")
    with pytest.raises(PackError, match="超过了"):
        load_pack(tmp_path / "p0", (tmp_path,))
