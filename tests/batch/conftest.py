"""Units to be built by the dozen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from many_units import Told, unit_text

from reportgen.cli.app import main


@pytest.fixture
def units(tmp_path: Path) -> Callable[..., list[Path]]:
    """Writes small units, each with a project; gives their files."""

    def write(count: int, folder: str = "单位") -> list[Path]:
        files = [tmp_path / folder / f"{number:03}.yaml" for number in range(count)]
        for number, file in enumerate(files):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(unit_text(f"第{number}小学", number), encoding="utf-8")
        return files

    return write


@pytest.fixture
def reportgen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Told]:
    """The program in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Told:
        with pytest.raises(SystemExit) as stopped:
            main([str(one) for one in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "程序内部错误" not in told.out + told.err
        return Told(int(stopped.value.code or 0), told.out, told.err)

    return run
