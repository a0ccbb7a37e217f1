"""What the tests of the packs share: a set as it is printed, and a look into its tables and words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.table import Table

from reportgen.ooxml.lint import lint_docx
from reportgen.pipeline import Draft, PackCache, prepare, render

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"


def drafted(path: Path, pack: str = "") -> Draft:
    return prepare(path, PackCache((TEMPLATES,)), pack)


def built(draft: Draft) -> dict[str, Docx]:
    """The documents of the set by name, each found sound."""
    outputs = list(render(draft))
    assert [lint_docx(output.data) for output in outputs] == [()] * len(outputs)
    return {
        output.name.removesuffix(".docx"): Document(BytesIO(output.data))
        for output in outputs
    }


def grid(document: Docx, number: int = 0) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for row in document.tables[number].rows
    ]


def paragraphs(document: Docx) -> list[str]:
    return [
        paragraph.text for paragraph in document.paragraphs if paragraph.text
    ]


def words(document: Docx) -> str:
    return document.element.xpath("string(.)") + (
        document.core_properties.title or ""
    )


def reach(table: Table, row: int, column: int) -> int:
    """How many rows the cell at `row`, `column` reaches over."""
    cells = [one.cells[column]._tc for one in table.rows]
    return sum(cell is cells[row] for cell in cells)
