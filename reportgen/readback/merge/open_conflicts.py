"""Conflicts of earlier merges that nobody has settled: their comments still stand in the document."""

from reportgen.core.findings import Finding
from reportgen.ooxml.blocks import Blocks, Box, Paragraph, TableRow
from reportgen.ooxml.names import W
from reportgen.readback.compare.places import Places, column_of
from reportgen.readback.merge.merge_log import MergeLog
from reportgen.readback.read.comments import Comments
from reportgen.readback.read.document import Document, open_document


def open_conflicts(data: bytes, file: str) -> list[Finding]:
    """A finding for each in a document; raises ReportgenError where it is no docx that can be read."""
    document = open_document(data, file)
    log = MergeLog(file, Comments(document))
    tell_open_conflicts(document, log)
    return log.findings


def tell_open_conflicts(document: Document, log: MergeLog) -> None:
    """Takes down those that the merge at hand has not told."""
    _tell_in(Box(document.body).parts, "正文", log)


def _tell_in(blocks: Blocks, where: str, log: MergeLog) -> None:
    """Those on some blocks, each with its place as the merge told it."""
    places = Places(blocks, where)
    for position, block in enumerate(blocks):
        if next(block.element.iter(f"{W}commentReference"), None) is None:
            continue
        place = places.of(position)
        if isinstance(block, Paragraph):
            for paragraph in block.element.iter(f"{W}p"):
                log.tell_open(paragraph, place)
        elif isinstance(block, TableRow):
            for column, cell in enumerate(block.parts):
                _tell_in((cell,), column_of(place, column), log)
        else:
            _tell_in(block.parts, place, log)
