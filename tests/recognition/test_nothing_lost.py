"""Every text that stands in a document is in the draft, a label, or in the list of what was not placed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from printed_units import printed, without_trace
from test_layouts import CASES, lost

from reportgen.core.errors import ReportgenError
from reportgen.pipeline import PackCache
from reportgen.recognition.automatic_text import drop_automatic
from reportgen.recognition.draft_text import fitting_tree
from reportgen.recognition.fitting_pack import name_sections, packs_to_fit
from reportgen.recognition.recognize import Recognized, recognize

ROOT = Path(__file__).parents[2]
PACKS = PackCache((ROOT / "templates",))
UNITS = [
    *(
        ROOT / "templates" / one / "example.yaml"
        for one in ("hecheng", "ezhou")
    ),
    *(ROOT / "inputs" / one for one in ("lukou.yaml", "xiangshan.yaml")),
]
CORPUS = CASES.parents[1] / "corpus" / "docx"
HARMLESS = {"00_good_template", "dump_yaml10", "dump_yaml27", "dump_yaml28"}

UNSHOWN = {"broken_07_p_in_t", "broken_24_fldchar_unbalanced"}
"""What stands behind the fault is no text that Word shows."""


def drafted(*documents: bytes) -> Recognized:
    """What import makes of documents, up to the text of the draft."""
    packs = [*packs_to_fit("", PACKS.search)]
    read = [(one, f"{at}.docx") for at, one in enumerate(documents)]
    found = recognize(read, packs)
    if found.pack:
        name_sections(found.draft, found.pack)
        drop_automatic(found.draft, fitting_tree(found), found.pack)
    return found


@pytest.mark.parametrize(
    "path", UNITS, ids=lambda one: "/".join(one.parts[-2:])
)
def test_of_what_was_printed(path: Path) -> None:
    _, documents = printed(path, PACKS)
    made = [without_trace(one) for one in documents.values()]

    found = drafted(*made)

    for one in made:
        assert lost(one, found) == []


@pytest.mark.parametrize(
    "path",
    sorted(CASES.glob("*.docx")) if CASES.is_dir() else [],
    ids=lambda one: one.stem,
)
def test_of_published_papers(path: Path) -> None:
    data = path.read_bytes()

    assert lost(data, drafted(data)) == []


@pytest.mark.parametrize(
    "path",
    sorted(CORPUS.glob("*.docx")) if CORPUS.is_dir() else [],
    ids=lambda one: one.stem,
)
def test_hostile_documents_are_refused_or_read_whole(path: Path) -> None:
    """None runs, reaches outside or brings the program down; what is harmless loses nothing."""
    data = path.read_bytes()
    found = None
    with suppress(ReportgenError):
        found = drafted(data)

    assert (found is not None) >= (path.stem in HARMLESS)
    if found is not None and path.stem not in UNSHOWN:
        assert lost(data, found) == []
