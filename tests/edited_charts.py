"""Charts of a document as a person changes them in Word, and the comments there."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

_VALUE = re.compile(rb"<c:v>(\d[\d.]*)</c:v>")
_COMMENT = re.compile(
    rb"<w:comment(RangeStart|RangeEnd|Reference) [^>]*/>|<w:comment .*?</w:comment>",
    re.DOTALL,
)


def _change(path: Path, part: str, how: Callable[[bytes], bytes]) -> None:
    """Every part whose name has that in it."""
    target = BytesIO()
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copied,
    ):
        for name in source.namelist():
            data = source.read(name)
            copied.writestr(name, how(data) if part in name else data)
    path.write_bytes(target.getvalue())


def _charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
    return sorted(
        one for one in names if re.fullmatch(r"word/charts/chart\d*\.xml", one)
    )


def change_chart(path: Path, value: str) -> None:
    """Types another number over the last one of the first chart."""

    def typed(data: bytes) -> bytes:
        *_, last = _VALUE.finditer(data)
        start, end = last.span(1)
        return data[:start] + value.encode() + data[end:]

    _change(path, _charts(path)[0], typed)


def values_of(path: Path) -> list[str]:
    """All numbers that its charts show."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(one) for one in _charts(path)]
    return [one.decode() for part in parts for one in _VALUE.findall(part)]


def comments_of(path: Path) -> list[str]:
    """The texts of the comments that are referred to."""
    with zipfile.ZipFile(path) as package:
        if "word/comments.xml" not in package.namelist():
            return []
        text = package.read("word/comments.xml").decode()
    found = re.findall(r"<w:comment .*?</w:comment>", text, re.DOTALL)
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in found]


def drop_comments(path: Path) -> None:
    """Deletes all comments as Word does."""
    for part in ("word/document.xml", "word/comments.xml"):
        _change(path, part, lambda data: _COMMENT.sub(b"", data))
