"""Edits of a person come home: what to write into unit.yaml, and what cannot be written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity, dotted
from reportgen.core.trace import bookmark_name
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.loading import LoadedUnit
from reportgen.model.problems import typed_path
from reportgen.model.unit import Unit
from reportgen.narrative.wording import NOTHING, without_number
from reportgen.packs.manifest import Section, Snippets
from reportgen.readback.compare.edits import ADDED, DELETED, MOVED, Edit
from reportgen.readback.compare.fields import printed_fields, value_of
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.read.paragraph_text import OBJECT, quoted
from reportgen.sources.write_back import Put

_OWN = re.compile(r"本单位(\d+)")
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?")
_SHOWN = 40
_GROUPS = (
    "目标",
    "一级",
    "二级",
)  # by which the rows of indicators are grouped, the widest first
_NO_FIELD = "{where}：{what}“{text}”不是从填报文件印出来的，带不回去；{cure}"
_COMPUTED = "{where}：“{before}”改成了“{after}”，而{label}是计算得出的（{formula}；{inputs}）；请改填它所依据的数"
_OTHER = "{where}：填报文件中{field}现在是“{now}”，而文件是按“{before}”印的，没有写回；请先重新生成，再核对这一处"
_EMPTIED = "{where}：“{before}”被删去，没有写回；确要清空的，请在填报文件中删去 {field}"
_BY_THE_PROGRAM = "它是程序按数据成文的，文档里的改动重新生成时保留"
_BY_OTHERS = "它由下属单位的完成情况汇总得出，请改下属单位的填报文件"
_BY_HAND = "请自行改填报文件"
_CURES = {
    ADDED: "要留在报告里的，写进填报文件「叙述」的相应一节",
    DELETED: "重新生成不会再加上",
}


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
    figures: Mapping[FieldPath, Figure]
    view: Mapping[str, Any]
    fields: Mapping[str, Value]
    snippets: Snippets
    file: str

    def of(self, mark: str) -> Value | None:
        """The value that a bookmark holds."""
        return value_of(self.fields, mark)


def pull(
    edits: Sequence[Edit],
    loaded: LoadedUnit,
    computed: Iterable[Figure],
    view: Mapping[str, Any],
    snippets: Snippets,
    file: str,
) -> Pulled:
    """What `edits` of the document `file` mean for the unit that it was printed from, by a pack with these `snippets`.

    `computed` are all its figures, which cannot be written. `view` is that of the unit as its file reads now, with
    叙述: a value that is no longer what was printed is RBK003.
    """
    home = _Home(
        loaded,
        {one.path: one for one in computed},
        view,
        printed_fields(view),
        snippets,
        file,
    )
    pulled = Pulled()
    sections: dict[FieldPath, dict[str, str | None]] = {}
    for edit in edits:
        if edit.kind != MOVED:
            _one(edit, home, pulled, sections)
    for section, changed in sections.items():
        pulled.proposals += _section(section, changed, home)
    return pulled


_Marks = Sequence[
    tuple[Value, str, str | None]
]  # a printed value, its text before and after


def _one(
    edit: Edit,
    home: _Home,
    pulled: Pulled,
    sections: dict[FieldPath, dict[str, str | None]],
) -> None:
    marks = [
        (one, before, after)
        for name, before, after in edit.marks
        if (one := home.of(name)) is not None
    ]
    passage = next(((one, before) for one, before, _ in marks if one.section), None)
    if passage is not None:
        _passage(edit, passage, marks, home, pulled, sections)
        return
    if not _differ(
        edit.before, edit.after
    ):  # a line broken, a blank, a picture: layout
        return
    changed = [
        (one, before, after)
        for one, before, after in marks
        if after is not None and _differ(before, after)
    ]
    if (
        not changed
        and len(marks) == 1
        and edit.kind != DELETED
        and marks[0][1].strip() == edit.before.strip()
    ):
        changed = [
            (marks[0][0], edit.before, edit.after)
        ]  # its bookmark is lost, and it is all there was
    for one, before, after in changed:
        _value(one, _plain(before), _plain(after), edit, home, pulled)
    if not changed:
        what = {ADDED: "新增的", DELETED: "删去的"}.get(edit.kind, "改动的")
        cure = _CURES.get(edit.kind, "属于固定文字的，重新生成时保留您的改动")
        _say(
            pulled,
            home,
            "RBK001",
            Severity.WARNING,
            _NO_FIELD,
            edit,
            what=what,
            cure=cure,
        )


def _passage(
    edit: Edit,
    found: tuple[Value, str],
    marks: _Marks,
    home: _Home,
    pulled: Pulled,
    sections: dict[FieldPath, dict[str, str | None]],
) -> None:
    """A paragraph of the report: figures that were typed over go to their fields, its words to its section."""
    passage, printed = found
    if printed and not passage.startswith(printed):
        _say(
            pulled,
            home,
            "RBK003",
            Severity.ERROR,
            _OTHER,
            edit,
            field=dotted(passage.section),
            now=str(passage),
        )
        return
    for one, before, after in marks:
        if not one.section and after is not None and _differ(before, after):
            _value(one, _plain(before), _plain(after), edit, home, pulled)
    text = None if edit.kind == DELETED else _with_names(edit, home, found)
    if (text is None and edit.kind != DELETED) or sum(
        bool(one.section) for one, _, _ in marks
    ) > 1:
        _say(
            pulled,
            home,
            "RBK001",
            Severity.WARNING,
            _NO_FIELD,
            edit,
            what="改动的",
            cure=_BY_HAND,
        )
        return
    if text is not None and text.rstrip("。") == _told(passage, home).rstrip("。"):
        return
    if not _may_change(passage, home):
        what = "删去的" if edit.kind == DELETED else "改动的"
        _say(
            pulled,
            home,
            "RBK001",
            Severity.WARNING,
            _NO_FIELD,
            edit,
            what=what,
            cure=_BY_THE_PROGRAM,
        )
    else:
        sections.setdefault(passage.section, {})[passage.path] = text


def _value(
    one: Value, before: str, after: str, edit: Edit, home: _Home, pulled: Pulled
) -> None:
    """A printed value that was typed over."""
    typed = home.loaded.typed(one.field) if one.field else None
    figure = home.figures.get(one.source) if typed is None else None
    if not one.field or (
        typed is None and figure is not None and figure.value is not None
    ):
        _refuse(one, figure, edit, home, pulled)
    elif typed is None and before and one.field[-1] == "实际值":
        _say(
            pulled,
            home,
            "RBK002",
            Severity.ERROR,
            _NO_FIELD,
            edit,
            what="改动的",
            cure=_BY_OTHERS,
        )
    elif one.strip() != before:
        _say(
            pulled,
            home,
            "RBK003",
            Severity.ERROR,
            _OTHER,
            edit,
            field=dotted(one.field),
            now=str(one),
        )
    elif not after:
        _say(
            pulled,
            home,
            "RBK001",
            Severity.WARNING,
            _EMPTIED,
            edit,
            field=dotted(one.field),
        )
    elif not isinstance(typed, (str, type(None))):
        _say(
            pulled,
            home,
            "RBK001",
            Severity.WARNING,
            _NO_FIELD,
            edit,
            what="改动的",
            cure=_BY_HAND,
        )
    else:
        old = typed or ""
        new = (
            f"{after}万元" if old.endswith("元") and _AMOUNT.fullmatch(after) else after
        )
        for field in (one.field, *(_rows_below(one.field, home) if edit.heads else ())):
            proposal = Proposal(
                Put(typed_path(home.loaded.document.data, field, Unit), new), old, new
            )
            if proposal not in pulled.proposals:
                pulled.proposals.append(proposal)


def _rows_below(field: FieldPath, home: _Home) -> Iterator[FieldPath]:
    """The same field of the indicators over which a cell goes on: those that follow and are grouped alike."""
    *above, position, key = field
    if key not in _GROUPS or not isinstance(position, int):
        return
    keys = _GROUPS[: _GROUPS.index(str(key)) + 1]
    group = [home.loaded.typed((*above, position, one)) for one in keys]
    for below in count(position + 1):
        if [
            home.loaded.typed((*above, below, one)) for one in keys
        ] != group or not any(group):
            return
        yield (*above, below, key)


def _refuse(
    one: Value, figure: Figure | None, edit: Edit, home: _Home, pulled: Pulled
) -> None:
    if figure is None:
        cure = "它由填报的其他内容或模板包得出，请改填所依据的内容"
        _say(
            pulled,
            home,
            "RBK002",
            Severity.ERROR,
            _NO_FIELD,
            edit,
            what="改动的",
            cure=cure,
        )
        return
    inputs = "、".join(
        f"{item.label} {item.text or '未填'}{_line(item.path, home)}"
        for item in figure.inputs[:6]
    )
    said = {
        "label": figure.label,
        "formula": figure.formula,
        "inputs": inputs or "没有数据",
    }
    _say(pulled, home, "RBK002", Severity.ERROR, _COMPUTED, edit, **said)


def _line(path: FieldPath, home: _Home) -> str:
    if home.loaded.typed(path) is None:
        return ""
    return f"（第{home.loaded.place(path).line}行）"


def _with_names(edit: Edit, home: _Home, found: tuple[Value, str]) -> str | None:
    """The passage as it stands, with names for the values in it: one that was typed over is told by itself.

    None where nobody can tell it from the label before it any more.
    """
    passage, whole = found
    text, printed = edit.after, {name: before for name, before, _ in edit.marks}
    owner = _owner(passage.path)
    label, _, behind = (
        edit.before.partition(whole) if whole else ("", "", "")
    )  # what the template says around it
    behind = behind.removeprefix(passage[len(whole) :])
    if behind and text.endswith(behind):
        text = text[: -len(behind)]
    first = len(label)
    if not text.startswith(label):
        first = next(
            (start for start, _, mark in edit.spans if home.of(mark) is passage), -1
        )
    if first < 0:
        return None
    for start, end, mark in sorted(edit.spans, reverse=True):
        one = home.of(mark)
        if one is not None and not one.section and start >= first and end <= len(text):
            name = _name(one, owner, printed.get(mark, ""))
            shown = f"{{{{ {name} }}}}" if name else printed.get(mark, text[start:end])
            text = f"{text[:start]}{shown}{text[end:]}"
    return without_number(text[first:].replace(OBJECT, "").strip())


def _owner(path: str) -> str:
    """The path of the project that a passage belongs to, "" where it is of the unit."""
    return path.partition(".叙述")[0] if path.startswith("项目#") else ""


def _plain(text: str) -> str:
    return text.replace(OBJECT, "").replace(BETWEEN, "\n").strip()


def _words(text: str) -> str:
    """What is written, without blanks, line breaks and pictures."""
    return "".join(text.replace(OBJECT, "").split())


def _differ(before: str, after: str) -> bool:
    return _words(before) != _words(after)


def _name(one: Value, owner: str, printed: str) -> str:
    """The name that a unit's own text writes for a value; "" where it would print something else."""
    path = (
        f"项目{one.path[len(owner) :]}"
        if owner and one.path.startswith(f"{owner}.")
        else one.path
    )
    return "" if "#" in path or "|" in path or one.strip() != printed.strip() else path


