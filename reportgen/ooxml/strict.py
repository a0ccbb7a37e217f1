"""Documents saved as Strict Open XML read as the others: the same words under other names of namespaces."""

from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.zip_writer import lay_out, stored, write_zip

_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/"
_DATED = (
    b"wordprocessingml",
    b"spreadsheetml",
    b"drawingml",
    b"officeDocument",
)
_CUSTOM = b"officeDocument/2006/customProperties"
_CUSTOM_USUAL = b"officeDocument/2006/custom-properties"


def as_transitional(docx: bytes) -> bytes:
    """`docx` with the usual namespaces where it was saved as Strict; anything else is given back as it is."""
    try:
        members = read_archive(docx)
    except ArchiveError:
        return docx
    if not any(_MAIN in one.data for one in members):
        return docx
    renamed = [
        stored(one.name, _usual(one.data)) if _STRICT in one.data else one
        for one in members
    ]
    return write_zip(lay_out(renamed), {})


def _usual(part: bytes) -> bytes:
    for name in _DATED:
        part = part.replace(_STRICT + name, _USUAL + name + b"/2006")
    return part.replace(_CUSTOM, _CUSTOM_USUAL)
