"""The pages on which the parts of a bundle begin, as LibreOffice lays them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from reportgen.core.plain_files import read_plain
from reportgen.ooxml.package import Package, read_package
from reportgen.ooxml.xml_parts import serialized
from reportgen.outputs.pdf.fonts import (
    installed_fonts,
    missing_fonts,
    replacements,
)
from reportgen.outputs.pdf.office_program import Office, find_office, made_of
from reportgen.outputs.whole_files import Output
from reportgen.render.bundle.bundle import bundle
from reportgen.render.bundle.front.cover import PART_START, set_pages

_WORD = ".docx"
_SECONDS = 120
_ANY = 88  # a page that is not known yet, as wide as most
_PART = re.compile(
    f"{PART_START.lstrip('_')}([0-9]+)$"
)  # LibreOffice writes _ as a number
_KIND = (
    "pdf:writer_pdf_Export:"
    '{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)


def bundled(title: str, documents: Sequence[Output]) -> bytes:
    """The documents as one, behind a cover and a table of contents with page numbers; raises TemplateError."""
    parts = [one.name.removesuffix(_WORD) for one in documents]
    data = bundle([one.data for one in documents], title, parts)
    return with_page_numbers(data, len(parts))


def with_page_numbers(data: bytes, parts: int) -> bytes:
    """The bundle in `data` with the pages of its contents counted; as it is where that cannot be done here.

    Word then counts them when the document is opened.
    """
    office = find_office(_SECONDS)
    if office is None:
        return data
    package = read_package(data, "合订本")
    missing = missing_fonts([package], installed_fonts())
    office = replace(office, fonts=replacements(tuple(missing)))
    laid_out = _converted(_numbered(package, [_ANY] * parts), office)
    pages = _first_pages(laid_out)
    if pages.keys() != set(range(1, parts + 1)):
        return data
    return _numbered(package, [pages[one] for one in sorted(pages)])


def _numbered(package: Package, pages: Sequence[int]) -> bytes:
    document = package.fresh_tree(package.main)
    set_pages(document, pages)
    changed = {package.main: serialized(document)}
    return package.with_parts(changed).written()


def _converted(data: bytes, office: Office) -> bytes:
    with TemporaryDirectory(
        prefix="reportgen", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        source = folder / "bundle.docx"
        source.write_bytes(data)
        office.convert([source], _KIND, folder, folder / "profile")
        made = made_of(source, "pdf", folder)
        return read_plain(made) if made.exists() else b""


def _first_pages(data: bytes) -> dict[int, int]:
    """The page on which each part begins, by its number."""
    found = {}
    try:
        reader = PdfReader(BytesIO(data))
        for name, place in reader.named_destinations.items():
            part = _PART.search(str(name))
            page = reader.get_destination_page_number(place)
            if part and page is not None:
                found[int(part[1])] = page + 1
    except (PyPdfError, ValueError, KeyError):
        return {}
    return found
