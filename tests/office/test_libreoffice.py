"""What LibreOffice makes of the documents: pages, and templates that staff opened, restyled and saved with it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import RGBColor
from office_programs import convert, need

from reportgen.pipeline import PackCache, prepare, render

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
LUKOU = ROOT / "inputs" / "lukou.yaml"

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


def printed_text(data: bytes) -> list[str]:
    """Paragraphs and cells, each merged cell once, without white space."""
    document = Document(BytesIO(data))
    cells = [
        cell
        for table in document.tables
        for row in table.rows
        for cell in dict.fromkeys(row.cells)
    ]
    texts = [paragraph.text for paragraph in document.paragraphs] + [
        cell.text for cell in cells
    ]
    return ["".join(text.split()) for text in texts if text.strip()]


def test_every_document_converts_and_its_pages_hold_the_text(
    tmp_path: Path, profile: Path
) -> None:
    pdftotext = need("office", shutil.which("pdftotext"))
    outputs = list(render(prepare(LUKOU, PackCache((TEMPLATES,)))))
    files = [tmp_path / f"{number}.docx" for number in range(len(outputs))]
    for file, output in zip(files, outputs, strict=True):
        file.write_bytes(output.data)

    made = convert(files, tmp_path, "pdf", profile)

    pages = [
        subprocess.run(
            [pdftotext, str(file), "-"], capture_output=True, check=True
        ).stdout.decode()
        for file in made
    ]
    flat = ["".join(page.split()) for page in pages]
    assert all("株洲市渌口区机关事务服务中心" in page for page in flat)
    assert "四、改进措施" in flat[0]
    assert all("项目支出绩效自评表" in page for page in flat[2:])


@pytest.mark.parametrize(
    "pack", sorted({path.parent.name for path in TEMPLATES.glob("*/*.docx")})
)
def test_a_template_restyled_and_saved_by_libreoffice_prints_the_same(
    pack: str, tmp_path: Path, profile: Path
) -> None:
    example = TEMPLATES / pack / "example.yaml"
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    folder = tmp_path / "templates" / pack
    restyled = tmp_path / "restyled"
    restyled.mkdir()
    originals = sorted(folder.glob("*.docx"))
    for file in originals:
        document = Document(str(file))
        document.styles["Normal"].font.color.rgb = RGBColor(0x11, 0x22, 0x33)
        document.save(str(restyled / file.name))
    convert(sorted(restyled.glob("*.docx")), folder, "docx", profile)

    before = {
        one.name: printed_text(one.data)
        for one in render(prepare(example, PackCache((TEMPLATES,)), pack))
    }
    after = list(
        render(prepare(example, PackCache((tmp_path / "templates",)), pack))
    )

    assert {one.name: printed_text(one.data) for one in after} == before
    if originals:
        colours = {
            Document(BytesIO(one.data)).styles["Normal"].font.color.rgb
            for one in after
        }
        assert RGBColor(0x11, 0x22, 0x33) in colours
