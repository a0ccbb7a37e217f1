"""What Office Open XML calls things: namespaces, and the kinds of parts with their relations and content types."""

from typing import NamedTuple

_FORMATS = "http://schemas.openxmlformats.org"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"

OFFICE_RELATIONS = f"{_FORMATS}/officeDocument/2006/relationships"
PACKAGE_RELATIONS = f"{_FORMATS}/package/2006/relationships"
PACKAGE_TYPES = f"{_FORMATS}/package/2006/content-types"
WORD_MAIN = f"{_FORMATS}/wordprocessingml/2006/main"
SHEET_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
CHART_MAIN = f"{_FORMATS}/drawingml/2006/chart"
CUSTOM_MAIN = f"{_FORMATS}/officeDocument/2006/custom-properties"
PROPERTY_TYPES = f"{_FORMATS}/officeDocument/2006/docPropsVTypes"

W = f"{{{WORD_MAIN}}}"
R = f"{{{OFFICE_RELATIONS}}}"
S = f"{{{SHEET_MAIN}}}"
C = f"{{{CHART_MAIN}}}"
A = f"{{{_FORMATS}/drawingml/2006/main}}"
M = f"{{{_FORMATS}/officeDocument/2006/math}}"
MC = f"{{{_FORMATS}/markup-compatibility/2006}}"
DRAWING_ID = f"{{{_FORMATS}/drawingml/2006/wordprocessingDrawing}}docPr"

# elements that stand for a sign of the text
SIGNS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
MAIN_TYPE = f"{_WORD}.document.main+xml"
WORKBOOK_MAIN_TYPE = f"{_OFFICE}.spreadsheetml.sheet.main+xml"


class PartKind(NamedTuple):
    """A kind of part: the last word of the relation that leads to it, and its content type."""

    relation: str
    content_type: str


HEADER = PartKind("header", f"{_WORD}.header+xml")
FOOTER = PartKind("footer", f"{_WORD}.footer+xml")
NUMBERING = PartKind("numbering", f"{_WORD}.numbering+xml")
COMMENTS = PartKind("comments", f"{_WORD}.comments+xml")
WORKBOOK = PartKind("package", f"{_OFFICE}.spreadsheetml.sheet")
CUSTOM_PROPERTIES = PartKind(
    "custom-properties", f"{_OFFICE}.custom-properties+xml"
)


def word_names(names: str) -> frozenset[str]:
    """The elements of WordprocessingML of these names, which stand apart by blanks."""
    return frozenset(f"{W}{name}" for name in names.split())


def is_word_part(content_type: str) -> bool:
    """Whether a part of that type is WordprocessingML."""
    return content_type.startswith(_WORD)
