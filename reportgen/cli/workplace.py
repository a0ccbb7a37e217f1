"""Where a command is run: the packs that lie there, the folder for what is compiled, the processors."""

import os
import sys
from pathlib import Path

from reportgen.application.workplace import Workplace


def workplace() -> Workplace:
    """What surrounds every command."""
    return Workplace(_pack_search(), _cache_folder(), os.cpu_count() or 1)


def _pack_search() -> tuple[Path, ...]:
    """Where packs are looked for: the working folder's templates/ first, so that what staff restyle there is used."""
    here = Path(__file__).resolve().parent.parent
    return (Path("templates"), here / "templates", here.parent / "templates")


def _cache_folder() -> Path | None:
    """Where compiled templates are left for the next run; None where nobody can tell who else may write there."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if sys.platform == "win32":
        return None
    if os.path.isabs(
        named
    ):  # the standard says to ignore one that is not absolute
        folder = Path(named, "reportgen")
    else:
        folder = Path(os.path.expanduser("~"), ".cache", "reportgen")
    return folder if folder.is_absolute() else None
