"""A unit told by a pack: what the tests of the narrative start from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.figures.catalogue import compute_figures
from reportgen.model.unit import Unit
from reportgen.narrative.filling import SnippetRenderer
from reportgen.narrative.passage import Narrative, Passage
from reportgen.packs.pack import Pack, load_pack
from reportgen.view.formatter import View
from reportgen.view.names import build_view

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STANDARD = load_pack(TEMPLATES / "standard")
TELLER = SnippetRenderer(STANDARD)


def unit(**data: Any) -> Unit:
    """A unit with a year, a name and `data`."""
    return Unit.model_validate(
        {"年度": "2024", "单位": {"名称": "甲馆"}, **data}
    )


def told(
    one: Unit, pack: Pack = STANDARD, snippets: SnippetRenderer = TELLER
) -> tuple[Narrative, View]:
    """The narrative of the unit and the view that holds it."""
    return snippets.tell(
        one, build_view(one, compute_figures(one, pack.scoring), pack)
    )


def section(name: str, **data: Any) -> tuple[Passage, ...]:
    """The passages of one section of the unit."""
    return told(unit(**data))[0].unit[name]


def texts(name: str, **data: Any) -> list[str]:
    """What one section of the unit says, without numbers."""
    return [passage.text for passage in section(name, **data)]


def project_section(name: str, **data: Any) -> tuple[Passage, ...]:
    """The passages of one section of a unit's only project 乙."""
    return told(unit(项目=[{"名称": "乙", **data}]))[0].projects[0][name]
