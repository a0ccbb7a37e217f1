"""A document as texts alone: its tables row by row, and the paragraphs outside of them."""

from __future__ import annotations

from reportgen.ooxml.names import W
from reportgen.ooxml.package import read_package
from reportgen.recognition.reading.foreign import audit_foreign
from reportgen.recognition.reading.grids import Grid, WrittenLine
from reportgen.recognition.reading.numbers_of_lists import ListNumbers
from reportgen.recognition.reading.written import DocumentReader

Texts = list[list[list[str]]]


def grids_and_lines(
    data: bytes,
    name: str,
) -> tuple[Texts, list[str]]:
    """The tables and the paragraphs; raises TemplateError for what cannot be read."""
    package = read_package(data, name)
    audit_foreign(package)
    root = package.tree(package.main)
    body = root.find(f"{W}body")
    reader = DocumentReader(ListNumbers(package))
    blocks = [*reader.read(root if body is None else body)]
    grids = [
        [[cell.text.strip() for cell in row] for row in one.rows]
        for one in blocks
        if isinstance(one, Grid)
    ]
    return grids, [one.text for one in blocks if isinstance(one, WrittenLine)]
