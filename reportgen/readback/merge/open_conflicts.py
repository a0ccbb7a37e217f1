"""What earlier merges told and nobody has settled: by comments in the document, or by what the receipt knows of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.core.findings import Findings
from reportgen.ooxml.blocks import Box
from reportgen.ooxml.comments import Comments
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import read_line
from reportgen.outputs.doubts import Doubts, MergeDoubt
from reportgen.readback.compare.places import placed
from reportgen.readback.merge.amounts import unnumbered
from reportgen.readback.merge.merge_log import MergeLog


def open_conflicts(data: bytes, file: str, known: Doubts) -> Findings:
    """A finding for each in a document; raises ReportgenError where it is no docx that can be read."""
    document = open_document(data, file)
    log = MergeLog(file, Comments(document))
    tell_open_conflicts(document, log)
    return findings_of([*still_open(known, document), *log.doubts])


def tell_open_conflicts(document: Document, log: MergeLog) -> None:
    """Takes down those that the merge at hand has not told."""
    for where, block in placed(Box(document.body).parts, "正文"):
        for paragraph in block.element.iter(f"{W}p"):
            log.tell_open(paragraph, where)


def findings_of(doubts: Iterable[MergeDoubt]) -> Findings:
    """Each finding once."""
    return tuple(dict.fromkeys(one.finding for one in doubts))


def still_open(
    known: Doubts, document: Document, new: Document | None = None
) -> Iterator[MergeDoubt]:
    """Those that a person has not settled in the document, nor the data in what is printed now.

    These settle it by saying themselves what a person wrote, or no longer what they left out.
    """
    standing = _texts(document) if known else Counter()
    printed = _texts(new) if known and new else Counter()
    for one in known:
        text = unnumbered(one.text)
        more = standing[text] - one.times
        is_settled = new and (text in printed) is not one.is_missing
        if not is_settled and _is_open(one, more):
            yield one


def _is_open(one: MergeDoubt, more: int) -> bool:
    return more <= 0 if one.is_missing else more >= 0


def counted(doubts: Iterable[MergeDoubt], document: Document) -> Doubts:
    """Those without a comment, with how often their text stands in the document."""
    kept = [one for one in doubts if one.text]
    standing = _texts(document) if kept else Counter()
    return tuple(
        replace(one, times=standing[unnumbered(one.text)]) for one in kept
    )


def _texts(document: Document) -> Counter[str]:
    paragraphs = (
        one for story in document.stories() for one in story.iter(f"{W}p")
    )
    return Counter(unnumbered(read_line(one).text) for one in paragraphs)
