"""build, edit, change the data, build: nothing a person wrote is lost, what nobody touched is brought up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from edited_documents import edited, prints, texts
from scripted import CASES, Case

from reportgen.ooxml.lint import lint_docx
from reportgen.readback.compare.edits import edits
from reportgen.readback.merge.merge_document import Merged, merge

LEAST = (
    0.95  # of the edits that contradict nothing are merged without a question
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def merged(case: Case) -> tuple[bytes, Merged]:
    base, ours = (
        prints("lukou", changed=False)[case.document],
        prints("lukou", changed=True)[case.document],
    )
    theirs = edited(base, case.edit)
    return theirs, merge(base, theirs, ours, "报告.docx")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_edit(case: Case) -> None:
    theirs, result = merged(case)
    found = "\n".join(texts(result.data))

    assert [text for text in case.stands if text not in found] == []
    assert [text for text in case.gone if text in found] == []
    assert set(lint_docx(result.data)) <= set(lint_docx(theirs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_merging_twice_is_merging_once(case: Case) -> None:
    _, result = merged(case)
    ours = prints("lukou", changed=True)[case.document]
    assert merge(ours, result.data, ours).data == result.data


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_new_leaves_every_byte(case: Case) -> None:
    base = prints("lukou", changed=False)[case.document]
    theirs = edited(base, case.edit)
    assert merge(base, theirs, base).data == theirs


def test_what_contradicts_nothing_is_merged_without_a_question() -> None:
    assert len(CASES) >= 40
    clean = [case for case in CASES if not case.conflict]
    asked = [
        case.name
        for case in clean
        if any(one.code == "RBK004" for one in merged(case)[1].findings)
    ]
    assert len(asked) <= (1 - LEAST) * len(clean), asked


def _words(text: str) -> str:
    """The text without its line ends and figures: a figure whose bookmark came with it is brought up to date."""
    return re.sub(r"\d+(?:\.\d+)?", "#", text.replace("\n", ""))


def test_what_a_person_added_is_in_the_merged_document() -> None:
    for case in CASES:
        theirs, result = merged(case)
        base = prints("lukou", changed=False)[case.document]
        own = [one.after for one in edits(base, theirs) if one.kind == "增"]
        found = _words("".join(texts(result.data)))
        assert [text for text in own if _words(text) not in found] == [], (
            case.name
        )
