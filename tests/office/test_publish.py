"""Word opens the copies for the web site: the Open XML SDK has nothing against them, and LibreOffice prints them."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from command_line import REPOSITORY
from office_programs import need, validation_errors
from persons_in_documents import (
    CASES,
    in_a_chart_and_its_workbook,
    in_a_deleted_row_and_paragraph,
    in_a_picture,
    in_a_text_box,
    in_an_embedded_file,
    in_content_controls,
    in_settings,
)
from pypdf import PdfReader

from reportgen.application.publish.publish import (
    PublicResult,
    PublishRequest,
    publish,
    with_pdfs,
)
from reportgen.pipeline import PackCache, prepare, print_set

ODD = (
    in_a_chart_and_its_workbook,
    in_a_deleted_row_and_paragraph,
    in_a_picture,
    in_a_text_box,
    in_an_embedded_file,
    in_content_controls,
    in_settings,
)


def published(folder: Path, target: Path) -> list[PublicResult]:
    return list(publish(PublishRequest((folder,), target, target)))


@pytest.mark.validator
def test_the_copies_have_no_faults(tmp_path: Path) -> None:
    source = tmp_path / "文件"
    source.mkdir()
    for make in ODD:
        (source / f"{make.__name__}.docx").write_bytes(make().data)
    unit = REPOSITORY / "templates" / "standard" / "example.yaml"
    draft = prepare(unit, PackCache((REPOSITORY / "templates",)))
    for output in print_set(draft)[:2]:
        (source / output.name).write_bytes(output.data)

    done = published(source, tmp_path / "公开")

    assert len(done) == len(ODD) + 2
    assert [
        fault for one in done for fault in validation_errors(one.target)
    ] == []


@pytest.mark.office
def test_libreoffice_prints_every_copy_and_no_person(tmp_path: Path) -> None:
    need("office", shutil.which("soffice"))
    source = tmp_path / "文件"
    source.mkdir()
    secrets: dict[str, tuple[str, ...]] = {}
    for number, make in enumerate(CASES):
        edited = make()
        (source / f"{number}.docx").write_bytes(edited.data)
        secrets[f"{number}.pdf"] = edited.secrets

    done = with_pdfs(published(source, tmp_path / "公开"))

    assert [one.failure for one in done if one.failure] == []
    assert [one.remains for one in done if one.remains] == []
    for one in done:
        pdf = one.target.with_suffix(".pdf")
        reader = PdfReader(BytesIO(pdf.read_bytes()))
        text = "".join(
            "".join(page.extract_text().split()) for page in reader.pages
        )
        said = text + str(reader.metadata)
        assert [word for word in secrets[pdf.name] if word in said] == []
