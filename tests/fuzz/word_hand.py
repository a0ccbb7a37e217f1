"""What a person does to a document in Word, one thing at a time, anywhere in it."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from lxml import etree
from pen import Pen, narrow

Element = etree._Element
Hand = Callable[[Element, Pen], bool]  # whether anything was done
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BOXES = {"□": "☑", "☐": "☑", "☑": "□", "■": "□"}
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_STORIES = re.compile(
    r"word/(document|comments|header\d*|footer\d*|footnotes|endnotes)\.xml"
)


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def text_of(element: Element, *, crossed_out: bool = True) -> str:
    kinds = [f"{W}t", f"{W}delText"] if crossed_out else [f"{W}t"]
    return "".join(one.text or "" for one in element.iter(*kinds))


def all_text(docx: bytes) -> str:
    """Everything that is written anywhere in the document, seen or crossed out; a line for each paragraph."""
    roots = (
        etree.fromstring(data)
        for name, data in parts(docx).items()
        if _STORIES.fullmatch(name)
    )
    lines = (text_of(one) for root in roots for one in root.iter(f"{W}p"))
    return narrow("\n".join(lines))


def lines_of(docx: bytes, *, crossed_out: bool = True) -> list[str]:
    """The paragraphs of the text itself, with or without what is crossed out in them."""
    root = etree.fromstring(parts(docx)[MAIN])
    return [
        narrow(text_of(one, crossed_out=crossed_out))
        for one in root.iter(f"{W}p")
    ]


def edited(docx: bytes, hand: Hand, pen: Pen) -> bytes:
    """The document after `hand`; the same bytes where it found nothing to do. Now and then it is a header or footer."""
    members = parts(docx)
    margins = [name for name in sorted(members) if _MARGIN.fullmatch(name)]
    is_margin = margins and pen.dice.random() < 0.05
    part = pen.one_of(margins) if is_margin else MAIN
    root = etree.fromstring(members[part])
    if not hand(root, pen):
        return docx
    members[part] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return packed(members)


def _paragraphs(
    root: Element, *, in_cells: bool | None = None
) -> list[Element]:
    """Paragraphs with words that stand by themselves: not in text boxes, no pictures."""
    found = []
    for one in root.iter(f"{W}p"):
        if not text_of(one).strip() or one.find(f".//{W}drawing") is not None:
            continue
        if next(one.iterancestors(f"{W}txbxContent"), None) is not None:
            continue
        is_in_cell = next(one.iterancestors(f"{W}tc"), None) is not None
        if in_cells is None or in_cells == is_in_cell:
            found.append(one)
    return found


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None


def _free(root: Element) -> list[Element]:
    """Paragraphs of the body that may go or be put elsewhere."""
    return [
        one
        for one in _paragraphs(root, in_cells=False)
        if one.getparent().tag == f"{W}body" and not _ends_section(one)
    ]


def _pieces(paragraph: Element) -> list[Element]:
    return [one for one in paragraph.iter(f"{W}t") if (one.text or "").strip()]


def _put(piece: Element, text: str) -> None:
    piece.text = text
    piece.set(_SPACE, "preserve")


def run(text: str, like: Element | None = None) -> Element:
    made = etree.Element(f"{W}r")
    properties = None if like is None else like.find(f".//{W}r/{W}rPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    _put(etree.SubElement(made, f"{W}t"), text)
    return made


def _empty_like(paragraph: Element) -> Element:
    made = etree.Element(f"{W}p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def type_words(root: Element, pen: Pen) -> bool:
    """Words in the middle of a sentence."""
    pieces = [piece for one in _paragraphs(root) for piece in _pieces(one)]
    if not pieces:
        return False
    piece = pen.one_of(pieces)
    text = piece.text or ""
    at = pen.dice.randrange(len(text) + 1)
    _put(piece, text[:at] + pen.word() + text[at:])
    return True


def cross_out_words(root: Element, pen: Pen) -> bool:
    """A few words of a sentence go."""
    pieces = [
        piece
        for one in _paragraphs(root, in_cells=False)
        for piece in _pieces(one)
        if len(piece.text or "") > 8
    ]
    if not pieces:
        return False
    piece = pen.one_of(pieces)
    text = piece.text or ""
    at = pen.dice.randrange(len(text) - 4)
    _put(piece, text[:at] + text[at + 3 :])
    return True


def retype_figure(root: Element, pen: Pen) -> bool:
    """Another figure in the place of one that is printed, in half or in full width."""
    pieces = [
        piece
        for one in _paragraphs(root)
        for piece in _pieces(one)
        if _FIGURE.search(narrow(piece.text or ""))
    ]
    if not pieces:
        return False
    piece = pen.one_of(pieces)
    new = pen.figure(wide=pen.dice.random() < 0.3)
    _put(piece, _FIGURE.sub(new, narrow(piece.text or ""), count=1))
    return True


def retype_cell(root: Element, pen: Pen) -> bool:
    """A whole cell typed anew, as one run."""
    cells = _paragraphs(root, in_cells=True)
    if not cells:
        return False
    cell = pen.one_of(cells)
    like = copy.deepcopy(cell)
    is_figure = _FIGURE.fullmatch(text_of(cell).strip())
    for child in [one for one in cell if one.tag != f"{W}pPr"]:
        cell.remove(child)
    cell.append(run(pen.figure() if is_figure else pen.word(), like))
    return True


def retype_paragraph(root: Element, pen: Pen) -> bool:
    """A paragraph typed anew: its bookmarks are gone."""
    found = _free(root)
    if not found:
        return False
    one = pen.one_of(found)
    like = copy.deepcopy(one)
    for child in [each for each in one if each.tag != f"{W}pPr"]:
        one.remove(child)
    one.append(run(f"{text_of(like)[:12]}{pen.word()}。", like))
    return True


def add_paragraph(root: Element, pen: Pen) -> bool:
    found = _paragraphs(root)
    if not found:
        return False
    above = pen.one_of(found)
    made = _empty_like(above)
    for broken in made.findall(f"{W}pPr/{W}sectPr"):
        broken.getparent().remove(broken)
    made.append(run(f"另{pen.word()}，{pen.word()}。", above))
    if _ends_section(above):
        above.addprevious(made)
    else:
        above.addnext(made)
    return True


def delete_paragraph(root: Element, pen: Pen) -> bool:
    found = _free(root)
    if len(found) < 3:
        return False
    one = pen.one_of(found)
    one.getparent().remove(one)
    return True


def move_paragraph(root: Element, pen: Pen) -> bool:
    found = _free(root)
    if len(found) < 3:
        return False
    one, other = pen.one_of(found), pen.one_of(found)
    if one is other:
        return False
    other.addnext(one)
    return True


def cut_paragraph(root: Element, pen: Pen) -> bool:
    """One paragraph becomes two, in the middle of a run."""
    found = [one for one in _free(root) if len(text_of(one)) > 20]
    if not found:
        return False
    first = pen.one_of(found)
    left = pen.dice.randrange(5, len(text_of(first)) - 5)
    second = _empty_like(first)
    first.addnext(second)
    for child in [one for one in first if one.tag != f"{W}pPr"]:
        held = text_of(child)
        if left <= 0:
            second.append(child)
        elif len(held) > left and child.tag == f"{W}r":
            rest = copy.deepcopy(child)
            _put(next(child.iter(f"{W}t")), held[:left])
            _put(next(rest.iter(f"{W}t")), held[left:])
            second.append(rest)
        left -= len(held)
    return True


def join_paragraphs(root: Element, pen: Pen) -> bool:
    """A paragraph and the one below become one."""
    found = [
        one
        for one in _free(root)
        if one.getnext() is not None
        and one.getnext().tag == f"{W}p"
        and not _ends_section(one.getnext())
        and text_of(one.getnext()).strip()
    ]
    if not found:
        return False
    one = pen.one_of(found)
    below = one.getnext()
    one.extend([each for each in below if each.tag != f"{W}pPr"])
    below.getparent().remove(below)
    return True


def _without_bookmarks(element: Element) -> Element:
    """A copy as Word makes it: the bookmarks stay with what was copied."""
    made = copy.deepcopy(element)
    for mark in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    return made


def _rows(root: Element) -> list[Element]:
    """Rows that are not the only one, and no head of a cell that goes on below."""
    return [
        one
        for one in root.iter(f"{W}tr")
        if len(one.getparent().findall(f"{W}tr")) > 2
        and one.find(f".//{W}vMerge[@{W}val='restart']") is None
    ]


def add_row(root: Element, pen: Pen) -> bool:
    """A copy of a row with other words: what Word gives for a new one, filled in."""
    found = _rows(root)
    if not found:
        return False
    above = pen.one_of(found)
    made = _without_bookmarks(above)
    pieces = list(made.iter(f"{W}t"))
    for piece in pieces:
        is_figure = _FIGURE.fullmatch((piece.text or "").strip())
        _put(piece, pen.figure() if is_figure else pen.word())
    above.addnext(made)
    return bool(pieces)


def delete_row(root: Element, pen: Pen) -> bool:
    found = _rows(root)
    if not found:
        return False
    one = pen.one_of(found)
    one.getparent().remove(one)
    return True


def tick(root: Element, pen: Pen) -> bool:
    pieces = [
        one for one in root.iter(f"{W}t") if set(one.text or "") & set(_BOXES)
    ]
    if not pieces:
        return False
    piece = pen.one_of(pieces)
    text = piece.text or ""
    at = pen.one_of([n for n, sign in enumerate(text) if sign in _BOXES])
    _put(piece, text[:at] + _BOXES[text[at]] + text[at + 1 :])
    return True


def track_insertion(root: Element, pen: Pen) -> bool:
    found = _paragraphs(root)
    if not found:
        return False
    one = pen.one_of(found)
    number = {f"{W}id": str(9000 + pen.count), f"{W}author": "科员"}
    made = etree.SubElement(one, f"{W}ins", number)
    made.append(run(pen.word(), one))
    return True


def track_deletion(root: Element, pen: Pen) -> bool:
    found = [
        one for one in _paragraphs(root) if one.find(f"{W}r/{W}t") is not None
    ]
    if not found:
        return False
    own = pen.one_of(found).findall(f"{W}r")
    crossed = pen.one_of([one for one in own if text_of(one)] or own)
    pen.count += 1
    number = {f"{W}id": str(9000 + pen.count), f"{W}author": "科员"}
    made = etree.Element(f"{W}del", number)
    crossed.addprevious(made)
    made.append(crossed)
    for piece in list(made.iter(f"{W}t")):
        piece.tag = f"{W}delText"
    return True


def embolden(root: Element, pen: Pen) -> bool:
    found = _paragraphs(root)
    if not found:
        return False
    for own in pen.one_of(found).findall(f"{W}r"):
        if own.find(f"{W}rPr") is None:
            own.insert(0, etree.Element(f"{W}rPr"))
        if own.find(f"{W}rPr/{W}b") is None:
            own.find(f"{W}rPr").append(
                etree.Element(f"{W}u", {f"{W}val": "single"})
            )
    return True


def split_runs(root: Element, pen: Pen) -> bool:
    """Runs cut in two, as Word does while one types."""
    done = False
    for piece in [one for one in root.iter(f"{W}t") if len(one.text or "") > 3]:
        own = piece.getparent()
        if own.tag != f"{W}r" or len(own.findall(f"{W}t")) != 1:
            continue
        if any(one.tag not in {f"{W}t", f"{W}rPr"} for one in own):
            continue
        text = piece.text or ""
        at = pen.dice.randrange(1, len(text))
        rest = copy.deepcopy(own)
        _put(piece, text[:at])
        _put(next(rest.iter(f"{W}t")), text[at:])
        own.addnext(rest)
        done = True
    return done


def drop_bookmarks(root: Element, pen: Pen) -> bool:
    """A paragraph without its bookmarks, as some programs save it."""
    found = _paragraphs(root)
    if not found:
        return False
    one = pen.one_of(found)
    marks = list(one.iter(f"{W}bookmarkStart"))
    numbers = {mark.get(f"{W}id") for mark in marks}
    ends = [
        end
        for end in root.iter(f"{W}bookmarkEnd")
        if end.get(f"{W}id") in numbers
    ]
    for mark in (*marks, *ends):
        mark.getparent().remove(mark)
    return bool(marks)


def copy_paragraph(root: Element, pen: Pen) -> bool:
    """A paragraph copied, with a word of one's own in it."""
    found = _free(root)
    if not found:
        return False
    one = pen.one_of(found)
    made = _without_bookmarks(one)
    pieces = _pieces(made)
    if not pieces:
        return False
    _put(pieces[0], f"{pieces[0].text}{pen.word()}")
    one.addnext(made)
    return True


def add_cell_line(root: Element, pen: Pen) -> bool:
    """One more line in a cell."""
    found = _paragraphs(root, in_cells=True)
    if not found:
        return False
    one = pen.one_of(found)
    made = _empty_like(one)
    made.append(run(pen.word(), one))
    one.addnext(made)
    return True


def break_line(root: Element, pen: Pen) -> bool:
    """A line break in the middle of a sentence, with a word behind it."""
    found = _paragraphs(root)
    if not found:
        return False
    one = pen.one_of(found)
    made = etree.SubElement(one, f"{W}r")
    etree.SubElement(made, f"{W}br")
    _put(etree.SubElement(made, f"{W}t"), pen.word())
    return True


HANDS: tuple[Hand, ...] = (
    type_words,
    cross_out_words,
    retype_figure,
    retype_figure,
    retype_cell,
    retype_paragraph,
    add_paragraph,
    delete_paragraph,
    move_paragraph,
    cut_paragraph,
    join_paragraphs,
    add_row,
    delete_row,
    tick,
    track_insertion,
    track_deletion,
    embolden,
    split_runs,
    drop_bookmarks,
    copy_paragraph,
    add_cell_line,
    break_line,
)
