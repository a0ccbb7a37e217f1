"""The lines of a template outside of its tables."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.ooxml.names import W
from reportgen.ooxml.package import read_package
from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.numbers_of_lists import ListNumbers
from reportgen.recognition.reading.written import DocumentReader


@lru_cache(maxsize=200)
def lines_of_template(template: Path) -> tuple[str, ...]:
    """Its lines that say something; none where the template cannot be read."""
    try:
        package = read_package(read_plain(template), str(template))
    except (OSError, ReportgenError):
        return ()
    body = package.tree(package.main).find(f"{W}body")
    reader = DocumentReader(ListNumbers(package))
    blocks = reader.read(package.tree(package.main) if body is None else body)
    lines = (one for one in blocks if isinstance(one, WrittenLine))
    return tuple(one.text for one in lines if one.text)
