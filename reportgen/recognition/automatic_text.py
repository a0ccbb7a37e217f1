"""What a pack writes by itself from the data is left out of a draft, so that it follows the data from then on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from reportgen.core.errors import ReportgenError
from reportgen.core.value import FieldPath
from reportgen.figures.catalogue import compute_figures
from reportgen.model.unit import Unit
from reportgen.narrative.filling import SnippetRenderer
from reportgen.narrative.passage import Narrative, Sections
from reportgen.packs.manifest import Section
from reportgen.packs.pack import Pack
from reportgen.recognition.draft import ImportDraft, Placed
from reportgen.recognition.reading.words import squeezed
from reportgen.view.names import build_view

TOLD, DEFAULT = "叙述", "{{ 默认 }}"
_ITEM = re.compile(
    r"^(?:[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．])"
)
_JOINED, _SHORTEST = "合并", 8

Told = dict[FieldPath, set[str]]


def drop_automatic(
    draft: ImportDraft,
    tree: Mapping[str, Any],
    pack: Pack,
) -> None:
    """Takes out what the pack would write of the same data; a section of the unit's own words stays whole."""
    sections = _sections_in(draft)
    if not sections:
        return
    with suppress(ValidationError, ReportgenError):
        automatic = _automatic(tree, pack)
        specs = {"项目": pack.snippets.project}
        for path in sections:
            known = specs.get(str(path[0]), pack.snippets.unit)
            _drop(draft, path, automatic.get(path, set()), known)
        draft.close_gaps()


def _sections_in(draft: ImportDraft) -> dict[FieldPath, None]:
    found: dict[FieldPath, None] = {}
    for path in draft.values:
        if TOLD in path[:-1]:
            found[path[: path.index(TOLD) + 2]] = None
    return found


def _drop(
    draft: ImportDraft,
    section: FieldPath,
    automatic: set[str],
    specs: Mapping[str, Section],
) -> None:
    """The paragraphs of a section that are the pack's; among own words {{ 默认 }} stands for them."""
    below = draft.below(section)
    made = [one for one in below if _is_made(draft.values[one], automatic)]
    spec = specs.get(str(section[-1]))
    is_joined = spec is not None and spec.own == _JOINED
    gone = made if is_joined or len(made) == len(below) else made[1:]
    for path in made:
        placed = draft.values[path]
        draft.label(placed.lines)
        draft.values[path] = placed._replace(value=DEFAULT)
    for path in gone:
        del draft.values[path]


def _is_made(
    placed: Placed,
    automatic: set[str],
) -> bool:
    """Whether a paragraph is the pack's; 无 may be typed as well."""
    core = _core(placed.value)
    return len(core) >= _SHORTEST and core in automatic


def _core(text: str) -> str:
    return _ITEM.sub("", squeezed(text))


def _automatic(
    tree: Mapping[str, Any],
    pack: Pack,
) -> Told:
    """What the pack writes into each section where the unit wrote nothing."""
    silent = {key: one for key, one in tree.items() if key != TOLD}
    projects = tree.get("项目", ())
    bare = [
        {key: one for key, one in project.items() if key != TOLD}
        for project in projects
    ]
    found = _texts(_told(silent, pack).unit, ())
    of_projects = _told({**silent, "项目": bare}, pack).projects if bare else ()
    for at, sections in enumerate(of_projects):
        found |= _texts(sections, ("项目", at))
    return found


def _told(
    tree: Mapping[str, Any],
    pack: Pack,
) -> Narrative:
    unit = Unit.model_validate(tree)
    figures = compute_figures(unit, pack.scoring)
    view = build_view(unit, figures, pack, None)
    narrative, _ = SnippetRenderer(pack).tell(unit, view)
    return narrative


def _texts(
    sections: Sections,
    owner: FieldPath,
) -> Told:
    return {
        (*owner, TOLD, name): {_core(one.text) for one in passages}
        for name, passages in sections.items()
    }
