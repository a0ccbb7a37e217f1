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
    INDENT,
    LOOK_AT,
    NO_DASH,
    ODD_BLANK,
    Key,
    blank_name,
    dash_message,
    with_colon,
)
from reportgen.sources.scalars import (
    value_end,
)
from reportgen.sources.slips import NO_NAMES, Names, Replacement, Slip, Slips

MAX_LEVELS = 60  # the reader of the tree refuses fewer
_INDENTED = "缩进没有对齐；同一层的键（或“- ”）要从同一列开始，下一层比上一层多空两格"
_DEEPER = "“- ”的缩进比上一项多，会并入上一项；请与上一项的“-”对齐"
_MISPLACED = (
    "这里不能出现列表项（以“- ”开头）；请把它写在所属的键下面，并与同组的其他项对齐"
)


def find_slips(text: str, names: Names = NO_NAMES) -> list[Slip]:
    """Every slip of a text, in its order."""
    outline = _Outline(Slips(text, names))
    outline.read()
    slips = outline.found.slips
    return [slips[at] for at in sorted(slips)]


class _Outline(Lines):
    """The levels of a text; `parent` is the key behind which nothing stands yet."""

    def __init__(self, found: Slips) -> None:
        super().__init__(found)
        self.parent = ""

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
        dash = DASH.match(self.text, line.at, line.end)
        key = None if dash else self.key(line.at, line.end)
        if key is None and self.text[line.at] in "?*":
            return len(self.text)  # a key that is no name; the parser tells it
        if not self.levels:
            return self._first(line, dash, key)
        top = self.levels[-1]
        if line.column > top.column:
            return self._deeper(line, dash, key)
        if key and not key.message and self._is_outdented(line, key):
            return self._outdented(line, key)
        return self._at_level(line, dash, key)

    def _first(
        self, line: TextLine, dash: re.Match[str] | None, key: Key | None
    ) -> int:
        if dash is None and key is None and self.text[line.at] != ":":
            return self.value(line.at, line.end, -1)
        self.levels.append(Level(line.column, LIST if dash else MAP))
        return self._at_level(line, dash, key)

    def _deeper(
        self, line: TextLine, dash: re.Match[str] | None, key: Key | None
    ) -> int:
        """A line that is indented more than the level above it."""
        if self.pending == EMPTY:
            return self._first_below(line, dash, key)
        lists = [one.column for one in self.levels if one.kind == LIST]
        in_list = self.levels[-1].kind == LIST
        mark = self._mark(line)
        if dash and in_list:
            return self._moved(line, lists[-1], _DEEPER)
        if in_list and mark == "-" and not self._is_number(line):
            return self._no_dash(line, lists[-1])
        if key and in_list and self.levels[-1].keys:
            return self._no_dash(line, lists[-1])
        if key and not key.message:
            return self._deeper_key(line, key)
        if self.pending == TEXT:
            return line.end + 1
        self.drop(line, _INDENTED)
        return line.end + 1

    def _first_below(
        self, line: TextLine, dash: re.Match[str] | None, key: Key | None
    ) -> int:
        """The first line of a block, or a value on a line of its own."""
        top = self.levels[-1]
        if dash is None and self._is_item_without_dash(line):
            self.levels.append(Level(line.column, LIST, self.parent))
            return self._no_dash(line, line.column)
        odd = key is not None and bool(key.message)
        if dash is None and (key is None or (odd and not self._is_block(line))):
            return self.value(line.at, line.end, top.column)
        self.levels.append(Level(line.column, LIST if dash else MAP, self.parent))
        return self._at_level(line, dash, key)

    def _is_item_without_dash(self, line: TextLine) -> bool:
        if self._mark(line) == "-":
            return not self._is_number(line)
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
            self._no_colon(start, end)
            name = with_colon(typed).partition(":")[0]
            level = Level(line.column, MAP, top.parent, top.column, [name])
            self.levels.append(level)
            return self._at_level(line, None, key)
        message = (
            f"“{shown(key.name)}:”的缩进比上一行多；与上一行同一层的，请对齐；是上一行的下级的，上一行的冒号后面不能再有内容；"
            "是上一行文字的续行的，请给整段文字加上英文双引号"
        )
        column = next(
            (one.column for one in reversed(self.levels) if one.kind == MAP), 0
        )
        return self._moved(line, column, message)

    def _is_outdented(self, line: TextLine, key: Key) -> bool:
        """Whether a key with a value stands too far left: the next line is a key further right, as is the one above."""
        blank = INDENT.match(self.text, key.value, line.end)
        start = blank.end() if blank else key.value
        top = self.levels[-1]
        if start == line.end or (top.column == line.column and self.pending != EMPTY):
            return False
        if self.text[start] in "#|>&*!":
            return False
        following = self.next(line)
        if following is None or following.column <= line.column:
            return False
        if self.pending != EMPTY and following.column != top.column:
            return False
        return self.key(following.at, following.end) is not None

    def _outdented(self, line: TextLine, key: Key) -> int:
        following = self.next(line)
        column = following.column if following else line.column
        message = f"“{shown(key.name)}:”的缩进与它上下几行不同；同一层的键要从同一列开始，请在前面空 {column} 格"
        return self._moved(line, column, message)

    def _moved(self, line: TextLine, column: int, message: str) -> int:
        """Tell that a line stands in the wrong column, and read it in the right one."""
        if line.moved:
            self.drop(line, message)
            return line.end + 1
        self.found.add(line.at, message, Replacement(line.start, line.at, " " * column))
        line.column, line.moved = column, True
        return self._statement(line)

    def _at_level(
        self, line: TextLine, dash: re.Match[str] | None, key: Key | None
    ) -> int:
        """A line in the column of a level, or between two."""
        left = self._leave(line.column, LIST if dash else MAP)
        top = self.levels[-1]
        if top.column != line.column:
            kind = LIST if dash else MAP
            columns = [
                one.column for one in (*self.levels, *left) if one.kind == kind
            ] or [top.column]
            nearest = min(columns, key=lambda column: abs(column - line.column))
            self.found.add(
                line.at, _INDENTED, Replacement(line.start, line.at, " " * nearest)
            )
            self._restore(left, nearest)
            line.column = nearest
            top = self.levels[-1]
        if dash:
            return self._item_line(line, dash, left)
        if top.kind == LIST:
            return self._in_list(line, key)
        if key is None:
            return self._no_key(line)
        return self._pair(line, key)

    def _leave(self, column: int, kind: str) -> list[Level]:
        """Leave the levels that a line in this column ends; the levels left."""
        left: list[Level] = []
        while len(self.levels) > 1 and self.levels[-1].column > column:
            left.append(self.levels.pop())
        both = len(self.levels) > 1 and self.levels[-2].column == column
        if (
            both
            and kind == MAP
            and self.levels[-1].kind == LIST
            and self._is_key_here(column)
        ):
            left.append(self.levels.pop())
        return left

    def _is_key_here(self, column: int) -> bool:
        return self.levels[-2].kind == MAP and self.levels[-1].column == column

    def _restore(self, left: list[Level], column: int) -> None:
        while left and left[-1].column <= column:
            self.levels.append(left.pop())

    def _item_line(self, line: TextLine, dash: re.Match[str], left: list[Level]) -> int:
        top = self.levels[-1]
        if top.kind == MAP:
            lists = [one for one in left if one.kind == LIST]
            if self.pending == EMPTY and not left:
                self.levels.append(Level(line.column, LIST, self.parent))
            elif lists:
                self._restore(left, lists[-1].column)
                edit = Replacement(line.start, line.at, " " * lists[-1].column)
                self.found.add(line.at, _MISPLACED, edit)
            else:
                self.drop(line, _MISPLACED)
                return line.end + 1
        return self._item(dash.start(), line.end, self.levels[-1].column)

    def _item(self, at: int, end: int, column: int) -> int:
        """Behind a dash: a further dash, a key, or a value."""
        level = self.levels[-1]
        dash = DASH.match(self.text, at, end)
        if dash is None:
            return end + 1
        if dash["odd"]:
            message = f"减号后面是看不见的{blank_name(dash['odd'])}，不是普通空格；请删去后重新输入空格"
            edit = Replacement(*dash.span("odd"), " ")
            self.found.add(dash.end() - 1, message, edit, safe=True)
        self.pending, self.parent = EMPTY, level.parent
        start, inner = dash.end(), column + dash.end() - at
        if start == end or self.text[start] == "#" or len(self.levels) >= MAX_LEVELS:
            return end + 1
        if DASH.match(self.text, start, end):
            self.levels.append(Level(inner, LIST, level.parent))
            return self._item(start, end, inner)
        if self.text[start] in "{｛":
            level.keys = ["{ }"]
        key = self.key(start, end)
        line = TextLine(start, start, inner, end)
        if key and (not key.message or self._is_item_block(line)):
            self.levels.append(Level(inner, MAP, level.parent, column))
            return self._pair(line, key)
        return self.value(start, end, column)

    def _is_item_block(self, line: TextLine) -> bool:
        return self.parent in self.found.names.blocks or self._is_block(line)

    def _in_list(self, line: TextLine, key: Key | None) -> int:
        """A line in the column of the dashes that has none."""
        top = self.levels[-1]
        maps = [one.column for one in self.levels if one.kind == MAP]
        of_keys = bool(top.keys)
        if key and not of_keys and maps and not self._mark(line):
            self.levels = [one for one in self.levels if one.column <= maps[-1]]
            message = f"“{shown(key.name)}:”的{_INDENTED}"
            return self._moved(line, maps[-1], message)
        return self._no_dash(line, top.column)

    def _mark(self, line: TextLine) -> str:
        match = NO_DASH.match(self.text, line.at, line.end)
        return match["mark"] if match else ""

    def _is_number(self, line: TextLine) -> bool:
        return self.text[line.at + 1 : line.at + 2].isdigit()

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
        self._remember_keys(level, key.name)
        if key.message:
            self.found.add(key.start, key.message, *key.edits, safe=True)
        value = INDENT.match(self.text, key.value, line.end)
        start = value.end() if value else key.value
        gap = self.text[key.value : start]
        if ODD_BLANK.search(gap) and not key.message:
            message = f"“{shown(key.name)}:”后面有看不见的{blank_name(gap)}；请删去后重新输入空格"
            self.found.add(
                key.value, message, Replacement(key.value, start, " "), safe=True
            )
        self.parent = key.name
        if start == line.end or self.text[start] == "#":
            self.pending = EMPTY
            return line.end + 1
        return self.value(start, line.end, level.column)

    def _remember_keys(self, level: Level, name: str) -> None:
        """The list to which the item belongs is one of items with keys."""
        if level.dash >= 0 and len(self.levels) > 1:
            self.levels[-2].keys = [name]

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
        if self.text[line.at] == ":":
            self.drop(line, "冒号前面没有键名；请写成“键: 内容”")
        else:
            self._no_colon(line.at, value_end(self.text, line.at, line.end))
        self.pending = TEXT
        return line.end + 1

    def _no_colon(self, start: int, end: int) -> None:
        typed = self.text[start : min(end, start + LOOK_AT)]
        meant = with_colon(typed)
        written = f"“{shown(meant, 30)}”" if meant else "“键: 内容”"
        message = f"这一行没有冒号；请写成{written}；如果是上一行内容的续行，请比上一行的键多缩进几格"
        self.found.add(start, message, Replacement(start, end, meant))
