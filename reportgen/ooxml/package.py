"""A docx (or xlsx) as a package of parts: names, content types, relations, trees; read without trusting any of them.

A package does not change: `with_part`, `without_part` and `with_relation` give a new one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from reportgen.core.errors import Place, TemplateError
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.encoding import XmlError, as_utf8
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    OFFICE_RELATIONS,
    PACKAGE_RELATIONS,
    PACKAGE_TYPES,
    RELATIONS_TYPE,
    PartKind,
)
from reportgen.ooxml.part_names import part_title
from reportgen.ooxml.xml_parts import Element, parse_xml, serialized
from reportgen.ooxml.zip_writer import Member, lay_out, stored, write_zip

RESAVE = "请用 Word 或 WPS 打开后另存为新的 .docx"

_RELATION = f"{{{PACKAGE_RELATIONS}}}Relationship"
_DEFAULT = f"{{{PACKAGE_TYPES}}}Default"
_OVERRIDE = f"{{{PACKAGE_TYPES}}}Override"
_KEY = "rIdRg"  # how the keys of our own relations begin


class Relation(NamedTuple):
    """One line of a .rels part: from the part it belongs to, to a part (or an address, when external)."""

    key: str
    type: str  # an address; its last word is the kind
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type, for instance "hyperlink"."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class Package:
    """The parts of a package, each readable as bytes and as a tree; raises TemplateError naming file and part."""

    file: str
    members: tuple[Member, ...]

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Content by part name, without a leading slash."""
        return {member.name: member.data for member in self.members}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.lower(): name for name in self.parts}

    @cached_property
    def content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types by extension and by part name, both in lower case."""
        if CONTENT_TYPES not in self.parts:
            raise self.refused(
                "缺少 [Content_Types].xml，不是完整的 .docx", hint=RESAVE
            )
        root = self.tree(CONTENT_TYPES)
        defaults = _types(root, _DEFAULT, "Extension")
        return defaults, _types(root, _OVERRIDE, "PartName")

    def content_type(self, part: str) -> str:
        """The content type of a part, empty when none is declared."""
        defaults, named = self.content_types
        extension = part.rpartition(".")[2].lower()
        return named.get(part.lower()) or defaults.get(extension, "")

    def is_xml(self, part: str) -> bool:
        """Whether a part is XML by its name or its type."""
        return part.endswith(
            (".xml", ".rels", ".vml", ".svg")
        ) or self.content_type(part).endswith("xml")

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part ("" for the package itself) refers to."""
        rels = relations_part(part)
        return (
            tuple(self._read_relations(part, rels))
            if rels in self.parts
            else ()
        )

    def _read_relations(self, part: str, rels: str) -> Iterator[Relation]:
        for item in self.tree(rels).iter(_RELATION):
            target = item.get("Target", "")
            external = item.get("TargetMode", "") == "External"
            if not external:
                target = self._resolved(part, target)
            yield Relation(
                item.get("Id", ""), item.get("Type", ""), target, external
            )

    def _resolved(self, part: str, target: str) -> str:
        path = unquote(target.partition("#")[0])
        name = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(part), path)
        ).lstrip("/")
        return self._folded.get(name.lower(), name)

    def related(self, part: str, kind: str) -> str:
        """The name of the first part of that kind to which a part refers; empty without one."""
        for relation in self.relations(part):
            if relation.external or relation.kind != kind:
                continue
            if relation.target in self.parts:
                return relation.target
        return ""

    @cached_property
    def main(self) -> str:
        """The name of the main document part."""
        found = self.related("", "officeDocument")
        if not found:
            raise self.refused(
                "缺少正文部件（word/document.xml），不是完整的 .docx",
                hint=RESAVE,
            )
        return found

    @cached_property
    def _trees(self) -> dict[str, Element]:
        return {}

    def tree(self, part: str) -> Element:
        """The part as a tree that all readers share."""
        if part not in self._trees:
            self._trees[part] = self.fresh_tree(part)
        return self._trees[part]

    def fresh_tree(self, part: str) -> Element:
        """The part as a tree of the caller's own, to be changed."""
        try:
            return parse_xml(self.parts[part])
        except XmlError as error:
            raise self.refused(error.message, part, error.hint) from error

    def refuse_broken_xml(self) -> None:
        """Raise TemplateError at the first part that is no sound XML, or too much of it."""
        for part in self.parts:
            if part == CONTENT_TYPES or self.is_xml(part):
                self.tree(part)

    def with_parts(self, changed: Mapping[str, bytes]) -> Package:
        """The package with some parts replaced, where they were, or added behind the others."""
        new = {name: stored(name, data) for name, data in changed.items()}
        kept = [new.pop(member.name, member) for member in self.members]
        return replace(self, members=(*kept, *new.values()))

    def with_part(
        self, name: str, data: bytes, content_type: str = ""
    ) -> Package:
        """The package with that part, declared as `content_type` where one is given."""
        changed = {name: data}
        if content_type:
            types = self.fresh_tree(CONTENT_TYPES)
            declare(types, name, content_type)
            changed[CONTENT_TYPES] = serialized(types)
        return self.with_parts(changed)

    def without_part(self, name: str) -> Package:
        """The package without that part; what is said of it elsewhere stays."""
        return replace(
            self, members=tuple(one for one in self.members if one.name != name)
        )

    def with_relation(self, source: str, kind: PartKind, part: str) -> Package:
        """The package with a relation from `source` ("" for the package itself) to `part`."""
        rels = relations_part(source)
        root = (
            self.fresh_tree(rels) if rels in self.parts else relations_root(())
        )
        folder = posixpath.join("/", posixpath.dirname(source))
        relate(root, kind, posixpath.relpath(f"/{part}", folder))
        undeclared = "" if self.content_type(rels) else RELATIONS_TYPE
        return self.with_part(rels, serialized(root), undeclared)

    def written(self) -> bytes:
        """The package as a file; members that were not replaced are copied as they lie."""
        return write_zip(lay_out(self.members), {})

    def refused(
        self, message: str, part: str = "", hint: str = ""
    ) -> TemplateError:
        """The error to raise about a part of this file."""
        where = f"{part_title(part)}（{part}）：" if part else ""
        return TemplateError(where + message, hint, place=Place(self.file))


