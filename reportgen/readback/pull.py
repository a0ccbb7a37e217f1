"""Edits of a person come home: what to write into unit.yaml, and what cannot be written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportgen.errors import Place
from reportgen.figures.catalogue import Figures
from reportgen.figures.figure import FieldPath, Figure
from reportgen.finding import Finding, Severity, dotted
from reportgen.model.loading import LoadedUnit
from reportgen.model.problems import typed_path
from reportgen.model.target import Target
from reportgen.model.unit import Unit
from reportgen.model.values import Reported
from reportgen.narrative.wording import without_number
from reportgen.readback.edits import ADDED, DELETED, MOVED, Edit
from reportgen.readback.fields import Field, figure_at, printed_fields
from reportgen.sources.write_back import Put
from reportgen.trace import Traced

_OCCURRENCE = re.compile(r"_\d{1,3}$")
_OWN = re.compile(r"本单位(\d+)")
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
_SHOWN = 40
_NO_FIELD = "{where}：{what}“{text}”不是从填报文件印出来的，带不回去；{cure}"
_COMPUTED = "{where}：“{before}”改成了“{after}”，而{label}是计算得出的（{formula}；{inputs}）；请改填它所依据的数"
_OTHER = "{where}：填报文件中{field}现在是“{now}”，而文件是按“{before}”印的，没有写回；请先重新生成，再核对这一处"
_EMPTIED = "{where}：“{before}”被删去，没有写回；确要清空的，请在填报文件中删去 {field}"
_CURES = {ADDED: "要留在报告里的，写进填报文件「叙述」的相应一节", DELETED: "重新生成不会再加上"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value to be written: what it is now, and what it becomes."""

    put: Put
    old: str
    new: str


