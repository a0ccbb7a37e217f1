"""One prefilled form for each unit of a roster, with a note on how and when to send it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.file_names import safe_name
from reportgen.core.findings import Rejected
from reportgen.workbooks.collection.blank.form_writer import write_form
from reportgen.workbooks.collection.blank.making import Search, blank_content
from reportgen.workbooks.collection.blank.prefill import next_year
from reportgen.workbooks.collection.filled.unit_loading import (
    is_form,
    load_unit_file,
)
from reportgen.workbooks.collection.form import PROJECTS
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree
from reportgen.workbooks.collection.round.roster import (
    AskedUnit,
    read_roster,
    same_name,
)

NOTE_NAME = "000 填报通知.txt"
_NOTE = """各单位：

请填写附后的绩效自评采集表，一个单位一份，共 {count} 份。

一、在表中填写，不要改动带【】的标题行；怎样填见表中的“填写说明”。
二、填好后保存为 .xlsx，原样交回；文件名可以改，收表时按表里的单位名称辨认。
三、交回后检查出问题的，会收到“退回单”，照着改好再交一次即可。

单位名单：
{names}
"""


class FormFile(NamedTuple):
    """A file to be written: its name and what is in it."""

    name: str
    data: bytes


def form_files(
    roster: Path, pack: str, before: Path | None, year: str, search: Search
) -> Iterator[FormFile]:
    """The note, then a form for each unit; with the folder of last year's units their values beside the blanks."""
    units = [replace(one, year=year or one.year) for one in read_roster(roster)]
    last = _last_year(before) if before else {}
    names = "\n".join(one.name for one in units)
    note = _NOTE.format(count=len(units), names=names)
    yield FormFile(NOTE_NAME, note.encode("utf-8-sig"))
    digits = max(3, len(str(len(units))))
    for number, one in enumerate(units, start=1):
        content = blank_content(one.pack or pack or "standard", search)
        known = last.get(same_name(one.name))
        tree = _tree(one, known or content.blank, content.blank)
        tree["模板"] = content.pack.name
        name = f"{number:0{digits}} {safe_name(one.name)} 采集表.xlsx"
        yield FormFile(name, write_form(content._replace(tree=tree)))


def _last_year(folder: Path) -> Mapping[str, Tree]:
    """The units of last year by their names, taken a year on; what cannot be read is left out."""
    found: dict[str, Tree] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".yaml", ".yml"} and not is_form(path):
            continue
        try:
            loaded = load_unit_file(path)
        except Rejected:
            continue
        tree = chinese_tree(loaded.document.data)
        found[same_name(loaded.unit.name)] = next_year(tree)
    return found


def _tree(asked: AskedUnit, tree: Tree, blank: Tree) -> Tree:
    """What is known of a unit, with what the roster says."""
    told = {
        "名称": asked.name,
        "简称": asked.short_name,
        "主管部门": asked.supervisor,
    }
    said = {key: value for key, value in told.items() if value}
    found: Tree = {**tree, "单位": {**(tree.get("单位") or {}), **said}}
    if asked.year:
        found["年度"] = asked.year
    if asked.projects:
        found[PROJECTS] = list(_projects(asked, found, blank))
    return found


def _projects(asked: AskedUnit, tree: Tree, blank: Tree) -> Iterator[Any]:
    """The projects of the roster, each as it was last year or as the blank form has it."""
    known = {
        same_name(str(one.get("名称") or "")): one
        for one in tree.get(PROJECTS) or ()
    }
    first = (blank.get(PROJECTS) or [{}])[0]
    for name in asked.projects:
        yield {**known.get(same_name(name), first), "名称": name}
