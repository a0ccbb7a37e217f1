"""Where a run leaves what it compiled for the next one."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """Where compiled templates are left for the next run; None where the user has no folder for such things."""
    if sys.platform == "win32":
        named = Path(os.environ.get("LOCALAPPDATA", ""), "reportgen", "cache")
    elif os.path.isabs(
        os.environ.get("XDG_CACHE_HOME", "")
    ):  # the standard says to ignore one that is not absolute
        named = Path(os.environ["XDG_CACHE_HOME"], "reportgen")
    else:
        named = Path(os.path.expanduser("~"), ".cache", "reportgen")
    return named if named.is_absolute() else None
