"""What was printed with a pack, its trace taken out, is read back as the unit it came from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from printed_units import Share, printed, share, without_trace

from reportgen.pipeline import PackCache, prepare, render
from reportgen.recognition.draft_text import draft_of

ROOT = Path(__file__).parents[2]
PACKS = PackCache((ROOT / "templates",))
PUBLISHED = {  # the least recall and precision; the packs' own words change
    "ezhou-jiguan": (0.99, 0.99),
    "lukou": (0.98, 0.97),
    "xiangshan": (0.97, 0.95),
    "hecheng": (0.94, 0.94),
    "wue": (0.92, 0.98),
}
EXAMPLES = {
    "standard": (0.96, 0.95),
    "standard-cost": (0.98, 0.97),
    "hunan": (0.97, 0.96),
    "hubei": (0.96, 0.93),
    "ezhou": (0.94, 0.93),
    "xiangshan": (0.95, 0.88),
    "lukou": (0.93, 0.90),
    "hecheng": (0.91, 0.83),
}


def read_back(path: Path, folder: Path) -> Share:
    draft, documents = printed(path, PACKS)
    files = []
    for name, data in documents.items():
        files.append(folder / Path(name).name)
        files[-1].write_bytes(without_trace(data))
    made = draft_of(sorted(files), "", PACKS.search, None, "")
    return share(draft, documents, yaml.load(made.text, yaml.BaseLoader))


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_sets_come_back(name: str, tmp_path: Path) -> None:
    recall, precision = PUBLISHED[name]

    found = read_back(ROOT / "inputs" / f"{name}.yaml", tmp_path)

    assert found.recall >= recall, found.missing
    assert found.precision >= precision, found.more


def test_the_findings_are_those_of_the_unit(tmp_path: Path) -> None:
    """A set with the reports of its projects: every finding of the file is one of what was read back."""
    draft = prepare(ROOT / "inputs" / "lukou.yaml", PACKS, "lukou")
    made = (one for one in render(draft) if str(one.name).endswith(".docx"))
    documents = {str(one.name): one.data for one in made}
    files = []
    for name, data in documents.items():
        files.append(tmp_path / Path(name).name)
        files[-1].write_bytes(without_trace(data))

    drafted = draft_of(sorted(files), "", PACKS.search, None, "")
    (tmp_path / "unit.yaml").write_text(drafted.text, encoding="utf-8")
    again = prepare(tmp_path / "unit.yaml", PACKS, "lukou")

    told = Counter((one.code, one.path) for one in draft.findings)
    assert Counter((one.code, one.path) for one in again.findings) == told
    found = share(draft, documents, yaml.load(drafted.text, yaml.BaseLoader))
    assert found.recall >= 0.98, found.missing
    assert found.precision >= 0.98, found.more


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_each_pack_comes_back(name: str, tmp_path: Path) -> None:
    recall, precision = EXAMPLES[name]

    found = read_back(ROOT / "templates" / name / "example.yaml", tmp_path)

    assert found.recall >= recall, found.missing
    assert found.precision >= precision, found.more
