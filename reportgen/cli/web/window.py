"""reportgenw: the page by a double click, without a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

_FOLDER = "绩效自评"


def main() -> None:
    """Opens the page of the folder that was given, or of one of its own below the user's documents."""
    from reportgen.cli.web.command import open_folder  # noqa: PLC0415

    given = sys.argv[1:]
    folder = Path(given[0]) if given else Path.home() / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    open_folder(folder)
