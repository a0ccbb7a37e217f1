"""Comments of Word in a document: to a paragraph, or to a printed value within one."""

import posixpath
from collections.abc import Callable, Iterator

from lxml import etree

from reportgen.ooxml.blocks import content_of
from reportgen.ooxml.document import Document
from reportgen.ooxml.names import COMMENTS, CONTENT_TYPES, W, word_names
from reportgen.ooxml.package import (
    declare,
    relate,
    relations_part,
    relations_root,
)
from reportgen.ooxml.xml_parts import Element, highest_id

AUTHOR = "reportgen"
_NAMESPACE = W[1:-1]
_REFERENCES = word_names("commentRangeStart commentRangeEnd commentReference")


class Comments:
    """Adds comments to a document; the part for them is made with the first one."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root: Element | None = None
        self._next = 0
        self._written: set[str] = set()  # the numbers of those of this run

    def renew(self, paragraph: Element, beginning: str, text: str) -> None:
        """A comment on a whole paragraph in the place of an older one of ours that begins with `beginning`."""
        for comment in self._own_on(paragraph, beginning):
            number = str(comment.get(f"{W}id"))
            if number not in self._written:
                self._written.add(number)
                if _text_of(comment) != _flat(text):
                    del comment[:]
                    comment.extend(_comment(number, text))
                    self._is_changed()
                return
        self.add_to_paragraph(paragraph, text)
        self._written.add(str(self._next - 1))

    def left_on(self, paragraph: Element, beginning: str) -> Iterator[str]:
        """The texts of such comments that are not of this run."""
        for comment in self._own_on(paragraph, beginning):
            if comment.get(f"{W}id") not in self._written:
                yield _text_of(comment)

    def remove(
        self,
        paragraph: Element,
        beginning: str,
        is_done: Callable[[str], bool],
    ) -> bool:
        """Takes comments of ours off a paragraph whose text says that they are done; whether there was one."""
        found = self._own_on(paragraph, beginning)
        gone = [one for one in found if is_done(_text_of(one))]
        for comment in gone:
            number = comment.get(f"{W}id")
            for element in list(paragraph.iter(*_REFERENCES)):
                if element.get(f"{W}id") == number:
                    _take_out(element)
            _take_out(comment)
        if gone:
            self._is_changed()
        return bool(gone)

    def _own_on(self, paragraph: Element, beginning: str) -> list[Element]:
        """The comments of ours on a paragraph that begin with some words."""
        references = paragraph.iter(f"{W}commentReference")
        numbers = {one.get(f"{W}id") for one in references}
        if not numbers or not self._document.related("comments"):
            return []
        return [
            one
            for one in self._comments()
            if one.get(f"{W}id") in numbers
            and one.get(f"{W}author") == AUTHOR
            and _text_of(one).startswith(beginning)
        ]

    def _is_changed(self) -> None:
        self._document.changed.add(self._document.related("comments"))

    def add_to_paragraph(self, paragraph: Element, text: str) -> None:
        """A comment on a whole paragraph of the body, unless the same one is there already."""
        if runs := content_of(paragraph):
            self.add(runs[0], runs[-1], text)
            return
        properties = paragraph.find(f"{W}pPr")
        start = etree.Element(f"{W}bookmarkStart")
        paragraph.insert(0 if properties is None else 1, start)
        self.add(start, start, text)
        paragraph.remove(start)

    def add(self, start: Element, end: Element, text: str) -> None:
        """A comment from the element `start` to the element `end`, two children of one paragraph."""
        paragraph = start.getparent()
        own = [] if paragraph is None else self._own_on(paragraph, "")
        if _flat(text) in map(_text_of, own):
            return
        root = self._comments()
        number = str(self._next)
        self._next += 1
        root.append(_comment(number, text))
        self._is_changed()
        key = {f"{W}id": number}
        start.addprevious(etree.Element(f"{W}commentRangeStart", key))
        last = etree.Element(f"{W}commentRangeEnd", key)
        end.addnext(last)
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}commentReference", key)
        last.addnext(run)

    def _comments(self) -> Element:
        if self._root is None:
            part = self._document.related("comments") or self._made()
            self._root = self._document.tree(part)
            self._next = highest_id(self._root, -1) + 1
        return self._root

    def _made(self) -> str:
        """Makes the part, its relation and its content type."""
        document, main = self._document, self._document.package.main
        part = posixpath.join(posixpath.dirname(main), "comments.xml")
        empty = etree.Element(f"{W}comments", nsmap={"w": _NAMESPACE})
        document.package.parts[part] = etree.tostring(empty)
        declare(document.tree(CONTENT_TYPES), part, COMMENTS.content_type)
        rels = relations_part(main)
        none = etree.tostring(relations_root(()))
        document.package.parts.setdefault(rels, none)
        relate(document.tree(rels), COMMENTS, posixpath.basename(part))
        document.changed |= {CONTENT_TYPES, rels}
        return part


def _text_of(comment: Element) -> str:
    texts = comment.itertext(f"{W}t", with_tail=False)
    return "".join(map(str, texts))


def _flat(text: str) -> str:
    """A text as it reads in a comment, where each line is a paragraph."""
    return text.replace("\n", "")


def _take_out(element: Element) -> None:
    """Takes an element out, and the run that held nothing else."""
    holder = element.getparent()
    if holder is None:
        return
    holder.remove(element)
    if holder.tag == f"{W}r" and all(one.tag == f"{W}rPr" for one in holder):
        _take_out(holder)


def _comment(number: str, text: str) -> Element:
    comment = etree.Element(
        f"{W}comment",
        {f"{W}id": number, f"{W}author": AUTHOR, f"{W}initials": "rg"},
    )
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        held = etree.SubElement(run, f"{W}t")
        held.text = line
        held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return comment
