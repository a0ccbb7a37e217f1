"""Whether a document that is not byte for byte as printed was only opened and saved again."""

from reportgen.ooxml.blocks import Box, text_boxes
from reportgen.ooxml.document import Document, open_document
from reportgen.ooxml.names import W
from reportgen.readback.compare.headers_footers import story_pairs

_BY_A_PERSON = (f"{W}commentReference", f"{W}ins", f"{W}del")


def only_resaved(base: bytes, theirs: bytes) -> bool:
    """Whether no person changed a word of `theirs` since it was printed as `base`, or left a comment in it.

    Raises TemplateError where one of them is no docx that can be read.
    """
    return is_resaved(open_document(base, ""), open_document(theirs, ""))


def is_resaved(printed: Document, edited: Document) -> bool:
    """The same of two documents that are open."""
    if _remarks(edited) > _remarks(printed):
        return False
    if len(printed.margins()) != len(edited.margins()):
        return False
    stories = story_pairs(printed, edited)
    return all(_reads_alike(own, there) for _, own, there in stories)


def _reads_alike(own: Box, there: Box) -> bool:
    if own.text != there.text:
        return False
    boxes = [one.text for one in text_boxes(own.element)]
    return boxes == [one.text for one in text_boxes(there.element)]


def _remarks(document: Document) -> int:
    """How many comments and tracked changes there are in the body."""
    return sum(1 for _ in document.body.iter(*_BY_A_PERSON))