def _types(root: Element, tag: str, key: str) -> dict[str, str]:
    return {
        item.get(key, "").lstrip("/").lower(): item.get("ContentType", "")
        for item in root.iter(tag)
    }


def read_package(data: bytes, file: str) -> Package:
    """The package in `data`, its XML in UTF-8; raises TemplateError when it is no whole zip, too large,
    or not plain."""
    try:
        members = read_archive(data)
    except ArchiveError as refused:
        where = f"部件 {refused.part[:80]!a}：" if refused.part else ""
        raise TemplateError(
            where + refused.message, refused.hint, place=Place(file)
        ) from refused
    package = Package(file, members)
    in_utf8 = dict(_in_other_encodings(package))
    return package.with_parts(in_utf8) if in_utf8 else package


def _in_other_encodings(package: Package) -> Iterator[tuple[str, bytes]]:
    """The XML parts that are not in UTF-8, as they read in UTF-8."""
    for part, data in package.parts.items():
        if part != CONTENT_TYPES and not package.is_xml(part):
            continue
        try:
            text = as_utf8(data)
        except XmlError as error:
            raise package.refused(error.message, part, error.hint) from error
        if text is not data:
            yield part, text


def relations_part(part: str) -> str:
    """The name of the part that holds the relations of `part`, "" being the package itself."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(rels: str) -> str:
    """The part whose relations stand in the part `rels`."""
    folder, _, name = rels.rpartition("/")
    return (folder.removesuffix("_rels") + name.removesuffix(".rels")).strip(
        "/"
    )


def declare(types: Element, part: str, content_type: str) -> None:
    """Says in the content types what `part` is, instead of what was said before."""
    name = f"/{part}"
    for old in list(types.iter(_OVERRIDE)):
        if old.get("PartName", "").lower() == name.lower():
            types.remove(old)
    etree.SubElement(types, _OVERRIDE, PartName=name, ContentType=content_type)


def relate(relations: Element, kind: PartKind, target: str) -> str:
    """Adds a relation to those of a part; returns its key."""
    taken = {item.get("Id") for item in relations}
    number = next(
        n for n in range(1, len(taken) + 2) if f"{_KEY}{n}" not in taken
    )
    key = f"{_KEY}{number}"
    _add(
        relations, Relation(key, f"{OFFICE_RELATIONS}/{kind.relation}", target)
    )
    return key


def relations_root(relations: Sequence[Relation]) -> Element:
    """A part of relations from the beginning."""
    root = _empty(PACKAGE_RELATIONS, "Relationships")
    for relation in relations:
        _add(root, relation)
    return root


def content_types_root(types: Mapping[str, str]) -> Element:
    """The content types from the beginning, by names of parts."""
    root = _empty(PACKAGE_TYPES, "Types")
    etree.SubElement(
        root, _DEFAULT, Extension="rels", ContentType=RELATIONS_TYPE
    )
    for name, content_type in types.items():
        etree.SubElement(
            root, _OVERRIDE, PartName=f"/{name}", ContentType=content_type
        )
    return root


def _add(relations: Element, relation: Relation) -> None:
    item = etree.SubElement(
        relations,
        _RELATION,
        Id=relation.key,
        Type=relation.type,
        Target=relation.target,
    )
    if relation.external:
        item.set("TargetMode", "External")


def _empty(namespace: str, name: str) -> Element:
    prefixes: Any = {None: namespace}  # Any: for the stubs no prefix is a text
    return etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes)
