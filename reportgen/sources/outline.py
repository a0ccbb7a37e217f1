"""The lines of a text as levels of keys and items, and every slip that breaks them, in one pass.

The parser stops at the first slip, often lines behind it. This reader does not stop: what does not fit is told and
read as it was meant, from what stands above and below it.
"""

from __future__ import annotations

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
from reportgen.sources.marks import (
    DASH,
    NO_DASH,
    Key,
    dash_message,
    with_colon,
)
from reportgen.sources.scalars import (
    value_end,
)
from reportgen.sources.slips import NO_NAMES, Names, Replacement, Slip, Slips

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
        return self._statement(line)

    # Levels

    def _statement(self, line: TextLine) -> int:
        line.dash = DASH.match(self.text, line.at, line.end)
        line.key = None if line.dash else self.key(line.at, line.end)
        if line.key is None and self.text[line.at] in "?*":
            return len(self.text)  # a key that is no name; the parser tells it
        if not self.levels:
            return self._first(line)
        if line.column > self.levels[-1].column:
            return self._deeper(line)
        if self._is_outdented(line):
            return self._outdented(line)
        return self._at_level(line)

    def _first(self, line: TextLine) -> int:
        if line.is_text and self.text[line.at] != ":":
            return self.value(line.at, line.end, -1)
        self.levels.append(Level(line.column, line.kind))
        return self._at_level(line)

    def _deeper(self, line: TextLine) -> int:
        """A line that is indented more than the level above it."""
        if not line.is_text:
            self._value_of_block()
        if self.pending == EMPTY:
            return self._first_below(line)
        if self.levels[-1].kind == LIST and not self._is_continued(line):
            return self._deeper_in_list(line, self.levels[-1])
        if line.sound_key:
            return self._deeper_key(line, line.sound_key)
        if self.pending != TEXT:
            self.drop(line, _INDENTED)
        return line.end + 1

    def _is_continued(self, line: TextLine) -> bool:
        """Whether a line below an item goes on with its text, or has its keys."""
        if line.dash or self.has_bare_dash(line):
            return False
        return line.key is None or not self.levels[-1].keys

    def _deeper_in_list(self, line: TextLine, level: Level) -> int:
        if line.dash:
            return self._moved(line, level.column, _DEEPER)
        return self._no_dash(line, level.column)

    def _value_of_block(self) -> None:
        """Tell a value behind a key that holds further keys, which stand below it."""
        start, end = self.last
        is_block = self.parent in self.found.names.blocks
        is_last = self.levels[-1].keys[-1:] == [self.parent]
        is_text = self.pending != EMPTY and self.text[start] not in "{[｛［"
        if is_block and is_last and is_text:
            message = (
                f"“{self.parent}:”的下级写在下面几行，"
                f"冒号后面不能再有“{shown(self.text[start:end])}”；请删去或另起一行"
            )
            self.found.add(start, message, Replacement(start, end, ""))
            self.pending = EMPTY

    def _first_below(self, line: TextLine) -> int:
        """The first line of a block, or a value on a line of its own."""
        column = self._column_of_next(line)
        if column > line.column:
            message = f"“{shown(self.text[line.at : line.end], 12)}”与下面几行没有对齐；{_INDENTED}"
            return self._moved(line, column, message)
        if line.dash is None and self._is_item_without_dash(line):
            self.levels.append(Level(line.column, LIST, self.parent))
            return self._no_dash(line, line.column)
        if not line.dash and not line.sound_key and not self._has_odd_key(line):
            return self.value(line.at, line.end, self.levels[-1].column)
        self.levels.append(Level(line.column, line.kind, self.parent))
        return self._at_level(line)

    def _column_of_next(self, line: TextLine) -> int:
        """The column of the next two lines where both begin as this one does, with a dash or with a key."""
        following = self.next(line)
        second = self.next(following) if following else None
        if not following or not second or following.column != second.column:
            return -1
        dashes = [
            bool(DASH.match(self.text, one.at, one.end))
            for one in (following, second)
        ]
        return (
            following.column
            if dashes == [bool(line.dash)] * 2 and self.is_whole(line)
            else -1
        )

    def _has_odd_key(self, line: TextLine) -> bool:
        """Whether a key is meant whose colon YAML does not see, or which is known and has none."""
        name = with_colon(self.text[line.at : line.end]).partition(":")[0]
        is_meant = line.key is not None or name in self.found.names.keys
        return is_meant and self._is_block(line)

    def _is_item_without_dash(self, line: TextLine) -> bool:
        if self.mark(line) == "-":
            return self.has_bare_dash(line)
        following = self.next(line)
        if following is None or following.column != line.column:
            return False
        return DASH.match(self.text, following.at, following.end) is not None

    def _is_block(self, line: TextLine) -> bool:
        """Whether keys have to stand here: what is above holds some, or the next line is one."""
        if self.parent in self.found.names.blocks:
            return True
        following = self.next(line)
        if following is None or following.column != line.column:
            return False
        key = self.key(following.at, following.end)
        return key is not None and not key.message

    def _deeper_key(self, line: TextLine, key: Key) -> int:
        """A key below a value: one of the two is indented wrongly, or the one above has no colon."""
        top = self.levels[-1]
        start, end = self.last
        typed = self.text[start:end]
        column = start - self.text.rfind("\n", 0, start) - 1
        if top.kind == LIST and self.pending == TEXT and column == line.column:
            self.no_colon(start, end)
            name = with_colon(typed).partition(":")[0]
            level = Level(line.column, MAP, top.parent, top.column, [name])
            self.levels.append(level)
            return self._at_level(line)
        message = (
            f"“{shown(key.name)}:”的缩进比上一行多；与上一行同一层的，请对齐；是上一行的下级的，上一行的冒号后面不能再有内容；"
            "是上一行文字的续行的，请给整段文字加上英文双引号"
        )
        column = next(
            (one.column for one in reversed(self.levels) if one.kind == MAP), 0
        )
        return self._moved(line, column, message)

    def _is_outdented(self, line: TextLine) -> bool:
        """Whether a key with a value stands too far left: the next line is a key further right, as is the one above."""
        key, following = line.sound_key, self.next(line)
        if key is None or following is None or following.column <= line.column:
            return False
        top = self.levels[-1].column
        if self.pending == EMPTY:
            is_between = True
        else:
            is_between = line.column < top == following.column
        if not is_between or not self.has_value(line, key):
            return False
        return self.key(following.at, following.end) is not None

    def _outdented(self, line: TextLine) -> int:
        following = self.next(line)
        column = following.column if following else line.column
        name = line.key.name if line.key else ""
        message = f"“{shown(name)}:”的缩进与它上下几行不同；同一层的键要从同一列开始，请在前面空 {column} 格"
        return self._moved(line, column, message)

    def _moved(self, line: TextLine, column: int, message: str) -> int:
        """Tell that a line stands in the wrong column, and read it in the right one."""
        if line.moved:
            self.drop(line, message)
            return line.end + 1
        self.found.add(
            line.at, message, Replacement(line.start, line.at, " " * column)
        )
        line.column, line.moved = column, True
        return self._statement(line)

    def _at_level(self, line: TextLine) -> int:
        """A line in the column of a level, or between two."""
        left = self._leave(line)
        if self.levels[-1].column != line.column:
            self._align(line, left)
        if line.dash:
            return self._item_line(line, line.dash, left)
        if self.levels[-1].kind == LIST:
            return self._in_list(line)
        if line.key is None:
            return self._no_key(line)
        return self._pair(line, line.key)

    def _align(self, line: TextLine, left: list[Level]) -> None:
        """Read a line between two levels in the nearest that has such lines."""
        levels = [one for one in (*self.levels, *left) if one.kind == line.kind]
        columns = [one.column for one in levels or self.levels[-1:]]
        nearest = min(columns, key=lambda column: abs(column - line.column))
        edit = Replacement(line.start, line.at, " " * nearest)
        self.found.add(line.at, _INDENTED, edit)
        self._restore(left, nearest)
        line.column = nearest

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
        return is_list_of_key and in_one_column and not line.dash

    def _restore(self, left: list[Level], column: int) -> None:
        while left and left[-1].column <= column:
            self.levels.append(left.pop())

    def _item_line(
        self, line: TextLine, dash: re.Match[str], left: list[Level]
    ) -> int:
        lists = [one.column for one in left if one.kind == LIST]
        if self.levels[-1].kind == LIST:
            pass
        elif self.pending == EMPTY and not left:
            self.levels.append(Level(line.column, LIST, self.parent))
        elif lists:
            self._restore(left, lists[-1])
            edit = Replacement(line.start, line.at, " " * lists[-1])
            self.found.add(line.at, _MISPLACED, edit)
        else:
            self.drop(line, _MISPLACED)
            return line.end + 1
        return self._item(dash, line.end, self.levels[-1].column)

    def _item(self, dash: re.Match[str], end: int, column: int) -> int:
        """Behind a dash: a further dash, a key, or a value."""
        self.check_dash(dash)
        level = self.levels[-1]
        self.pending, self.parent = EMPTY, level.parent
        start, inner = dash.end(), column + dash.end() - dash.start()
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

    def _in_list(self, line: TextLine) -> int:
        """A line in the column of the dashes that has none."""
        top = self.levels[-1]
        maps = [one.column for one in self.levels if one.kind == MAP]
        is_key = line.key is not None and not top.keys and not self.mark(line)
        if is_key and maps:
            self.levels = [one for one in self.levels if one.column <= maps[-1]]
            return self._moved(line, maps[-1], _INDENTED)
        return self._no_dash(line, top.column)

    def _no_dash(self, line: TextLine, column: int) -> int:
        """An item without its dash."""
        match = NO_DASH.match(self.text, line.at, line.end)
        mark, rest = (match["mark"], match.end()) if match else ("", line.at)
        message = dash_message(mark, self.text[rest : min(line.end, rest + 40)])
        edit = Replacement(line.start, rest, f"{' ' * column}- ")
        self.found.add(line.at, message, edit, safe=mark == "-")
        self.pending, self.parent = EMPTY, self.levels[-1].parent
        while self.levels[-1].column > column:
            self.levels.pop()
        return self._content(rest, line.end, column)

    def _content(self, start: int, end: int, column: int) -> int:
        """What stands behind a dash that had to be put in."""
        key = self.key(start, end)
        if key is None:
            return self.value(start, end, column)
        following = self.next(TextLine(start, start, column, end))
        inner = following.column if following else 0
        inner = inner if inner > column else column + 2
        self.levels.append(Level(inner, MAP, self.parent, column))
        return self._pair(TextLine(start, start, inner, end), key)

    # Keys and values

    def _pair(self, line: TextLine, key: Key) -> int:
        level = self.levels[-1]
        if level.dash >= 0 and level.keys[:1] == [key.name]:
            return self._no_dash_before(line, key, level)
        level.keys.append(key.name)
        if level.dash >= 0 and len(self.levels) > 1:
            self.levels[-2].keys = [
                key.name
            ]  # the items of that list have keys
        self.check_key(line, key)
        self.parent = key.name
        start = self.value_start(line, key)
        if start == line.end or self.text[start] == "#":
            self.pending = EMPTY
            return line.end + 1
        return self.value(start, line.end, level.column)

    def _no_dash_before(self, line: TextLine, key: Key, level: Level) -> int:
        """The first key of an item once more: the dash before it is missing."""
        column = level.dash
        self.levels.pop()
        rest = self.text[line.at : min(line.end, line.at + 40)]
        dash = f"{' ' * column}-".ljust(line.column)
        edit = Replacement(line.start, line.at, dash)
        self.found.add(line.at, dash_message("", rest), edit)
        self.levels.append(Level(line.column, MAP, level.parent, column))
        return self._pair(line, key)

    def _no_key(self, line: TextLine) -> int:
        following = self.next(line)
        is_above = following is not None and following.column > line.column
        # What is below a line that cannot be read is read as below a key with a name of its own.
        name = f"{line.at}:" if is_above else ""
        if self.text[line.at] == ":":
            message = "冒号前面没有键名；请写成“键: 内容”"
            edit = Replacement(line.at, line.end, name)
            self.found.add(line.at, message, edit)
        else:
            end = value_end(self.text, line.at, line.end)
            self.no_colon(line.at, end, name)
        self.pending = EMPTY if is_above else TEXT
        self.parent = ""
        return line.end + 1
