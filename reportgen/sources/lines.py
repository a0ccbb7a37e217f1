"""The lines of a text one by one: what they hold, how they are indented, and which are no lines of YAML at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.sources.braces import read_brackets
from reportgen.sources.characters import shown
from reportgen.sources.marks import DASH, INDENT, LOOK_AT, Key, blank_name, key_at
from reportgen.sources.scalars import (
    LITERAL,
    PROPERTY,
    TEMPLATE,
    check_behind,
    check_plain,
    check_template,
    read_quoted,
    value_end,
)
from reportgen.sources.slips import Replacement, Slips

MAP, LIST = "键", "项"
EMPTY, TEXT, CLOSED = "nothing yet", "a text that may go on", "a value that is over"


@dataclass(slots=True)
class Level:
    """Keys or items that begin in one column; `parent` is the key above, `dash` the column of the item it belongs to."""

    column: int
    kind: str
    parent: str = ""
    dash: int = -1
    keys: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TextLine:
    """A line: where it starts, where its first sign stands and in which column, where it ends."""

    start: int
    at: int
    column: int
    end: int
    moved: bool = False


class Lines:
    """The lines, and what is open while they are read: levels, a block of text (the column of what holds it).

    `last` is the value that was read last.
    """

    def __init__(self, found: Slips) -> None:
        self.found = found
        self.text = found.text
        self.levels: list[Level] = []
        self.pending = EMPTY
        self.literal: int | None = None
        self.last = (0, 0)

    def key(self, at: int, end: int) -> Key | None:
        """The key at an offset."""
        return key_at(self.text, at, end, self.found.names.keys)

    def line_at(self, start: int) -> TextLine:
        """The line that starts at an offset."""
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        blank = INDENT.match(self.text, start, end)
        at = blank.end() if blank else start
        return TextLine(start, at, at - start, end)

    def holds_nothing(self, line: TextLine) -> bool:
        """Whether a line is empty or a remark."""
        return line.at == line.end or self.text[line.at] == "#"

    def next(self, line: TextLine) -> TextLine | None:
        """The next line that holds something."""
        start = line.end + 1
        while start < len(self.text):
            following = self.line_at(start)
            if not self.holds_nothing(following):
                return following
            start = following.end + 1
        return None

    def in_literal(self, line: TextLine) -> bool:
        """Whether a line belongs to a block of text; the block ends with the first that does not."""
        if self.literal is None:
            return False
        typed = self.text[line.start : line.at]
        inside = len(typed) - len(typed.lstrip(" ")) > self.literal
        if inside or ("\t" in typed and line.column > self.literal):
            if not inside:
                self.odd_indent(line, " " * (self.literal + 2))
            return True
        self.literal, self.pending = None, CLOSED
        return False

    def document_mark(self, line: TextLine) -> None:
        """A line of --- or ... ."""
        self.levels, self.pending = [], EMPTY
        following = self.next(line)
        if self.text[line.start] == "." and following:
            message = "前面的内容已经结束，这里却还有文字；请删去多余的文字或“...”行"
            self.found.add(following.at, message, Replacement(line.start, line.end, ""))

    def is_row_of_cells(self, line: TextLine) -> bool:
        """Whether a line was pasted from a table."""
        if self.text.count("\t", line.at, line.end) < 2:
            return False
        cells = self.text[line.at : line.end].split("\t")
        if len(list(filter(str.strip, cells))) < 3:
            return False
        return self.key(line.at, line.at + len(cells[0])) is None

    def pasted(self, line: TextLine) -> None:
        """A row of cells, as it comes from a table."""
        cells = self.text[line.at : line.end].strip("\t ").split("\t")
        keys = next((one.keys for one in reversed(self.levels) if one.dash >= 0), [])
        known = keys if len(keys) >= len(cells) else ["一级", "二级", "三级"]
        pairs = ", ".join(
            f"{key}: {shown(cell.strip(), 10)}"
            for key, cell in zip(known, cells, strict=False)
        )
        message = (
            "这一行像是从Excel表格里粘贴来的（各格之间是制表符），不能直接读入；"
            f"请写成“键: 内容”，例如 - {{{pairs}, …}}"
        )
        self.found.add(line.at, message, Replacement(line.at, line.end, ""))

    def straighten(self, line: TextLine) -> None:
        """Tell blanks of the indentation that are none for YAML, and take the line as it was meant."""
        typed = self.text[line.start : line.at]
        if typed.strip(" ") == "":
            return
        widths = [_width(typed, wide) for wide in (2, 1, 4)]
        kind = LIST if DASH.match(self.text, line.at, line.end) else MAP
        columns = [one.column for one in reversed(self.levels) if one.kind == kind]
        meant = [column for column in columns if column in widths]
        if self.pending == EMPTY:
            below = self.levels[-1].column if self.levels else -1
            meant = [width for width in widths if width > below] + meant
        line.column = (meant or widths)[0]
        self.odd_indent(line, " " * line.column)

    def odd_indent(self, line: TextLine, new: str) -> None:
        """Tell blanks of the indentation that are none for YAML."""
        typed = self.text[line.start : line.at]
        first = line.start + next(n for n, char in enumerate(typed) if char != " ")
        if "\t" in typed:
            message = (
                "用了制表符（Tab键）缩进；YAML 只能用空格缩进，请把行首的制表符换成空格"
            )
        else:
            message = (
                f"用了{blank_name(typed)}缩进；缩进只能用半角空格，请把行首的空白换掉"
            )
        self.found.add(first, message, Replacement(line.start, line.at, new), safe=True)

    def value(self, start: int, end: int, column: int) -> int:
        """Read a value that begins at `start`; where the next line starts."""
        text = self.text
        prefix = PROPERTY.match(text, start, end)
        if prefix and prefix.end() < end:
            return self.value(prefix.end(), end, column)
        self.last = (start, value_end(text, start, min(end, start + LOOK_AT)))
        self.pending = CLOSED
        sign = text[start]
        if prefix:
            self.pending = EMPTY
        elif text.startswith(TEMPLATE, start):
            check_template(self.found, start, end)
        elif sign in "{[｛［":
            return self._behind(read_brackets(self.found, start, column), start, "括号")
        elif sign in "\"'":
            return self._behind(read_quoted(self.found, start, end, column), start, "")
        elif LITERAL.match(text, start, end):
            self.literal = column
        else:
            self.pending = TEXT
            check_plain(self.found, start, end)
        return end + 1

    def _behind(self, at: int, start: int, what: str) -> int:
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        if what:
            check_behind(self.found, start, at, end, what)
        return end + 1

    def drop(self, line: TextLine, message: str) -> None:
        """Tell what cannot be read, and read on without it."""
        self.found.add(line.at, message, Replacement(line.at, line.end, ""))


def _width(typed: str, wide: int) -> int:
    """Columns of an indentation when each odd blank counts as so many."""
    plain = typed.count(" ")
    thin = sum(typed.count(char) for char in "\u200b\ufeff\u2060\u200c\u200d")
    return plain + (len(typed) - plain - thin) * wide
