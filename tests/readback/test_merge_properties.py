"""What must hold for whatever a person did and whatever the data became."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from hypothesis import given, settings, strategies as st

from reportgen.ooxml.document import open_document
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import alike, read_line
from reportgen.readback.compare.edits import edits
from reportgen.readback.merge.merge_document import merge

_NAMESPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
)


def _members() -> dict[str, bytes]:
    held = BytesIO()
    docx.Document().save(held)
    with zipfile.ZipFile(held) as package:
        return {name: package.read(name) for name in package.namelist()}


_BARE = _members()


def _document(body: str, beside: bytes = b"") -> bytes:
    held = BytesIO()
    whole = f"<w:document {_NAMESPACE}><w:body>{body}<w:sectPr/></w:body></w:document>".encode()
    with zipfile.ZipFile(held, "w") as new:
        for name, data in _BARE.items():
            new.writestr(name, whole if name == "word/document.xml" else data)
        new.writestr("beside.xml", beside)
    return held.getvalue()


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


# A block is a tuple: words before, the name of a value, the value, words after; a table is a list of those.
_WORDS = st.text("一二三四五六甲乙丙丁，。", min_size=0, max_size=12)
_VALUE = st.from_regex(r"[1-9][0-9]{0,3}(\.[0-9]{2})?", fullmatch=True)


def _blocks() -> st.SearchStrategy[list[tuple[str, str, str]]]:
    return st.lists(st.tuples(_WORDS, _VALUE, _WORDS), min_size=1, max_size=6)


def _paragraph(block: tuple[str, str, str], name: int | None) -> str:
    before, value, after = block
    held = _run(value)
    if name is not None:
        held = f'<w:bookmarkStart w:id="{name}" w:name="_rg_v{name}"/>{held}<w:bookmarkEnd w:id="{name}"/>'
    return f"<w:p>{_run(before)}{held}{_run(after)}</w:p>"


def _body(
    blocks: list[tuple[tuple[str, str, str], int | None]], *, rows: bool
) -> str:
    paragraphs = [_paragraph(block, name) for block, name in blocks]
    if rows:
        return (
            "<w:tbl>"
            + "".join(f"<w:tr><w:tc>{one}</w:tc></w:tr>" for one in paragraphs)
            + "</w:tbl><w:p/>"
        )
    return "".join(paragraphs) + "<w:p/>"


_Block = tuple[tuple[str, str, str], int | None]


def _edited(what: str, printed: _Block, own: str) -> list[_Block]:
    (before, value, after), name = printed
    return {
        "keep": [printed],
        "delete": [],
        "words": [((before + own, value, after), name)],
        "value": [((before, own, after), name)],
        "add": [printed, ((own, "", ""), None)],
    }[what]


def _renewed(
    what: str, printed: _Block, new: tuple[str, str, str]
) -> list[_Block]:
    (before, value, after), name = printed
    return {
        "keep": [printed],
        "gone": [],
        "value": [((before, new[1], after), name)],
        "words": [((before + "新的", value, after), name)],
        "new": [printed, (new, 100 + (name or 0))],
    }[what]


_EDITS, _NEWS = (
    ("keep", "keep", "delete", "words", "value", "add"),
    ("keep", "keep", "gone", "value", "words", "new"),
)


@st.composite
def three(draw: st.DrawFn) -> tuple[str, str, str, list[str]]:
    """Base, theirs with random edits, ours with random new data, and the texts that the person typed."""
    rows = draw(st.booleans())
    printed: list[_Block] = [
        (block, name) for name, block in enumerate(draw(_blocks()))
    ]
    typed: list[str] = []
    theirs: list[_Block] = []
    ours: list[_Block] = []
    for number, block in enumerate(printed):
        what, own = draw(st.sampled_from(_EDITS)), f"人工{number}写的话"
        theirs += _edited(what, block, own)
        typed += [own] if what in {"words", "value", "add"} else []
        ours += _renewed(
            draw(st.sampled_from(_NEWS)),
            block,
            draw(st.tuples(_WORDS, _VALUE, _WORDS)),
        )
    return (
        _body(printed, rows=rows),
        _body(theirs, rows=rows),
        _body(ours, rows=rows),
        typed,
    )


def _texts(data: bytes) -> list[str]:
    return [
        read_line(one).text
        for one in open_document(data, "").body.iter(f"{W}p")
    ]


_FEW = settings(max_examples=60, deadline=None)


@_FEW
@given(three())
def test_nothing_that_a_person_wrote_is_lost(
    all_three: tuple[str, str, str, list[str]],
) -> None:
    *bodies, typed = all_three
    base, theirs, ours = map(_document, bodies)
    stands = "\n".join(_texts(merge(base, theirs, ours).data))
    assert [one for one in typed if one not in stands] == []


@_FEW
@given(three())
def test_merging_twice_is_merging_once(
    all_three: tuple[str, str, str, list[str]],
) -> None:
    base, theirs, ours = map(_document, all_three[:3])
    once = merge(base, theirs, ours).data
    again = merge(_document(all_three[2], b"other bytes"), once, ours)
    assert again.data is once
    assert again.findings == ()


@_FEW
@given(three())
def test_who_touched_nothing_gets_what_is_printed_now(
    all_three: tuple[str, str, str, list[str]],
) -> None:
    base, ours = _document(all_three[0]), _document(all_three[2])
    result = merge(base, base, ours)
    # a table all of whose rows go cannot be told from one that stays; empty paragraphs are no text
    assert [alike(one) for one in _texts(result.data) if one] == [
        alike(one) for one in _texts(ours) if one
    ]
    assert result.findings == ()


@_FEW
@given(three())
def test_nothing_new_leaves_their_bytes_and_an_untouched_print_has_no_edits(
    all_three: tuple[str, str, str, list[str]],
) -> None:
    base, theirs = map(_document, all_three[:2])
    assert merge(base, theirs, base).data is theirs
    assert edits(base, base) == ()


@_FEW
@given(three())
def test_every_edit_is_told(all_three: tuple[str, str, str, list[str]]) -> None:
    base, theirs = map(_document, all_three[:2])
    typed = all_three[3]
    told = "\n".join(one.after for one in edits(base, theirs))
    assert [one for one in typed if one not in told] == []
