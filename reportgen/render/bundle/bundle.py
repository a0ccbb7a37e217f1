"""One Word file of a whole set: each document on a new page with its own paper, headers, footers and page numbers.

No library does this: docxcompose drops the sections of what it appends, so that landscape tables and page numbers are
lost. The documents are our own prints, so what they may hold is known: body, headers, footers, charts, notes, lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    DRAWING_ID,
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
from reportgen.ooxml.xml_parts import serialized
from reportgen.ooxml.zip_writer import write_parts
from reportgen.render.bundle.bundle_styles import (
    Numbering,
    StyleSheet,
    default_style,
    name_default_styles,
    rename_references,
)
from reportgen.render.template.split_runs import drop_own_bookmarks

_SHARED = frozenset(
    {"styles", "settings", "numbering", "fontTable", "theme", "webSettings"}
)
_NOTES = ("footnotes", "endnotes")
_KINDS = ("default", "first", "even")
_MARKS = ("bookmarkStart", "bookmarkEnd")


@dataclass(slots=True)
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


def bundle(documents: Sequence[bytes], title: str) -> bytes:
    """`documents` as one docx, in order, titled `title`; raises TemplateError for what cannot be joined."""
    packages = [
        read_package(data, f"第{number}份文件")
        for number, data in enumerate(documents, start=1)
    ]
    base = packages[0]
    joined = _start(base)
    joined.even_and_odd = any(_has_even_and_odd(package) for package in packages)
    bodies = [
        _body(joined, package, number)
        for number, package in enumerate(packages, start=1)
    ]
    document = base.fresh_tree(base.main)
    body = document.find(f"{W}body")
    assert body is not None
    body[:] = list(_flow(bodies))
    _number_afresh(document)
    _finish(joined, document, title)
    return write_parts(joined.parts)


def _start(base: Package) -> _Bundle:
    related = _related(base)
    if "styles" not in related:
        raise TemplateError(
            "第一份文件没有样式部件，无法合订",
            hint="请用 Word 或 WPS 打开模板后另存为新的 .docx",
        )
    keep = {
        name: base.parts[name]
        for name in ("docProps/core.xml", "docProps/app.xml")
        if name in base.parts
    }
    shared = {kind: related[kind] for kind in _SHARED if kind in related}
    parts = keep | {name: base.parts[name] for name in shared.values()}
    joined = _Bundle(
        base=base,
        parts=parts,
        types={name: base.content_type(name) for name in parts},
        styles=StyleSheet(base.fresh_tree(related["styles"])),
        numbering=Numbering(
            base.fresh_tree(related["numbering"]) if "numbering" in related else None
        ),
    )
    for kind, name in sorted(shared.items()):
        joined.relate(kind, f"/{name}")
    return joined


def _related(package: Package) -> dict[str, str]:
    """The parts that the main part refers to, by kind."""
    return {
        one.kind: one.target
        for one in package.relations(package.main)
        if not one.external
    }


def _body(joined: _Bundle, package: Package, number: int) -> etree._Element:
    """The body of one document, with every reference in it pointing into the bundle."""
    document = package.fresh_tree(package.main)
    drop_own_bookmarks(document)
    body = document.find(f"{W}body")
    if body is None:
        raise package.refused("没有正文，无法合订", package.main)
    related = _related(package)
    if any(body.find(f".//{W}{kind[:-1]}Reference") is not None for kind in _NOTES):
        raise package.refused(
            "含有脚注或尾注，暂不能合订", package.main, hint="请分别使用单个文件"
        )
    styles = _Look(joined, package, number)
    lists: dict[str, str] = {}
    if number > 1 and "numbering" in related:
        lists = joined.numbering.add(
            package.fresh_tree(related["numbering"]), styles.renamed
        )
    styles.apply(body)
    for reference in body.iter(f"{W}numId"):
        reference.set(
            f"{W}val",
            lists.get(reference.get(f"{W}val", ""), reference.get(f"{W}val", "")),
        )
    keys = {
        relation.key: _carried(
            joined, package, relation.kind, relation.target, relation.external, styles
        )
        for relation in package.relations(package.main)
        if relation.kind not in _SHARED
        and relation.kind not in {*_NOTES, "customXml", "glossaryDocument"}
    }
    for element in body.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(R) and value in keys:
                element.set(name, keys[str(value)])
    _settle_sections(joined, package, body)
    return body


class _Look:
    """How one document's styles are called in the bundle, and how to make a tree follow."""

    def __init__(self, joined: _Bundle, package: Package, number: int) -> None:
        related = _related(package)
        self.number = number
        self.renamed: dict[str, str] = {}
        self._paragraph = self._table = ""
        if number > 1 and "styles" in related:
            root = package.fresh_tree(related["styles"])
            self.renamed = joined.styles.add(root, number)
            self._paragraph = self.renamed.get(default_style(root, "paragraph"), "")
            self._table = self.renamed.get(default_style(root, "table"), "")

    def apply(self, root: etree._Element) -> None:
        """Renames what differs, below `root`."""
        rename_references(root, self.renamed)
        name_default_styles(root, self._paragraph, self._table)


