"""Are the styles that a template uses set as the pack wants them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element
from reportgen.packs.page_standard import PageStandard, StyleStandard
from reportgen.render.audit.pages.looks import (
    Look,
    Looks,
    half_points,
    size_name,
)
from reportgen.render.audit.pages.stories import Story

_BODY = "公文正文"
_CURE = "请在“样式”里改；本地另有规定的，写进 pack.yaml 的「版面」"
_HEADINGS = {"0": "一级标题（一、）", "1": "二级标题（（一））"}
_INDENT_SLACK = 0.1  # of a character


def style_problems(
    looks: Looks,
    stories: Sequence[Story],
    page: PageStandard,
    *,
    official: bool,
) -> Iterator[str]:
    """What is otherwise in the styles of paragraphs with text; `official` asks for those of an official paper."""
    used = _used(looks, stories)
    body = _body_style(looks, stories)
    for style in used:
        look = looks.look(looks.levels(style))
        off = list(_odd(look, page))
        wanted = _wanted(looks, style, body, page) if official else None
        if wanted:
            off = list(_off_standard(look, wanted))
        if off:
            yield f"样式「{looks.name(style)}」：{'；'.join(off)}。{_CURE}"
    if official:
        yield from _no_headings(looks, used)


def _no_headings(looks: Looks, used: Iterable[str]) -> Iterator[str]:
    levels = {looks.outline(style) for style in used}
    for level, heading in _HEADINGS.items():
        if level not in levels:
            yield f"正文没有使用{heading}的标题样式，导航窗格和目录将没有内容"


def _used(looks: Looks, stories: Sequence[Story]) -> list[str]:
    """The styles of paragraphs that hold text, each once."""
    found = (
        looks.style_of(paragraph)
        for story in stories
        for paragraph in story.root.iter(f"{W}p")
        if _holds_text(paragraph)
    )
    return list(dict.fromkeys(found))


def _holds_text(paragraph: Element) -> bool:
    texts = paragraph.itertext(f"{W}t", with_tail=False)
    return bool("".join(map(str, texts)).strip())


def _body_style(looks: Looks, stories: Sequence[Story]) -> str:
    """The style that most paragraphs outside tables have, headings left out."""
    counts: Counter[str] = Counter()
    for story in stories:
        for paragraph in story.root.iterfind(f"{W}body/{W}p"):
            style = looks.style_of(paragraph)
            if not looks.outline(style) and _holds_text(paragraph):
                counts[style] += 1
    most = counts.most_common(1)
    return most[0][0] if most else ""


def _wanted(
    looks: Looks, style: str, body: str, page: PageStandard
) -> StyleStandard | None:
    """What the pack wants of a style: by its name, its level as a heading, or as the style of the text."""
    names = {name.replace(" ", ""): name for name in page.styles}
    level = looks.outline(style)
    heading = f"标题{int(level) + 1}" if level.isdigit() else ""
    own = looks.name(style).replace(" ", "")
    name = names.get(own) or names.get(heading)
    if name:
        return page.styles[name]
    return page.styles.get(_BODY) if style == body else None


def _off_standard(look: Look, wanted: StyleStandard) -> Iterator[str]:
    """Where a style differs from what the pack wants."""
    yield from _off_letters(look, wanted)
    yield from _off_lines(look, wanted)


def _off_letters(look: Look, wanted: StyleStandard) -> Iterator[str]:
    if not look.font.startswith(wanted.font):
        yield f"{_font(look)}，应为{wanted.font}"
    if wanted.size:
        yield from _off_size(look, wanted.size)
    if wanted.bold and look.bold != (wanted.bold == "是"):
        yield "不应加粗" if look.bold else "应加粗"


def _off_size(look: Look, wanted: str) -> Iterator[str]:
    size = half_points(wanted)
    if size is None:
        yield f"「版面」里的字号“{wanted}”不认识，请写成三号、小四或 16磅"
    elif look.size != size:
        yield f"字号是{size_name(look.size)}，应为{wanted}"


def _off_lines(look: Look, wanted: StyleStandard) -> Iterator[str]:
    if wanted.pitch and not _is_within(look.pitch, wanted.pitch):
        have = "不是固定值" if look.pitch is None else f"是{look.pitch:g}磅"
        want = "—".join(f"{one:g}" for one in wanted.pitch)
        yield f"行距{have}，应为固定值{want}磅"
    indent = wanted.indent
    if indent is not None and abs(look.indent - float(indent)) > _INDENT_SLACK:
        yield f"首行缩进{look.indent:g}字，应为{indent:g}字"


def _is_within(pitch: float | None, bounds: Sequence[Decimal]) -> bool:
    return pitch is not None and min(bounds) <= pitch <= max(bounds)


def _odd(look: Look, page: PageStandard) -> Iterator[str]:
    """What is odd in a style of which the pack says nothing."""
    smallest = half_points(page.smallest) if page.smallest else None
    if page.fonts and not look.font.startswith(page.fonts):
        fonts = "、".join(page.fonts)
        yield f"{_font(look)}，不在规定的字体（{fonts}）里"
    if smallest and look.size < smallest:
        yield f"字号是{size_name(look.size)}，小于{page.smallest}"


def _font(look: Look) -> str:
    return f"字体是{look.font}" if look.font else "没有设中文字体"
