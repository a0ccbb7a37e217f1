"""Text of XML in one encoding, so that whoever counts or searches its bytes sees what its parser sees."""

import codecs
import re
from dataclasses import dataclass

_RESAVE = "请用 Word 或 WPS 打开后另存为新的 .docx"
_ENCODING = re.compile(
    rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{0,40})[\"']"
)
_DECLARATION = re.compile(r"\A<\?xml[^>]{0,200}\?>")
_READ = ("UTF-8", "UTF8", "US-ASCII", "ASCII", "UTF-16")
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_16 = {
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}  # how it begins without a mark


@dataclass(eq=False)
class XmlError(Exception):
    """XML that is not read: what is wrong, and what to do about it."""

    message: str
    hint: str


def as_utf8(data: bytes) -> bytes:
    """XML in UTF-8 whatever it was written in; raises XmlError for anything but UTF-8 and UTF-16."""
    encoding = (
        "utf-16"
        if data.startswith(_UTF_16_MARKS)
        else _UTF_16.get(data[:2], "")
    )
    if encoding:
        return _transcoded(data, encoding)
    declared = _ENCODING.match(data.removeprefix(codecs.BOM_UTF8))
    name = declared[1].decode("ascii", "replace") if declared else "UTF-8"
    if name.upper() not in _READ:
        raise XmlError(
            f"文字编码是 {name}，只认 UTF-8 和 UTF-16",
            _RESAVE,
        )
    return data


def _transcoded(data: bytes, encoding: str) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise malformed("") from error
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "surrogatepass")


def malformed(where: str) -> XmlError:
    """XML that breaks its own rules, `where` being the line."""
    return XmlError(f"XML {where}不合规范，Word 也打不开", _RESAVE)
