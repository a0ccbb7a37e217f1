"""Documents of other formats as .docx, by LibreOffice where it is installed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.strict import as_transitional
from reportgen.outputs.pdf.office_program import (
    Ended,
    Office,
    find_office,
    made_of,
)

WORD, PDF = ".docx", ".pdf"
_OTHERS = (
    ".doc",
    ".wps",
    ".wpt",
    ".odt",
    ".rtf",
    ".html",
    ".htm",
    PDF,
    ".docm",
)
_ANY_WITHIN = frozenset([".doc", ".wps", ".wpt"])
_SIGNS = (
    (b"PK\x03\x04", WORD),
    (b"\xd0\xcf\x11\xe0", ".doc"),  # WPS writes its own files as Word 97 does
    (b"{\\rtf", ".rtf"),
    (b"<", ".html"),
)
_LOOK = "请检查文件名和路径"
_CLOSE = "请关闭正在打开它的程序，检查文件权限，或核对是否写成了文件夹"
READABLE = frozenset((WORD, *_OTHERS))
_SECONDS = 90
_AS_WORD = "docx:MS Word 2007 XML"
_WORD_FILE = "请用原来的 Word 文件，或在 WPS、Word 里转换成 .docx 并核对后再试"
_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    OverflowError,
)
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
    if kind == PDF:
        return _of_pdf(path, data)
    kind = _kind_within(data, kind)
    return as_transitional(data if kind == WORD else _as_docx(path, data, kind))


def _kind_within(data: bytes, kind: str) -> str:
    """The kind that the content shows: a .wps or .doc may be anything that Word and WPS open."""
    if kind not in _ANY_WITHIN:
        return kind
    begin = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    for sign, within in _SIGNS:
        if begin.startswith(sign):
            return within
    return kind


def _of_pdf(path: Path, data: bytes) -> bytes:
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415  80 ms, and few files are PDF

    from reportgen.recognition.pdf.page_marks import TooMuch  # noqa: PLC0415
    from reportgen.recognition.pdf.pdf_document import docx_of_pdf  # noqa: PLC0415

    try:
        made = docx_of_pdf(data)
    except TooMuch as error:
        raise OfficeError(f"PDF {error}", place=path, hint=_WORD_FILE) from None
    except (PDFException, *_BROKEN):
        message = "PDF 打不开，可能已损坏或加了密码"
        raise OfficeError(message, place=path, hint=_WORD_FILE) from None
    if not made:
        message = "PDF 里没有文字，是扫描的图片"
        raise OfficeError(message, place=path, hint=_WORD_FILE)
    return made


def _as_docx(path: Path, data: bytes, kind: str) -> bytes:
    office = find_office(_SECONDS)
    if office is None:
        message = (
            f"{path.suffix} 文件要先转成 .docx，这台电脑没有安装 LibreOffice"
        )
        raise OfficeError(message, place=path, hint=_INSTALL)
    with TemporaryDirectory(prefix="reportgen") as folder:
        copy = Path(folder, f"document{kind}")
        copy.write_bytes(data)
        return read_plain(_converted(office, copy, _AS_WORD, path))


def _converted(office: Office, file: Path, kind: str, path: Path) -> Path:
    """`file` converted beside it by a LibreOffice of its own, which is stopped where it takes too long."""
    home = file.parent
    ended = office.convert([file], kind, home, home / "profile")
    if ended is Ended.TOO_LONG:
        message = f"转换成 .docx 超过了 {_SECONDS} 秒"
        raise OfficeError(message, place=path, hint=_RESAVE)
    made = made_of(file, kind, home)
    if not made.is_file():
        message = "LibreOffice 打不开这个文件，可能已损坏或加了密码"
        raise OfficeError(message, place=path, hint=_RESAVE)
    return made
