"""The runs of a paragraph: what they hold beside text, how they look, one paragraph's put in the place of another's."""

import copy
from collections import Counter
from collections.abc import Iterable

from reportgen.core.trace import PREFIX
from reportgen.ooxml.blocks import Paragraph, content_of
from reportgen.ooxml.names import W
from reportgen.ooxml.xml_parts import Element

_PLAIN = frozenset(
    W + name for name in ("r", "pPr", "proofErr", "lastRenderedPageBreak")
)
_PLAIN_IN_RUNS = frozenset(
    W + name
    for name in (
        "rPr",
        "t",
        "tab",
        "br",
        "cr",
        "noBreakHyphen",
        "lastRenderedPageBreak",
    )
)
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_CURSOR = (
    "_GoBack"  # the bookmark by which Word knows where one stopped to type
)
_NO_LOOK = frozenset(W + name for name in ("lang", "noProof"))


def extras(paragraph: Element) -> Counter[str]:
    """What a paragraph holds beside runs of text and our bookmarks: pictures, fields, comments, page breaks."""
    ours = {one.get(f"{W}id") for one in paragraph if _is_ours(one)}
    found: Counter[str] = Counter()
    for child in paragraph:
        if child.tag == f"{W}r":
            found.update(str(one.tag) for one in child if _is_extra(one))
        elif child.tag in _BOOKMARKS:
            found[str(child.tag)] += child.get(f"{W}id") not in ours
        elif child.tag not in _PLAIN:
            found[str(child.tag)] += 1
    return +found


def _is_ours(element: Element) -> bool:
    """Whether a bookmark of ours begins here, or the one of the cursor."""
    name = str(element.get(f"{W}name", ""))
    return name.startswith(PREFIX) or name == _CURSOR


def _is_extra(element: Element) -> bool:
    if element.tag not in _PLAIN_IN_RUNS:
        return True
    return element.tag == f"{W}br" and element.get(f"{W}type") in {
        "page",
        "column",
    }


def looks_of(paragraph: Paragraph) -> list[tuple[str, ...]]:
    """The looks of its runs, those with the same look beside each other taken as one."""
    looks: list[tuple[str, ...]] = []
    for run in paragraph.element.iter(f"{W}r"):
        look = _look(run.find(f"{W}rPr"))
        if run.findtext(f"{W}t") and looks[-1:] != [look]:
            looks.append(look)
    return looks


def _look(properties: Element | None) -> tuple[str, ...]:
    if properties is None:
        return ()
    return tuple(sorted(filter(None, map(_part_of_look, properties))))


def _part_of_look(one: Element) -> str:
    """One property with its values, "" where it changes nothing that can be seen."""
    values = [
        (str(key), str(value))
        for key, value in one.items()
        if not str(key).endswith("}hint")
    ]
    is_empty_font = one.tag == f"{W}rFonts" and not values
    return (
        ""
        if one.tag in _NO_LOOK or is_empty_font
        else f"{one.tag}{sorted(values)}"
    )


def replace_runs(theirs: Element, new: Element, *, keep_look: bool) -> None:
    """Puts the runs of `new` in the place of theirs, with the look of their first run with text to `keep_look`."""
    if keep_look:
        _give_look(new, _first_look(theirs))
    replace_content(theirs, content_of(new))


def replace_content(element: Element, content: Iterable[Element]) -> None:
    """Puts `content` in the place of what a paragraph or a cell holds beside its properties."""
    for child in content_of(element):
        element.remove(child)
    element.extend(content)


def _first_look(paragraph: Element) -> Element | None:
    runs = (run for run in paragraph.iter(f"{W}r") if run.findtext(f"{W}t"))
    first = next(runs, None)
    return None if first is None else first.find(f"{W}rPr")


def _give_look(paragraph: Element, look: Element | None) -> None:
    for run in paragraph.findall(f"{W}r"):
        for old in run.findall(f"{W}rPr"):
            run.remove(old)
        if look is not None:
            run.insert(0, copy.deepcopy(look))
