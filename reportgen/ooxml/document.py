"""A document opened to be read back or merged into: its stories, and what of it was changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from reportgen.ooxml.blocks import Box
from reportgen.ooxml.names import R, W
from reportgen.ooxml.package import Package, Relation, read_package
from reportgen.ooxml.xml_parts import Element, serialized
from reportgen.ooxml.zip_writer import lay_out, write_zip

_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


@dataclass
class Document:
    """A docx whose parts can be changed in place; those that are not named in `changed` stay byte for byte."""

    package: Package
    changed: set[str] = field(default_factory=set)
    added: dict[str, bytes] = field(
        default_factory=dict
    )  # whole parts, new or in the place of old ones
    _stories: dict[str, Box] = field(default_factory=dict)

    def tree(self, part: str) -> Element:
        """The part as a tree; say in `changed` when it was changed."""
        return self.package.tree(part)

    @property
    def body(self) -> Element:
        """What holds the blocks of the document."""
        root = self.tree(self.package.main)
        body = root.find(f"{W}body")
        return root if body is None else body

    def story(self, part: str = "") -> Box:
        """The body, or the header or footer `part`, read once: what is changed in it later is not read again."""
        if part not in self._stories:
            self._stories[part] = Box(self.tree(part) if part else self.body)
        return self._stories[part]

    def related(self, kind: str, part: str = "") -> str:
        """The part of that kind that the document has, or a `part` of it; "" without one."""
        relations = self.package.relations(part or self.package.main)
        return self._there(one for one in relations if one.kind == kind)

    def target(self, element: Element) -> str:
        """The part that an element of the body stands for, "" where it is not there."""
        key = element.get(f"{R}id")
        relations = self.package.relations(self.package.main)
        return self._there(one for one in relations if one.key == key)

    def _there(self, relations: Iterable[Relation]) -> str:
        targets = (one.target for one in relations)
        return next((one for one in targets if one in self.package.parts), "")

    def margins(self) -> dict[str, str]:
        """The parts of headers and footers as the sections name them, each with what it is (header default …)."""
        found: dict[str, str] = {}
        for reference in self.body.iter(*_REFERENCES):
            part = self.target(reference)
            if part:
                kind = f"{etree.QName(reference).localname} {reference.get(f'{W}type', 'default')}"
                found.setdefault(part, kind)
        return found

    def stories(self) -> Iterator[Element]:
        """The containers of text: body, headers, footers."""
        yield self.body
        yield from map(self.tree, self.margins())

    def saved(self) -> bytes:
        """The docx; what was not changed is copied as it lies."""

        parts = {part: serialized(self.tree(part)) for part in self.changed}
        parts.update(self.added)
        kept = (
            member
            for member in self.package.members
            if member.name not in parts
        )
        return write_zip(
            lay_out(kept), {name: (data,) for name, data in parts.items()}
        )


def open_document(data: bytes, file: str) -> Document:
    """The document in `data`; raises TemplateError (a ReportgenError) where it is no docx that can be read."""
    return Document(read_package(data, file))