def _carried(
    joined: _Bundle,
    package: Package,
    kind: str,
    target: str,
    external: bool,
    look: _Look,
) -> str:
    """Takes a part (with all it refers to) into the bundle; returns the id of its new relation."""
    if external:
        return joined.relate(kind, target, external=True)
    return joined.relate(kind, f"/{_carry_part(joined, package, target, look)}")


def _carry_part(joined: _Bundle, package: Package, name: str, look: _Look) -> str:
    folder, _, file = name.rpartition("/")
    new = f"{folder}/d{look.number}_{file}" if folder else f"d{look.number}_{file}"
    if new in joined.parts:
        return new
    joined.types[new] = package.content_type(name)
    joined.parts[new] = package.parts[name]
    if is_word_part(joined.types[new]):
        tree = package.fresh_tree(name)
        drop_own_bookmarks(tree)
        look.apply(tree)
        joined.parts[new] = serialized(tree)
    relations = [
        _carried_relation(joined, package, relation, look)
        for relation in package.relations(name)
    ]
    if relations:
        joined.parts[relations_part(new)] = serialized(relations_root(relations))
    return new


def _carried_relation(
    joined: _Bundle, package: Package, relation: Relation, look: _Look
) -> Relation:
    """A relation of a part that is carried over: what it leads to comes along."""
    if relation.external:
        return relation
    return replace(
        relation, target=f"/{_carry_part(joined, package, relation.target, look)}"
    )


def _settle_sections(joined: _Bundle, package: Package, body: etree._Element) -> None:
    """Each section says everything for itself, as in a bundle it would take what it leaves out from the one before."""
    first: dict[tuple[str, str], str] = {}
    sections = list(body.iter(f"{W}sectPr"))
    if not sections:
        sections = [etree.SubElement(body, f"{W}sectPr")]
    even_and_odd = _has_even_and_odd(package)
    for position, section in enumerate(sections):
        for role in ("header", "footer"):
            for kind in _KINDS:
                _settle_reference(
                    joined, section, role, kind, first, even_and_odd=even_and_odd
                )
        if position == 0:
            _start_on_new_page(section)


def _settle_reference(
    joined: _Bundle,
    section: etree._Element,
    role: str,
    kind: str,
    above: dict[tuple[str, str], str],
    *,
    even_and_odd: bool,
) -> None:
    found = next(
        (
            one
            for one in section.iterfind(f"{W}{role}Reference")
            if one.get(f"{W}type") == kind
        ),
        None,
    )
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
    root = etree.Element(
        f"{W}{'hdr' if role == 'header' else 'ftr'}", nsmap={"w": W[1:-1]}
    )
    etree.SubElement(root, f"{W}p")
    joined.parts[name] = serialized(root)
    joined.types[name] = (HEADER if role == "header" else FOOTER).content_type
    return joined.relate(role, f"/{name}")


