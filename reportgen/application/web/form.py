"""The form as the page shows it: the blocks of the collection form with what the unit's file says in each field.

Which blocks and fields there are follows from the model (workbooks/collection/form.py); help comes from the remarks
of the pack's blank form, words to choose from the pack. Nothing is described here a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.web.sections import (
    OF_PROJECT,
    section_names,
    sheet_of,
)
from reportgen.application.web.seen_trees import remember_tree
from reportgen.application.web.shown_form import (
    ShownBlock,
    ShownCell,
    ShownField,
    ShownForm,
    ShownRow,
)
from reportgen.application.web.texts.marks import shown_marks
from reportgen.application.web.texts.parts import parts_of
from reportgen.application.web.unit_tree import UnitTree, read_tree
from reportgen.core.errors import ReportgenError
from reportgen.core.value import FieldPath
from reportgen.model.values import IN_SENTENCES, NUMBERS
from reportgen.packs.pack import Pack, pack_folders
from reportgen.workbooks.collection.blank.choices import choices_for
from reportgen.workbooks.collection.blank.making import form_content
from reportgen.workbooks.collection.form import (
    BETWEEN,
    LISTED,
    NAMED,
    ONE,
    PROJECTS,
    FormBlock,
    FormField,
)
from reportgen.workbooks.collection.form_tree import (
    Tree,
    asked_first,
    text_at,
    value_at,
    with_names,
)

STANDARD = "standard"
_OF_PROJECT = "本项目"
_PACK: FieldPath = ("模板",)
_BLANK = "blank form"
_DASHES = re.compile("，?前面加“- ”")
_LISTED = re.compile(r"\[([^\]{}]*)\]")


class _Blank(NamedTuple):
    """What a pack asks for in its blank form."""

    pack: Pack
    blank: Tree
    notes: Mapping[FieldPath, str]


class _Frame(NamedTuple):
    """What the fields of one section need: where they lie, what is typed, what the pack says of them."""

    base: FieldPath  # of the project, or ()
    tree: Any  # below the base
    blank: Any
    whole: Tree
    pack: Pack
    packs: tuple[str, ...]  # the names of all there are
    notes: Mapping[FieldPath, str]


def show_form(
    desk: Desk,
    unit: DeskUnit,
    key: str,
    more: frozenset[int] = frozenset(),
) -> ShownForm:
    """The section `key` of the unit's form, the first where there is none of that key; raises Rejected.

    Of the blocks whose numbers are `more` every field is shown, also those that nobody asked for.
    """
    read = read_tree(unit.file)
    remember_tree(desk, unit, read)
    pack = pack_of(desk, read.tree)
    tree = with_names(read.tree, pack)
    names = section_names(read.tree)
    section = next((one for one in names if one.key == key), names[0])
    blank, notes = _blank_of(desk, pack)
    sheet = sheet_of(section.key)
    packs = tuple(one.name for one in pack_folders(desk.workplace.search))
    frame = _Frame((), tree, blank, tree, pack, packs, notes)
    if sheet.of_project:
        at = int(section.key.removeprefix(OF_PROJECT)) - 1
        below = value_at(tree, (PROJECTS, at))
        empty = value_at(blank, (PROJECTS, 0))
        base: FieldPath = (PROJECTS, at)
        frame = frame._replace(base=base, tree=below, blank=empty)
    return ShownForm(
        read.digest,
        title_of(read),
        pack.name,
        names,
        section,
        tuple(
            _block(one, frame, is_whole=number in more)
            for number, one in enumerate(sheet.blocks, start=1)
        ),
    )


def _blank_of(
    desk: Desk,
    pack: Pack,
) -> tuple[Tree, Mapping[FieldPath, str]]:
    """What the pack's blank form asks, and its remarks; read once for each state of the pack."""
    held = desk.remembered.get((_BLANK, pack.name))
    if not isinstance(held, _Blank) or held.pack is not pack:
        content = form_content(pack)
        blank = with_names(content.blank, pack)
        held = _Blank(pack, blank, content.notes)
        desk.remembered[_BLANK, pack.name] = held
    return held.blank, held.notes


def title_of(read: UnitTree) -> str:
    """The unit and the year as they are typed."""
    name = text_at(read.tree, ("单位", "名称")) or "（还没有填单位名称）"
    year = text_at(read.tree, ("年度",))
    return f"{name} {year}年度" if year else name


def pack_of(
    desk: Desk,
    tree: Tree,
) -> Pack:
    """The pack that the unit names; the standard one where that cannot be read: every field has its place there."""
    name = text_at(tree, _PACK) or STANDARD
    with desk.packs_at_hand() as packs:
        with suppress(ReportgenError):
            return packs.tools(name).pack
        return packs.tools(STANDARD).pack


def _block(
    block: FormBlock,
    frame: _Frame,
    *,
    is_whole: bool,
) -> ShownBlock:
    asked, others = asked_first(block, frame.tree, frame.blank)
    is_wanted = _is_wanted(block, frame)
    left = [] if is_whole or not is_wanted else others
    fields = asked if left else [*asked, *others]
    shown = ShownBlock(
        _title(block),
        (*frame.base, *block.path),
        block.rows,
        more=len(left),
        wanted=is_wanted,
    )
    if block.rows != ONE:
        return _table(shown, block, fields, frame)
    single = (_field(one, (*block.path, *one.path), frame) for one in fields)
    return replace(shown, fields=tuple(single))


