"""How the styles of a template look in the end: what they say themselves, what they build on, what holds for all."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from reportgen.ooxml.names import A, W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, value_of

_OFF = {"0", "false", "off"}
_SHOWN = {
    "normal": "正文",
    "title": "标题",
    "footer": "页脚",
    "header": "页眉",
    **{f"heading {number}": f"标题 {number}" for number in range(1, 10)},
}
_MOST_BASES = 20
_SIZES = {
    84: "初号",
    72: "小初",
    52: "一号",
    48: "小一",
    44: "二号",
    36: "小二",
    32: "三号",
    30: "小三",
    28: "四号",
    24: "小四",
    21: "五号",
    18: "小五",
    15: "六号",
    13: "小六",
}
_HALF_POINTS = {name: size for size, name in _SIZES.items()}
Levels = Sequence[Element]  # a run, a paragraph, styles: the nearest first


class Look(NamedTuple):
    """How a text is set; sizes in half points, the pitch in points where it is fixed, the indent in characters."""

    font: str
    size: int
    bold: bool
    pitch: float | None
    indent: float
    alignment: str


def size_name(half_points: int) -> str:
    """The size as users know it: 三号, 15磅."""
    return _SIZES.get(half_points, f"{half_points / 2:g}磅")


def half_points(size: str) -> int | None:
    """The half points of a size as a pack writes it: 三号, 16, 16磅."""
    try:
        return _HALF_POINTS.get(size) or round(float(size.rstrip("磅")) * 2)
    except ValueError:
        return None


class Looks:
    """The styles of one template."""

    def __init__(self, package: Package) -> None:
        self._package = package
        part = package.related(package.main, "styles")
        self._root = package.tree(part) if part else None
        styles = () if self._root is None else self._root.iterfind(f"{W}style")
        self._by_id = {one.get(f"{W}styleId", ""): one for one in styles}

    @cached_property
    def normal(self) -> str:
        """The style of paragraphs that name none."""
        for key, style in self._by_id.items():
            is_default = style.get(f"{W}default", "0") not in _OFF
            if is_default and style.get(f"{W}type") == "paragraph":
                return key
        return ""

    def style_of(self, paragraph: Element) -> str:
        """The style that a paragraph has, by its id."""
        named = value_of(paragraph, f"{W}pPr/{W}pStyle")
        return named if named in self._by_id else self.normal

    def name(self, style: str) -> str:
        """The name of a style as Word shows it."""
        found = self._by_id.get(style)
        name = "" if found is None else value_of(found, f"{W}name")
        return _SHOWN.get(name.lower(), name or style)

    def outline(self, style: str) -> str:
        """The level of a heading: 0 for the first; "" for what is none."""
        return _attribute(self.levels(style), f"{W}pPr/{W}outlineLvl", "val")

    def levels(self, style: str) -> list[Element]:
        """A style, those it builds on, and what holds for all."""
        found: list[Element] = []
        while style in self._by_id and len(found) < _MOST_BASES:
            found.append(self._by_id[style])
            style = value_of(found[-1], f"{W}basedOn")
        if self._root is not None:
            found += self._root.iterfind(f"{W}docDefaults/*")
        return found

    def look(self, levels: Levels) -> Look:
        """How what stands on these levels looks."""
        size = _attribute(levels, f"{W}rPr/{W}sz", "val")
        half = int(size) if size.isdigit() else 20
        return Look(
            font=self._font(levels),
            size=half,
            bold=_is_on(levels, f"{W}rPr/{W}b"),
            pitch=_pitch(levels),
            indent=_indent(levels, half),
            alignment=_attribute(levels, f"{W}pPr/{W}jc", "val"),
        )

    def _font(self, levels: Levels) -> str:
        """The Chinese font; one of the theme by its name there."""
        for level in levels:
            fonts = level.find(f"{W}rPr/{W}rFonts")
            if fonts is None:
                continue
            theme = fonts.get(f"{W}eastAsiaTheme", "")
            if theme:
                return self._theme_fonts.get(theme[:5], "")
            font = fonts.get(f"{W}eastAsia", "")
            if font:
                return font
        return ""

    @cached_property
    def _theme_fonts(self) -> dict[str, str]:
        """The Chinese fonts of the theme, for headings (major) and for text (minor)."""
        part = self._package.related(self._package.main, "theme")
        if not part:
            return {}
        theme = self._package.tree(part)
        found = {}
        for kind in ("major", "minor"):
            for fonts in theme.iter(f"{A}{kind}Font"):
                chinese = value_of(
                    fonts, f"{A}font[@script='Hans']", "typeface"
                )
                found[kind] = value_of(fonts, f"{A}ea", "typeface") or chinese
        return found


def _attribute(levels: Iterable[Element], path: str, name: str) -> str:
    """What the nearest level says."""
    for level in levels:
        value = value_of(level, path, f"{W}{name}")
        if value:
            return value
    return ""


def _is_on(levels: Levels, path: str) -> bool:
    found = (level.find(path) for level in levels)
    switch = next((one for one in found if one is not None), None)
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def _pitch(levels: Levels) -> float | None:
    spacing = f"{W}pPr/{W}spacing"
    line = _attribute(levels, spacing, "line")
    if _attribute(levels, spacing, "lineRule") != "exact":
        return None
    return int(line) / 20 if line.isdigit() else None


def _indent(levels: Levels, size: int) -> float:
    """The indent of the first line; Word takes that in characters before that in twentieths of a point."""
    path = f"{W}pPr/{W}ind"
    chars = _attribute(levels, path, "firstLineChars")
    if chars.isdigit() and int(chars):
        return int(chars) / 100
    twips = _attribute(levels, path, "firstLine")
    return int(twips) / (size * 10) if twips.isdigit() else 0
