"""Which fonts documents are set in, which of them this machine lacks, and what is printed in their place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.ooxml.names import A, W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.outputs.pdf.font_families import is_installed, nearest

_SECONDS = 20
_STORIES = ("header", "footer", "footnotes", "endnotes")
_DIRECT = "手工设的字体"
_NORMAL, _HEADING = "正文", "heading "
_FONTS = f"{W}rPr/{W}rFonts"
_WIDE = "\u2e7f"  # from here on East Asian scripts


@dataclass(frozen=True)
class MissingFont:
    """A font that is not installed: for which styles, in how many documents, and what is taken instead."""

    name: str
    styles: tuple[str, ...]
    documents: int
    instead: str  # "" where LibreOffice chooses


def installed_fonts() -> frozenset[str]:
    """The families that are installed; nothing where nobody can tell."""
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    command = [program, ":", "family"]
    try:
        done = subprocess.run(  # noqa: S603  the program that was found, no shell
            command, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    names = (name.strip() for line in lines for name in line.split(","))
    return frozenset(filter(None, names))


def font_folder() -> str:
    """Where a user puts fonts on this system."""
    if sys.platform == "win32":
        return "C:\\Windows\\Fonts"
    if sys.platform == "darwin":
        return str(Path.home() / "Library" / "Fonts")
    return str(Path.home() / ".local" / "share" / "fonts")


def missing_fonts(
    documents: Iterable[Package], installed: frozenset[str]
) -> list[MissingFont]:
    """The fonts that `documents` are set in and that are not installed, the most used first."""
    styles: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    for package in documents:
        for font, used_by in fonts_of(package).items():
            counts[font] = counts.get(font, 0) + 1
            styles.setdefault(font, {}).update(dict.fromkeys(used_by))
    found = [
        MissingFont(
            font, tuple(styles[font]), counts[font], nearest(font, installed)
        )
        for font in counts
        if installed and not is_installed(font, installed)
    ]
    return sorted(found, key=lambda one: (-one.documents, one.name))


def fonts_of(package: Package) -> dict[str, list[str]]:
    """The fonts that the text of a document is set in, each with the styles that say so."""
    styles = _Styles(package)
    found: dict[str, dict[str, None]] = {}
    for part in _stories(package):
        for run in package.tree(part).iter(f"{W}r"):
            text = "".join(one.text or "" for one in run.iter(f"{W}t"))
            for slot in _slots(text):
                font, style = styles.font(run, slot)
                found.setdefault(font, {})[style] = None
    found.pop("", None)
    return {font: list(used_by) for font, used_by in found.items()}


def _stories(package: Package) -> Iterator[str]:
    yield package.main
    for relation in package.relations(package.main):
        if relation.kind in _STORIES and relation.target in package.parts:
            yield relation.target


def _slots(text: str) -> Iterator[str]:
    """Which of the fonts of a run are needed for its text: that for Chinese, that for letters and digits."""
    if any(sign > _WIDE for sign in text):
        yield "eastAsia"
    if any(sign.isascii() and sign.isalnum() for sign in text):
        yield "ascii"


class _Styles:
    """The styles of a document, and the fonts they lead to."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.main, "styles")
        root = package.tree(part) if part else None
        found = () if root is None else root.iter(f"{W}style")
        self._styles = {one.get(f"{W}styleId", ""): one for one in found}
        self._default = self._usual()
        self._rest = (
            None
            if root is None
            else root.find(f"{W}docDefaults/{W}rPrDefault/{_FONTS}")
        )
        self._theme = _theme_fonts(package)

    def _usual(self) -> str:
        for name, style in self._styles.items():
            is_default = style.get(f"{W}default") in {"1", "true"}
            if is_default and style.get(f"{W}type") == "paragraph":
                return name
        return ""

    def font(self, run: Element, slot: str) -> tuple[str, str]:
        """The font of a run for one kind of text, and the style that says so; two "" where nothing does."""
        direct = self._named(run.find(_FONTS), slot)
        if direct:
            return direct, _DIRECT
        own = value_of(run, f"{W}rPr/{W}rStyle")
        paragraph = next(run.iterancestors(f"{W}p"), run)
        above = value_of(paragraph, f"{W}pPr/{W}pStyle") or self._default
        for style in (*self._line(own), *self._line(above)):
            font = self._named(style.find(_FONTS), slot)
            if font:
                name = value_of(style, f"{W}name")
                return font, _shown(name)
        return self._named(self._rest, slot), _NORMAL

    def _line(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value_of(self._styles[name], f"{W}basedOn")

    def _named(self, fonts: Element | None, slot: str) -> str:
        if fonts is None:
            return ""
        themed = fonts.get(f"{W}{slot}Theme", "")
        return self._theme.get(themed, "") or fonts.get(f"{W}{slot}", "")


def _shown(style: str) -> str:
    """The name of a style as Word shows it in Chinese."""
    if style == "Normal":
        return _NORMAL
    return style.replace(_HEADING, "标题 ")


def _theme_fonts(package: Package) -> dict[str, str]:
    """The fonts of the theme by the names that runs have for them: minorEastAsia …"""
    part = package.related(package.main, "theme")
    if not part:
        return {}
    found = {}
    for kind in ("major", "minor"):
        for fonts in package.tree(part).iter(f"{A}{kind}Font"):
            latin = value_of(fonts, f"{A}latin", "typeface")
            chinese = value_of(fonts, f"{A}ea", "typeface")
            hans = f"{A}font[@script='Hans']"
            found[f"{kind}EastAsia"] = chinese or value_of(
                fonts, hans, "typeface"
            )
            found[f"{kind}Ascii"] = found[f"{kind}HAnsi"] = latin
    return found


def replacements(fonts: Sequence[MissingFont]) -> tuple[tuple[str, str], ...]:
    """Each missing font with the one that is taken instead."""
    return tuple((one.name, one.instead) for one in fonts if one.instead)