def _table(
    shown: ShownBlock,
    block: FormBlock,
    fields: list[FormField],
    frame: _Frame,
) -> ShownBlock:
    rows = _items if block.rows == LISTED else _entries
    return replace(
        shown,
        columns=tuple(_column(one, block, frame) for one in fields),
        items=tuple(rows(block, fields, frame)),
        inner=block.inner,
        open_names=block.rows == NAMED and not block.names,
    )


def _title(block: FormBlock) -> str:
    """What the block is called on the page of its project, or of the unit."""
    return block.title.removeprefix(_OF_PROJECT)


def _is_wanted(
    block: FormBlock,
    frame: _Frame,
) -> bool:
    """Whether the pack's blank form has it, or the unit says something there."""
    paths = [(*block.path, name) for name in block.names] or [block.path]
    trees = (frame.blank, frame.tree)
    held = (value_at(tree, path) for tree in trees for path in paths)
    return not block.path or any(map(_says_anything, held))


def _says_anything(held: Any) -> bool:
    """Whether a value or a block has keys that somebody may fill in; names of blocks without any are nothing."""
    if isinstance(held, dict):
        return any(one is None or _says_anything(one) for one in held.values())
    return bool(held)


def _column(
    field: FormField,
    block: FormBlock,
    frame: _Frame,
) -> ShownField:
    """The head of a column, with what may be chosen in its cells."""
    path = (*block.path, *field.path)
    choices = choices_for(path, frame.pack, frame.whole) if field.path else ()
    return ShownField(
        field.path,
        field.label,
        field.printed.removeprefix(field.label),
        "",
        _help(path, frame),
        field.options,
        choices,
        _is_text(field),
        field.kind in NUMBERS,
    )


def _items(
    block: FormBlock,
    fields: list[FormField],
    frame: _Frame,
) -> Iterator[ShownRow]:
    """The items of a list, the rows that they have themselves behind each."""
    yield from _rows_at(block, block.path, fields, frame, 0)


def _rows_at(
    block: FormBlock,
    path: FieldPath,
    fields: list[FormField],
    frame: _Frame,
    depth: int,
) -> Iterator[ShownRow]:
    items = value_at(frame.tree, path)
    for position in range(len(items or ())):
        place = (*path, position)
        yield ShownRow(
            (*frame.base, *place), "", depth, _cells(place, fields, frame)
        )
        if block.inner:
            below = (*place, block.inner)
            yield from _rows_at(block, below, fields, frame, depth + 1)


def _entries(
    block: FormBlock,
    fields: list[FormField],
    frame: _Frame,
) -> Iterator[ShownRow]:
    """The entries under names: those that the form fixes, or those that are there and that the pack wants."""
    entries = value_at(frame.tree, block.path)
    names = block.names or tuple(entries or ())
    for name in names:
        place = (*block.path, name)
        yield ShownRow(
            (*frame.base, *place), str(name), 0, _cells(place, fields, frame)
        )


def _cells(
    place: FieldPath,
    fields: list[FormField],
    frame: _Frame,
) -> tuple[ShownCell, ...]:
    row = value_at(frame.tree, place)
    return tuple(_cell(one, place, row, frame) for one in fields)


def _cell(
    field: FormField,
    place: FieldPath,
    row: Any,
    frame: _Frame,
) -> ShownCell:
    typed = value_at(row, field.path)
    path = (*frame.base, *place, *field.path)
    return ShownCell(typed_text(typed, path), parts_of(typed, path))


def _field(
    field: FormField,
    path: FieldPath,
    frame: _Frame,
) -> ShownField:
    """A field with what is typed at `path` below the base."""
    typed = value_at(frame.tree, path)
    label = field.label.rpartition(BETWEEN)[2] if field.path else str(path[-1])
    if field.label.count(BETWEEN):
        label = field.label.replace(BETWEEN, " ")
    own = (*frame.base, *path)
    return ShownField(
        own,
        label,
        field.printed.removeprefix(field.label),
        typed_text(typed, own),
        _help(path, frame),
        field.options,
        _choices(path, frame),
        _is_text(field),
        field.kind in NUMBERS,
        parts_of(typed, own),
    )


def _choices(
    path: FieldPath,
    frame: _Frame,
) -> tuple[str, ...]:
    """What may be chosen; anything else may be typed as well."""
    if path == _PACK:
        return frame.packs
    return choices_for(path, frame.pack, frame.whole)


def typed_text(
    typed: Any,
    path: FieldPath,
) -> str:
    """What was typed at `path` as lines of a field, names that mean something there in brackets."""
    return shown_marks(raw_text(typed), path)


def raw_text(typed: Any) -> str:
    """The same as the file says it."""
    parts = typed if isinstance(typed, list) else [typed]
    return "\n".join(_joined(one) for one in parts if one is not None)


def _joined(part: Any) -> str:
    if isinstance(part, dict):
        return "；".join(f"{key}：{value}" for key, value in part.items())
    return str(part)


def _help(
    path: FieldPath,
    frame: _Frame,
) -> str:
    """What the remark of the blank form says of the field."""
    plain = tuple(step for step in path if isinstance(step, str))
    if not frame.base:
        return without_yaml(frame.notes.get(plain, ""))
    of_project: FieldPath = (PROJECTS, 0, *plain)
    told = frame.notes.get(of_project, "") or frame.notes.get(plain, "")
    return without_yaml(told)


def without_yaml(told: str) -> str:
    """A remark without what it says of how a file is written."""
    told = _DASHES.sub("", told)
    return _LISTED.sub(lambda found: found[1].replace(", ", "、"), told)


def _is_text(field: FormField) -> bool:
    return field.listed or field.kind in IN_SENTENCES
