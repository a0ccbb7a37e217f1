"""stub"""

from __future__ import annotations

from reportgen.render.opc import Package, read_package


def lint_package(package: Package) -> tuple[str, ...]:
    return ()


def lint_docx(data: bytes) -> tuple[str, ...]:
    return lint_package(read_package(data, "docx"))
