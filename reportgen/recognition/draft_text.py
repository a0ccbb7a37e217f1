"""A draft as the text of a unit.yaml: keys in the order of the form, doubts as comments, what was not placed below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reportgen.core.errors import ReportgenError
from reportgen.core.value import FieldPath
from reportgen.model.shape import FieldShape, Model, field_named, fields_of
from reportgen.model.unit import Unit
from reportgen.ooxml.document_identity import identity_of
from reportgen.packs.pack import Pack
from reportgen.recognition.automatic_text import drop_automatic
from reportgen.recognition.draft import ImportDraft, LeftOver
from reportgen.recognition.fitting_pack import (
    DEFAULT,
    name_sections,
    packs_to_fit,
)
from reportgen.recognition.imported import Imported
from reportgen.recognition.new_year import start_year
from reportgen.recognition.reading.office_files import (
    OfficeError,
    read_document,
)
from reportgen.recognition.recognize import Recognized, recognize
from reportgen.recognition.tree_text import tree_text

_HOW = "带“请核对”的是拿不准的；文末列出没有放进来的文字。"
_MISSING = "文中没有找到，请填写"
_TAG = re.compile(
    r"\{[{%#]"
)  # the language of templates; a text of 叙述 may use it


def draft_of(
    files: Sequence[Path],
    pack: str,
    search: Sequence[Path],
    output: Path | None,
    year: str,
) -> Imported:
    """The draft that the documents of one unit give, for the pack of that name, or the one that fits best.

    With `year` it is a start for that year. Raises ReportgenError.
    """
    read = [(read_document(one), str(one)) for one in files]
    printed = identity_of(read[0][0])
    packs = _packs(pack, printed.pack if printed else "", search)
    found = recognize(read, packs)
    if not found.draft.values:
        message = "文中没有认出自评表或自评报告的内容"
        raise OfficeError(message, place=files[0], hint="请核对是否选错了文件")
    fitting = found.pack.name if found.pack else DEFAULT
    if found.pack:
        name_sections(found.draft, found.pack)
        drop_automatic(found.draft, fitting_tree(found), found.pack)
    if year:
        start_year(found.draft, year)
    names = [one.name for one in files]
    text = draft_text(found, fitting, names)
    target = output or Path(f"{files[0].stem}.yaml")
    pdfs = tuple(one for one in names if one.lower().endswith(".pdf"))
    return Imported(text, fitting, found, target, pdfs)


def _packs(
    named: str,
    printed: str,
    search: Sequence[Path],
) -> list[Pack]:
    """The packs that fit: the one that was asked for, else that with which a document says it was printed."""
    if printed and not named:
        with suppress(ReportgenError):
            return [*packs_to_fit(printed, search)]
    return [*packs_to_fit(named, search)]


def draft_text(
    found: Recognized,
    pack: str,
    files: Sequence[str],
) -> str:
    """The draft for the pack `pack`, read of `files`."""
    tree = fitting_tree(found)
    comments = _doubts(found.draft)
    for path in add_missing(tree, ""):
        comments[path] = [f"{_of(path)}{path[-1]}：{_MISSING}"]
    ordered = {"模板": pack, **_ordered(tree, Unit)}
    head = f"# 由 {'、'.join(files)} 读出的草稿。{_HOW}\n"
    return f"{head}{tree_text(ordered, comments)}{_left(found.left)}"


def complete_tree(
    found: Recognized,
    pack: str,
) -> dict[str, Any]:
    """The draft as a unit that can be read: names that the documents do not say are told to be filled in."""
    tree = fitting_tree(found)
    has_year = "年度" in tree
    add_missing(tree, "请填写")
    if not has_year:
        del tree["年度"]
    return {"模板": pack, **_ordered(tree, Unit)}


def _doubts(draft: ImportDraft) -> dict[FieldPath, list[str]]:
    """What a person has to look at, as comments; in a row they need not name the field."""
    comments: dict[FieldPath, list[str]] = {}
    for path, placed in draft.values.items():
        is_row = any(isinstance(step, int) for step in path[1:-1])
        name = "" if is_row else f"{path[-1]}："
        if placed.doubt:
            comments[path] = [f"{name}{placed.doubt}"]
    return comments


def _left(left: Sequence[LeftOver]) -> str:
    if not left:
        return ""
    lines = "".join(f"# {one.told}\n" for one in left)
    return f"\n# ==== 没有放进来的文字，请看是否要填到上面 ====\n{lines}"


def add_missing(
    tree: dict[str, Any],
    word: str,
) -> list[FieldPath]:
    """Puts `word` for what a unit.yaml must have and the document does not say; where."""
    tree.setdefault("单位", {})
    holders: list[tuple[FieldPath, dict[str, Any]]] = [
        (("单位",), tree["单位"]),
        *((("项目", at), one) for at, one in enumerate(tree.get("项目", ()))),
    ]
    missing = [
        ((*path, "名称"), one) for path, one in holders if "名称" not in one
    ]
    for _, holder in missing:
        holder["名称"] = word
    if "年度" not in tree:
        tree["年度"] = word
        return [("年度",), *(path for path, _ in missing)]
    return [path for path, _ in missing]


def _of(path: FieldPath) -> str:
    return str(path[0]) if len(path) > 1 else ""


def fitting_tree(found: Recognized) -> dict[str, Any]:
    """The values as a tree; what the model refuses goes to what was not placed, with the reason."""
    draft = found.draft
    for path in [
        one for one, said in draft.values.items() if _TAG.search(said.value)
    ]:
        draft.take_out(path, "含有花括号标签")
    try:
        Unit.model_validate(draft.tree())
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = tuple(one["loc"])
            if path in draft.values:
                draft.take_out(path, one["msg"])
    draft.close_gaps()
    return draft.tree()


def _ordered(
    tree: Mapping[str, Any],
    model: Model,
) -> dict[str, Any]:
    """A mapping in the order of the fields of its model."""
    return {
        key: _shaped(tree[key], field_named(model, key))
        for key in _fields(model, tree)
    }


def _shaped(
    value: Any,
    shape: FieldShape | None,
) -> Any:
    """A value in that order; a list of one paragraph is the paragraph."""
    if isinstance(value, dict):
        is_block = shape is not None and shape.model and not shape.named
        if is_block and shape and shape.model:
            return _ordered(value, shape.model)
        return {key: _shaped(one, None) for key, one in value.items()}
    if isinstance(value, list) and shape and shape.model:
        return [_ordered(one, shape.model) for one in value]
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _fields(
    model: Model,
    tree: Mapping[str, Any],
) -> Iterator[str]:
    known = [one.key for one in fields_of(model)]
    yield from filter(tree.__contains__, known)
    yield from tree.keys() - set(known)
