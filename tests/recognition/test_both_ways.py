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
    "lukou": (0.99, 0.98),
    "xiangshan": (0.99, 0.99),
    "hecheng": (0.99, 0.99),
    "wue": (0.99, 0.99),
}
EXAMPLES = {  # the packs add sentences of their own to what these wrote
    "standard": (0.98, 0.98),
    "standard-cost": (0.99, 0.98),
    "hunan": (0.99, 0.98),
    "hubei": (0.98, 0.96),
    "ezhou": (0.96, 0.95),
    "xiangshan": (0.97, 0.92),
    "lukou": (0.96, 0.94),
    "hecheng": (0.95, 0.94),
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


@pytest.mark.parametrize(
    ("name", "pack", "unprinted"),
    [
        ("ezhou-jiguan", "ezhou", 0),
        ("lukou", "lukou", 1),  # the duties stand in sentences alone
        ("xiangshan", "xiangshan", 0),
        ("wue", "ezhou", 0),
        ("hecheng", "hecheng", 6),  # no document prints the unit's funds
    ],
)
def test_the_findings_are_those_of_the_unit(
    name: str, pack: str, unprinted: int, tmp_path: Path
) -> None:
    """Every finding of the file is one of what was read back, and no other."""
    draft = prepare(ROOT / "inputs" / f"{name}.yaml", PACKS, pack)
    made = (one for one in render(draft) if str(one.name).endswith(".docx"))
    files = []
    for one in made:
        files.append(tmp_path / Path(str(one.name)).name)
        files[-1].write_bytes(without_trace(one.data))

    drafted = draft_of(sorted(files), "", PACKS.search, None, "")
    (tmp_path / "unit.yaml").write_text(drafted.text, encoding="utf-8")
    again = prepare(tmp_path / "unit.yaml", PACKS, pack)

    told = Counter((one.code, one.path) for one in draft.findings)
    found = Counter((one.code, one.path) for one in again.findings)
    differing = (told - found) + (found - told)
    assert sum(differing.values()) == unprinted, differing


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_each_pack_comes_back(name: str, tmp_path: Path) -> None:
    recall, precision = EXAMPLES[name]

    found = read_back(ROOT / "templates" / name / "example.yaml", tmp_path)

    assert found.recall >= recall, found.missing
    assert found.precision >= precision, found.more
