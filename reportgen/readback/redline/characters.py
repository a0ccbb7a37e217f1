"""The characters of a paragraph, each with the run in which it stands alone: so that any of them can be marked."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportgen.ooxml.names import SIGNS, W, word_names
from reportgen.ooxml.paragraph_text import OBJECT, shown_elements
from reportgen.ooxml.xml_parts import Element

_BOOKMARKS = word_names("bookmarkStart bookmarkEnd")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Character:
    """A sign of the text, and the element that holds it."""

    sign: str
    element: Element

    @property
    def run(self) -> Element | None:
        """The run in which it stands; None for what is no run, as a whole field."""
        holder = self.element.getparent()
        return holder if holder is not None and holder.tag == f"{W}r" else None

    @property
    def look(self) -> Element | None:
        """How the run looks."""
        return None if self.run is None else self.run.find(f"{W}rPr")


def characters_of(paragraph: Element) -> list[Character]:
    """The signs that are read in a paragraph."""
    found: list[Character] = []
    for element in shown_elements(paragraph):
        if element.tag == f"{W}t":
            found += [Character(sign, element) for sign in element.text or ""]
        elif element.tag not in _BOOKMARKS:
            sign = SIGNS.get(str(element.tag), OBJECT)
            found.append(Character(sign, element))
    return found


def text_of(characters: Sequence[Character]) -> str:
    """Their text."""
    return "".join(one.sign for one in characters)


def differences(old: str, new: str) -> list[Opcode]:
    """What has to be done to come from one text to the other: numbers and words as wholes, else sign by sign."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    starts, ends = _starts(before), _starts(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (kind, starts[a], starts[b], ends[c], ends[d])
        for kind, a, b, c, d in matcher.get_opcodes()
    ]


def _starts(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for one in tokens:
        found.append(found[-1] + len(one))
    return found


def split_runs(paragraph: Element, cuts: set[int]) -> list[Character]:
    """Cuts the runs of a paragraph so that one ends at each of `cuts`; the characters as they stand then."""
    characters = characters_of(paragraph)
    for at in sorted(cuts, reverse=True):
        if 0 < at < len(characters):
            _cut(characters[at - 1], characters[at], characters, at)
    return characters_of(paragraph)


def _cut(
    last: Character,
    first: Character,
    characters: Sequence[Character],
    at: int,
) -> None:
    run = first.run
    if run is None or last.run is not run:
        return
    if last.element is first.element:
        _cut_text(first.element, sum(1 for one in _same_before(characters, at)))
    else:
        _move_behind(run, first.element)


def _same_before(
    characters: Sequence[Character], at: int
) -> Iterator[Character]:
    element = characters[at].element
    for position in range(at - 1, -1, -1):
        if characters[position].element is not element:
            return
        yield characters[position]


def _cut_text(element: Element, length: int) -> None:
    """Cuts a text, and the run that holds it, behind so many signs."""
    told = element.text or ""
    rest = copy.deepcopy(element)
    element.text, rest.text = told[:length], told[length:]
    for one in (element, rest):
        one.set(_SPACE, "preserve")
    rest.tail = None
    element.addnext(rest)
    run = element.getparent()
    if run is not None:
        _move_behind(run, rest)


def _move_behind(run: Element, first: Element) -> None:
    """Puts `first` and what follows it in a run of their own behind the other, which looks the same."""
    later = copy.copy(run)
    del later[:]
    look = run.find(f"{W}rPr")
    moved = [first, *first.itersiblings()]
    if look is not None:
        later.append(copy.deepcopy(look))
    later.extend(moved)
    run.addnext(later)
