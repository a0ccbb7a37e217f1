"""Puts each printing tag of a part into a run of its own, so that a bookmark can stand around what it prints."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain

from lxml import etree

from reportgen.core.trace import LEAST_NUMBER, PREFIX
from reportgen.ooxml.names import MC, W, word_names
from reportgen.ooxml.xml_parts import Element, ids_of
from reportgen.render.template.tag_blocks import (
    remove_keeping_tail,
    write_before,
)
from reportgen.render.template.tags import STAND_IN, TEXT, Tag, TagTable

# where a run may stand beside a bookmark
_HOLDERS = word_names(
    "p hyperlink ins moveTo smartTag customXml sdtContent fldSimple"
)
_FALLBACK = f"{MC}Fallback"  # repeats a text box for old Word
_NUMBERED = word_names("bookmarkStart bookmarkEnd ins del commentRangeStart")
# tags, and what is between
_PIECES = re.compile(r"(\{[{%#][a-z]* T\d+ [}%#]\})")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def split_runs(root: Element, table: TagTable) -> None:
    """Splits the runs that hold tags: tags that print alone in theirs and marked as traced, the others between runs."""
    for run in list(root.iter(f"{W}r")):
        tags = [table.tags[number] for number in _numbers(run)]
        if tags and _may_be_split(run, tags):
            _split(run, table)


def _numbers(run: Element) -> list[int]:
    return [
        int(number)
        for text in run.iterchildren(f"{W}t")
        for number in STAND_IN.findall(text.text or "")
    ]


def _may_be_split(run: Element, tags: list[Tag]) -> bool:
    holder = run.getparent()
    if (
        holder is None
        or holder.tag not in _HOLDERS
        or any(tag.level or tag.kind != TEXT for tag in tags)
    ):
        return False
    return (
        not _is_plain_control(holder)
        and next(run.iterancestors(_FALLBACK), None) is None
    )


def _is_plain_control(holder: Element) -> bool:
    """Whether it is the content of a control that may hold nothing but text."""
    text = holder.find(f"../{W}sdtPr/{W}text")
    return holder.tag == f"{W}sdtContent" and text is not None


def _split(run: Element, table: TagTable) -> None:
    """Puts the pieces of a run before it, each in a run of its own, in the place of it."""
    look = run.find(f"{W}rPr")
    still: Element | None = (
        None  # the run that holds what is no tag, as long as none comes between
    )
    for item in _items(run):
        tag = _tag_of(item, table)
        if tag is None:
            if still is None:
                still = _run_before(run, look)
                still.attrib.update(run.attrib)
            still.append(item if isinstance(item, Element) else _text(item))
            continue
        still = None
        if tag.sign == "{":
            tag.traced = True
            _run_before(run, look).append(_text(tag.stand_in, preserve=True))
        else:
            write_before(run, tag.stand_in)
    remove_keeping_tail(run)


def _items(run: Element) -> Iterator[Element | str]:
    """What a run holds: elements, and each text with tags as its pieces."""
    for child in list(run):
        if child.tag == f"{W}t" and STAND_IN.search(child.text or ""):
            yield from filter(None, _PIECES.split(child.text or ""))
        elif child.tag != f"{W}rPr":
            child.tail = None
            yield child


def _tag_of(item: Element | str, table: TagTable) -> Tag | None:
    """The tag that a piece stands for, None for any other text."""
    match = STAND_IN.fullmatch(item) if isinstance(item, str) else None
    return table.tags[int(match[1])] if match else None


def _run_before(run: Element, look: Element | None) -> Element:
    """A new run with the same look."""
    made = etree.Element(f"{W}r")
    run.addprevious(made)
    if look is not None:
        copied = deepcopy(look)
        copied.tail = None
        made.append(copied)
    return made


def _text(text: str, *, preserve: bool = False) -> Element:
    made = etree.Element(f"{W}t")
    made.text = text
    if preserve or text != text.strip():
        made.set(_SPACE, "preserve")
    return made


def first_free_id(roots: Iterator[Element]) -> int:
    """A number above those of all that is numbered as bookmarks are, in whatever part, and below those of values."""
    numbered = chain.from_iterable(root.iter(*_NUMBERED) for root in roots)
    taken = (one for one in ids_of(numbered) if one < LEAST_NUMBER)
    return max(taken, default=0) + 1


def drop_own_bookmarks(root: Element) -> bool:
    """Removes the bookmarks of a trace; true when there were any."""
    starts = [
        mark
        for mark in root.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name", "").startswith(PREFIX)
    ]
    ids = {mark.get(f"{W}id") for mark in starts}
    ends = [
        mark
        for mark in root.iter(f"{W}bookmarkEnd")
        if mark.get(f"{W}id") in ids
    ]
    for mark in (*starts, *ends):
        remove_keeping_tail(mark)
    return bool(starts)
