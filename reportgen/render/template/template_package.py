"""Opens a template: nothing else parses a template before this has let it through."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reportgen.ooxml.audit import audit
from reportgen.ooxml.lint import lint_package
from reportgen.ooxml.package import RESAVE, Package, read_members
from reportgen.render.template.template_file import read_template


@dataclass(frozen=True)
class TemplatePackage(Package):
    """A template that was let through: where it lies and what it was made of."""

    sha256: str = ""


def open_template(path: Path) -> TemplatePackage:
    """The template at `path`, audited and linted; every refusal is a TemplateError with file, part, place and cure."""
    return opened(read_template(path), str(path))


def opened(data: bytes, file: str) -> TemplatePackage:
    """The template in `data`, audited and linted as by `open_template`."""
    package = TemplatePackage(
        file, read_members(data, file), hashlib.sha256(data).hexdigest()
    )
    audit(package)
    problems = lint_package(package, only_fatal=True)
    if problems:
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        raise package.refused(
            f"模板的结构有误，Word 会报“无法读取的内容”：{problems[0]}{more}",
            hint=RESAVE,
        )
    return package
