"""The lines of a text as levels of keys and items, and every slip that breaks them, in one pass.

The parser stops at the first slip, often lines behind it. This reader does not stop: what does not fit is told and
read as it was meant, from what stands above and below it.
"""

import re

from reportgen.sources.characters import shown
from reportgen.sources.lines import (
    EMPTY,
    LIST,
    MAP,
    TEXT,
    Level,
    Lines,
    TextLine,
)
from reportgen.sources.marks import DASH, Key, name_of
from reportgen.sources.scalars import value_end
from reportgen.sources.slips import NO_NAMES, Names, Slip, Slips

MAX_LEVELS = 60  # the reader of the tree refuses fewer
_INDENTED = (
    "缩进没有对齐；同一层的键（或“- ”）要从同一列开始，下一层比上一层多空两格"
)
_DEEPER = "“- ”的缩进比上一项多，会并入上一项；请与上一项的“-”对齐"
_MISPLACED = "这里不能出现列表项（以“- ”开头）；请把它写在所属的键下面，并与同组的其他项对齐"


def find_slips(text: str, names: Names = NO_NAMES) -> list[Slip]:
    """Every slip of a text, in its order."""
    outline = _Outline(Slips(text, names))
    outline.read()
    slips = outline.found.slips
    return [slips[at] for at in sorted(slips)]


