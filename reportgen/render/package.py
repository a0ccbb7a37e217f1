"""Opens a template: nothing else parses a template before this has let it through."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import Place, TemplateError
from reportgen.render.archive import MAX_TOTAL
from reportgen.render.audit import audit
from reportgen.render.lint import lint_package
from reportgen.render.opc import RESAVE, Package, read_members


@dataclass(frozen=True)
class TemplatePackage(Package):
    """A template that was let through: where it lies and what it was made of."""

    sha256: str = ""


def open_template(path: Path) -> TemplatePackage:
    """The template at `path`, audited and linted; every refusal is a TemplateError with file, part, place and cure."""
    data = read_template(path)
    package = TemplatePackage(str(path), read_members(data, str(path)), hashlib.sha256(data).hexdigest())
    audit(package)
    problems = lint_package(package, only_fatal=True)
    if problems:
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        raise package.refused(f"模板的结构有误，Word 会报“无法读取的内容”：{problems[0]}{more}", hint=RESAVE)
    return package


def read_template(path: Path) -> bytes:
    """The bytes of a template file; raises TemplateError when it is missing, locked, no file or too large."""
    place = Place(str(path))
    try:
        if not path.exists():
            raise TemplateError("找不到模板文件", place=place, hint="请检查文件名，或从模板包中恢复")
        if not path.is_file():
            raise TemplateError("不是文件", place=place, hint="请写到 .docx 文件，不是文件夹")
        if path.stat().st_size > MAX_TOTAL:
            raise TemplateError("文件太大", place=place, hint=f"模板不应超过 {MAX_TOTAL // 1_000_000} MB，请压缩图片")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = f"系统错误 {error.errno}" if isinstance(error, OSError) else "路径不合法"
        raise TemplateError(
            f"无法读取模板文件（{reason}）", place=place, hint="请关闭正在使用它的 Word 或 WPS，并检查读取权限"
        ) from error
