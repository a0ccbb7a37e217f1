"""Tags in places where they print something else than was meant: in equations, in content controls, beside a label."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reportgen.ooxml.names import M, W, word_names
from reportgen.ooxml.xml_parts import Element
from reportgen.render.audit.pages.stories import Story, listed
from reportgen.render.template.tag_blocks import (
    TagBlock,
    pair_blocks,
    settle_levels,
)
from reportgen.render.template.tags import (
    STAND_IN,
    Tag,
    TagTable,
    own_texts,
    take_tags,
)

_SIGNS = ("{{", "{%", "{#")
_WHOLES = word_names("docPartObj docPartList")  # contents, page numbers
_SEEN = word_names("drawing pict object sym br fldChar")


def equation_problems(story: Story) -> Iterator[str]:
    """Tags within equations: they are cut into signs and letters there, or refused without a place."""
    for formula in story.root.iter(f"{M}oMath"):
        text = "".join(map(str, formula.itertext(f"{M}t", with_tail=False)))
        if any(sign in text for sign in _SIGNS):
            yield (
                f"{story.where(formula)}，公式里写了标签（{text[:40]}）；"
                "公式里不能用标签，请把它移到公式外面，或把公式改成普通文字"
            )


def control_problems(story: Story) -> Iterator[str]:
    """Tags within content controls, which may be bound to other data, locked, or repeated with one number."""
    places = []
    for control in story.root.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        is_of_word = properties is not None and (
            next(properties.iter(*_WHOLES), None) is not None
        )
        if not is_of_word:
            places += [story.where(one) for one in _tagged(control)]
    if places:
        yield (
            f"{listed(places)}的标签在内容控件里，印出的内容可能被控件换回旧内容，或另存后丢失；"
            "请右键点控件，选“删除内容控件”，标签会留下"
        )


def _tagged(control: Element) -> Iterator[Element]:
    """The paragraphs within a control, or around it, whose tags lie in it."""
    for text in control.iter(f"{W}t"):
        if any(sign in (text.text or "") for sign in ("{", "}")):
            paragraph = next(text.iterancestors(f"{W}p"), None)
            if paragraph is not None and _has_tag(paragraph):
                yield paragraph


def _has_tag(paragraph: Element) -> bool:
    text = "".join(one.text or "" for one in own_texts(paragraph))
    return any(sign in text for sign in _SIGNS)


def label_problems(story: Story, file: str) -> Iterator[str]:
    """Loops and conditions over whole paragraphs that begin or end beside other text; each leaves empty paragraphs.

    Raises TemplateError for tags that do not pair. The tree of the story is changed.
    """
    table = TagTable(file)
    for paragraph, location in story.locations.items():
        take_tags(paragraph, location, table)
    blocks = pair_blocks(table)
    settle_levels(table, blocks)
    for block in blocks:
        if not block[0].level:
            yield from _over_paragraphs(block)


def _over_paragraphs(block: TagBlock) -> Iterator[str]:
    """A block whose tags stand in different paragraphs, one of them with nothing before it."""
    opener = block[0]
    for one, following in pairwise(block):
        if one.paragraph is following.paragraph:
            continue
        if not _text_before(following):
            times = "每一项" if opener.word == "for" else "成立时"
            yield (
                f"{opener.location}的“{opener.typed}”写在其他文字后面，"
                f"“{following.typed}”却单独成段，{times}会多印一个空段；"
                "请让它们各自独占一段"
            )
        elif one is opener and not _text_before(one):
            yield (
                f"{opener.location}的“{opener.typed}”单独成段，"
                f"“{following.typed}”却写在其他文字后面，会多印一个空段；"
                "请让它们各自独占一段"
            )


def _text_before(tag: Tag) -> bool:
    """Whether something is printed in the paragraph of a tag before it."""
    if tag.paragraph is None:
        return True
    before = ""
    for element in tag.paragraph.iter(f"{W}t", *_SEEN):
        if element.tag in _SEEN:
            before += "·"
            continue
        text = element.text or ""
        head, is_there, _ = text.partition(tag.stand_in)
        before += head
        if is_there:
            break
    printed = STAND_IN.sub(_as_printed, before)
    return bool(printed.strip())


def _as_printed(stand_in: re.Match[str]) -> str:
    """A sign for what a tag prints; none for a statement."""
    return "·" if stand_in[0].startswith("{{") else ""
