"""Word and LibreOffice open two versions as one with tracked changes, and there nothing is against the schema."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from office_programs import convert, validation_errors
from pypdf import PdfReader

from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.readback.redline.redline import redline

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def redlined() -> list[bytes]:
    """The report and a form, a sentence, a paragraph, rows and figures changed in either."""
    unit = ROOT / "templates" / "standard" / "example.yaml"
    draft = prepare(unit, PackCache((ROOT / "templates",)))
    found = []
    for output in print_set(draft)[:2]:
        edited = docx.Document(BytesIO(output.data))
        paragraphs = [one for one in edited.paragraphs if len(one.text) > 20]
        for one in paragraphs[:1]:
            one.insert_paragraph_before("新写的一段，补充说明。")
        for one in paragraphs[1:2]:
            one._element.getparent().remove(one._element)
        table = max(edited.tables, key=lambda one: len(one.rows))
        rows = table.rows
        rows[-1].cells[0].paragraphs[0].add_run("（已核对）")
        rows[-3]._tr.getparent().remove(rows[-3]._tr)
        held = BytesIO()
        edited.save(held)
        found.append(redline(output.data, held.getvalue()).data)
        found.append(redline(held.getvalue(), output.data).data)
    return found


@pytest.mark.validator
def test_it_has_no_faults(redlined: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    faults = []
    for data in redlined:
        path.write_bytes(data)
        faults += validation_errors(path)

    assert faults == []


@pytest.mark.office
def test_libreoffice_opens_it_and_shows_both(
    redlined: list[bytes], tmp_path: Path
) -> None:
    files = []
    for number, data in enumerate(redlined[:2]):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(data)

    for pdf in convert(files, tmp_path, "pdf", tmp_path / "profile"):
        reader = PdfReader(pdf)
        text = "".join(page.extract_text() for page in reader.pages)
        assert "新写的一段，补充说明" in "".join(text.split())
