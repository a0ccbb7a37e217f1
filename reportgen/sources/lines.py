"""The lines of a text one by one: what they hold, how they are indented, and which are no lines of YAML at all."""

import re
from dataclasses import dataclass, field

from reportgen.sources.braces import read_brackets
from reportgen.sources.characters import shown
from reportgen.sources.marks import (
    BULLETS,
    DASH,
    INDENT,
    LOOK_AT,
    NO_DASH,
    ODD_BLANK,
    Key,
    blank_name,
    check_number,
    dash_message,
    key_at,
    tell_key,
    width_of,
    with_colon,
)
from reportgen.sources.quotes import line_end
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
from reportgen.sources.slips import Slips

MAP, LIST = "键", "项"
EMPTY, TEXT, CLOSED = (
    "nothing yet",
    "a text that may go on",
    "a value that is over",
)


@dataclass(slots=True)
class Level:
    """Keys or items that begin in one column; `parent` is the key above, `dash` the column of the item
    it belongs to."""

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
    dash: re.Match[str] | None = None
    key: Key | None = None

    @property
    def kind(self) -> str:
        """Whether it begins an item or a key."""
        return LIST if self.dash else MAP

    @property
    def is_text(self) -> bool:
        """Whether it begins with neither."""
        return self.dash is None and self.key is None

    @property
    def sound_key(self) -> Key | None:
        """The key, where YAML sees it too."""
        return None if self.key is None or self.key.message else self.key


_STRAY = re.compile(r"([^\s#](?=  )|[^\w\s#{\[｛［\"'])( *)")
_ROW = ("一级", "二级", "三级")  # where the block of a pasted row is unknown


