"""Styles and lists of several documents in one: what is the same is shared, what differs gets a name of its own.

Two documents of a set usually come from templates that share their styles. Where a style of the same id differs, the
later one is renamed and everything that refers to it follows, so that no part of the bundle looks other than it did.
"""

from copy import deepcopy

from lxml import etree

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, child_of, value_of

_REFERRING = word_names(
    "pStyle rStyle tblStyle basedOn next link numStyleLink styleLink"
)
_BASE = f"{W}basedOn"
Renamed = dict[str, str]  # how styles or lists are called in the bundle


def canonical(element: Element) -> bytes:
    """The element as bytes that are equal when it says the same."""
    return etree.tostring(element, method="c14n")


def _canonical_defaults(root: Element) -> bytes:
    defaults = root.find(f"{W}docDefaults")
    return b"" if defaults is None else canonical(defaults)


class StyleSheet:
    """The styles part of the bundle, grown document by document."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.added: list[Element] = []  # those of the last document
        self._defaults = _canonical_defaults(root)
        self._by_id = {
            style.get(f"{W}styleId", ""): style
            for style in root.iterfind(f"{W}style")
        }
        self._bytes = {
            key: canonical(style) for key, style in self._by_id.items()
        }

    def add(self, other: Element, number: int) -> Renamed:
        """Adds the styles of the document `number`; returns how its style ids are called in the bundle."""
        defaults = other.find(f"{W}docDefaults")
        same_defaults = _canonical_defaults(other) == self._defaults
        styles = list(other.iterfind(f"{W}style"))
        renamed = self._renamed(styles, number, every=not same_defaults)
        self.added = []
        for style in styles:
            key = style.get(f"{W}styleId", "")
            name = renamed.get(key, key)
            if name not in self._by_id:
                self._append(
                    deepcopy(style), name, renamed, number if name != key else 0
                )
                if name != key and not same_defaults and defaults is not None:
                    _bake_defaults(self._by_id[name], defaults)
        return renamed

    def _renamed(
        self, styles: list[Element], number: int, *, every: bool
    ) -> Renamed:
        """The ids that need another name: those that differ, and those that build on one that does."""
        by_id = {style.get(f"{W}styleId", ""): style for style in styles}
        known = by_id.keys() & self._bytes.keys()
        new = {
            key
            for key in known
            if every or _differs(by_id[key], self._bytes[key])
        }
        more = new
        while more:
            more = {
                key
                for key, style in by_id.items()
                if value_of(style, _BASE) in new
            } - new
            new |= more
        return {key: f"{key}_{number}" for key in new}

    def _append(
        self,
        style: Element,
        name: str,
        renamed: Renamed,
        number: int,
    ) -> None:
        style.set(f"{W}styleId", name)
        rename_references(style, renamed)
        if number:
            style.attrib.pop(f"{W}default", "")
            shown = style.find(f"{W}name")
            if shown is not None:
                shown.set(f"{W}val", f"{shown.get(f'{W}val')} {number}")
        self.root.append(style)
        self.added.append(style)
        self._by_id[name] = style
        self._bytes[name] = canonical(style)


def _differs(style: Element, other: bytes) -> bool:
    """Whether a style needs a copy of its own: one that numbers would go on counting where the other stopped."""
    is_numbering = style.find(f"{W}pPr/{W}numPr") is not None
    return is_numbering or canonical(style) != other


def default_style(root: Element, kind: str) -> str:
    """The id of the style that a paragraph or table has without naming one; "" where there is none."""
    for style in root.iterfind(f"{W}style"):
        is_default = style.get(f"{W}default") in ("1", "true", "on")
        if is_default and style.get(f"{W}type") == kind:
            return style.get(f"{W}styleId", "")
    return ""


def rename_references(root: Element, renamed: Renamed) -> None:
    """Every reference to a style below `root` follows its new name."""
    if not renamed:
        return
    for element in root.iter(*_REFERRING):
        value = element.get(f"{W}val", "")
        if value in renamed:
            element.set(f"{W}val", renamed[value])


def name_default_styles(root: Element, paragraph: str, table: str) -> None:
    """Paragraphs and tables that name no style get the one they had by default, as the bundle's default differs."""
    for tag, properties, reference, name in (
        ("p", "pPr", "pStyle", paragraph),
        ("tbl", "tblPr", "tblStyle", table),
    ):
        for element in root.iter(f"{W}{tag}") if name else ():
            style = child_of(child_of(element, properties), reference)
            if f"{W}val" not in style.attrib:
                style.set(f"{W}val", name)


def _bake_defaults(style: Element, defaults: Element) -> None:
    """A root style says for itself what its document said for all, where it says nothing else."""
    if value_of(style, _BASE) or style.get(f"{W}type") != "paragraph":
        return
    for holder in ("rPr", "pPr"):
        for source in defaults.iterfind(f"{W}{holder}Default/{W}{holder}"):
            target = style.find(f"{W}{holder}")
            if target is None:
                target = etree.SubElement(style, f"{W}{holder}")
            _add_missing(target, source)


def _add_missing(target: Element, source: Element) -> None:
    """What `source` says and `target` does not."""
    there = {child.tag for child in target}
    for child in source:
        if child.tag not in there:
            target.append(deepcopy(child))


class Numbering:
    """The lists of the bundle; each document's own keep their look and count for themselves."""

    def __init__(self, root: Element | None) -> None:
        self.root = root

    def add(self, other: Element, renamed_styles: Renamed) -> Renamed:
        """Adds the lists of another document; returns how its list numbers are called in the bundle."""
        if self.root is None:
            self.root = etree.Element(other.tag, nsmap={"w": W[1:-1]})
        up = 1 + _highest(self.root, "abstractNum", "abstractNumId")
        shift = _highest(self.root, "num", "numId")
        first_num = self.root.find(f"{W}num")
        # the schema wants every abstractNum before the first num
        place = (
            len(self.root) if first_num is None else self.root.index(first_num)
        )
        for abstract in map(deepcopy, other.iterfind(f"{W}abstractNum")):
            _shift(abstract, "abstractNumId", up)
            rename_references(abstract, renamed_styles)
            for mark in abstract.findall(f"{W}nsid"):
                abstract.remove(mark)  # lists of one mark are one for Word
            self.root.insert(place, abstract)
            place += 1
        renamed: Renamed = {}
        for num in map(deepcopy, other.iterfind(f"{W}num")):
            old = num.get(f"{W}numId", "0")
            _shift(num, "numId", shift)
            for link in num.iterfind(f"{W}abstractNumId"):
                _shift(link, "val", up)
            self.root.append(num)
            renamed[old] = num.get(f"{W}numId", "")
        return renamed


def _highest(root: Element, name: str, key: str) -> int:
    return max(
        (_id(one, key) for one in root.iterfind(f"{W}{name}")), default=0
    )


def _shift(element: Element, name: str, by: int) -> None:
    element.set(f"{W}{name}", str(_id(element, name) + by))


def _id(element: Element, name: str) -> int:
    return int(element.get(f"{W}{name}", "0"))
