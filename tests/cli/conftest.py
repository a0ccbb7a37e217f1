"""Small units and packs for the tests of the commands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, completed


@pytest.fixture
def unit(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small unit that builds without findings; `more` are lines at its end."""

    def write(
        name: str = "unit.yaml",
        *,
        called: str = "示范单位",
        year: str = "2024",
        more: str = "",
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            completed(f"年度: {year}\n单位:\n  名称: {called}\n{more}"),
            encoding="utf-8",
        )
        return path

    return write


@pytest.fixture
def pack_copy(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the standard pack in the working folder's templates, to be damaged."""

    def copy(name: str) -> Path:
        folder = tmp_path / "templates" / name
        shutil.copytree(REPOSITORY / "templates" / "standard", folder)
        manifest = folder / "pack.yaml"
        text = manifest.read_text(encoding="utf-8").replace(
            "名称: standard", f"名称: {name}", 1
        )
        manifest.write_text(text, encoding="utf-8")
        return folder

    return copy
