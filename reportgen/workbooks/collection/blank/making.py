"""New forms: an empty unit.yaml or workbook, a workbook from a unit of this year or the last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.core.errors import PackError, ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.packs.pack import Pack, find_pack, load_pack
from reportgen.sources.file_bytes import encoded
from reportgen.sources.write_back import Put, written_back
from reportgen.sources.yaml_tree import YamlDocument, load_yaml
from reportgen.workbooks.collection.blank.form_writer import (
    FormContent,
    write_form,
)
from reportgen.workbooks.collection.blank.prefill import next_year, notes_in
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file
from reportgen.workbooks.collection.form import PROJECTS
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree

Search = tuple[Path, ...]  # folders of packs
_NAME = "unit.yaml"


def blank_form(pack: Pack) -> YamlDocument:
    """The blank unit.yaml of the pack, or of the nearest that it extends; raises PackError where there is none."""
    forms = (folder / _NAME for folder in pack.folders)
    form = next((file for file in forms if file.is_file()), None)
    if form is None:
        message = f"模板包「{pack.name}」没有空白的 unit.yaml"
        raise PackError(
            message, place=pack.folders[0] / _NAME, hint="请用 --pack standard"
        )
    return load_yaml(form)


def form_content(pack: Pack, tree: Tree | None = None) -> FormContent:
    """The form of a pack: blank, or with a unit in it that was prefilled for somebody to go on."""
    document = blank_form(pack)
    blank = chinese_tree(document.data)
    blank["模板"] = pack.name
    blank[PROJECTS] = (blank.get(PROJECTS) or [])[:1]
    return FormContent(
        tree or blank,
        pack,
        blank,
        notes_in(document),
    )


def blank_content(pack: str, search: Search) -> FormContent:
    """The blank form of the pack of that name."""
    return form_content(_pack(pack, search))


def new_form(pack: str, before: Tree | None, search: Search) -> bytes:
    """The workbook of a new form; with the tree of last year's unit as the beginning of this year's."""
    if before is None:
        return write_form(form_content(_pack(pack or "standard", search)))
    named = str(before.get("模板") or "standard")
    found = _pack(pack or named, search)
    tree = next_year(before)
    tree["模板"] = found.name
    return write_form(form_content(found, tree))


def unit_form(source: Path, pack: str, search: Search) -> bytes:
    """The unit of this year as a workbook, every value as it was typed."""
    loaded = load_unit_file(source)
    found = _named_pack(pack or loaded.unit.pack, search)
    tree = chinese_tree(loaded.document.data)
    content = form_content(found, tree)
    return write_form(content._replace(prefilled=False))


def _named_pack(name: str, search: Search) -> Pack:
    """The pack, or the standard one where it is not at hand: the form has a place for everything all the same."""
    try:
        return _pack(name, search)
    except ReportgenError:
        return _pack("standard", search)


def _pack(name: str, search: Search) -> Pack:
    return load_pack(find_pack(name, search), search)


def blank_yaml(name: str, search: Search) -> bytes:
    """The blank unit.yaml of the pack, or of the nearest that it extends, with the pack's own name and points."""
    pack = _pack(name or "standard", search)
    document = blank_form(pack)
    original = read_plain(Path(document.source.path))
    puts = list(_own_values(document.data, pack))
    if not puts:
        return original
    text = written_back(document, puts)
    return encoded(original, document.source.text, text)


def _own_values(tree: Any, pack: Pack) -> Iterator[Put]:
    """What a form that was written for another pack must say otherwise in this one."""
    if tree.get("模板") != pack.name:
        yield Put(("模板",), pack.name)
    weight = pack.scoring.execution.weight.text
    projects = enumerate(tree.get("项目") or ())
    owners = ((("项目", position), one) for position, one in projects)
    for path, owner in (((), tree), *owners):
        funds = owner.get("资金") or {}
        if funds.get("分值") not in (None, weight):
            yield Put((*path, "资金", "分值"), weight)
