"""Documents of other formats as .docx, by LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.strict import as_transitional

WORD = ".docx"
_OTHERS = (
    ".doc",
    ".wps",
    ".wpt",
    ".odt",
    ".rtf",
    ".html",
    ".htm",
    ".pdf",
    ".docm",
)
_LOOK = "请检查文件名和路径"
_CLOSE = "请关闭正在打开它的程序，检查文件权限，或核对是否写成了文件夹"
READABLE = frozenset((WORD, *_OTHERS))
_SECONDS = 90
_INSTALL = "请安装 LibreOffice 后再试，或在 Word、WPS 中另存为 .docx"
_RESAVE = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"


class OfficeError(ReportgenError):
    """A document of another format that cannot be turned into a .docx."""

    code = "DAT001"


def is_document(path: Path) -> bool:
    """Whether the file is a document by its name."""
    return path.suffix.lower() in READABLE


def read_document(path: Path) -> bytes:
    """The document as the bytes of a .docx; raises OfficeError."""
    kind = path.suffix.lower()
    if not is_document(path):
        kinds = "、".join((WORD, *_OTHERS))
        message = f"不能读取 {kind or '没有扩展名的'} 文件"
        raise OfficeError(message, place=path, hint=f"可以读取的有 {kinds}")
    try:
        data = read_plain(path)
    except FileNotFoundError:
        raise OfficeError("找不到文件", place=path, hint=_LOOK) from None
    except OSError as error:
        reason = error.strerror or f"系统错误 {error.errno}"
        message = f"文件读不了（{reason}）"
        raise OfficeError(message, place=path, hint=_CLOSE) from None
    return as_transitional(data if kind == WORD else _as_docx(path, data))


def _as_docx(path: Path, data: bytes) -> bytes:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        message = (
            f"{path.suffix} 文件要先转成 .docx，这台电脑没有安装 LibreOffice"
        )
        raise OfficeError(message, place=path, hint=_INSTALL)
    with TemporaryDirectory(prefix="reportgen") as folder:
        copy = Path(folder, f"document{path.suffix.lower()}")
        copy.write_bytes(data)
        if path.suffix.lower() == ".pdf":
            copy = _converted(
                program, copy, "odt", path, "--infilter=writer_pdf_import"
            )
        return read_plain(
            _converted(program, copy, "docx:MS Word 2007 XML", path)
        )


def _converted(
    program: str, file: Path, kind: str, path: Path, *more: str
) -> Path:
    """`file` converted beside it by a LibreOffice of its own, which is stopped where it takes too long."""
    profile = Path(file.parent, "profile").as_uri()
    command = [
        program,
        "--headless",
        "--norestore",
        *more,
        f"-env:UserInstallation={profile}",
    ]
    command += ["--convert-to", kind, "--outdir", str(file.parent), str(file)]
    process = subprocess.Popen(  # noqa: S603  the program that was found, no shell
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        _stop(process)
        message = f"转换成 .docx 超过了 {_SECONDS} 秒"
        raise OfficeError(message, place=path, hint=_RESAVE) from None
    made = file.with_suffix(f".{kind.partition(':')[0]}")
    if not made.is_file():
        message = "LibreOffice 打不开这个文件，可能已损坏或加了密码"
        raise OfficeError(message, place=path, hint=_RESAVE)
    return made


def _stop(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
