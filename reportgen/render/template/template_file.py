"""Reads the file of a template, which is all that is done with one that was compiled before."""

from pathlib import Path

from reportgen.core.errors import TemplateError
from reportgen.core.plain_files import read_plain

MAX_FILE = 60_000_000


def read_template(path: Path) -> bytes:
    """The bytes of a template file; raises TemplateError when it is missing, locked, no file or too large."""
    try:
        if not path.exists():
            raise TemplateError(
                "找不到模板文件", "请检查文件名，或从模板包中恢复", place=path
            )
        if not path.is_file():
            raise TemplateError(
                "不是文件", "请写到 .docx 文件，不是文件夹", place=path
            )
        if path.stat().st_size > MAX_FILE:
            raise TemplateError(
                "文件太大",
                f"模板不应超过 {MAX_FILE // 1_000_000} MB，请压缩图片",
                place=path,
            )
        return read_plain(path, MAX_FILE)
    except (OSError, ValueError) as error:
        reason = (
            f"系统错误 {error.errno}"
            if isinstance(error, OSError)
            else "路径不合法"
        )
        raise TemplateError(
            f"无法读取模板文件（{reason}）",
            "请关闭正在使用它的 Word 或 WPS，并检查读取权限",
            place=path,
        ) from error
