"""A document that a person saves while the program writes is not lost, nor is the print that it came from."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from reportgen.outputs.doubts import Doubts
from reportgen.outputs.print_store import read_base, stripped
from reportgen.outputs.receipt import RECEIPT, read_receipt
from reportgen.outputs.steps import Merged
from reportgen.outputs.unit_outputs import write_outputs
from reportgen.outputs.whole_files import Output

REPORT, FORM = "1 报告.docx", "2 自评表.docx"
UNIT = {"单位": "示范单位"}


def docx(words: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), words)
    return buffer.getvalue()


@dataclass
class Editor:
    """Who merges, and while that is done a person saves what `saved` says; the bases that were merged from."""

    folder: Path
    saved: dict[str, bytes] = field(default_factory=dict)
    bases: list[bytes] = field(default_factory=list)

    def merge(
        self,
        base: bytes,
        theirs: bytes,
        ours: bytes,
        name: str,
        known: Doubts,
    ) -> Merged:
        self.bases.append(base)
        for file, data in self.saved.items():
            (self.folder / file).write_bytes(data)
        return Merged(docx(f"merged {name}"))


def outputs(words: str) -> list[Output]:
    return [Output(name, docx(f"{name} {words}")) for name in (REPORT, FORM)]


def test_what_is_saved_before_it_is_replaced_is_kept_and_said(
    tmp_path: Path,
) -> None:
    editor = Editor(tmp_path)
    write_outputs(tmp_path, outputs("first"), UNIT, merge=editor.merge)
    (tmp_path / FORM).write_bytes(docx("edited form"))
    editor.saved = {REPORT: docx("edited a moment ago")}

    written = write_outputs(
        tmp_path, outputs("second"), UNIT, merge=editor.merge
    )

    report, form = written
    assert "又被保存过" in report.kept
    assert (tmp_path / REPORT).read_bytes() == docx("edited a moment ago")
    assert (form.kept, (tmp_path / FORM).read_bytes()) == (
        "",
        docx(f"merged {FORM}"),
    )
    assert read_receipt(tmp_path)["保留"] == [REPORT]


def test_the_next_run_merges_it_from_the_print_that_it_came_from(
    tmp_path: Path,
) -> None:
    editor = Editor(tmp_path)
    write_outputs(tmp_path, outputs("first"), UNIT, merge=editor.merge)
    (tmp_path / FORM).write_bytes(docx("edited form"))
    editor.saved = {REPORT: docx("edited a moment ago")}
    write_outputs(tmp_path, outputs("second"), UNIT, merge=editor.merge)
    editor.saved, editor.bases = {}, []

    write_outputs(tmp_path, outputs("third"), UNIT, merge=editor.merge)

    first, _ = outputs("first")
    assert editor.bases[0] == stripped(first.data)
    assert (tmp_path / REPORT).read_bytes() == docx(f"merged {REPORT}")


def test_a_person_may_save_the_very_document_that_is_merged(
    tmp_path: Path,
) -> None:
    editor = Editor(tmp_path)
    write_outputs(tmp_path, outputs("first"), UNIT, merge=editor.merge)
    (tmp_path / REPORT).write_bytes(docx("edited"))
    editor.saved = {REPORT: docx("edited again")}

    report, _ = write_outputs(
        tmp_path, outputs("second"), UNIT, merge=editor.merge
    )

    assert "又被保存过" in report.kept
    assert (tmp_path / REPORT).read_bytes() == docx("edited again")


def test_a_damaged_receipt_does_not_lose_the_prints(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    write_outputs(tmp_path, outputs("first"), UNIT, merge=editor.merge)
    (tmp_path / REPORT).write_bytes(docx("edited"))
    (tmp_path / RECEIPT).write_text("{", encoding="utf-8")

    report, _ = write_outputs(
        tmp_path, outputs("second"), UNIT, merge=editor.merge
    )

    first, _ = outputs("first")
    assert "没有它的生成记录" in report.kept
    assert read_base(tmp_path, first.digest) is not None
