"""A part without what only programs read: marks of editing, bookmarks, controls, settings that name people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from reportgen.ooxml.names import C, R, W, word_names
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, remove
from reportgen.publishing.tracked_changes import unwrap, unwrap_all

_GOES = word_names(
    "proofErr permStart permEnd commentRangeStart commentRangeEnd commentReference annotationRef lastRenderedPageBreak "
    "altChunk subDoc control printerSettings rsids docVars attachedTemplate mailMerge saveThroughXslt attachedSchema "
    "schemaLibrary documentProtection writeProtection trackRevisions revisionView activeWritingStyle docPartObj "
    "smartTagType smartTagPr customXmlPr forceUpgrade"
)
_SETTINGS_OF_WORD_2013 = "http://schemas.microsoft.com/office/word/2012/wordml"
_NUMBERED = re.compile(r"_(?:Toc|Ref|Hlt|PartStart|PartEnd|FrontEnd)[0-9]*")
_WRAPS = word_names("smartTag customXml")
_REVISION = re.compile(r"\{.*\}(?:rsid\w*|paraId|textId)$")
_PICTURES = ("docPr", "cNvPr")
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)|(?:REF|PAGEREF|NOTEREF)\s+(\S+)')
_REMOVE_PERSONS = ("removePersonalInformation", "removeDateAndTime")
_AFTER = word_names("writeProtection view zoom")


def clean(root: Element) -> None:
    """Takes out of a part of WordprocessingML whatever is not seen."""
    for one in list(root.iter(*_GOES)):
        _take_out(one)
    unwrap_all(root.iter(*_WRAPS))
    _open_controls(root)
    _drop_bookmarks(root)
    _forget_revisions(root)
    _name_pictures(root)


def _take_out(element: Element) -> None:
    run = element.getparent()
    remove(element)
    if run is None or run.tag != f"{W}r":
        return
    if all(one.tag == f"{W}rPr" for one in run):
        remove(run)


def _open_controls(root: Element) -> None:
    """Puts what stands in content controls in their place: their titles and lists tell more than is shown."""
    for control in list(root.iter(f"{W}sdt")):
        for one in list(control):
            if one.tag != f"{W}sdtContent":
                control.remove(one)
    unwrap_all(root.iter(f"{W}sdtContent"))
    unwrap_all(root.iter(f"{W}sdt"))


def _drop_bookmarks(root: Element) -> None:
    """Takes out the bookmarks but for those that a field or a link of the document leads to."""
    led_to = set(_led_to(root))
    starts = root.iter(f"{W}bookmarkStart")
    kept = {
        one.get(f"{W}id") for one in starts if one.get(f"{W}name") in led_to
    }
    for one in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if one.get(f"{W}id") not in kept:
            remove(one)
    for link in list(root.iter(f"{W}hyperlink")):
        anchor = link.attrib.pop(f"{W}anchor", "")
        if anchor and anchor in led_to:
            link.set(f"{W}anchor", str(anchor))
        elif anchor and not link.get(f"{R}id"):
            unwrap(link)


def _led_to(root: Element) -> Iterator[str]:
    """The names of bookmarks that Word numbered itself and that something leads to."""
    names = [one.get(f"{W}anchor", "") for one in root.iter(f"{W}hyperlink")]
    for code in root.iter(f"{W}instrText"):
        found = _ANCHOR.finditer(code.text or "")
        names += [match[1] or match[2] for match in found]
    return filter(_NUMBERED.fullmatch, names)


def _forget_revisions(root: Element) -> None:
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if _REVISION.match(str(name)):
                del element.attrib[name]


def _name_pictures(root: Element) -> None:
    """Gives pictures names that tell nothing: Word keeps there from which file of whom they came."""
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in _PICTURES:
            element.set("name", f"图 {element.get('id', '')}".strip())
        for name in list(element.attrib):
            if str(name).endswith(
                ("}title", "}href")
            ) and "office:office" in str(name):
                del element.attrib[name]


def clean_settings(root: Element) -> None:
    """The same of the settings; Word is asked to keep no names when somebody saves the copy."""
    for one in list(root):
        if etree.QName(one).namespace == _SETTINGS_OF_WORD_2013:
            root.remove(one)
    clean(root)
    place = sum(1 for one in root if one.tag in _AFTER)
    for name in reversed(_REMOVE_PERSONS):
        for old in root.findall(f"{W}{name}"):
            root.remove(old)
        root.insert(place, etree.Element(f"{W}{name}"))


def clean_chart(root: Element) -> None:
    """A chart without its workbook: what it shows is kept in the chart itself."""
    for one in list(root.iter(f"{C}externalData")):
        remove(one)
    for one in list(root.iter()):
        is_extended = isinstance(one.tag, str) and one.tag.endswith(
            "}externalData"
        )
        if is_extended:
            remove(one)


def cleaner_of(package: Package, part: str) -> Callable[[Element], None] | None:
    """What cleans that part, by what it is; None where nothing has to be taken out."""
    kind = package.content_type(part)
    if kind.endswith("wordprocessingml.settings+xml"):
        return clean_settings
    if "chart" in kind and kind.endswith("+xml"):
        return clean_chart
    return clean if kind.endswith("+xml") else None
