"""One Word file of a whole set: each document on a new page with its own paper, headers, footers and page numbers.

No library does this: docxcompose drops the sections of what it appends, so that landscape tables and page numbers are
lost. The documents are our own prints, so what they may hold is known: body, headers, footers, charts, notes, lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    FOOTER,
    HEADER,
    NUMBERING,
    OFFICE_RELATIONS,
    R,
    W,
    is_word_part,
)
from reportgen.ooxml.package import (
    Package,
    Relation,
    content_types_root,
    read_package,
    relations_part,
    relations_root,
)
from reportgen.ooxml.xml_parts import Element, serialized
from reportgen.ooxml.zip_writer import write_parts
from reportgen.render.bundle.bundle_styles import (
    Numbering,
    StyleSheet,
    default_style,
    name_default_styles,
    rename_references,
)
from reportgen.render.bundle.front.cover import (
    Front,
    front_body,
    front_styles,
    mark_part,
)
from reportgen.render.bundle.sections import (
    flow,
    number_afresh,
    start_on_new_page,
    tell_odd_from_even,
)
from reportgen.render.template.split_runs import drop_own_bookmarks

_SHARED = frozenset(
    {"styles", "settings", "numbering", "fontTable", "theme", "webSettings"}
)
_LEFT_OUT = {"footnotes", "endnotes", "customXml", "glossaryDocument"}


@dataclass
class _Bundle:
    """What the joined file consists of so far."""

    base: Package
    parts: dict[str, bytes]
    types: dict[str, str]  # content type by part name
    styles: StyleSheet
    numbering: Numbering
    relations: list[Relation] = field(default_factory=list)  # of the main part
    even_and_odd: bool = False

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """A new relation of the main part; returns its id."""
        key = f"rIdB{len(self.relations) + 1}"
        kind = f"{OFFICE_RELATIONS}/{kind}"
        self.relations.append(Relation(key, kind, target, external))
        return key


def bundle(
    documents: Sequence[bytes], title: str, parts: Sequence[str] = ()
) -> bytes:
    """`documents` as one docx, in order, titled `title`; raises TemplateError for what cannot be joined.

    Where `parts` says how they are called, a cover and a table of contents stand before them.
    """
    packages = [
        read_package(data, f"第{number}份文件")
        for number, data in enumerate(documents, start=1)
    ]
    base = packages[0]
    joined = _start(base)
    joined.even_and_odd = any(
        _has_even_and_odd(package) for package in packages
    )
    bodies = [
        _Document(joined, package, number).body()
        for number, package in enumerate(packages, start=1)
    ]
    document = base.fresh_tree(base.main)
    body = document.find(f"{W}body")
    assert body is not None
    if parts:
        for number, part in enumerate(bodies, start=1):
            mark_part(part, number)
        joined.styles.root.extend(front_styles())
        bodies.insert(0, front_body(Front(title, tuple(parts))))
    body[:] = list(flow(bodies))
    number_afresh(document)
    _finish(joined, document, title)
    return write_parts(joined.parts)


def _start(base: Package) -> _Bundle:
    related = _related(base)
    if "styles" not in related:
        raise TemplateError(
            "第一份文件没有样式部件，无法合订",
            "请用 Word 或 WPS 打开模板后另存为新的 .docx",
        )
    shared = sorted(_SHARED & related.keys())
    kept = [
        *("docProps/core.xml", "docProps/app.xml"),
        *(related[kind] for kind in shared),
    ]
    kept = [part for part in kept if part in base.parts]
    joined = _Bundle(
        base=base,
        parts={part: base.parts[part] for part in kept},
        types={part: base.content_type(part) for part in kept},
        styles=StyleSheet(base.fresh_tree(related["styles"])),
        numbering=Numbering(_tree(base, "numbering")),
    )
    for kind in shared:
        joined.relate(kind, f"/{related[kind]}")
    return joined


def _tree(package: Package, kind: str) -> Element | None:
    """The part of that kind, to be changed; None where the document has none."""
    part = package.related(package.main, kind)
    return package.fresh_tree(part) if part else None


def _related(package: Package) -> dict[str, str]:
    """The parts that the main part refers to, by kind."""
    return {
        one.kind: one.target
        for one in package.relations(package.main)
        if not one.external
    }


class _Document:
    """One of the documents: what it brings into the bundle, and how its styles are called there."""

    def __init__(self, joined: _Bundle, package: Package, number: int) -> None:
        related = _related(package)
        self.joined = joined
        self.package = package
        self.number = number
        self.renamed: dict[str, str] = {}
        self._paragraph = self._table = ""
        if number > 1 and "styles" in related:
            root = package.fresh_tree(related["styles"])
            self.renamed = joined.styles.add(root, number)
            self._paragraph = self.renamed.get(
                default_style(root, "paragraph"), ""
            )
            self._table = self.renamed.get(default_style(root, "table"), "")

    def body(self) -> Element:
        """Its body, with every reference in it pointing into the bundle."""
        package = self.package
        document = package.fresh_tree(package.main)
        drop_own_bookmarks(document)
        body = document.find(f"{W}body")
        if body is None:
            raise package.refused("没有正文，无法合订", package.main)
        if any(
            body.find(f".//{W}{kind}") is not None
            for kind in ("footnoteReference", "endnoteReference")
        ):
            raise package.refused(
                "含有脚注或尾注，暂不能合订", package.main, "请分别使用单个文件"
            )
        self._apply_styles(body)
        if self.number > 1:
            self._renumber_lists(body)
        self._carry_relations(body)
        _settle_sections(self.joined, package, body)
        return body

    def _apply_styles(self, root: Element) -> None:
        """Renames what differs, below `root`; of how many pages it says those of its own part."""
        for code in root.iter(f"{W}instrText"):
            text = code.text or ""
            code.text = text.replace("NUMPAGES", "SECTIONPAGES")
        rename_references(root, self.renamed)
        name_default_styles(root, self._paragraph, self._table)

    def _renumber_lists(self, body: Element) -> None:
        numbering = _tree(self.package, "numbering")
        if numbering is None:
            return
        lists = self.joined.numbering.add(numbering, self.renamed)
        for holder in (body, *self.joined.styles.added):
            for reference in holder.iter(f"{W}numId"):
                number = reference.get(f"{W}val", "")
                reference.set(f"{W}val", lists.get(number, number))

    def _carry_relations(self, body: Element) -> None:
        """What the body refers to comes along; its references follow."""
        keys: dict[str, str] = {}
        for relation in self.package.relations(self.package.main):
            if relation.kind not in _SHARED | _LEFT_OUT:
                target = self._carried(relation).target
                keys[relation.key] = self.joined.relate(
                    relation.kind, target, external=relation.external
                )
        for element in body.iter():
            for name, value in element.attrib.items():
                if str(name).startswith(R) and value in keys:
                    element.set(name, keys[str(value)])

    def _carried(self, relation: Relation) -> Relation:
        """A relation whose part, with all that it refers to, comes along into the bundle."""
        if relation.external:
            return relation
        return relation._replace(target=f"/{self._carry_part(relation.target)}")

    def _carry_part(self, name: str) -> str:
        joined, package = self.joined, self.package
        folder, slash, file = name.rpartition("/")
        new = f"{folder}{slash}d{self.number}_{file}"
        if new in joined.parts:
            return new
        joined.types[new] = package.content_type(name)
        joined.parts[new] = package.parts[name]
        if is_word_part(joined.types[new]):
            tree = package.fresh_tree(name)
            drop_own_bookmarks(tree)
            self._apply_styles(tree)
            joined.parts[new] = serialized(tree)
        relations = list(map(self._carried, package.relations(name)))
        if relations:
            joined.parts[relations_part(new)] = serialized(
                relations_root(relations)
            )
        return new


def _settle_sections(joined: _Bundle, package: Package, body: Element) -> None:
    """Each section says everything for itself, as in a bundle it would take what it leaves out from the one before."""
    first: dict[tuple[str, str], str] = {}
    sections = list(body.iter(f"{W}sectPr"))
    if not sections:
        sections = [etree.SubElement(body, f"{W}sectPr")]
    even_and_odd = _has_even_and_odd(package)
    for position, section in enumerate(sections):
        for role in ("header", "footer"):
            for kind in ("default", "first", "even"):
                _settle_reference(
                    joined,
                    section,
                    role,
                    kind,
                    first,
                    even_and_odd=even_and_odd,
                )
        if position == 0:
            start_on_new_page(section)


def _settle_reference(
    joined: _Bundle,
    section: Element,
    role: str,
    kind: str,
    above: dict[tuple[str, str], str],
    *,
    even_and_odd: bool,
) -> None:
    found = section.find(f"{W}{role}Reference[@{W}type='{kind}']")
    if kind == "even" and not even_and_odd:
        key = above.get(
            (role, "default"), ""
        )  # the bundle tells odd from even; this document does not
    elif found is not None:
        key = found.get(f"{R}id", "")
    else:
        key = above.get((role, kind), "")
    key = key or _empty(joined, role)
    above[role, kind] = key
    if found is None:
        found = etree.Element(f"{W}{role}Reference", {f"{W}type": kind})
        section.insert(0, found)
    found.set(f"{R}id", key)


def _empty(joined: _Bundle, role: str) -> str:
    """The relation to an empty header or footer."""
    name = f"word/empty_{role}.xml"
    for relation in joined.relations:
        if relation.target == f"/{name}":
            return relation.key
    word, kind = ("hdr", HEADER) if role == "header" else ("ftr", FOOTER)
    root = etree.Element(f"{W}{word}", nsmap={"w": W[1:-1]})
    etree.SubElement(root, f"{W}p")
    joined.parts[name] = serialized(root)
    joined.types[name] = kind.content_type
    return joined.relate(role, f"/{name}")


def _finish(joined: _Bundle, document: Element, title: str) -> None:
    base = joined.base
    related = _related(base)
    joined.parts[related["styles"]] = serialized(joined.styles.root)
    if joined.numbering.root is not None:
        name = related.get("numbering", "word/numbering.xml")
        if name not in joined.parts:
            joined.relate("numbering", f"/{name}")
            joined.types[name] = NUMBERING.content_type
        joined.parts[name] = serialized(joined.numbering.root)
    if "settings" in related and joined.even_and_odd:
        joined.parts[related["settings"]] = serialized(
            tell_odd_from_even(base.fresh_tree(related["settings"]))
        )
    if "docProps/core.xml" in joined.parts:
        joined.parts["docProps/core.xml"] = serialized(
            _titled(base.fresh_tree("docProps/core.xml"), title)
        )
    joined.parts[base.main] = serialized(document)
    joined.types[base.main] = base.content_type(base.main)
    joined.parts[relations_part(base.main)] = serialized(
        relations_root(joined.relations)
    )
    kept = [one for one in base.relations("") if one.target in joined.parts]
    joined.parts[relations_part("")] = serialized(relations_root(kept))
    types = serialized(content_types_root(joined.types))
    joined.parts = {CONTENT_TYPES: types, **joined.parts}


def _has_even_and_odd(package: Package) -> bool:
    settings = package.related(package.main, "settings")
    if not settings:
        return False
    switch = package.tree(settings).find(f"{W}evenAndOddHeaders")
    return switch is not None and switch.get(f"{W}val", "1") not in {
        "0",
        "false",
        "off",
    }


def _titled(core: Element, title: str) -> Element:
    for element in core.iter("{http://purl.org/dc/elements/1.1/}title"):
        element.text = title
    return core
