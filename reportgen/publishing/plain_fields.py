"""Fields that tell who wrote it, from where or for whom: their codes go, what they show stays or is masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, remove
from reportgen.publishing.tracked_changes import unwrap

_WORKING = "PAGE NUMPAGES SECTIONPAGES SECTION TOC PAGEREF REF SEQ STYLEREF NOTEREF = HYPERLINK TC XE INDEX EQ"
_TELLING = "AUTHOR LASTSAVEDBY USERNAME USERINITIALS USERADDRESS ADDRESSBLOCK GREETINGLINE"
_ASKING = "MERGEFIELD DOCVARIABLE DOCPROPERTY INFO FILLIN ASK"
_KEPT = frozenset(_WORKING.split())
_OF_PERSONS = frozenset(_TELLING.split())
_ASKS_PERSON = re.compile(
    r"姓名|人|电话|手机|身份证|邮箱|name|phone|mobile|mail|tel", re.IGNORECASE
)
_VARIABLES = frozenset(_ASKING.split())
_PLACES = re.compile(r"mailto:|file:|\\\\|[A-Za-z]:\\|@", re.IGNORECASE)
_SIGNS = word_names("fldChar instrText")


@dataclass
class _Field:
    """A field that is open: its signs, its code, and the texts that it shows."""

    signs: list[Element] = field(default_factory=list)
    code: str = ""
    shown: list[Element] = field(default_factory=list)
    is_shown: bool = False

    @property
    def name(self) -> str:
        """The first word of the code."""
        return (self.code.split() or [""])[0].upper()

    @property
    def is_kept(self) -> bool:
        """Whether the field may go on working in the copy."""
        return self.name in _KEPT and not _PLACES.search(self.code)

    @property
    def is_of_person(self) -> bool:
        """Whether what it shows is a person's, whatever it reads."""
        is_asked = self.name in _VARIABLES and _ASKS_PERSON.search(self.code)
        return self.name in _OF_PERSONS or bool(is_asked)


def flatten_fields(root: Element) -> list[Element]:
    """Takes the codes of such fields out; the texts that belong to a person are given back, to be masked whole."""
    found: list[Element] = []
    for one in [one for one in _fields(root) if not one.is_kept]:
        found += one.shown if one.is_of_person else ()
        for sign in one.signs:
            _take_out(sign)
    for simple in list(root.iter(f"{W}fldSimple")):
        one = _Field(code=simple.get(f"{W}instr", ""))
        if not one.is_kept:
            found += simple.iter(f"{W}t") if one.is_of_person else ()
            unwrap(simple)
    for data in list(root.iter(f"{W}ffData")):
        remove(data)
    return found


def _fields(root: Element) -> Iterator[_Field]:
    """The fields of a part, those within others first."""
    opened: list[_Field] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType", "")
        if kind == "begin":
            opened.append(_Field())
        if not opened:
            continue
        _read(opened, element, kind)
        if kind == "end":
            yield opened.pop()


def _read(opened: list[_Field], element: Element, kind: str) -> None:
    last = opened[-1]
    if element.tag in _SIGNS:
        last.signs.append(element)
    if element.tag == f"{W}instrText":
        last.code += element.text or ""
    elif kind == "separate":
        last.is_shown = True
    elif element.tag == f"{W}t":
        for one in opened:
            if one.is_shown:
                one.shown.append(element)


def _take_out(sign: Element) -> None:
    """Takes out a sign, and the run that held nothing else."""
    run = sign.getparent()
    if run is None:
        return
    run.remove(sign)
    if run.tag == f"{W}r" and all(one.tag == f"{W}rPr" for one in run):
        remove(run)
