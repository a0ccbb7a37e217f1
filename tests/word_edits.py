"""What a person does to a printed document in Word: cut a paragraph in two, make one of two, type over words."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

_PROPERTIES = qn("w:pPr")


def edit(path: Path, change: Callable[[Any], object]) -> None:
    """Opens the document, changes it, saves it."""
    document = Document(str(path))
    change(document)
    document.save(str(path))


def texts(path: Path) -> list[str]:
    """Its paragraphs."""
    return [one.text for one in Document(str(path)).paragraphs]


def paragraph(document: Any, holding: str) -> Any:
    """The first paragraph with some words in it."""
    return next(one for one in document.paragraphs if holding in one.text)


def retype(document: Any, old: str, new: str) -> None:
    """Types `new` over `old`, which stands in one run."""
    run = next(run for run in paragraph(document, old).runs if old in run.text)
    run.text = run.text.replace(old, new, 1)


def cut(document: Any, behind: str) -> Any:
    """Cuts a paragraph in two behind some words, within a run where they end there; the second half."""
    first = paragraph(document, behind)
    left = first.text.index(behind) + len(behind)
    second = copy.deepcopy(first._p)
    for child in [one for one in second if one.tag != _PROPERTIES]:
        second.remove(child)
    first._p.addnext(second)
    for child in [one for one in first._p if one.tag != _PROPERTIES]:
        held = "".join(one.text or "" for one in child.iter(qn("w:t")))
        if left <= 0:
            second.append(child)
        elif len(held) > left:
            rest = copy.deepcopy(child)
            next(child.iter(qn("w:t"))).text = held[:left]
            next(rest.iter(qn("w:t"))).text = held[left:]
            second.append(rest)
        left -= len(held)
    return next(one for one in document.paragraphs if one._p is second)


def join(document: Any, first: str, second: str) -> None:
    """Makes one paragraph of two."""
    goes = paragraph(document, second)._p
    kept = paragraph(document, first)._p
    kept.extend([one for one in goes if one.tag != _PROPERTIES])
    goes.getparent().remove(goes)


def added_behind(document: Any, holding: str, words: str) -> None:
    """A paragraph of one's own behind another, in its look."""
    above = paragraph(document, holding)
    made = copy.deepcopy(above._p)
    for child in [one for one in made if one.tag != _PROPERTIES]:
        made.remove(child)
    above._p.addnext(made)
    new = next(one for one in document.paragraphs if one._p is made)
    new.add_run(words)


def delete(document: Any, holding: str) -> None:
    """Takes a paragraph out."""
    taken = paragraph(document, holding)._p
    taken.getparent().remove(taken)


def row(document: Any, holding: str) -> Any:
    """The first row of a table with some words in a cell."""
    return next(
        one
        for table in document.tables
        for one in table.rows
        if any(cell.text.strip() == holding for cell in one.cells)
    )
