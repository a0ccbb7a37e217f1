"""Paragraphs that were formatted by hand, so that a change of their style does not reach them."""

from collections import defaultdict
from collections.abc import Iterator

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.render.audit.pages.looks import Look, Looks, size_name
from reportgen.render.audit.pages.stories import Story, listed

_SIDES = {"left": "左对齐", "center": "居中", "right": "右对齐"}


def hand_problems(
    looks: Looks, story: Story, *, official: bool
) -> Iterator[str]:
    """What was set by hand, each once with the places; in forms only letters, as cells are aligned by hand there."""
    places = defaultdict[str, list[str]](list)
    for paragraph, place in story.locations.items():
        for what in _set_by_hand(looks, paragraph, official=official):
            places[f"{looks.name(looks.style_of(paragraph))}」的{what}"].append(
                place
            )
    for what, found in places.items():
        yield (
            f"{listed(found)}不用样式「{what}，是手工设的；"
            "请选中这一段按 Ctrl+空格、Ctrl+Q 清除，格式改在样式里"
        )


def _set_by_hand(
    looks: Looks, paragraph: Element, *, official: bool
) -> Iterator[str]:
    """How a paragraph differs from its style."""
    levels = looks.levels(looks.style_of(paragraph))
    style = looks.look(levels)
    runs = [one for one in paragraph.iter(f"{W}r") if _has_text(one, paragraph)]
    own = {looks.look((run, paragraph, *levels)) for run in runs}
    if len(own) != 1:
        return  # words that are set otherwise within a paragraph are meant
    (look,) = own
    yield from _letters(style, look)
    if official:
        yield from _lines(style, look)


def _has_text(run: Element, paragraph: Element) -> bool:
    """Whether a run of the paragraph itself, none of a text box or of a style of words, shows text."""
    named = run.find(f"{W}rPr/{W}rStyle") is not None
    text = run.findtext(f"{W}t") or ""
    holder = next(run.iterancestors(f"{W}p"), None)
    return holder is paragraph and not named and bool(text.strip())


def _letters(style: Look, own: Look) -> Iterator[str]:
    if own.font != style.font:
        yield f"字体（{style.font}），改成了{own.font}"
    if own.size != style.size:
        yield f"字号（{size_name(style.size)}），改成了{size_name(own.size)}"


def _lines(style: Look, own: Look) -> Iterator[str]:
    if own.bold != style.bold:
        yield "笔画，" + ("加粗了" if own.bold else "去掉了加粗")
    if own.pitch != style.pitch:
        have = (
            "改成了不固定的" if own.pitch is None else f"改成了{own.pitch:g}磅"
        )
        yield f"行距，{have}"
    if own.indent != style.indent:
        yield f"首行缩进（{style.indent:g}字），改成了{own.indent:g}字"
    if own.alignment != style.alignment:
        yield f"对齐，改成了{_SIDES.get(own.alignment, '两端对齐')}"
