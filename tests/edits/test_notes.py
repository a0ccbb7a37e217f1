"""A footnote that a person put into a printed sentence stays, and the sentence is brought up to date."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from edited_documents import Element, W, edited, paragraph, prints, run, texts
from lxml import etree

from reportgen.readback.compare.edits import edits
from reportgen.readback.merge.merge_document import merge

NOTES = "word/footnotes.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SENTENCE = "全年执行2662.18万元，预算执行率"


def noted(docx: bytes) -> bytes:
    """The document with a footnote in a printed sentence, as Word writes it: a part, its relation and its type."""

    def mark(root: Element) -> None:
        made = etree.Element(f"{W}r")
        etree.SubElement(made, f"{W}footnoteReference", {f"{W}id": "2"})
        first = paragraph(root, SENTENCE).findall(f"{W}r")
        first[len(first) // 2].addnext(made)

    note = etree.Element(f"{W}footnotes")
    held = etree.SubElement(
        etree.SubElement(note, f"{W}footnote", {f"{W}id": "2"}), f"{W}p"
    )
    held.append(run("据年终决算表。"))
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(edited(docx, mark))) as source,
        zipfile.ZipFile(target, "w") as copied,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == RELATIONS:
                one = f'<Relationship Id="rIdNote" Type="{KIND}" Target="footnotes.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", one.encode())
            if name == TYPES:
                data = data.replace(
                    b"</Types>",
                    f'<Override PartName="/{NOTES}" ContentType="{TYPE}"/></Types>'.encode(),
                )
            copied.writestr(name, data)
        copied.writestr(NOTES, etree.tostring(note))
    return target.getvalue()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_footnote_in_a_sentence_that_changes() -> None:
    base, ours = (
        prints("lukou", changed=False)["1"],
        prints("lukou", changed=True)["1"],
    )
    theirs = noted(base)

    result = merge(base, theirs, ours, "报告.docx")

    said = [text.replace("\ufffc", "") for text in texts(result.data)]
    new = next(
        text
        for text in texts(ours)
        if "全年执行2560.18万元，预算执行率" in text
    )
    assert new in said
    assert [one for one in result.findings if one.code == "RBK004"] == []
    with (
        zipfile.ZipFile(BytesIO(result.data)) as merged,
        zipfile.ZipFile(BytesIO(theirs)) as before,
    ):
        assert merged.read(NOTES) == before.read(NOTES)
        assert b'Target="footnotes.xml"' in merged.read(RELATIONS)
        assert NOTES.encode() in merged.read(TYPES)
        assert merged.read("word/document.xml").count(b"footnoteReference") == 1
    assert [one.kind for one in edits(ours, result.data)] == ["改"]
