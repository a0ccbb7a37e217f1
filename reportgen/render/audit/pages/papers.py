"""Paper, margins and page numbers of a template."""

from collections.abc import Iterator, Sequence

from reportgen.ooxml.names import W
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element
from reportgen.packs.page_standard import PageStandard
from reportgen.render.audit.pages.page_number import page_number
from reportgen.render.audit.pages.stories import Story

_A4 = (210.0, 297.0)
_SIDES = ("top", "bottom", "left", "right")
_TWIPS = 1440 / 25.4  # to the millimetre
_DASHES = str.maketrans({"－": "—", "–": "—", "-": "—", "―": "—"})


def paper_problems(
    document: Element, page: PageStandard, *, official: bool
) -> Iterator[str]:
    """Sections that are not on A4, or whose margins are not what the pack wants of an official paper."""
    for number, section in enumerate(document.iter(f"{W}sectPr"), start=1):
        size = section.find(f"{W}pgSz")
        if size is None:
            yield f"第{number}节没有纸张大小，应为 A4（210×297 毫米）"
            continue
        sides = sorted(_millimetres(size, side) for side in ("w", "h"))
        if _are_off(sides, _A4, 1):
            yield f"第{number}节的纸张不是 A4（210×297 毫米）"
        if official and size.get(f"{W}orient") != "landscape":
            yield from _margins(section, number, page)


def _millimetres(element: Element, name: str) -> float:
    try:
        return float(element.get(f"{W}{name}", "0")) / _TWIPS
    except ValueError:
        return 0


def _are_off(
    found: Sequence[float], wanted: Sequence[float], slack: float
) -> bool:
    pairs = zip(found, wanted, strict=True)
    return any(abs(one - other) > slack for one, other in pairs)


def _margins(
    section: Element, number: int, page: PageStandard
) -> Iterator[str]:
    margins = section.find(f"{W}pgMar")
    if margins is None or len(page.margins) != len(_SIDES):
        return
    wanted = list(map(float, page.margins))
    found = [_millimetres(margins, side) for side in _SIDES]
    slack = float(page.slack or 0) + 0.1  # Word rounds to its own measure
    if _are_off(found, wanted, slack):
        have, want = _listed(found), _listed(wanted)
        yield f"第{number}节的页边距（上、下、左、右）是 {have} 毫米，应为 {want} 毫米"


def _listed(sides: Sequence[float]) -> str:
    return "、".join(f"{one:.0f}" for one in sides)


def number_problems(
    stories: Sequence[Story], page: PageStandard
) -> Iterator[str]:
    """Footers whose page number is written otherwise, and a paper without any."""
    wanted = page.page_number
    if not wanted:
        return
    written = {
        part_label(story.part): page_number(story.root)
        for story in stories
        if story.root.tag == f"{W}ftr"
    }
    if not any("X" in text for text in written.values()):
        yield f"页脚没有页码，应为“{wanted}”"
    for place, text in written.items():
        if "X" in text and _plain(wanted) not in _plain(text):
            yield f"{place}的页码写作“{text.strip()}”，应为“{wanted}”（X 是页码，Y 是页数）"


def _plain(text: str) -> str:
    """The text without blanks, every dash the same."""
    return "".join(text.split()).translate(_DASHES)
