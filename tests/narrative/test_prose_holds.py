"""Whatever a unit leaves out, the prose crashes nowhere and stays prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from narrative_support import ROOT, TEMPLATES, told

from reportgen.model.unit import Unit
from reportgen.narrative.filling import SnippetRenderer
from reportgen.narrative.passage import Narrative
from reportgen.packs.pack import load_pack
from reportgen.sources.yaml_tree import load_yaml

PACKS = {
    folder.name: load_pack(folder, (TEMPLATES,))
    for folder in sorted(TEMPLATES.iterdir())
}
TELLERS = {name: SnippetRenderer(pack) for name, pack in PACKS.items()}
SOURCES = {
    path.stem: load_yaml(path).data
    for path in (
        ROOT / "inputs" / "lukou.yaml",
        TEMPLATES / "standard" / "example.yaml",
    )
}
KEPT = ("名称", "年度", "单位")

BROKEN = re.compile(
    r"[，、；：。,;]{2,}|[，、；：。]”|“”|（）|（[，、；。]|[，、；]）|[！？][。；，]"  # marks
    r"|None|Undefined|\{\{|(?<![0-9.,])0(?:\.00)?(?:万元|项|人|个)"  # nothing said as if it were something
    r"|其中[，。；]|(?:原因是|主管部门为|等级为|属|是)[，。；]|^[，。；、）]|[^。！？”无]$"
)


def thinned(tree: Any, keep: Iterator[bool]) -> Any:
    if isinstance(tree, dict):
        return {
            key: thinned(below, keep)
            for key, below in tree.items()
            if key in KEPT or next(keep)
        }
    if isinstance(tree, list):
        return [thinned(below, keep) for below in tree if next(keep)]
    return tree


def generated(narrative: Narrative) -> Iterator[str]:
    for sections in (narrative.unit, *narrative.projects):
        for passages in sections.values():
            for passage in passages:
                if not passage.own:
                    yield from filter(None, (passage.text, passage.improvement))


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(SOURCES)),
    st.sampled_from([0.05, 0.3, 0.6, 0.9]),
    st.randoms(use_true_random=False),
)
def test_dropped_fields_leave_prose(
    pack: str, source: str, dropped: float, random: Any
) -> None:
    keep = iter(lambda: random.random() > dropped, None)
    one = Unit.model_validate(thinned(SOURCES[source], keep))

    narrative, view = told(one, PACKS[pack], TELLERS[pack])

    assert view["叙述"].keys() == PACKS[pack].snippets.unit.keys()
    broken = [text for text in generated(narrative) if BROKEN.search(text)]
    assert not broken


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    "path", sorted((ROOT / "inputs").glob("*.yaml")), ids=lambda path: path.stem
)
def test_published_units_read_as_prose_in_every_pack(
    pack: str, path: Path
) -> None:
    narrative, _ = told(
        Unit.model_validate(load_yaml(path).data), PACKS[pack], TELLERS[pack]
    )

    assert not [text for text in generated(narrative) if BROKEN.search(text)]
