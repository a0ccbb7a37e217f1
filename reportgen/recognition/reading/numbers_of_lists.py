"""The numbers that Word sets before paragraphs by itself, and the levels of headings."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from reportgen.core.numerals import chinese_numeral
from reportgen.ooxml.names import NUMBERING, W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, value_of

_PLACE = re.compile("%([1-9])")
_CHINESE = ("chinese", "ideographTraditional", "japaneseCounting", "ideograph")
_STYLES = "styles"


class _ListLevel(NamedTuple):
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int


class ListNumbers:
    """Counts the paragraphs of each list in the order of reading."""

    def __init__(self, package: Package) -> None:
        main = package.main
        self._levels = _levels(
            package, package.related(main, NUMBERING.relation)
        )
        self._styles = _styles(package, package.related(main, _STYLES))
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def before(
        self,
        paragraph: Element,
        shows: bool,
    ) -> tuple[str, int]:
        """The number before a paragraph, and its level as a heading; one that is empty counts for nothing."""
        own = _style_of(paragraph)
        named = value_of(paragraph, f"{W}pPr/{W}pStyle")
        style = own.over(self._styles.get(named, _NO_STYLE))
        if not shows or style.number in {"", "0"}:
            return "", style.level
        return self._counted(style.number, int(style.depth or 0)), style.level

    def _counted(
        self,
        number: str,
        depth: int,
    ) -> str:
        levels = self._levels.get(number, {})
        if depth not in levels:
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            level = levels.get(at)
            return (
                _written(level.form, counts.get(at, level.start))
                if level
                else ""
            )

        return _PLACE.sub(shown, levels[depth].text)


class _ListStyle(NamedTuple):
    """What a style, or a paragraph itself, says of lists and headings."""

    outline: str = ""
    number: str = ""
    depth: str = ""

    def over(self, base: _ListStyle) -> _ListStyle:
        """This, and what of `base` it does not say."""
        told = (one or other for one, other in zip(self, base, strict=True))
        return _ListStyle(*told)

    @property
    def level(self) -> int:
        """The level of a heading, 0 where it is none."""
        is_heading = self.outline.isdigit() and self.outline < "9"
        return int(self.outline) + 1 if is_heading else 0


_NO_STYLE = _ListStyle()
_PATHS = ("outlineLvl", f"numPr/{W}numId", f"numPr/{W}ilvl")


def _style_of(element: Element) -> _ListStyle:
    """What an element says itself."""
    return _ListStyle(
        *(value_of(element, f"{W}pPr/{W}{path}") for path in _PATHS)
    )


def _styles(
    package: Package,
    part: str,
) -> dict[str, _ListStyle]:
    found: dict[str, _ListStyle] = {}
    for style in package.tree(part).iter(f"{W}style") if part else ():
        base = found.get(value_of(style, f"{W}basedOn"), _NO_STYLE)
        found[style.get(f"{W}styleId", "")] = _style_of(style).over(base)
    return found


def _levels(
    package: Package,
    part: str,
) -> dict[str, dict[int, _ListLevel]]:
    """By the number of a list how each of its levels is numbered."""
    if not part:
        return {}
    root = package.tree(part)
    kinds = {
        one.get(f"{W}abstractNumId", ""): _levels_of(one)
        for one in root.iter(f"{W}abstractNum")
    }
    return {
        one.get(f"{W}numId", ""): kinds.get(
            value_of(one, f"{W}abstractNumId"), {}
        )
        for one in root.iter(f"{W}num")
    }


def _levels_of(kind: Element) -> dict[int, _ListLevel]:
    levels: dict[int, _ListLevel] = {}
    for one in kind.iter(f"{W}lvl"):
        form = value_of(one, f"{W}numFmt")
        start = value_of(one, f"{W}start")
        text = value_of(one, f"{W}lvlText")
        if form not in {"bullet", "none"}:
            levels[int(one.get(f"{W}ilvl", "0"))] = _ListLevel(
                form, text, int(start) if start.isdigit() else 1
            )
    return levels


def _written(
    form: str,
    number: int,
) -> str:
    return chinese_numeral(number) if form.startswith(_CHINESE) else str(number)
