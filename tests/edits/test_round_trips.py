"""Documents that LibreOffice has saved are still merged: style ids, part names, runs and bookmarks are all its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from edited_documents import ROOT, edited, prints, retype, texts

from reportgen.readback.compare.edits import edits
from reportgen.readback.compare.resaved import only_resaved
from reportgen.readback.merge.merge_document import merge

sys.path.append(str(ROOT / "tests" / "office"))
from office_programs import convert

pytestmark = pytest.mark.office
WAYS = (("docx",), ("odt", "docx"), ("doc", "docx"))
NAMES = {"1": "report.docx", "2": "form.docx"}


@pytest.fixture(scope="module")
def saved(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, tuple[str, ...]], bytes]:
    """Report and form, with one word changed by hand, as LibreOffice gives them back by each way."""
    work = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(work)
        printed = prints("lukou", changed=False)
    found = {}
    for way in WAYS:
        folder = work / "-".join(way)
        folder.mkdir()
        files = []
        for number, name in NAMES.items():
            old, new = (
                ("三、存在问题", "三、存在的问题")
                if number == "1"
                else ("小于0.05%", "小于0.04%")
            )
            files.append(folder / name)
            files[-1].write_bytes(edited(printed[number], retype(old, new)))
        for step, kind in enumerate(way):
            files = convert(files, folder / f"{step}", kind, work / "profile")
        for number, name in NAMES.items():
            found[number, way] = next(
                one for one in files if one.stem == Path(name).stem
            ).read_bytes()
    return found


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize(
    ("number", "stands"),
    [
        (
            "1",
            (
                "三、存在的问题",
                "预算执行率96.17%，年末",
                "较年初预算增加262.02万元",
                "公务用车购置",
            ),
        ),
        ("2", ("小于0.04%", "2560.18", "33场", "会议保障")),
    ],
)
def test_a_document_that_libreoffice_saved(
    number: str,
    stands: tuple[str, ...],
    way: tuple[str, ...],
    saved: dict[tuple[str, tuple[str, ...]], bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    base, ours = (
        prints("lukou", changed=False)[number],
        prints("lukou", changed=True)[number],
    )
    theirs = saved[number, way]

    result = merge(base, theirs, ours)

    found = "\n".join(texts(result.data))
    assert [text for text in stands if text not in found] == []
    assert [
        one.message for one in result.findings if one.code == "RBK004"
    ] == []
    assert len(edits(base, theirs)) <= 3


@pytest.mark.parametrize("number", NAMES)
def test_a_document_that_libreoffice_only_saved_again_is_unchanged(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    base = prints("lukou", changed=False)[number]
    Path("own.docx").write_bytes(base)

    (saved,) = convert(
        [Path("own.docx")], tmp_path / "again", "docx", tmp_path / "profile"
    )

    assert only_resaved(base, saved.read_bytes())
