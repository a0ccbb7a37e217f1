"""A review copy of a document: comments of Word say how each figure came about and what the checks found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reportgen.core.findings import Finding, dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath, Figure
from reportgen.model.loading import LoadedUnit
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.compare.fields import value_of

_MOST_INPUTS = 8
_MOST_AT_TITLE = (
    60  # findings in the one comment for those without a place in the document
)


class Notes(NamedTuple):
    """What there is to say of a unit: by the mark of the value the figure behind it, and the findings by field."""

    fields: Mapping[str, Value]
    figures: Mapping[FieldPath, Figure]
    findings: Sequence[Finding]
    loaded: LoadedUnit

    def of_document(self, name: str) -> list[Finding]:
        """The findings that show in one document."""
        return [
            one
            for one in self.findings
            if one.document == name and not one.waived
        ]


def annotated(docx: bytes, name: str, notes: Notes) -> bytes:
    """The document with its comments: one on the first cell or paragraph of each computed figure, one on each finding.

    Findings of this document without a place in it stand together at its first paragraph.
    """
    document = open_document(docx, name)
    comments = Comments(document)
    places = _places(document, notes)
    for path, place in places.items():
        figure = notes.figures.get(path)
        is_typed = notes.loaded.typed(path) is not None
        if figure and figure.value is not None and not is_typed:
            comments.add(*place, _explanation(figure, notes))
    _add_findings(document, comments, notes.of_document(name), places)
    if not (document.changed or document.added):
        return docx
    document.changed.add(document.package.main)
    return document.saved()


# from this element to that one, children of one paragraph
_Span = tuple[Element, Element]


def _places(document: Document, notes: Notes) -> dict[FieldPath, _Span]:
    """The first place in the body at which each field is printed."""
    ends = {
        one.get(f"{W}id"): one for one in document.body.iter(f"{W}bookmarkEnd")
    }
    found: dict[FieldPath, _Span] = {}
    for start in document.body.iter(f"{W}bookmarkStart"):
        value = value_of(notes.fields, str(start.get(f"{W}name", "")))
        end = ends.get(start.get(f"{W}id"), start)
        is_whole = end is not start and end.getparent() is start.getparent()
        if value is not None and value.source and is_whole:
            found.setdefault(value.source, (start, end))
    return found


def _explanation(figure: Figure, notes: Notes) -> str:
    """As `reportgen explain` says it: formula, inputs, where they stand."""
    lines = [f"{figure.label} ＝ {figure.text}", f"公式：{figure.formula}"]
    for one in figure.inputs[:_MOST_INPUTS]:
        place = notes.loaded.place(one.path)
        is_typed = notes.loaded.typed(one.path) is not None
        where = f"（{place}）" if is_typed else ""
        lines.append(f"{one.label} ＝ {one.text or '（未填）'}{where}")
    if len(figure.inputs) > _MOST_INPUTS:
        lines.append(f"……共 {len(figure.inputs)} 项")
    return "\n".join(lines)


def _add_findings(
    document: Document,
    comments: Comments,
    findings: Sequence[Finding],
    places: Mapping[FieldPath, _Span],
) -> None:
    by_name = {
        dotted(path): place for path, place in reversed([*places.items()])
    }
    loose: list[Finding] = []
    for finding in findings:
        place = next(
            filter(None, map(by_name.get, _holders(finding.path))), None
        )
        if place is None:
            loose.append(finding)
        else:
            comments.add(*place, _finding_text(finding))
    _at_title(document, comments, loose)


def _holders(path: str) -> Iterator[str]:
    """A field, and the section that it is in: 叙述.存在问题[2] and 叙述.存在问题."""
    yield path
    while path.endswith("]") and ("叙述" in path or "." not in path):
        path = path.rpartition("[")[0]
        yield path


def _finding_text(finding: Finding) -> str:
    where = finding.place.where and f"（{finding.place.where}）"
    return f"{finding.severity.label} {finding.code}{where}：{finding.message}"


def _at_title(
    document: Document, comments: Comments, findings: Sequence[Finding]
) -> None:
    paragraph = next(
        (
            one
            for one in document.body.iter(f"{W}p")
            if one.findtext(f".//{W}t")
        ),
        None,
    )
    if paragraph is None or not findings:
        return
    lines = [_finding_text(one) for one in findings[:_MOST_AT_TITLE]]
    if len(findings) > _MOST_AT_TITLE:
        lines.append(f"……共 {len(findings)} 处，见 问题清单.xlsx")
    comments.add_to_paragraph(paragraph, "\n".join(lines))
