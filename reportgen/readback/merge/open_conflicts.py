"""Conflicts of earlier merges that nobody has settled: their comments still stand in the document."""

from reportgen.core.findings import Finding
from reportgen.ooxml.blocks import Box
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.names import W
from reportgen.readback.compare.places import placed
from reportgen.readback.merge.merge_log import MergeLog


def open_conflicts(data: bytes, file: str) -> list[Finding]:
    """A finding for each in a document; raises ReportgenError where it is no docx that can be read."""
    document = open_document(data, file)
    log = MergeLog(file, Comments(document))
    tell_open_conflicts(document, log)
    return log.findings


def tell_open_conflicts(document: Document, log: MergeLog) -> None:
    """Takes down those that the merge at hand has not told."""
    for where, block in placed(Box(document.body).parts, "正文"):
        for paragraph in block.element.iter(f"{W}p"):
            log.tell_open(paragraph, where)
