"""Prints the lowest version of each dependency that pyproject.toml allows, as constraints for pip."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

try:
    import tomllib
except ImportError:  # Python 3.10
    from pip._vendor import tomli as tomllib  # type: ignore[no-redef]

_LOWEST = re.compile(r"([\w.-]+)>=([\w.]+)")
_RUN = ("test", "fast", "cluster")


def main() -> None:
    """One line for each dependency of what the tests run with."""
    text = Path("pyproject.toml").read_text(encoding="utf-8")
    project: dict[str, Any] = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    for wanted in (
        *project["dependencies"],
        *(one for key in _RUN for one in extras[key]),
    ):
        name, version = _LOWEST.match(wanted).groups()  # type: ignore[union-attr]
        print(f"{name}=={version}")


main()
