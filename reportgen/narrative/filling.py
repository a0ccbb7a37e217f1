"""Sections of a report: the unit's own text, or the pack's snippets whose condition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.language import Language
from reportgen.model.unit import Unit
from reportgen.narrative.wording import (
    NOTHING,
    enumerate_names,
    numbered,
    one_by_one,
    sentence,
    side_by_side,
    tidy,
    without_end,
    without_number,
)
from reportgen.packs.manifest import Section, Snippet
from reportgen.packs.pack import Pack
from reportgen.view.shown import View

_DEFAULT = re.compile(r"\{\{\s*默认\s*\}\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a section: an `id` that stays the same from build to build, its text, and for a problem the
    improvement that answers it. `own` marks the unit's own words."""

    id: str
    text: str
    improvement: str = ""
    own: bool = False


Sections = dict[str, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The passages of every section, of the unit and of each project."""

    unit: Sections
    projects: tuple[Sections, ...]


class Teller:
    """The snippets of one pack, compiled once, told for many units."""

    def __init__(self, pack: Pack) -> None:
        snippets = pack.snippets
        self._language = Language(f"{pack.name}/snippets.yaml", filters=self._filters())
        self._phrases = {name: self._language.text(text) for name, text in snippets.phrases.items()}
        self._unit = snippets.unit
        self._project = snippets.project

    def _filters(self) -> dict[str, Any]:
        return {
            "短语": lambda row, name: tidy(self._phrases[name]({"行": row})),
            "列举": enumerate_names,
            "去句号": without_end,
            "成句": sentence,
            "逐条": one_by_one,
            "并列": side_by_side,
            "有内容": lambda texts: [text for text in texts if text.strip() not in NOTHING],
        }

    def tell(self, unit: Unit, view: View) -> tuple[Narrative, View]:
        """The narrative of `unit`, and `view` with 叙述 added to the unit and to each project."""
        projects: list[Sections] = []
        project_views: list[View] = []
        for project, shown in zip(unit.projects, view["项目列表"], strict=True):
            sections = self._sections(self._project, project.narrative, {**view, "项目": shown})
            projects.append(sections)
            project_views.append({**shown, "叙述": _texts(sections, self._project)})
        view = {**view, "项目列表": project_views}
        sections = self._sections(self._unit, unit.narrative, view)
        return Narrative(sections, tuple(projects)), {**view, "叙述": _texts(sections, self._unit)}

    def _sections(self, specs: dict[str, Section], own: dict[str, tuple[str, ...]], view: View) -> Sections:
        told: Sections = {}
        for name, spec in specs.items():
            generated = tuple(self._told(spec, view)) if not spec.answers else _answers(told[spec.answers])
            passages = _with_own(spec, generated, own.get(name, ()))
            told[name] = passages or ((Passage("空", spec.empty),) if spec.empty else ())
        return told

    def _told(self, spec: Section, view: View) -> Iterator[Passage]:
        for snippet in spec.snippets:
            yield from self._passages(snippet, view)

    def _passages(self, snippet: Snippet, view: View) -> Iterator[Passage]:
        language = self._language
        rows = language.value(snippet.each)(view) if snippet.each else [None]
        for position, row in enumerate(rows, start=1):
            names = view if row is None else {**view, "项": row}
            if snippet.when and not language.value(snippet.when)(names):
                continue
            text = tidy(language.text(snippet.text)(names))
            if text:
                improvement = tidy(language.text(snippet.improvement)(names)) if snippet.improvement else ""
                yield Passage(snippet.id if row is None else f"{snippet.id}.{position}", text, improvement)


def _answers(problems: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The improvements that answer `problems`, each said once."""
    texts = dict.fromkeys(passage.improvement for passage in problems if passage.improvement)
    return tuple(Passage(f"改进{n}", text) for n, text in enumerate(texts, start=1))


def _with_own(spec: Section, generated: tuple[Passage, ...], own: tuple[str, ...]) -> tuple[Passage, ...]:
    """The section as the unit wants it: its own text in place of, around, or after what is generated."""
    if any(_DEFAULT.search(text) for text in own):
        return tuple(_around(generated, own))
    if spec.own == "合并":
        said = [] if generated and all(text.strip() in NOTHING for text in own) else list(own)
        return (*generated, *_own_passages([sentence(without_number(text)) for text in said]))
    return _own_passages(list(own)) or generated


def _own_passages(texts: list[str]) -> tuple[Passage, ...]:
    return tuple(Passage(f"本单位{n}", text, own=True) for n, text in enumerate(texts, start=1))


def _around(generated: tuple[Passage, ...], own: tuple[str, ...]) -> Iterator[Passage]:
    default = "".join(passage.text for passage in generated)
    for n, text in enumerate(own, start=1):
        if _DEFAULT.fullmatch(text.strip()):
            yield from generated
        else:
            yield Passage(f"本单位{n}", _DEFAULT.sub(lambda _: default, text), own=True)


def _texts(sections: Sections, specs: dict[str, Section]) -> dict[str, list[str]]:
    return {
        name: numbered([passage.text for passage in passages], specs[name].numbering)
        for name, passages in sections.items()
    }
