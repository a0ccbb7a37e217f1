"""Hidden text, which nobody sees and everybody can read who opens the file: taken out."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, remove, value_of
from reportgen.publishing.tracked_changes import remove_block

_HIDDEN = f"{W}vanish"
_OFF = frozenset(("0", "false", "off", "none"))
_WHITE = frozenset(("FFFFFF", "FEFEFE", "FDFDFD"))
_TINY = 4  # half points


class HiddenText:
    """Which styles hide their text, and what of a part is hidden."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.main, "styles")
        found = package.tree(part).iter(f"{W}style") if part else ()
        self._styles = {one.get(f"{W}styleId", ""): one for one in found}

    def remove_from(self, root: Element) -> int:
        """Takes the hidden text out of a part; how many runs and rows there were."""
        rows = list(filter(_is_hidden_row, root.iter(f"{W}tr")))
        for row in rows:
            remove_block(row)
        runs = list(filter(self._is_hidden, root.iter(f"{W}r")))
        for run in runs:
            remove(run)
        for paragraph in list(root.iter(f"{W}p")):
            _drop_if_empty(paragraph)
        for sign in list(root.iter(_HIDDEN)):
            remove(sign)
        return len(rows) + len(runs)

    def _is_hidden(self, run: Element) -> bool:
        own = run.find(f"{W}rPr/{_HIDDEN}")
        if own is not None:
            return _is_on(own)
        paragraph = next(run.iterancestors(f"{W}p"), run)
        styles = (
            value_of(run, f"{W}rPr/{W}rStyle"),
            value_of(paragraph, f"{W}pPr/{W}pStyle"),
        )
        return any(map(self._hides, styles))

    def _hides(self, name: str) -> bool:
        for style in self._line(name):
            found = style.find(f"{W}rPr/{_HIDDEN}")
            if found is not None:
                return _is_on(found)
        return False

    def _line(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value_of(self._styles[name], f"{W}basedOn")


def _is_on(sign: Element | None) -> bool:
    return sign is not None and sign.get(f"{W}val", "1") not in _OFF


def _is_hidden_row(row: Element) -> bool:
    return _is_on(row.find(f"{W}trPr/{W}hidden"))


def _drop_if_empty(paragraph: Element) -> None:
    """Takes out a paragraph whose end is hidden and in which nothing is left."""
    if not _is_on(paragraph.find(f"{W}pPr/{W}rPr/{_HIDDEN}")):
        return
    if not any(one.tag == f"{W}r" for one in paragraph.iter()):
        remove_block(paragraph)


def hardly_seen(root: Element) -> Iterator[Element]:
    """The runs that are white or tiny: a person has to look whether something is hidden so."""
    for run in root.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        color = value_of(run, f"{W}rPr/{W}color").upper()
        size = value_of(run, f"{W}rPr/{W}sz")
        is_tiny = size.isdigit() and int(size) <= _TINY
        if text.strip() and (color in _WHITE or is_tiny):
            yield run
