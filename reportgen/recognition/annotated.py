"""A copy of a document of others with a comment of Word at each finding, and the sheet of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reportgen.core.errors import TemplateError
from reportgen.core.findings import Finding, dotted, worst_first
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.document import open_document
from reportgen.outputs.whole_files import Output, replace_all
from reportgen.recognition.draft_text import fitting_tree
from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.office_files import (
    OfficeError,
    is_document,
    read_document,
)
from reportgen.recognition.recognize import Recognized, recognize_in
from reportgen.workbooks.findings_book import findings_workbook

REVIEW = "审阅"  # the folder beside the document


def write_reviews(found: Mapping[Path, Sequence[Finding]]) -> None:
    """Writes into a folder beside each document the copy with comments and the workbook of its findings.

    One that could not be read has none. Raises OutputError.
    """
    for file, findings in found.items():
        with suppress(TemplateError, OfficeError):
            if is_document(file):
                replace_all(file.parent, _review_of(file, findings))


def _review_of(
    file: Path,
    findings: Sequence[Finding],
) -> list[Output]:
    name = file.stem
    return [
        Output(f"{REVIEW}/{name}（审阅）.docx", _commented(file, findings)),
        Output(
            f"{REVIEW}/{name}（问题清单）.xlsx",
            findings_workbook(findings, str(file)),
        ),
    ]


def _commented(
    file: Path,
    findings: Sequence[Finding],
) -> bytes:
    document = open_document(read_document(file), str(file))
    found = recognize_in([document.package])
    fitting_tree(found)
    places = _places(found)
    comments = Comments(document)
    for one in worst_first(findings):
        line = next(filter(None, map(places.get, _holders(one.path))), None)
        if line is not None:
            text = f"{one.severity.label} {one.code}：{one.message}"
            comments.add_to_paragraph(line.element, text)
    if document.changed or document.added:
        document.changed.add(document.package.main)
    return document.saved()


def _places(found: Recognized) -> dict[str, WrittenLine]:
    """The first paragraph of each field, and of each group of them; of the whole the first there is."""
    places = {"": next(one for one in found.lines if one.text)}
    for path, placed in found.draft.values.items():
        for at in range(len(path), 0, -1) if placed.lines else ():
            places.setdefault(dotted(path[:at]), placed.lines[0])
    return places


def _holders(path: str) -> Iterator[str]:
    """A field, and what holds it, up to the whole."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    yield ""
