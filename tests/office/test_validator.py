"""Every template, one document of each template and a bundle of each pack are valid Open XML for Word."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_programs import validation_errors

from reportgen.pipeline import PackCache, prepare, render
from reportgen.render.bundle.bundle import bundle

TEMPLATES = Path(__file__).parents[2] / "templates"
PACKS = sorted(path.parent.name for path in TEMPLATES.glob("*/pack.yaml"))

pytestmark = pytest.mark.validator


@pytest.mark.parametrize(
    "template",
    sorted(TEMPLATES.glob("*/*.docx")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_template_is_valid(template: Path) -> None:
    assert validation_errors(template) == []


@pytest.mark.parametrize("pack", PACKS)
def test_documents_and_their_bundle_are_valid(
    pack: str, tmp_path: Path
) -> None:
    draft = prepare(
        TEMPLATES / pack / "example.yaml", PackCache((TEMPLATES,)), pack
    )
    outputs = list(render(draft))

    files = [tmp_path / f"{number}.docx" for number in range(len(outputs) + 1)]
    for file, data in zip(
        files,
        [
            *(one.data for one in outputs),
            bundle(
                [one.data for one in outputs],
                f"{draft.loaded.unit.name}2024年度绩效自评材料",
                [one.name for one in outputs],
            ),
        ],
        strict=True,
    ):
        file.write_bytes(data)

    assert [error for file in files for error in validation_errors(file)] == []
