"""The chapters of the report: what stands there sentence by sentence, and what a unit may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reportgen.application.web.checked import checked
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.form import typed_text
from reportgen.application.web.saving import PUT, Wanted, save
from reportgen.application.web.sections import section_of
from reportgen.application.web.seen_trees import remember_tree
from reportgen.application.web.texts.marks import (
    DEFAULT_MARK,
    OWN,
    REWORDED,
    shown_marks,
)
from reportgen.application.web.texts.parts import parts_of
from reportgen.application.web.unit_tree import read_tree
from reportgen.core.errors import OutputError
from reportgen.core.findings import Rejected, dotted
from reportgen.core.value import FieldPath
from reportgen.model.unit import Evaluation
from reportgen.narrative.own_words import DEFAULT
from reportgen.narrative.passage import UNSAID, Passage, Sections
from reportgen.workbooks.collection.form import PROJECTS
from reportgen.workbooks.collection.form_tree import value_at

MERGED = "合并"  # how a section of a pack takes what the unit wrote
_CLASH = "这一处刚才在别处也改过，没有保存"
_CLASH_HINT = "请回到报告文字页，看到新的内容以后再改"
_END = re.compile("续*$")  # of the number of a paragraph beyond the first


class Sentence(NamedTuple):
    """One paragraph of a section: its number, whether the unit wrote it, and what it typed for a generated one."""

    number: str
    text: str
    own: bool
    reworded: str  # what the unit typed in its place
    why: str


class OwnText(NamedTuple):
    """What the unit wrote in a section: before and behind what is generated, or in its place.

    Where what is generated stands in the midst of a paragraph it is `within` the text, as a mark.
    """

    before: str
    after: str
    keeps: bool
    within: bool = False
    apart: bool = False  # problems and measures were given in parts, which the form shows one by one

    @property
    def is_there(self) -> bool:
        """Whether there is any."""
        return bool(self.before or self.after)


class Chapter(NamedTuple):
    """One section of the report of the unit or of a project."""

    name: str
    sentences: tuple[Sentence, ...]
    left_out: tuple[str, ...]  # numbers of sentences
    own: OwnText
    typed: str  # the unit's own text as it stands in the file
    merges: bool  # what is generated stays, but for what the unit tells itself


class ChapterOwner(NamedTuple):
    """Whose chapters are changed: 0 for the unit, else the number of the project, in the file with that sha256."""

    number: int
    digest: str

    @property
    def base(self) -> FieldPath:
        """Where it stands in the unit."""
        return (PROJECTS, self.number - 1) if self.number else ()


class Report(NamedTuple):
    """The chapters of one owner, and who the owners are."""

    digest: str
    owner: int  # 0 for the unit, else the number of the project
    owners: tuple[str, ...]
    chapters: tuple[Chapter, ...]

    @property
    def dotted(self) -> str:
        """Where the unit's own texts stand, as findings name it."""
        return dotted((*ChapterOwner(self.owner, "").base, OWN))

    @property
    def section(self) -> str:
        """The section of the form in which they are."""
        return section_of(self.dotted)


def show_chapters(
    desk: Desk,
    unit: DeskUnit,
    owner: int,
) -> Report:
    """The chapters of the unit (0) or of a project; raises Rejected where no report can be told."""
    found = checked(desk, unit, drafted=True)
    draft = found.draft
    if draft is None:
        raise Rejected(found.findings)
    read = read_tree(unit.file)
    remember_tree(desk, unit, read)
    projects = draft.loaded.unit.projects
    told = draft.narrative.projects
    owner = owner if 0 < owner <= len(told) else 0
    owners = ("部门整体", *(one.name for one in projects))
    sections = (draft.narrative.unit, *told)[owner]
    evaluations: tuple[Evaluation, ...] = (draft.loaded.unit, *projects)
    of_projects = min(owner, 1)
    silent = draft.tools.silent_sections[of_projects]
    snippets = draft.tools.pack.snippets
    specs = (snippets.unit, snippets.project)[of_projects]
    merging = {name for name, one in specs.items() if one.own == MERGED}
    base = ChapterOwner(owner, read.digest).base
    typed = value_at(read.tree, (*base, OWN))
    chapters = _chapters(sections, evaluations[owner], typed, silent, merging)
    return Report(read.digest, owner, owners, tuple(chapters))


