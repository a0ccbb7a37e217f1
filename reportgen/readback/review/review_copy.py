"""A review copy of a document: comments of Word say how each figure came about and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from reportgen.core.findings import Finding, dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.loading import LoadedUnit
from reportgen.ooxml.names import W
from reportgen.readback.compare.fields import value_of
from reportgen.readback.read.comments import Comments
from reportgen.readback.read.document import Document, open_document

_MOST_INPUTS = 8
_MOST_AT_TITLE = (
    60  # findings in the one comment for those without a place in the document
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What there is to say of a unit: by the mark of the value the figure behind it, and the findings by field."""

    fields: Mapping[str, Value]
    figures: Mapping[FieldPath, Figure]
    findings: Sequence[Finding]
    loaded: LoadedUnit


def notes_of(
    fields: Mapping[str, Value],
    computed: Iterable[Figure],
    findings: Sequence[Finding],
    loaded: LoadedUnit,
) -> Notes:
    """What there is to say of the unit `loaded`."""
    return Notes(fields, {one.path: one for one in computed}, findings, loaded)


def annotated(docx: bytes, name: str, notes: Notes) -> bytes:
    """The document with its comments: one on the first cell or paragraph of each computed figure, one on each finding.

    Findings of this document without a place in it stand together at its first paragraph.
    """
    document = open_document(docx, name)
    comments = Comments(document)
    marks = _marks(document, notes)
    for path, where in marks.items():
        figure = _computed(path, notes)
        if figure is not None:
            comments.add(*where, _explained(figure, notes))
    loose: list[Finding] = []
    for finding in _findings_in(name, notes):
        place = _place_of(finding, marks, notes)
        if place is None:
            loose.append(finding)
        else:
            comments.add(*place, _told(finding))
    _at_title(document, comments, loose)
    if not (document.changed or document.added):
        return docx
    document.changed.add(document.package.main)
    return document.saved()


def _computed(path: FieldPath, notes: Notes) -> Figure | None:
    """The figure that is printed at `path`; None where it was reported or cannot be computed."""
    figure = notes.figures.get(path)
    if figure is None or figure.value is None or _is_typed(path, notes):
        return None
    return figure


def _findings_in(name: str, notes: Notes) -> list[Finding]:
    here = [one for one in notes.findings if one.document == name]
    return [one for one in here if not one.waived]


# from this element to that one, children of one paragraph
_Span = tuple[etree._Element, etree._Element]


def _marks(document: Document, notes: Notes) -> dict[FieldPath, _Span]:
    """The first place in the body at which each field is printed."""
    ends = {one.get(f"{W}id"): one for one in document.body.iter(f"{W}bookmarkEnd")}
    found: dict[FieldPath, _Span] = {}
    for start in document.body.iter(f"{W}bookmarkStart"):
        name = str(start.get(f"{W}name", ""))
        one = value_of(notes.fields, name)
        end = ends.get(start.get(f"{W}id"))
        if one is None or end is None or end.getparent() is not start.getparent():
            continue
        if one.source:
            found.setdefault(one.source, (start, end))
    return found


def _is_typed(path: FieldPath, notes: Notes) -> bool:
    return notes.loaded.typed(path) is not None


def _explained(figure: Figure, notes: Notes) -> str:
    """As `reportgen explain` says it: formula, inputs, where they stand."""
    lines = [f"{figure.label} ＝ {figure.text}", f"公式：{figure.formula}"]
    for one in figure.inputs[:_MOST_INPUTS]:
        typed = notes.loaded.typed(one.path) is not None
        place = notes.loaded.place(one.path)
        lines.append(
            f"{one.label} ＝ {one.text or '（未填）'}"
            + (f"（{place.file}:{place.line}）" if typed else "")
        )
    if len(figure.inputs) > _MOST_INPUTS:
        lines.append(f"……共 {len(figure.inputs)} 项")
    return "\n".join(lines)


def _told(finding: Finding) -> str:
    line = f"（第{finding.place.line}行）" if finding.place.line else ""
    return f"{finding.severity.label} {finding.code}{line}：{finding.message}"


def _place_of(
    finding: Finding, marks: Mapping[FieldPath, _Span], notes: Notes
) -> _Span | None:
    """Where the field of a finding is printed, or the section that it is in."""
    wanted = finding.path
    while wanted:
        for path, place in marks.items():
            if dotted(path) == wanted:
                return place
        if "叙述" not in wanted and "." in wanted:
            return None
        wanted = wanted.rpartition("[")[0] if wanted.endswith("]") else ""
    return None


def _at_title(
    document: Document, comments: Comments, findings: Sequence[Finding]
) -> None:
    paragraph = next(
        (one for one in document.body.iter(f"{W}p") if one.findtext(f".//{W}t")), None
    )
    if paragraph is None or not findings:
        return
    lines = [_told(one) for one in findings[:_MOST_AT_TITLE]]
    if len(findings) > _MOST_AT_TITLE:
        lines.append(f"……共 {len(findings)} 处，见 问题清单.xlsx")
    comments.add_to_paragraph(paragraph, "\n".join(lines))
