"""A docx as a package of parts: names, content types, relations and trees, read without trusting any of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from reportgen.core.errors import Place, TemplateError
from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.part_names import part_title
from reportgen.ooxml.zip_writer import Member

MAX_ELEMENTS = 150_000  # in one part; a report of 200 pages has some 80 000
CONTENT_TYPES = "[Content_Types].xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_DTD, _TRUSTED = "含有 DTD（实体声明），可能读取本机文件", "请换用来源可靠的模板"
RESAVE = "请用 Word 或 WPS 打开后另存为新的 .docx"


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a .rels part: from the part it belongs to, to a part (or an address, when external)."""

    key: str
    kind: str  # the last word of the type, for instance "hyperlink"
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of a docx, each readable as bytes and as a tree; raises TemplateError naming file and part."""

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
        defaults = {
            str(item.get("Extension", "")).lower(): item.get("ContentType", "")
            for item in root.iter(_DEFAULT)
        }
        named = {
            str(item.get("PartName", "")).lstrip("/").lower(): item.get(
                "ContentType", ""
            )
            for item in root.iter(_OVERRIDE)
        }
        return defaults, named

    def content_type(self, part: str) -> str:
        """The content type of a part, empty when none is declared."""
        defaults, named = self.content_types
        extension = part.rpartition(".")[2].lower()
        return named.get(part.lower()) or defaults.get(extension, "")

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part ("" for the package itself) refers to."""
        folder, _, name = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return tuple(self._read_relations(part, rels)) if rels in self.parts else ()

    def _read_relations(self, part: str, rels: str) -> Iterator[Relation]:
        for item in self.tree(rels).iter(_RELATION):
            target, kind = (
                item.get("Target", ""),
                item.get("Type", "").rpartition("/")[2],
            )
            external = item.get("TargetMode", "") == "External"
            if not external:
                target = self._resolved(part, target)
            yield Relation(item.get("Id", ""), kind, target, external)

    def _resolved(self, part: str, target: str) -> str:
        path = unquote(target.partition("#")[0])
        absolute = (
            path
            if path.startswith("/")
            else posixpath.join("/", posixpath.dirname(part), path)
        )
        name = posixpath.normpath(absolute).lstrip("/")
        return self._folded.get(name.lower(), name)

    @cached_property
    def main(self) -> str:
        """The name of the main document part."""
        for relation in self.relations(""):
            if (
                relation.kind == "officeDocument"
                and not relation.external
                and relation.target in self.parts
            ):
                return relation.target
        raise self.refused(
            "缺少正文部件（word/document.xml），不是完整的 .docx", hint=RESAVE
        )

    @cached_property
    def _trees(self) -> dict[str, etree._Element]:
        return {}

    def tree(self, part: str) -> etree._Element:
        """The part as a tree that all readers share; entities are never expanded, nothing is fetched."""
        if part not in self._trees:
            self._trees[part] = self.fresh_tree(part)
        return self._trees[part]

    def fresh_tree(self, part: str) -> etree._Element:
        """The part as a tree of the caller's own, to be changed; without comments and processing instructions."""
        data = self.parts[part]
        if data.count(b"<") > 2 * MAX_ELEMENTS:
            raise self.refused(
                f"内容过多（超过 {MAX_ELEMENTS} 个元素）", part, hint="请换用正常的模板"
            )
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self.refused(_DTD, part, hint=_TRUSTED)
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f"第{line}行" if line else ""
            raise self.refused(
                f"XML {where}不合规范，Word 也打不开", part, hint=RESAVE
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refused(_DTD, part, hint=_TRUSTED)
        return root

    def refused(self, message: str, part: str = "", *, hint: str = "") -> TemplateError:
        """The error to raise about a part of this file."""
        where = f"{part_title(part)}（{part}）：" if part else ""
        return TemplateError(where + message, place=Place(self.file), hint=hint)


def read_package(data: bytes, file: str) -> Package:
    """The package in `data`; raises TemplateError when it is no whole zip, too large, or not plain."""
    return Package(file, read_members(data, file))


def read_members(data: bytes, file: str) -> tuple[Member, ...]:
    """The members of the zip in `data`; raises TemplateError naming the file and the member."""
    try:
        return read_archive(data)
    except ArchiveError as refused:
        where = f"部件 {refused.part[:80]!a}：" if refused.part else ""
        raise TemplateError(
            where + refused.message, place=Place(file), hint=refused.hint
        ) from refused
