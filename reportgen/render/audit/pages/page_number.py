"""What a footer says, with signs in the place of the fields that count pages."""

import re
from dataclasses import dataclass, field

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element

_FIELDS = {"PAGE": "X", "NUMPAGES": "Y", "SECTIONPAGES": "Y"}
_FIELD = re.compile(r"\s*(\w+)")
_PIECES = word_names("t fldSimple fldChar instrText")


@dataclass
class _FooterReader:
    """The text so far, and the code of the field that is open."""

    parts: list[str] = field(default_factory=list)
    code: str = ""
    is_open: bool = False

    def take(self, element: Element) -> None:
        """The next piece of the footer."""
        if element.tag == f"{W}fldSimple":
            self.parts.append(_sign(element.get(f"{W}instr", "")))
        elif element.tag == f"{W}fldChar":
            self._mark(element.get(f"{W}fldCharType", ""))
        elif element.tag == f"{W}instrText":
            self.code += element.text or ""
        elif not self.is_open and not _is_result(element):
            self.parts.append(element.text or "")

    def _mark(self, kind: str) -> None:
        if kind == "end":
            self.parts.append(_sign(self.code))
            self.code = ""
        self.is_open = kind != "end"


def page_number(footer: Element) -> str:
    """The text of a footer, X for the number of the page and Y for that of all pages."""
    reader = _FooterReader()
    for element in footer.iter(*_PIECES):
        reader.take(element)
    return "".join(reader.parts)


def _is_result(text: Element) -> bool:
    """Whether it is what a field shows."""
    return next(text.iterancestors(f"{W}fldSimple"), None) is not None


def _sign(code: str) -> str:
    word = _FIELD.match(code)
    return _FIELDS.get(word[1].upper(), "") if word else ""