class _Outline(Lines):
    """The levels of a text."""

    def read(self) -> None:
        """Go through the lines; ends early where the levels are too many to be meant."""
        start = 0
        while start < len(self.text) and len(self.levels) < MAX_LEVELS:
            start = self._line(start)

    def _line(self, start: int) -> int:
        """Read one line, or a value of several; where the next one starts."""
        line = self.line_at(start)
        if self.holds_nothing(line) or self.in_literal(line):
            return line.end + 1
        if line.column == 0 and self.text.startswith(("---", "..."), start):
            self.document_mark(line)
            return line.end + 1
        if self.is_row_of_cells(line):
            self.pasted(line)
            return line.end + 1
        self.straighten(line)
        self.stray_sign(line)
        return self._statement(line)

    # Levels

    def _statement(self, line: TextLine) -> int:
        """A line of a key, an item or a text; where the next one starts."""
        line.dash = DASH.match(self.text, line.at, line.end)
        line.key = None if line.dash else self.key(line.at, line.end)
        is_odd = self.text[line.at] in "?*" and not self.mark(line)
        if line.key is None and is_odd:
            return len(self.text)  # a key that is no name; the parser tells it
        if not self.levels:
            return self._first(line)
        if line.column > self.top.column:
            return self._deeper(line)
        if self._is_outdented(line):
            return self._outdented(line)
        return self._at_level(line)

    def _first(self, line: TextLine) -> int:
        """The first line of a file."""
        if line.is_text and self.text[line.at] != ":":
            return self.value(line.at, line.end, -1)
        self.levels.append(Level(line.column, line.kind))
        return self._at_level(line)

    def _deeper(self, line: TextLine) -> int:
        """A line that is indented more than the level above it."""
        if not line.is_text:
            self._value_of_block(line)
        if self.pending == EMPTY:
            return self._first_below(line)
        if line.dash and self.top.kind == LIST:
            return self._moved(line, self.top.column, _DEEPER)
        if self.pending == TEXT and self.goes_on_counting(line):
            self.drop(line, f"{self.no_dash(line)[0]}；前几项也一样")
            return line.end + 1
        if self.top.kind == LIST and not self._is_continued(line):
            return self._no_dash(line, self.top.column)
        if line.key and (
            line.sound_key or line.key.name in self.found.names.keys
        ):
            return self._deeper_key(line, line.key)
        if self.pending != TEXT:
            self.drop(line, _INDENTED)
        return line.end + 1

    def _is_continued(self, line: TextLine) -> bool:
        """Whether a line below an item goes on with its text, or has its keys."""
        if self.has_bare_dash(line):
            return False
        if self.pending == TEXT and self.last_column() == line.column:
            return True
        return line.key is None or not self.top.keys

    def _value_of_block(self, line: TextLine) -> None:
        """Tell a value behind a key that holds further keys, which stand below it."""
        start, end = self.last
        is_block = line.dash or self.parent in self.found.names.blocks
        is_last = self.top.keys[-1:] == [self.parent]
        is_text = self.pending != EMPTY and self.text[start] not in "{[｛［"
        if is_block and is_last and is_text:
            message = (
                f"“{self.parent}:”的下级写在下面几行，"
                f"冒号后面不能再有“{shown(self.text[start:end])}”；请删去或另起一行"
            )
            self.found.slips.pop(start, None)
            self.found.add(start, message, (start, end), "")
            self.pending = EMPTY

    def _first_below(self, line: TextLine) -> int:
        """The first line of a block, or a value on a line of its own."""
        column = self._column_of_next(line)
        if column != line.column:
            message = f"“{shown(self.text[line.at : line.end], 12)}”与下面几行没有对齐；{_INDENTED}"
            return self._moved(line, column, message)
        row = self.found.names.rows.get(self.parent, ())
        is_row = line.key and line.key.name in row
        if line.dash is None and (is_row or self.is_item_without_dash(line)):
            following = self.next_item(line)
            is_beside = following.column > self.top.column
            column = following.column if is_beside else line.column
            self.levels.append(Level(column, LIST, self.parent))
            return self._no_dash(line, column)
        if not self._is_in_block(line):
            return self.value(line.at, line.end, self.top.column)
        self.levels.append(Level(line.column, line.kind, self.parent))
        return self._at_level(line)

    def _is_in_block(self, line: TextLine) -> bool:
        """Whether a line below a key is one of several, and not its value."""
        if line.dash or line.sound_key:
            return True
        name = name_of(self.text[line.at : line.end])
        is_meant = line.key or name in self.found.names.keys
        return bool(is_meant) and self._is_block(line)

    def _column_of_next(self, line: TextLine) -> int:
        """The column of the next line where it begins as this one does, and stands as the one after or as it should."""
        following = self.next(line)
        second = self.next(following)
        above = self.top.column
        columns = {second.column}
        if line.dash or self.parent in self.found.names.keys:
            columns.add(above + 2)
        is_meant = above < following.column and following.column in columns
        is_alike = self.kind_of(following) == self.kind_of(line)
        if is_meant and is_alike and self.is_whole(line):
            return following.column
        return line.column

    def _is_block(self, line: TextLine) -> bool:
        """Whether keys have to stand here: what is above holds some, or the next line is one."""
        if self.parent in self.found.names.blocks:
            return True
        following = self.next(line)
        key = self.key(following.at, following.end)
        is_pair = key is not None and not key.message
        return is_pair and following.column == line.column

    def _deeper_key(self, line: TextLine, key: Key) -> int:
        """A key below a value: one of the two is indented wrongly, or the one above has no colon."""
        top = self.top
        start, end = self.last
        typed = self.text[start:end]
        is_beside = self.last_column() == line.column
        if top.kind == LIST and self.pending == TEXT and is_beside:
            self.no_colon(start, end)
            name = name_of(typed)
            level = Level(line.column, MAP, top.parent, top.column, [name])
            self.levels.append(level)
            return self._at_level(line)
        if len(top.keys) == 1 and top.column % 2 > line.column % 2:
            return self._first_moved(line, top)
        message = (
            f"“{shown(key.name)}:”的缩进比上一行多；与上一行同一层的，请对齐；是上一行的下级的，上一行的冒号后面不能再有内容；"
            "是上一行文字的续行的，请给整段文字加上英文双引号"
        )
        column = next(iter(self._columns(MAP)), 0)
        return self._moved(line, column, message)

    def _first_moved(self, line: TextLine, top: Level) -> int:
        """A key of a block whose first line is the one that is not indented by two blanks a level."""
        first = self.line_at(self.last[0] - self.last_column())
        column = line.column - top.column + first.column
        self.indent(first, column, f"与下面几行没有对齐；{_INDENTED}")
        if top.dash >= 0:
            self.levels[-2].column = top.dash = column
        top.column = line.column
        return self._at_level(line)

    def _is_outdented(self, line: TextLine) -> bool:
        """Whether a key with a value stands too far left: the next line is a key further right, as is the one above."""
        key, following = line.sound_key, self.next(line)
        if key is None or key.name in self.found.names.blocks:
            return False
        above = self.top.column
        is_between = (
            self.pending == EMPTY or line.column < above == following.column
        )
        if following.column <= line.column or not self.has_value(line, key):
            return False
        return is_between and self.key(following.at, following.end) is not None

    def _outdented(self, line: TextLine) -> int:
        """A key that stands further left than the lines around it."""
        column = self.next(line).column
        typed = self.text[line.at : line.end].partition(" ")[0]
        message = f"“{shown(typed)}”的缩进与它上下几行不同；同一层的键要从同一列开始，请在前面空 {column} 格"
        return self._moved(line, column, message)

    def _moved(self, line: TextLine, column: int, message: str) -> int:
        """Tell that a line stands in the wrong column, and read it in the right one."""
        if line.moved:
            self.drop(line, message)
            return line.end + 1
        self.indent(line, column, message)
        line.moved = True
        return self._statement(line)

    def _at_level(self, line: TextLine) -> int:
        """A line in the column of a level, or between two."""
        left = self._leave(line)
        if self.top.column != line.column:
            self._align(line, left)
        is_first = self.pending == EMPTY and not left
        if is_first and self.is_item(line) and self.top.kind == MAP:
            return self._first_below(line)
        if line.dash:
            return self._item_line(line, line.dash, left)
        if self.top.kind == LIST:
            return self._no_dash(line, self.top.column)
        if line.key is None:
            return self._no_key(line, left)
        return self._pair(line, line.key)

    def _align(self, line: TextLine, left: list[Level]) -> None:
        """Read a line between two levels in the nearest that has such lines."""
        levels = [one for one in (*self.levels, *left) if one.kind == line.kind]
        following = self.next(line).column
        nearest = min(
            (one.column for one in levels or self.levels[-1:]),
            key=lambda one: (abs(one - line.column), one != following),
        )
        self.indent(line, nearest, _INDENTED)
        self._restore(left, nearest)

    def _leave(self, line: TextLine) -> list[Level]:
        """Leave the levels that a line in this column ends; the levels left."""
        left: list[Level] = []
        while len(self.levels) > 1 and self._ends(line, *self.levels[-2:]):
            left.append(self.levels.pop())
        return left

    def _ends(self, line: TextLine, above: Level, level: Level) -> bool:
        """Whether a line ends a level; a key also ends a list that stands in the column of its keys."""
        if level.column > line.column:
            return True
        is_list_of_key = level.kind == LIST and above.kind == MAP
        in_one_column = above.column == level.column == line.column
        return is_list_of_key and in_one_column and not self.is_item(line)

    def _restore(self, left: list[Level], column: int) -> None:
        """Take up levels again, down to a column."""
        while left and left[-1].column <= column:
            self.levels.append(left.pop())

    def _item_line(
        self, line: TextLine, dash: re.Match[str], left: list[Level]
    ) -> int:
        """An item, in the list that is open or was left just now."""
        if self.top.kind == MAP:
            lists = [one.column for one in left if one.kind == LIST]
            column = self.top.dash
            if column >= 0 and not lists:
                self._leave_below(column)
                return self._moved(line, column, _MISPLACED)
            if not lists:
                self.drop(line, _MISPLACED)
                return line.end + 1
            self._restore(left, lists[-1])
            self.indent(line, lists[-1], _MISPLACED)
        return self._item(dash, line.end, self.top.column)

    def _item(self, dash: re.Match[str], end: int, column: int) -> int:
        """Behind a dash: a further dash, a key, or a value."""
        self.check_dash(dash)
        level = self.top
        self.pending, self.parent = EMPTY, level.parent
        start = dash.end()
        inner = column + start - dash.start()
        if (
            start == end
            or self.text[start] == "#"
            or len(self.levels) >= MAX_LEVELS
        ):
            return end + 1
        second = DASH.match(self.text, start, end)
        if second:
            self.levels.append(Level(inner, LIST, level.parent))
            return self._item(second, end, inner)
        line = TextLine(start, start, inner, end, key=self.key(start, end))
        if line.key and (line.sound_key or self._is_block(line)):
            self.levels.append(Level(inner, MAP, level.parent, column))
            return self._pair(line, line.key)
        if self.text[start] in "{｛":
            level.keys = ["{ }"]
        return self.value(start, end, column)

    def _leave_below(self, column: int) -> None:
        """Leave the levels that are deeper than a column."""
        while self.top.column > column:
            self.levels.pop()

    def _no_dash(self, line: TextLine, column: int) -> int:
        """An item without its dash."""
        message, rest = self.no_dash(line)
        inner = max(line.column, column + 2)
        if line.column == column:
            inner = max(inner, self.next(line).column)
        dash = f"{' ' * column}-".ljust(inner)
        is_safe = rest > line.at
        span = line.start, rest
        self.found.add(line.at, message, span, dash, safe=is_safe)
        self.pending, self.parent = EMPTY, self.top.parent
        self._leave_below(column)
        key = self.key(rest, line.end)
        if key is None:
            return self.value(rest, line.end, column)
        self.levels.append(Level(inner, MAP, self.parent, column))
        return self._pair(TextLine(rest, rest, inner, line.end), key)

    # Keys and values

    def _pair(self, line: TextLine, key: Key) -> int:
        """A key and what stands behind it."""
        level = self.top
        if level.dash >= 0 and level.keys[:1] == [key.name]:
            return self._no_dash(line, level.dash)
        level.keys.append(key.name)
        if level.dash >= 0 and len(self.levels) > 1:
            self.levels[-2].keys = [key.name]  # its items have keys
        self.check_key(line, key)
        self.parent = key.name
        start = self.value_start(line, key)
        if start == line.end or self.text[start] == "#":
            self.pending = EMPTY
            return line.end + 1
        return self.value(start, line.end, level.column)

    def _no_key(self, line: TextLine, left: list[Level]) -> int:
        """A line among keys that has none."""
        following = self.next(line).column
        is_above = following > line.column
        # What is below a line that cannot be read is read as below a key with a name of its own.
        end = value_end(self.text, line.at, line.end)
        typed = self.text[line.at : end]
        meant = name_of(typed) or line.at
        name = f"{meant}:" if is_above else ""
        is_between = following in {one.column for one in left}
        if is_between and meant not in self.found.names.keys:
            self.no_colon(line.at, end, "#")  # the lines around it go together
            self.levels += reversed(left)
            return line.end + 1
        if self.text[line.at] == ":":
            message = "冒号前面没有键名；请写成“键: 内容”"
            self.found.add(line.at, message, (line.at, line.end), name)
        else:
            self.no_colon(line.at, end, name)
        self.pending = EMPTY if is_above else TEXT
        self.parent = str(meant)
        return line.end + 1
