"""Signs as lines, and lines as the paragraphs that were broken into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.recognition.pdf.page_marks import Sign

_OVERLAP = 0.5  # how much of its height a sign shares with its line
_WORD_GAP = 0.25  # of the size; a gap as wide parts two Latin words
_WIDE_GAP = 1.4  # and as wide two matters on one line
_INDENT = 1.4
_TOKEN = re.compile(r"[0-9A-Za-z.,%+\-]+|.", re.DOTALL)
_CLINGS = "，。；：、！？）》”’％,.;:!?)%"
_STARTS = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．)）](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[章节条部]|附件"
)


@dataclass(slots=True)
class PrintedLine:
    """A line as it is printed."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    @property
    def first_width(self) -> float:
        """How wide its first word is with the signs that cling to it."""
        found = _TOKEN.match(self.text)
        word = found[0] if found else ""
        behind = self.text[len(word) :]
        clings = len(behind) - len(behind.lstrip(_CLINGS))
        wide = sum(1.0 if ord(one) > 255 else 0.55 for one in word)
        return (wide + clings) * self.size


def lines_of_signs(signs: Iterable[Sign]) -> list[PrintedLine]:
    """The lines that signs stand in, from the top."""
    return [_line(one) for one in rows_of_signs(signs)]


def rows_of_signs(signs: Iterable[Sign]) -> list[list[Sign]]:
    """The signs of each line, from the left."""
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda one: (one.middle[1], one.left)):
        row = next((one for one in rows[-3:] if _in_row(one, sign)), None)
        if row is None:
            rows.append([sign])
        else:
            row.append(sign)
    return [sorted(one, key=lambda s: s.left) for one in rows]


def _in_row(
    row: Sequence[Sign],
    sign: Sign,
) -> bool:
    top, bottom = row[0].top, row[0].bottom
    shared = min(bottom, sign.bottom) - max(top, sign.top)
    return shared >= _OVERLAP * min(bottom - top, sign.size)


def _line(row: Sequence[Sign]) -> PrintedLine:
    text = row[0].text
    for before, sign in pairwise(row):
        gap = (sign.left - before.right) / max(sign.size, 1)
        text += _gap(gap, before.text, sign.text) + sign.text
    size = sorted(one.size for one in row)[len(row) // 2]
    return PrintedLine(
        text,
        row[0].left,
        row[-1].right,
        min(one.top for one in row),
        max(one.bottom for one in row),
        size,
    )


def _gap(
    gap: float,
    before: str,
    behind: str,
) -> str:
    if gap >= _WIDE_GAP:
        return " " * max(int(gap * 2), 3)
    is_latin = before[-1:].isascii() and behind[:1].isascii()
    return " " if is_latin and gap >= _WORD_GAP else ""


def paragraphs_in(
    lines: Sequence[PrintedLine],
    left: float,
    right: float,
) -> list[list[PrintedLine]]:
    """Lines by paragraph: a line that reaches the edge goes on in the next, unless that begins anew."""
    found: list[list[PrintedLine]] = []
    for line in lines:
        if found and goes_on(found[-1][-1], line, left, right):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def goes_on(
    line: PrintedLine,
    follows: PrintedLine,
    left: float,
    right: float,
) -> bool:
    """Whether a line is the same paragraph as the one above it."""
    if not is_full(line, follows, right) or _STARTS.match(follows.text):
        return False
    if follows.top - line.bottom > 1.5 * line.size:
        return False
    is_indented = follows.left - left > _INDENT * follows.size
    is_before = line.left - left > _INDENT * line.size
    return is_before or not is_indented


def is_full(
    line: PrintedLine,
    follows: PrintedLine,
    right: float,
) -> bool:
    """Whether the first word of the next line would have found no room on this one."""
    room = right - line.right
    return room < follows.first_width + 0.3 * line.size


def whole_text(paragraph: Sequence[PrintedLine]) -> str:
    """The text of the lines of a paragraph in one."""
    text = ""
    for line in paragraph:
        is_latin = text[-1:].isascii() and line.text[:1].isascii()
        both = text[-1:].isalpha() and line.text[:1].isalpha()
        text += f" {line.text}" if is_latin and both else line.text
    return text