@dataclass(slots=True)
class Pulled:
    """What the edits of one document come to."""

    proposals: list[Proposal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Home:
    """Where the edits of a document belong."""

    loaded: LoadedUnit
    figures: Figures
    view: Mapping[str, Any]
    fields: Mapping[str, Field]
    file: str

    def of(self, mark: str) -> Field | None:
        """The value that a bookmark holds."""
        return self.fields.get(mark) or self.fields.get(_OCCURRENCE.sub("", mark))


def pull(edits: Sequence[Edit], loaded: LoadedUnit, figures: Figures, view: Mapping[str, Any], file: str) -> Pulled:
    """What `edits` of the document `file` mean for the unit that it was printed from.

    `view` is that of the unit as its file reads now, with 叙述: a value that is no longer what was printed is RBK003.
    """
    home = _Home(loaded, figures, view, printed_fields(view, loaded.unit), file)
    pulled = Pulled()
    sections: dict[FieldPath, dict[str, str | None]] = {}
    for edit in edits:
        if edit.kind != MOVED:
            _one(edit, home, pulled, sections)
    for section, changed in sections.items():
        pulled.proposals += _section(section, changed, home)
    return pulled


_Marks = Sequence[tuple[Field, str, str | None]]  # a printed value, its text before and after


def _one(edit: Edit, home: _Home, pulled: Pulled, sections: dict[FieldPath, dict[str, str | None]]) -> None:
    marks = [(one, before, after) for name, before, after in edit.marks if (one := home.of(name))]
    passage = next(((one, before) for one, before, _ in marks if one.section), None)
    if passage is not None:
        _passage(edit, passage, marks, home, pulled, sections)
        return
    changed = [(one, before, after) for one, before, after in marks if after is not None and after != before]
    if not changed and len(marks) == 1 and edit.kind != DELETED and marks[0][1].strip() == edit.before.strip():
        changed = [(marks[0][0], edit.before, edit.after)]  # its bookmark is lost, and it is all there was
    for one, before, after in changed:
        _value(one, before.strip(), after.strip(), edit, home, pulled)
    if not changed:
        what = {ADDED: "新增的", DELETED: "删去的"}.get(edit.kind, "改动的")
        cure = _CURES.get(edit.kind, "属于固定文字的，重新生成时保留您的改动")
        _say(pulled, home, "RBK001", Severity.WARNING, _NO_FIELD, edit, what=what, cure=cure)


def _passage(
    edit: Edit,
    found: tuple[Field, str],
    marks: _Marks,
    home: _Home,
    pulled: Pulled,
    sections: dict[FieldPath, dict[str, str | None]],
) -> None:
    """A paragraph of the report: figures that were typed over go to their fields, its words to its section."""
    passage, printed = found
    if printed and not passage.text.startswith(printed):
        _say(pulled, home, "RBK003", Severity.ERROR, _OTHER, edit, field=dotted(passage.section), now=passage.text)
        return
    for one, before, after in marks:
        if not one.section and after is not None and after != before:
            _value(one, before.strip(), after.strip(), edit, home, pulled)
    text = None if edit.kind == DELETED else _with_names(edit, home, passage)
    if text != _told(passage):
        sections.setdefault(passage.section, {})[passage.path] = text


def _value(one: Field, before: str, after: str, edit: Edit, home: _Home, pulled: Pulled) -> None:
    """A printed value that was typed over."""
    typed = home.loaded.typed(one.field) if one.field else None
    figure = figure_at(home.figures, one.field) if one.field and typed is None else None
    if not one.field or (typed is None and figure is not None and figure.value is not None):
        _refuse(one, figure, edit, home, pulled)
    elif one.text.strip() != before:
        _say(pulled, home, "RBK003", Severity.ERROR, _OTHER, edit, field=dotted(one.field), now=one.text)
    elif not after:
        _say(pulled, home, "RBK001", Severity.WARNING, _EMPTIED, edit, field=dotted(one.field))
    elif not isinstance(typed, (str, type(None))):
        _say(pulled, home, "RBK001", Severity.WARNING, _NO_FIELD, edit, what="改动的", cure="请自行改填报文件")
    else:
        old = typed or ""
        new = f"{after}万元" if old.endswith("元") and _AMOUNT.fullmatch(after) else after
        path = typed_path(home.loaded.document.data, one.field, Unit)
        proposal = Proposal(Put(path, new), old, new)
        if proposal not in pulled.proposals:
            pulled.proposals.append(proposal)


def _refuse(one: Field, figure: Figure | None, edit: Edit, home: _Home, pulled: Pulled) -> None:
    if figure is None:
        cure = "它由填报的其他内容或模板包得出，请改填所依据的内容"
        _say(pulled, home, "RBK002", Severity.ERROR, _NO_FIELD, edit, what="改动的", cure=cure)
        return
    inputs = "、".join(f"{item.label} {_input(item.value)}{_line(item.path, home)}" for item in figure.inputs[:6])
    said = {"label": figure.label, "formula": figure.formula, "inputs": inputs or "没有数据"}
    _say(pulled, home, "RBK002", Severity.ERROR, _COMPUTED, edit, **said)


def _input(value: object) -> str:
    if isinstance(value, (Target, Reported)):
        return value.text.strip()
    return "未填" if value is None else str(value)


def _line(path: FieldPath, home: _Home) -> str:
    if home.loaded.typed(path) is None:
        return ""
    return f"（第{home.loaded.place(path).line}行）"


def _with_names(edit: Edit, home: _Home, passage: Field) -> str:
    """The paragraph as it stands, with names for the values in it: one that was typed over is told by itself."""
    text, printed = edit.after, {name: before for name, before, _ in edit.marks}
    owner = passage.path.partition(".叙述")[0] if passage.path.startswith("项目#") else ""
    for start, end, mark in sorted(edit.spans, reverse=True):
        one = home.of(mark)
        if one and not one.section:
            name = _name(one.path, owner)
            shown = f"{{{{ {name} }}}}" if name else printed.get(mark, text[start:end])
            text = f"{text[:start]}{shown}{text[end:]}"
    return without_number(text)


def _name(path: str, owner: str) -> str:
    """The name that a unit's own text writes; "" for a value of one row among many."""
    if owner and path.startswith(f"{owner}."):
        path = f"项目{path[len(owner) :]}"
    return "" if "#" in path or "|" in path else path


def _section(section: FieldPath, changed: dict[str, str | None], home: _Home) -> Iterator[Proposal]:
    """One paragraph where the unit wrote the section itself; the whole section where the pack told it."""
    path = typed_path(home.loaded.document.data, section, Unit)
    typed = home.loaded.typed(section)
    own = [typed] if isinstance(typed, str) else list(typed or ())
    numbers = {one: _OWN.fullmatch(one.rpartition("#")[2]) for one in changed}
    if all(number and changed[one] is not None for one, number in numbers.items()) and own:
        for one, number in numbers.items():
            position, text = int(number[1]) - 1 if number else 0, changed[one] or ""
            if position < len(own):
                here = path if isinstance(typed, str) else (*path, position)
                yield Proposal(Put(here, text), str(own[position]), text)
        return
    owner = home.view["项目列表"][section[1]] if section[0] == "项目" else home.view
    texts: list[Traced] = owner["叙述"][section[-1]]
    now = [changed.get(one.path, _told(one)) for one in texts]
    whole = tuple(one for one in now if one)
    yield Proposal(Put(path, whole or ("无",)), "；".join(map(str, own)), "；".join(whole))


def _told(passage: Traced | Field) -> str:
    """A passage that nobody touched, with names for its values."""
    traced = passage.text if isinstance(passage, Field) else passage
    text = str.__str__(traced)
    owner = passage.path.partition(".叙述")[0] if passage.path.startswith("项目#") else ""
    for start, end, path in reversed(traced.spans if isinstance(traced, Traced) else ()):
        if name := _name(path, owner):
            text = f"{text[:start]}{{{{ {name} }}}}{text[end:]}"
    return without_number(text)


def _say(pulled: Pulled, home: _Home, code: str, severity: Severity, message: str, edit: Edit, **values: str) -> None:
    texts = {"where": edit.where, "before": edit.before, "after": edit.after, "text": edit.after or edit.before}
    said = {name: _short(text) for name, text in {**texts, **values}.items()}
    text = message.format(**{**said, **{name: value for name, value in values.items() if name != "now"}})
    pulled.findings.append(Finding(code, severity, text, Place(home.file), "", "", home.file))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
