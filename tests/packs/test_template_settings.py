"""What the settings of the Word templates say to Word about lines."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).parents[2] / "templates"
DOCUMENTS = sorted(TEMPLATES.glob("*/*.docx"))


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_line_ends_with_the_minus_of_a_number(path: Path) -> None:
    """-5.00% stays in one line; opening brackets and quotes stay among the signs that end none."""
    with ZipFile(path) as archive:
        settings = etree.fromstring(archive.read("word/settings.xml"))
    signs = settings.find(f"{W}noLineBreaksAfter")
    assert signs is not None
    assert signs.get(f"{W}lang") == "zh-CN"
    assert set("-（“《") <= set(signs.get(f"{W}val"))