class Lines:
    """The lines, and what is open while they are read: levels, a block of text (the column of what holds it).

    `last` is the value that was read last, `parent` the key before it.
    """

    def __init__(self, found: Slips) -> None:
        self.found = found
        self.text = found.text
        self.levels: list[Level] = []
        self.pending = EMPTY
        self.literal: int | None = None
        self.last = (0, 0)
        self.parent = ""

    @property
    def top(self) -> Level:
        """The level that was opened last."""
        return self.levels[-1]

    def key(self, at: int, end: int) -> Key | None:
        """The key at an offset."""
        return key_at(self.text, at, end, self.found.names.keys)

    def line_at(self, start: int) -> TextLine:
        """The line that starts at an offset."""
        end = line_end(self.text, start)
        blank = INDENT.match(self.text, start, end)
        at = blank.end() if blank else start
        return TextLine(start, at, at - start, end)

    def holds_nothing(self, line: TextLine) -> bool:
        """Whether a line is empty or a remark."""
        return line.at == line.end or self.text[line.at] == "#"

    def next(self, line: TextLine) -> TextLine:
        """The next line that holds something; at the end one that is left of all others."""
        start = line.end + 1
        while start < len(self.text):
            following = self.line_at(start)
            if not self.holds_nothing(following):
                return following
            start = following.end + 1
        end = len(self.text)
        return TextLine(end, end, -1, end)

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
        if self.text[line.start] == "." and following.column >= 0:
            message = (
                "前面的内容已经结束，这里却还有文字；请删去多余的文字或“...”行"
            )
            self.found.add(following.at, message, (line.start, line.end), "")

    def indent(self, line: TextLine, column: int, message: str) -> None:
        """Tell that a line stands in the wrong column, and take it as it was meant."""
        self.found.add(line.at, message, (line.start, line.at), " " * column)
        line.column = column

    def stray_sign(self, line: TextLine) -> None:
        """Tell a sign that slipped into the indentation of a key or an item, and take the line as it was meant."""
        sign = _STRAY.match(self.text, line.at, line.end)
        if sign is None or not self.levels or self._is_item(line):
            return
        at = sign.end()
        rest = TextLine(line.start, at, at - line.start, line.end)
        rest.dash = DASH.match(self.text, at, line.end)
        rest.key = self.key(at, line.end)
        name = rest.sound_key.name if rest.sound_key else ""
        if rest.dash or name in self.found.names.keys:
            for column in self._columns_near(rest):
                message = f"行首的空格里多了“{sign[1]}”；请改成空格"
                self.indent(rest, column, message)
                line.at, line.column = at, column

    def _is_item(self, line: TextLine) -> bool:
        """Whether a line is an item, or is meant to be one, where items may stand."""
        columns = {line.column - one for one in self._columns(LIST)}
        is_begun = self.pending == EMPTY or columns & {-2, -1, 0, 1, 2}
        is_dash = DASH.match(self.text, line.at) or self.mark(line)
        return bool(is_begun and is_dash)

    def _columns_near(self, line: TextLine) -> list[int]:
        """Where such a line may begin, at most one column away: at most one place."""
        columns = self._columns(line.kind)
        following = self.next(line)
        above = self.top.column
        if self.pending == EMPTY:
            is_beside = self.kind_of(following) == line.kind
            first = following.column if is_beside else 0
            columns = [first if first > above else above + 2, *columns]
        return [one for one in columns if abs(one - line.column) < 2][:1]

    def is_row_of_cells(self, line: TextLine) -> bool:
        """Whether a line was pasted from a table."""
        cells = self.text[line.at : line.end].split("\t")
        if len(list(filter(str.strip, cells))) < 3:
            return False
        end = line.at + len(cells[0])
        return self.key(line.at, end) is None

    def pasted(self, line: TextLine) -> None:
        """A row of cells, as it comes from a table."""
        row = self.text[line.at : line.end].strip("\t ")
        cells = row.removeprefix("- ").split("\t")
        parents = [one.parent for one in self.levels]
        if self.pending == EMPTY:
            parents.append(self.parent)
        rows = self.found.names.rows
        known = next(
            (rows[one] for one in reversed(parents) if one in rows), _ROW
        )
        pairs = ", ".join(
            f"{key}: {shown(cell.strip(), 10)}"
            for key, cell in zip(known, cells, strict=False)
        )
        message = (
            "这一行像是从Excel表格里粘贴来的（各格之间是制表符），不能直接读入；"
            f"请写成“键: 内容”，例如 - {{{pairs}, …}}"
        )
        self.drop(line, message)

    def straighten(self, line: TextLine) -> None:
        """Tell blanks of the indentation that are none for YAML, and take the line as it was meant."""
        typed = self.text[line.start : line.at]
        if typed.strip(" ") == "":
            return
        widths = [width_of(typed, wide) for wide in (2, 1, 4)]
        kind = LIST if DASH.match(self.text, line.at) else MAP
        columns = self._columns(kind)
        meant = [column for column in columns if column in widths]
        if self.pending == EMPTY:
            below = max(columns, default=-1)
            meant = [width for width in widths if width > below] + meant
        line.column = (meant or widths)[0]
        self.odd_indent(line, " " * line.column)

    def _columns(self, kind: str) -> list[int]:
        """Where lines of that kind may begin, the deepest first."""
        return [one.column for one in reversed(self.levels) if one.kind == kind]

    def odd_indent(self, line: TextLine, new: str) -> None:
        """Tell blanks of the indentation that are none for YAML."""
        typed = self.text[line.start : line.at]
        first = line.start + next(
            n for n, char in enumerate(typed) if char != " "
        )
        if "\t" in typed:
            message = "用了制表符（Tab键）缩进；缩进只能用空格，请把行首的制表符换成空格"
        else:
            message = f"用了{blank_name(typed)}缩进；缩进只能用半角空格，请把行首的空白换掉"
        self.found.add(first, message, (line.start, line.at), new, safe=True)

    def value(self, start: int, end: int, column: int) -> int:
        """Read a value that begins at `start`; where the next line starts."""
        text = self.text
        prefix = PROPERTY.match(text, start, end)
        if prefix and prefix.end() < end:
            return self.value(prefix.end(), end, column)
        near = min(end, start + LOOK_AT)
        self.last = (start, value_end(text, start, near))
        self.pending = CLOSED
        sign = text[start]
        if prefix:
            self.pending = EMPTY
        elif text.startswith(TEMPLATE, start):
            check_template(self.found, start, end)
        elif sign in "{[｛［":
            at = read_brackets(self.found, start, column)
            return self._behind(at, start, "括号")
        elif sign in "\"'":
            at = read_quoted(self.found, start, end, column)
            return self._behind(at, start, "")
        elif LITERAL.match(text, start, end):
            self.literal = column
        else:
            self.pending = TEXT
            check_plain(self.found, start, end)
        return end + 1

    def _behind(self, at: int, start: int, what: str) -> int:
        """The next line, behind a bracket or quote that was closed at an offset."""
        end = line_end(self.text, at)
        if what:
            check_behind(self.found, start, at, end, what)
        return end + 1

    def drop(self, line: TextLine, message: str) -> None:
        """Tell what cannot be read, and read on without it."""
        self.found.add(line.at, message, (line.at, line.end), "")

    def value_start(self, line: TextLine, key: Key) -> int:
        """Where the value behind a key starts."""
        blank = INDENT.match(self.text, key.value, line.end)
        return blank.end() if blank else key.value

    def mark(self, line: TextLine) -> str:
        """What a line begins with instead of a dash; "" where it is nothing of the kind."""
        match = NO_DASH.match(self.text, line.at, line.end)
        return match["mark"] if match else ""

    def goes_on_counting(self, line: TextLine) -> bool:
        """Whether a line is a numbered item as is the text that begins behind the key above."""
        begins = NO_DASH.match(self.text, *self.last)
        is_list = self.parent not in self.found.names.texts
        is_below = begins and self.top.kind == MAP
        return bool(is_list and is_below and self.mark(line))

    def is_item_without_dash(self, line: TextLine) -> bool:
        """Whether the first line below a key is an item: so is the next in its column, or one to the left of it."""
        if self.mark(line) != "-" and self.parent in self.found.names.texts:
            return False
        if self.has_bare_dash(line) or line.column == self.top.column:
            return True
        following = self.next_item(line)
        if self.top.column >= following.column:
            return False
        is_counted = self.mark(line) and self.mark(following)
        return bool(is_counted or DASH.match(self.text, following.at))

    def next_item(self, line: TextLine) -> TextLine:
        """The next line that is indented no more than this one."""
        following = self.next(line)
        while following.column > line.column:
            following = self.next(following)
        return following

    def is_item(self, line: TextLine) -> bool:
        """Whether a line is an item, with a dash or with a sign in its place."""
        return bool(line.dash or (line.key is None and self.mark(line)))

    def no_dash(self, line: TextLine) -> tuple[str, int]:
        """What to say of an item without its dash, and where its text starts."""
        mark = NO_DASH.match(self.text, line.at, line.end)
        rest = mark.end() if mark else line.at
        text = self.text[rest : min(line.end, rest + 40)]
        return dash_message(mark["mark"] if mark else "", text), rest

    def check_dash(self, dash: re.Match[str]) -> None:
        """Tell a blank behind a dash that is none for YAML."""
        blank = dash["odd"]
        if blank:
            message = f"减号后面是看不见的{blank_name(blank)}，不是普通空格；请删去后重新输入空格"
            self.found.add(
                dash.end() - 1, message, dash.span("odd"), " ", safe=True
            )

    def check_key(self, line: TextLine, key: Key) -> None:
        """Tell what is wrong with a key, its colon and the blank behind it."""
        start = self.value_start(line, key)
        gap = self.text[key.value : start]
        if key.message:
            tell_key(self.found, key)
        elif ODD_BLANK.search(gap):
            message = f"“{shown(key.name)}:”后面有看不见的{blank_name(gap)}；请删去后重新输入空格"
            self.found.add(
                key.value, message, (key.value, start), " ", safe=True
            )
        check_number(self.found, key.name, start, line.end)

    def last_column(self) -> int:
        """The column in which the value that was read last begins."""
        start = self.last[0]
        return start - self.text.rfind("\n", 0, start) - 1

    def kind_of(self, line: TextLine) -> str:
        """What a line begins with: a dash, a key, or neither."""
        if DASH.match(self.text, line.at, line.end):
            return LIST
        return MAP if self.key(line.at, line.end) else ""

    def is_whole(self, line: TextLine) -> bool:
        """Whether nothing can stand below a line: it is an item without keys, or a key with a value."""
        if line.dash:
            start = line.dash.end()
            return start < line.end and self.key(start, line.end) is None
        return line.key is not None and self.has_value(line, line.key)

    def has_value(self, line: TextLine, key: Key) -> bool:
        """Whether something stands behind a key that is no sign of a block or an anchor."""
        start = self.value_start(line, key)
        return start < line.end and self.text[start] not in "#|>&*!"

    def has_bare_dash(self, line: TextLine) -> bool:
        """Whether a line begins with a dash without a blank, or a bullet, and not with a negative number."""
        is_number = self.text[line.at + 1 : line.at + 2].isdigit()
        return self.mark(line)[-1:] in {"-", *BULLETS} and not is_number

    def no_colon(self, start: int, end: int, name: str = "") -> None:
        """Tell a line that has no colon; `name` is put in its place where lines belong below it."""
        typed = self.text[start : min(end, start + LOOK_AT)]
        meant = with_colon(typed)
        written = f"“{shown(meant, 30)}”" if meant else "“键: 内容”"
        message = f"这一行没有冒号；请写成{written}；如果是上一行内容的续行，请比上一行的键多缩进几格"
        self.found.add(start, message, (start, end), name or meant)
