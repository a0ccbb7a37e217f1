"""stub"""

from __future__ import annotations

from reportgen.render.opc import Package


def audit(package: Package) -> None:
    package.main