def _start_on_new_page(section: etree._Element) -> None:
    kind = section.find(f"{W}type")
    if kind is not None:
        section.remove(kind)  # without one a section starts on a new page
    numbers = section.find(f"{W}pgNumType")
    if numbers is None:
        numbers = etree.Element(f"{W}pgNumType")
        after = [
            section.find(f"{W}{name}")
            for name in ("paperSrc", "pgBorders", "lnNumType", "pgMar", "pgSz")
        ]
        place = max(
            (section.index(one) for one in after if one is not None), default=-1
        )
        if place < 0:
            place = (
                len(section.findall(f"{W}headerReference"))
                + len(section.findall(f"{W}footerReference"))
                - 1
            )
        section.insert(place + 1, numbers)
    numbers.set(f"{W}start", "1")


def _flow(bodies: list[etree._Element]) -> Iterator[etree._Element]:
    """The blocks of all bodies; the last section of each but the last moves into a paragraph, where Word wants it."""
    for position, body in enumerate(bodies):
        blocks = list(body)
        section = blocks.pop() if blocks and blocks[-1].tag == f"{W}sectPr" else None
        yield from blocks
        if section is None:
            continue
        if position == len(bodies) - 1:
            yield section
        elif (
            blocks
            and blocks[-1].tag == f"{W}p"
            and blocks[-1].find(f"{W}pPr/{W}sectPr") is None
        ):
            _end_section(blocks[-1], section)
        else:
            yield _section_mark(section)


def _end_section(paragraph: etree._Element, section: etree._Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    change = properties.find(f"{W}pPrChange")
    if change is not None:
        change.addprevious(section)
    else:
        properties.append(section)


def _section_mark(section: etree._Element) -> etree._Element:
    """A paragraph of one point that ends a section after a table."""
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(
        properties,
        f"{W}spacing",
        {
            f"{W}before": "0",
            f"{W}after": "0",
            f"{W}line": "20",
            f"{W}lineRule": "exact",
        },
    )
    run = etree.SubElement(properties, f"{W}rPr")
    etree.SubElement(run, f"{W}sz", {f"{W}val": "2"})
    run.addnext(section)
    return paragraph


def _number_afresh(document: etree._Element) -> None:
    """Drawings and bookmarks get numbers that occur once; a bookmark's name that came before gets a mark."""
    for number, drawing in enumerate(document.iter(DRAWING_ID), start=1):
        drawing.set("id", str(number))
    names: set[str] = set()
    open_marks: dict[str, str] = {}
    count = 0
    for mark in document.iter(*(f"{W}{name}" for name in _MARKS)):
        old = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart":
            count += 1
            open_marks[old] = str(count)
            name = mark.get(f"{W}name", "")
            mark.set(f"{W}name", name if name not in names else f"{name[:30]}_{count}")
            names.add(name)
        mark.set(f"{W}id", open_marks.get(old, old))


def _finish(joined: _Bundle, document: etree._Element, title: str) -> None:
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
            _with_even_and_odd(base.fresh_tree(related["settings"]))
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


def _with_even_and_odd(settings: etree._Element) -> etree._Element:
    switch = settings.find(f"{W}evenAndOddHeaders")
    if switch is not None:
        switch.attrib.pop(f"{W}val", "")
        return settings
    before = (
        "zoom",
        "mirrorMargins",
        "defaultTabStop",
        "autoHyphenation",
        "stylePaneSortMethod",
        "documentProtection",
    )
    place = max(
        (
            settings.index(one)
            for name in before
            if (one := settings.find(f"{W}{name}")) is not None
        ),
        default=-1,
    )
    settings.insert(place + 1, etree.Element(f"{W}evenAndOddHeaders"))
    return settings


def _titled(core: etree._Element, title: str) -> etree._Element:
    for element in core.iter("{http://purl.org/dc/elements/1.1/}title"):
        element.text = title
    return core
