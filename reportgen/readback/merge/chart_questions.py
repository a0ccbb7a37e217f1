"""Charts that a person should look at: the paragraph of each, and the comment there."""

from collections.abc import Sequence

from reportgen.ooxml.document import Document
from reportgen.ooxml.names import C, W
from reportgen.ooxml.xml_parts import Element
from reportgen.readback.merge.merge_log import NOW, MergeLog


def ask_at(
    log: MergeLog,
    paragraph: Element,
    where: str,
    asked: str,
) -> None:
    """A person should look at a chart: told with a comment at its paragraph."""
    log.comments.renew(paragraph, NOW, asked)
    log.touched = True
    log.tell_chart(asked, where)


def place_of(charts: Sequence[str], theirs: Document) -> Element:
    """The paragraph that holds the first of some charts of theirs, the first of all where there is none."""
    paragraphs = theirs.body.iter(f"{W}p")
    first = next(paragraphs)
    for chart in theirs.body.iter(f"{C}chart"):
        if theirs.target(chart) in charts:
            return next(chart.iterancestors(f"{W}p"), first)
    return first
