"""Units to be built by the dozen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from many_units import unit_text


@pytest.fixture
def units(tmp_path: Path) -> Callable[..., list[Path]]:
    """Writes small units, each with a project; gives their files."""

    def write(count: int, folder: str = "单位") -> list[Path]:
        files = [
            tmp_path / folder / f"{number:03}.yaml" for number in range(count)
        ]
        for number, file in enumerate(files):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                unit_text(f"第{number}小学", number), encoding="utf-8"
            )
        return files

    return write