def _section(
    section: FieldPath, changed: dict[str, str | None], home: _Home
) -> Iterator[Proposal]:
    """The paragraphs of a section that the unit wrote itself; the whole section where the pack told it."""
    path = typed_path(home.loaded.document.data, section, Unit)
    typed = home.loaded.typed(section)
    own = [typed] if isinstance(typed, str) else list(typed or ())
    places = {one: _own_place(one, section, own, home) for one in changed}
    if all(place is not None for place in places.values()):
        edited: list[str | None] = list(own)
        for one, place in places.items():
            edited[place or 0] = changed[one]
        if None in edited or any(BETWEEN in (one or "") for one in edited):
            yield _whole(path, own, [one for one in edited if one])
            return
        for one, place in places.items():
            here, text = (
                path if isinstance(typed, str) else (*path, place or 0),
                changed[one] or "",
            )
            yield Proposal(Put(here, text), str(own[place or 0]), text)
        return
    owner = home.view["项目列表"][section[1]] if section[0] == "项目" else home.view
    texts: list[Value] = owner["叙述"][section[-1]]
    before = [_told(one, home) for one in texts]
    now = [changed.get(one.path, text) for one, text in zip(texts, before, strict=True)]
    if now != before and ([one for one in now if one] or ["无"]) != before:
        yield _whole(path, own, [one for one in now if one])


