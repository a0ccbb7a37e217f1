"""What the tests of the engine share: small templates, docxtpl as the reference, documents read back as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from lxml import etree

from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def save(document: Any, folder: Path, name: str = "模板.docx") -> Path:
    path = folder / name
    document.save(path)
    return path


def lines_template(folder: Path, *lines: str) -> Path:
    """A template with one paragraph per line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return save(document, folder)


def table_template(folder: Path, *rows: tuple[str, ...]) -> Path:
    """A template with one table."""
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    return save(document, folder)


def render(
    path: Path,
    context: Mapping[str, Any],
    *,
    traced: bool = True,
    **charts: Any,
) -> bytes:
    """Our document, sound."""
    data = compile_template(path, traced=traced).render(context, **charts)
    assert lint_docx(data) == ()
    return data


def reopened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in reopened(data).paragraphs]


def cells(data: bytes, table: int = 0) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for row in reopened(data).tables[table].rows
    ]


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The docx with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def by_docxtpl(path: Path, context: Mapping[str, Any]) -> bytes:
    """The same template and data printed by docxtpl itself."""
    template = DocxTemplate(str(path))
    template.render(dict(context), autoescape=True)
    output = io.BytesIO()
    template.save(output)
    return output.getvalue()


def canonical(xml: bytes) -> str:
    """A part in canonical form, without what looks the same in Word: see docs/decisions/0002-engine.md."""
    root = etree.fromstring(
        xml, etree.XMLParser(remove_comments=True, remove_pis=True)
    )
    _let_rows_part(root)
    for text in root.iter(W + "t"):
        text.attrib.pop(_SPACE, None)
    for text in [text for text in root.iter(W + "t") if not text.text]:
        text.getparent().remove(text)
    for run in [
        run
        for run in root.iter(W + "r")
        if all(child.tag == W + "rPr" for child in run)
    ]:
        run.getparent().remove(run)
    _join_runs(root)
    for properties in root.iter(W + "tcPr"):
        properties[:] = sorted(properties, key=lambda child: child.tag)
    return re.sub(r">\s+<", "><", etree.tostring(root, method="c14n").decode())


def _let_rows_part(root: Any) -> None:
    """Without what keeps rows of a table on one page, which docxtpl does not care for."""
    for kept in list(root.iter(W + "keepNext")):
        kept.getparent().remove(kept)
    for properties in [one for one in root.iter(W + "pPr") if not len(one)]:
        properties.getparent().remove(properties)


def _join_runs(root: Any) -> None:
    """Without the bookmarks of a trace, and without the cuts that they make in a run."""
    traced = {
        mark.get(W + "id")
        for mark in root.iter(W + "bookmarkStart")
        if mark.get(W + "name").startswith("_rg_")
    }
    for mark in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        if mark.get(W + "id") in traced:
            mark.getparent().remove(mark)
    for run in list(root.iter(W + "r")):
        before = run.getprevious()
        if (
            before is not None
            and before.tag == run.tag
            and _look(before) == _look(run)
        ):
            before.extend(child for child in run if child.tag != W + "rPr")
            run.getparent().remove(run)
    for text in list(root.iter(W + "t")):
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text += text.text
            text.getparent().remove(text)


def _look(run: Any) -> bytes:
    return b"".join(
        etree.tostring(child, method="c14n")
        for child in run.iterchildren(W + "rPr")
    )


def stories(data: bytes) -> dict[str, str]:
    """Every part that holds text, canonical."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            name
            for name in archive.namelist()
            if re.search(r"word/(?:document|header|footer|footnotes)", name)
        ]
        return {
            name: canonical(archive.read(name))
            for name in names
            if name.endswith(".xml")
        }
