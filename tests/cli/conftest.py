"""The program as a user meets it: a command line in, exit code and texts out, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told

from reportgen.cli.app import main


@pytest.fixture
def reportgen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Told]:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Told:
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "程序内部错误" not in told.out + told.err
        return Told(int(stopped.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def unit(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small unit that builds without findings; `more` are lines at its end."""

    def write(name: str = "unit.yaml", *, called: str = "示范单位", year: str = "2024", more: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"年度: {year}\n单位:\n  名称: {called}\n{more}", encoding="utf-8")
        return path

    return write


@pytest.fixture
def pack_copy(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the standard pack in the working folder's templates, to be damaged."""

    def copy(name: str) -> Path:
        folder = tmp_path / "templates" / name
        shutil.copytree(REPOSITORY / "templates" / "standard", folder)
        manifest = folder / "pack.yaml"
        text = manifest.read_text(encoding="utf-8").replace("名称: standard", f"名称: {name}", 1)
        manifest.write_text(text, encoding="utf-8")
        return folder

    return copy
