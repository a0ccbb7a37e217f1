"""Opens a template: nothing else parses a template before this has let it through."""

from __future__ import annotations

from pathlib import Path

from reportgen.ooxml.audit import audit
from reportgen.ooxml.lint import lint_package
from reportgen.ooxml.package import RESAVE, Package, read_package
from reportgen.render.template.template_file import read_template


def open_template(path: Path) -> Package:
    """The template at `path`, audited and linted; every refusal is a TemplateError with file, part, place and cure."""
    return opened_template(read_template(path), str(path))


def opened_template(data: bytes, file: str) -> Package:
    """The template in `data`, audited and linted as by `open_template`."""
    package = read_package(data, file)
    audit(package)
    problems = lint_package(package, only_fatal=True)
    if problems:
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        raise package.refused(
            f"模板的结构有误，Word 会报“无法读取的内容”：{problems[0]}{more}",
            hint=RESAVE,
        )
    return package
