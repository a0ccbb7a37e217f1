"""A workbook of a stranger as grids, within limits; why it cannot be read, and what to do."""

import hashlib
from pathlib import Path
from typing import NoReturn

from reportgen.core.errors import Place, TemplateError
from reportgen.core.findings import Finding, Rejected, Severity
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.package import Package, read_package
from reportgen.sources.text import read_limited
from reportgen.workbooks.collection.books.grid import Book
from reportgen.workbooks.collection.books.ods_grid import CONTENT, read_ods
from reportgen.workbooks.collection.books.xls_grid import read_xls
from reportgen.workbooks.collection.books.xlsx_grid import read_xlsx
from reportgen.workbooks.collection.form import blocks_by_title

_OPEN_DOCUMENT = b"opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OF_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_RESAVE = "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再用"
_LOCKED, _UNLOCK = "工作簿加了打开密码", "请去掉密码后另存再用"
_OTHERS = {
    "word/": "Word 文档，不是工作簿",
    "ppt/": "演示文稿，不是工作簿",
    ".bin": "二进制工作簿（.xlsb），不能读",
}
_KINDS = (
    (b"%PDF", "这是 PDF 文件，不是工作簿"),
    (b"Rar!", "这是压缩包，不是工作簿"),
    (b"7z\xbc\xaf", "这是压缩包，不是工作簿"),
    (b"\x89PNG", "这是图片，不是工作簿"),
    (b"\xff\xd8\xff", "这是图片，不是工作簿"),
    (b"<", "这是网页或 XML 文件，只是改了扩展名，不是工作簿"),
)


def open_book(path: Path) -> tuple[Book, str]:
    """The sheets of the file, and its sha256; raises Rejected (DAT001) with the reason and the way out."""
    return book_in(path, read_limited(path))


def book_in(path: Path, data: bytes) -> tuple[Book, str]:
    """The same of the content of the file."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        return _book(path, data), digest
    except TemplateError as error:
        message = error.message.replace("，Word 也打不开", "")
        refuse(path, message.replace(".docx", "工作簿"))


def has_block(path: Path) -> bool:
    """Whether a title of the form stands in the file, found without reading the sheets; not in what cannot be read."""
    titles = [f"【{one}】" for one in blocks_by_title()]
    try:
        data = read_limited(path)
        if data.startswith(_OLE):
            texts = [data.decode("utf-16-le", "ignore")]
            texts.append(data[1:].decode("utf-16-le", "ignore"))
        else:
            members = read_archive(data, _holds_texts)
            texts = [one.data.decode("utf-8", "ignore") for one in members]
    except (Rejected, ArchiveError):
        return False
    return any(title in text for text in texts for title in titles)


def _holds_texts(name: str) -> bool:
    return name.endswith(("sharedStrings.xml", CONTENT)) or "/sheet" in name


def _book(path: Path, data: bytes) -> Book:
    if not data.strip(b"\0"):
        refuse(path, "文件是空的", "请重新取得原文件")
    if data.startswith(_OLE):
        return _old_book(path, data)
    if not data.startswith(b"PK"):
        kinds = (told for sign, told in _KINDS if data.startswith(sign))
        told = next(kinds, "不是工作簿，只是改了扩展名，或文件已损坏")
        refuse(path, told)
    if _OPEN_DOCUMENT in data[:200]:
        return _open_document(path, data)
    package = read_package(data, str(path))
    if not package.related("", "officeDocument"):
        refuse(path, "缺少 xl/workbook.xml，不是完整的工作簿")
    for sign, kind in _OTHERS.items():
        if sign in package.main:
            refuse(path, f"这是{kind}", "请换成填好的采集表（.xlsx）")
    return read_xlsx(package)


def _open_document(path: Path, data: bytes) -> Book:
    try:
        package = Package(str(path), read_archive(data))
    except ArchiveError as error:
        refuse(path, error.message)
    manifest = package.parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        refuse(path, _LOCKED, _UNLOCK)
    return read_ods(package)


def _old_book(path: Path, data: bytes) -> Book:
    if _ENCRYPTED in data:
        refuse(path, _LOCKED, _UNLOCK)
    if not any(name in data for name in _OF_BOOKS):
        refuse(path, "这是旧版 Word 文档或别的旧格式，不是工作簿")
    return read_xls(data)


def refuse(path: Path, message: str, hint: str = _RESAVE) -> NoReturn:
    """Says why a workbook cannot be read."""
    told = f"{message}；{hint}"
    place = Place(str(path))
    raise Rejected([Finding("DAT001", Severity.ERROR, told, place)]) from None