def _chapters(
    sections: Sections,
    evaluation: Evaluation,
    own: Any,
    silent: frozenset[str],
    merging: set[str],
) -> Iterator[Chapter]:
    for name, passages in sections.items():
        if name in silent:
            continue
        typed = value_at(own, (name,))
        yield Chapter(
            name,
            tuple(_sentence(one, name, evaluation) for one in passages),
            _left_out(name, evaluation),
            _own_text(typed, evaluation.narrative.get(name, ())),
            typed_text(typed, (OWN, name)),
            name in merging,
        )


def _sentence(
    one: Passage,
    section: str,
    evaluation: Evaluation,
) -> Sentence:
    number = f"{section}.{_END.sub('', one.id)}"
    reworded = "\n".join(evaluation.reworded.get(number, ()))
    text = shown_marks(reworded, (REWORDED,))
    return Sentence(number, one.text, one.own, text, one.why)


def _left_out(
    section: str,
    evaluation: Evaluation,
) -> tuple[str, ...]:
    """The numbers of the section that are not said, in whichever way the file says so."""
    listed = evaluation.unsaid
    silent = (
        number
        for number, texts in evaluation.reworded.items()
        if texts == (UNSAID,)
    )
    every = dict.fromkeys((*listed, *silent))
    return tuple(one for one in every if one.startswith(f"{section}."))


def _own_text(
    typed: Any,
    lines: tuple[str, ...],
) -> OwnText:
    if parts_of(typed, ()):
        return OwnText("", "", keeps=True, apart=True)
    whole = shown_marks("\n".join(lines), (OWN,))
    marks = [at for at, one in enumerate(lines) if DEFAULT.search(one)]
    if not marks:
        return OwnText(whole, "", keeps=False)
    at = marks[0]
    is_alone = DEFAULT.sub("", lines[at]).strip() == ""
    if len(marks) > 1 or not is_alone:
        return OwnText(whole, "", keeps=False, within=True)
    before, after = lines[:at], lines[at + 1 :]
    return OwnText(
        shown_marks("\n".join(before), (OWN,)),
        shown_marks("\n".join(after), (OWN,)),
        keeps=True,
    )


def own_lines(
    before: str,
    after: str,
    *,
    keeps: bool,
) -> str:
    """The unit's own text as it is written into the file."""
    if not keeps:
        return "\n".join(filter(None, (before.strip(), after.strip())))
    if not before.strip() and not after.strip():
        return ""
    parts = (before.strip(), DEFAULT_MARK, after.strip())
    return "\n".join(filter(None, parts))


def write_own(
    desk: Desk,
    unit: DeskUnit,
    owner: ChapterOwner,
    section: str,
    text: str,
    was: str,
) -> None:
    """Writes the unit's own text of a section; "" leaves all to the program. Raises OutputError."""
    path = (*owner.base, OWN, section)
    _save(desk, unit, owner, [Wanted(PUT, path, text, was)])


def leave_out(
    desk: Desk,
    unit: DeskUnit,
    owner: ChapterOwner,
    number: str,
) -> None:
    """A generated sentence is not said; raises OutputError."""
    path = (*owner.base, UNSAID)
    was = _typed(unit, path)
    lines = [*filter(None, was.split("\n")), number]
    text = "\n".join(dict.fromkeys(lines))
    _save(desk, unit, owner, [Wanted(PUT, path, text, was)])


def reword(
    desk: Desk,
    unit: DeskUnit,
    owner: ChapterOwner,
    number: str,
    text: str,
) -> None:
    """A generated sentence is said in the unit's words; raises OutputError."""
    path = (*owner.base, REWORDED, number)
    _save(desk, unit, owner, [Wanted(PUT, path, text, _typed(unit, path))])


def say_again(
    desk: Desk,
    unit: DeskUnit,
    owner: ChapterOwner,
    number: str,
) -> None:
    """A sentence that was left out or reworded stands there as it is generated; raises OutputError."""
    base = owner.base
    unsaid, reworded = (*base, UNSAID), (*base, REWORDED, number)
    was = _typed(unit, unsaid)
    lines = [one for one in was.split("\n") if one != number]
    own = _typed(unit, reworded)
    changes = [
        Wanted(PUT, unsaid, "\n".join(lines), was),
        Wanted(PUT, reworded, "", own),
    ]
    _save(desk, unit, owner, changes)


def _typed(
    unit: DeskUnit,
    path: FieldPath,
) -> str:
    return typed_text(value_at(read_tree(unit.file).tree, path), path)


def _save(
    desk: Desk,
    unit: DeskUnit,
    owner: ChapterOwner,
    changes: list[Wanted],
) -> None:
    saved = save(desk, unit, owner.digest, changes)
    if saved.clashes:
        raise OutputError(_CLASH, hint=_CLASH_HINT)
