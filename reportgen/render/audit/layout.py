"""Is a template laid out as GB/T 9704-2012 and the pack want it: paper, fonts, headings."""

from collections.abc import Iterator
from pathlib import Path

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.render.template.template_package import open_template

_A4 = (11906, 16838)  # 210 × 297 mm in twentieths of a point
_SLACK = 60  # about 1 mm
_REPORT_FONTS = {
    "标题": "方正小标宋",
    "一级标题": "黑体",
    "二级标题": "楷体",
    "正文": "仿宋",
}
_HEADINGS = {"0": "一级标题（一、）", "1": "二级标题（（一））"}
_OUTLINE = f"{W}pPr/{W}outlineLvl"
_FAR_EAST = word_names("eastAsia eastAsiaTheme")


def layout_problems(path: Path, *, official: bool) -> Iterator[str]:
    """What is missing in the template at `path`; `official` asks for the fonts and headings of an official paper."""
    package = open_template(path)
    document = package.tree(package.main)
    part = package.related(package.main, "styles")
    if not part:
        yield "没有样式部件（styles.xml），请用 Word 或 WPS 打开后另存为新的 .docx"
        return
    yield from _paper(document)
    styles = package.tree(part)
    yield from _latin_only(styles)
    if official:
        yield from _fonts(styles)
        yield from _headings(document, styles)


def _paper(document: Element) -> Iterator[str]:
    for number, section in enumerate(document.iter(f"{W}sectPr"), start=1):
        size = section.find(f"{W}pgSz")
        if size is None:
            yield f"第{number}节没有纸张大小，应为 A4（210×297 毫米）"
            continue
        sides = sorted(
            int(float(size.get(f"{W}{side}", "0"))) for side in ("w", "h")
        )
        off = [
            abs(side - wanted) for side, wanted in zip(sides, _A4, strict=True)
        ]
        if max(off) > _SLACK:
            yield f"第{number}节的纸张不是 A4（210×297 毫米）"


def _latin_only(styles: Element) -> Iterator[str]:
    """A style that sets a font for Latin letters only leaves Chinese to whatever the machine takes."""
    for style in styles.iterfind(f"{W}style"):
        fonts = style.find(f"{W}rPr/{W}rFonts")
        if fonts is None or not fonts.get(f"{W}ascii"):
            continue
        if not any(fonts.get(name) for name in _FAR_EAST):
            yield f"样式「{_name(style)}」只设了西文字体，没有设中文字体"


def _fonts(styles: Element) -> Iterator[str]:
    named = {
        fonts.get(f"{W}eastAsia", "") for fonts in styles.iter(f"{W}rFonts")
    }
    for use, font in _REPORT_FONTS.items():
        if not any(name.startswith(font) for name in named):
            yield f"样式中没有{use}用的{font}"


def _headings(document: Element, styles: Element) -> Iterator[str]:
    by_id = {
        style.get(f"{W}styleId"): style
        for style in styles.iterfind(f"{W}style")
    }
    used = {
        by_id.get(one.get(f"{W}val")) for one in document.iter(f"{W}pStyle")
    }
    levels = {value_of(style, _OUTLINE) for style in used if style is not None}
    for level, name in _HEADINGS.items():
        if level not in levels:
            yield f"正文没有使用{name}的标题样式，导航窗格和目录将没有内容"


def _name(style: Element) -> str:
    return value_of(style, f"{W}name") or style.get(f"{W}styleId", "")
