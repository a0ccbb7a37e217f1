"""reportgenw: the page by a double click, without a terminal."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path

_FOLDER = "绩效自评"
_FILE = "绩效自评打不开的原因.txt"


def main() -> None:
    """Opens the page of the folder that was given, or of one of its own; what stops it is shown as a text."""
    given = sys.argv[1:]
    folder = Path(given[0]) if given else Path.home() / _FOLDER
    try:
        _open(folder)
    except Exception as error:
        from reportgen.cli.show import failure_text  # noqa: PLC0415

        show_failure(failure_text(error), webbrowser.open)


def _open(folder: Path) -> None:
    from reportgen.cli.web.command import open_folder  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    open_folder(folder)


def show_failure(
    told: str,
    show: object,
) -> Path:
    """Writes why it does not open where the browser can show it; where it was written."""
    file = Path(tempfile.gettempdir(), _FILE)
    file.write_text(told, encoding="utf-8-sig")
    if callable(show):
        show(file.as_uri())
    return file
