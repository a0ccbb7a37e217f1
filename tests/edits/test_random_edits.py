"""Random edits of real prints of every pack: all that was typed stands after the next build, and twice is once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from edited_documents import ROOT, Element, W, edited, new_paragraph, run, texts
from hypothesis import HealthCheck, given, settings, strategies as st
from lxml import etree

from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.readback.compare.edits import edits
from reportgen.readback.merge.merge_document import merge

UNITS = sorted(path.stem for path in (ROOT / "inputs").glob("*.yaml"))
EXECUTED = re.compile(r"(全年执行数: )(\d+)")
NUMBER = re.compile(r"（[一二三四五六七八九十]+）|\d+[.、]")
KINDS = ("sentence", "paragraph", "delete", "bold", "retype")


@cache
def printed(unit: str, folder: Path) -> tuple[tuple[str, bytes, bytes], ...]:
    """Each document of the unit before and after every amount spent was changed."""
    text = (ROOT / "inputs" / f"{unit}.yaml").read_text(encoding="utf-8")
    found = []
    for content in (
        text,
        EXECUTED.sub(lambda one: f"{one[1]}{int(one[2]) + 7}", text),
    ):
        file = folder / f"{unit}.yaml"
        file.write_text(content, encoding="utf-8")
        found.append(
            {
                one.name: one.data
                for one in print_set(
                    prepare(file, PackCache((ROOT / "templates",)))
                )
            }
        )
    return tuple(
        (name, data, found[1][name])
        for name, data in found[0].items()
        if name in found[1]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("units")


def scribble(root: Element, where: int, kind: str, words: str) -> None:
    """One edit somewhere in the document."""
    places = [
        one
        for one in root.iter(f"{W}p")
        if one.find(f"{W}r") is not None and one.find(f".//{W}drawing") is None
    ]
    place = places[where % len(places)]
    if kind == "sentence":
        place.append(run(words))
    elif kind == "paragraph":
        place.addnext(new_paragraph(words, place))
    elif kind == "retype":
        text = next(iter(place.iter(f"{W}t")), None)
        if text is not None:
            text.text = words
    elif kind == "bold":
        for own in place.iter(f"{W}r"):
            own.insert(0, etree.Element(f"{W}rPr"))
            etree.SubElement(own[0], f"{W}b")
    elif (
        place.getparent().tag == f"{W}body"
        and place.find(f"{W}pPr/{W}sectPr") is None
    ):
        place.getparent().remove(place)


def _unnumbered(docx: bytes) -> list[str]:
    """The texts without the numbers that are counted on when a paragraph was taken out."""
    return [NUMBER.sub("", text, count=1) for text in texts(docx)]


@pytest.mark.parametrize("unit", UNITS)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    number=st.integers(0, 20),
    wanted=st.lists(
        st.tuples(st.integers(0, 500), st.sampled_from(KINDS)),
        min_size=1,
        max_size=5,
    ),
)
def test_nothing_typed_is_lost(
    unit: str, number: int, wanted: list[tuple[int, str]], folder: Path
) -> None:
    documents = printed(unit, folder)
    name, base, ours = documents[number % len(documents)]

    def edit(root: Element) -> None:
        for position, (where, kind) in enumerate(wanted):
            scribble(root, where, kind, f"手写第{position}处。")

    theirs = edited(base, edit)
    typed = [
        words
        for position in range(len(wanted))
        if (words := f"手写第{position}处。") in "\n".join(texts(theirs))
    ]

    result = merge(base, theirs, ours, name)

    found = "\n".join(texts(result.data))
    assert [words for words in typed if words not in found] == []
    assert merge(ours, result.data, ours).data == result.data
    again = merge(base, theirs, base).data
    assert again == theirs or _unnumbered(again) == _unnumbered(theirs)
    assert edits(base, base) == ()