def _whole(path: FieldPath, own: Sequence[str], texts: Sequence[str]) -> Proposal:
    told = [part for one in texts for part in _paragraphs(one)]
    return Proposal(Put(path, tuple(told) or ("无",)), "；".join(own), "；".join(told))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs that a person made of one."""
    if BETWEEN not in text:
        return [text]
    return [without_number(one.strip()) for one in text.split(BETWEEN) if one.strip()]


def _own_place(
    passage: str, section: FieldPath, own: Sequence[str], home: _Home
) -> int | None:
    """Which of the texts that the unit wrote is printed as `passage`; None where the pack told it."""
    number = _OWN.fullmatch(passage.rpartition("#")[2])
    spec = _spec(section, home)
    merged = spec is not None and spec.own == "合并"
    said = [
        n for n, text in enumerate(own) if not merged or text.strip() not in NOTHING
    ]
    position = int(number[1]) - 1 if number else len(said)
    return said[position] if position < len(said) else None


def _spec(section: FieldPath, home: _Home) -> Section | None:
    """What the pack says of a section of 叙述."""
    specs = home.snippets.project if section[0] == "项目" else home.snippets.unit
    return specs.get(str(section[-1]))


def _may_change(passage: Value, home: _Home) -> bool:
    """Whether the unit's own text can take the place of a passage.

    It cannot where a section adds the unit's words to the pack's, or where improvements answer what the pack told.
    """
    section = passage.section
    specs = home.snippets.project if section[0] == "项目" else home.snippets.unit
    spec = _spec(section, home)
    if _OWN.fullmatch(passage.path.rpartition("#")[2]) or spec is None:
        return True
    return spec.own != "合并" and all(
        one.answers != section[-1] for one in specs.values()
    )


def _told(passage: Value, home: _Home) -> str:
    """A passage that nobody touched, with names for its values."""
    text = str(passage)
    owner = _owner(passage.path)
    for start, end, value in reversed(passage.spans):
        one = home.fields.get(bookmark_name(value.path))
        if one is not None and (name := _name(one, owner, text[start:end])):
            text = f"{text[:start]}{{{{ {name} }}}}{text[end:]}"
    return without_number(text)


def _say(
    pulled: Pulled,
    home: _Home,
    code: str,
    severity: Severity,
    message: str,
    edit: Edit,
    *,
    now: str = "",
    **said: str,
) -> None:
    """Adds a finding about `edit`; `now` is what its field says now, `said` stands in the message as it is."""
    after = edit.after or edit.before
    texts = {
        "where": edit.where,
        "before": edit.before,
        "after": edit.after,
        "text": after,
        "now": now,
    }
    text = message.format(
        **{name: quoted(one, _SHOWN) for name, one in texts.items()}, **said
    )
    pulled.findings.append(
        Finding(code, severity, text, Place(home.file), "", "", home.file)
    )
