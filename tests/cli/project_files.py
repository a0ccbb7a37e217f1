"""Units of several packs whose projects are put in another order, renamed, added or taken out, as a clerk does it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from command_line import REPOSITORY
from docx import Document

UNIT = Path("unit.yaml")
PACKS = ("standard", "lukou")
ADDED = "应急物资购置"
OWN = "这一段是自己补充的说明。"
_PROJECT = re.compile(r"(?m)^  - 名称: ")


def start(pack: str) -> None:
    shutil.copy(REPOSITORY / "templates" / pack / "example.yaml", UNIT)


def text() -> str:
    return UNIT.read_text(encoding="utf-8")


def put(old: str, new: str) -> None:
    assert old in text()
    UNIT.write_text(text().replace(old, new), encoding="utf-8")


def projects() -> tuple[str, list[str]]:
    """What stands before the projects, and each of them; they are the last key of the file."""
    head, *blocks = _PROJECT.split(text())
    return head, [f"{one.rstrip()}\n" for one in blocks]


def write(head: str, blocks: list[str]) -> None:
    listed = "".join(f"  - 名称: {one}" for one in blocks)
    UNIT.write_text(f"{head}{listed}", encoding="utf-8")


def names() -> list[str]:
    return [one.partition("\n")[0].strip() for one in projects()[1]]


def add_in_front() -> None:
    head, blocks = projects()
    funds = "{年初预算数: 3, 全年预算数: 3, 全年执行数: 3}"
    write(head, [f"{ADDED}\n    资金: {funds}\n", *blocks])


def reverse() -> None:
    head, blocks = projects()
    write(head, blocks[::-1])


def take_out(position: int) -> None:
    head, blocks = projects()
    del blocks[position]
    write(head, blocks)


def form_of(project: str) -> Path:
    """The form of a project, numbered as the project is now."""
    number = names().index(project) + 1
    pattern = f"*-{number} *自评表（{project}）.docx"
    (found,) = Path("outputs").rglob(pattern)
    return found


def edit(path: Path) -> tuple[str, str]:
    """Adds a paragraph and changes the first longer cell: what is typed there instead."""
    document = Document(str(path))
    document.add_paragraph(OWN)
    cell = next(
        one
        for table in document.tables
        for one in reversed(table._cells)
        if len(one.text) > 12 and len(one.paragraphs) == 1
    )
    typed = f"{cell.text[:6]}（核对后改写）"
    first, *others = cell.paragraphs[0].runs
    first.text = typed
    for one in others:
        one.text = ""
    document.save(str(path))
    return OWN, typed


def words(path: Path) -> list[str]:
    document = Document(str(path))
    cells = [one.text for table in document.tables for one in table._cells]
    return [*(one.text for one in document.paragraphs), *cells]
