"""Slips inside { } and [ ], where a single sign breaks everything of one item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.sources.characters import shown
from reportgen.sources.marks import (
    LOOK_AT,
    ODD_BLANK,
    Key,
    blank_name,
    check_number,
    key_at,
    tell_key,
)
from reportgen.sources.quotes import closing_quote, line_end
from reportgen.sources.slips import Slips, in_quotes

_STOP = re.compile(r"[\[\]{}\"',#\n｛｝［］]")
_COLON = re.compile(r":(?=[ \t\n,\[\]{}]|$)")
_WIDE_COMMA = re.compile(r"[，、；]\s*(?=[^\s，、；:：]{1,30}\s*[:：]$)")
_WIDE_PAIR = re.compile(
    r"(?P<comma>[，、；]\s*)(?P<name>[^\s，、；:：]{1,30})："
)
_NEXT_KEY = re.compile(r"(?<=[^\s,])\s+(?=[^\s,，:：]{1,30}\s*:$)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BAD_START = re.compile(r">=|>＝|[>|%@`]|[*&!](?![A-Za-z0-9_]+(?:\s|$))|-$")
_OPENING = {"{": "}", "[": "]", "｛": "}", "［": "]"}
_CLOSING = {"}": "}", "]": "]", "｝": "}", "］": "]"}
_WIDE = "｛｝［］"
_STEPS = {"{": 1, "[": 1, "}": -1, "]": -1}
_HALF = str.maketrans(_WIDE, "{}[]")
_QUOTE_IT = "如果它是内容的一部分，请给这一项的内容加上英文双引号"
_SIGNS = {">=": "≥", ">＝": "≥"}  # what people mean by them


@dataclass
class _Bracket:
    """A bracket that is open: where it and the item that is being read begin."""

    at: int
    sign: str
    begin: int
    nested: bool = False  # the item holds brackets or quotes of its own
    told: bool = False  # that its items are no pairs has been said


def read_brackets(found: Slips, start: int, indent: int) -> int:
    """The offset behind the bracket that closes the one at `start`; what is wrong on the way is added to `found`.

    `indent` is the column of what holds it: a line that begins there with a key or a dash is outside.
    """
    return _Reader(found, indent).read(start)


def begins_outside(text: str, start: int, indent: int) -> bool:
    """Whether a line begins where only a key or an item outside of a value can, which is indented by so much."""
    line = text[start : min(line_end(text, start), start + LOOK_AT)]
    bare = line.lstrip(" ")
    if not bare or bare[0] == "#" or len(line) - len(bare) > indent:
        return False
    return bare.startswith("- ") or key_at(bare, 0, len(bare)) is not None


def starts_badly(found: Slips, start: int, end: int) -> bool:
    """Whether a plain value starts with a sign that means something to YAML; adds what to say."""
    value = found.text[start:end]
    match = _BAD_START.match(value)
    if match is None:
        return False
    sign = _SIGNS.get(match[0])
    instead = f"，或写成 {sign}{shown(value[2:].strip(), 12)}" if sign else ""
    example = shown(value.replace('"', "”"), 12)
    found.add(
        start,
        f'内容不能以“{value[0]}”开头；请用引号括起来，例如 "{example}"{instead}',
        (start, end),
        in_quotes(value),
        safe=value == "-",
    )
    return True


class _Reader:
    def __init__(self, found: Slips, indent: int) -> None:
        self.found = found
        self.text = found.text
        self.indent = indent
        self.stack: list[_Bracket] = []

    def read(self, start: int) -> int:
        """Go through the brackets from the first to the one that closes it."""
        at = self._open(start)
        while self.stack:
            stop = _STOP.search(self.text, at)
            if stop is None:
                return self._unclosed(len(self.text))
            at = self._at_sign(stop.start(), stop.group())
        return at

    def _at_sign(self, at: int, sign: str) -> int:
        """A sign that means something in brackets; where to read on."""
        top = self.stack[-1]
        if sign in _CLOSING:
            return self._close(at, sign)
        if sign == ",":
            self._item(at)
            top.begin, top.nested = at + 1, False
            return at + 1
        if sign == "#":
            return self._comment(at)
        if sign == "\n":
            return self._unclosed(at) if self._is_outside(at + 1) else at + 1
        if not _may_open(self.text[max(top.begin, at - 80) : at]):
            return at + 1
        return self._open(at) if sign in _OPENING else self._quoted(at, sign)

    def _open(self, at: int) -> int:
        """A bracket that opens."""
        sign = self.text[at]
        if self.stack:
            self.stack[-1].nested = True
        if sign in _WIDE:
            self._wide(at)
        self.stack.append(_Bracket(at, sign, at + 1))
        return at + 1

    def _wide(self, at: int) -> None:
        """A bracket of the width of a Chinese sign."""
        sign = self.text[at]
        kind = "花括号" if sign in "｛｝" else "方括号"
        pair = "{ }" if sign in "｛｝" else "[ ]"
        half = sign.translate(_HALF)
        message = f"{kind}“{sign}”是全角的；请改用半角的“{pair}”"
        self.found.add(at, message, (at, at + 1), half, safe=True)

    def _close(self, at: int, sign: str) -> int:
        """A bracket that closes the one that is open."""
        top = self.stack[-1]
        wanted = _OPENING[top.sign]
        if sign.translate(_HALF) != wanted:
            if sign in _WIDE:
                return at + 1
            message = f"“{top.sign}”要用“{wanted}”结束，这里却是“{sign}”；请检查括号是否成对"
            self.found.add(at, message, (at, at + 1), wanted)
        elif sign in _WIDE:
            self._wide(at)
        self._item(at)
        self.stack.pop()
        return at + 1

    def _quoted(self, at: int, quote: str) -> int:
        """Behind a quoted text; one that is not closed in its line goes to the next comma or bracket."""
        self.stack[-1].nested = True
        line = line_end(self.text, at)
        close = closing_quote(self.text, at, len(self.text))
        if 0 <= close <= line or (
            close >= 0 and not self._is_outside(line + 1)
        ):
            return close + 1
        stop = re.compile(r"[,}\]\n”]|$").search(self.text, at + 1)
        end = stop.start() if stop else line
        message = f"引号没有成对：这里的引号（{quote}）没有结束；请在这一项内容的末尾补上同样的引号"
        wide = int(self.text[end : end + 1] == "”")
        self.found.add(at, message, (end, end + wide), quote, safe=bool(wide))
        return end + wide

    def _comment(self, at: int) -> int:
        """Behind a remark; one that cuts off the closing bracket was meant as content."""
        top = self.stack[-1]
        if not self.text[at - 1].isspace():
            return at + 1
        line = line_end(self.text, at)
        rest = self.text[at:line]
        closing = _OPENING[top.sign]
        if not self.text[top.begin : at].strip() or closing not in rest:
            return line
        start = self._value_start(top, at)
        end = at + rest.rfind(closing)
        whole = self.text[start:end].strip()
        before = self.text[top.begin : start].rstrip()
        key = before.removesuffix(":").strip()
        example = f'，写成 {key}: "{shown(whole, 20)}"' if key else ""
        message = f"“ #”以后的文字和“{closing}”被当作说明，没有读入；{_QUOTE_IT}{example}"
        self.found.add(at, message, (start, end), in_quotes(whole))
        top.begin = end
        return end

    def _value_start(self, top: _Bracket, end: int) -> int:
        """Where the value of the item that is being read starts."""
        colon = _COLON.search(self.text, top.begin, end)
        return _bare(self.text, colon.end() if colon else top.begin, end)

    def _is_outside(self, start: int) -> bool:
        """Whether a line is one behind the brackets: it begins there, and does not close one."""
        line = self.text[start : line_end(self.text, start)]
        is_closing = line.count("}") > line.count("{")
        return not is_closing and begins_outside(self.text, start, self.indent)

    def _unclosed(self, end: int) -> int:
        """Close what is open before `end`, where something else begins."""
        first = self.stack[0]
        line = self.text.find("\n", first.at)
        if self.text[end:].strip() == "" and 0 <= line < end:
            end = line
        closers = "".join(_OPENING[one.sign] for one in reversed(self.stack))
        wanted = _OPENING[first.sign]
        kind = "花括号" if wanted == "}" else "方括号"
        message = f"{kind}没有成对：这里的“{first.sign}”没有对应的“{wanted}”；请在这一组内容的末尾补上“{wanted}”"
        self.found.add(first.at, message, (end, end), closers)
        while self.stack:
            self._item(end)
            self.stack.pop()
        return end

    # Items

    def _item(self, end: int) -> None:
        """Check the item that ends here."""
        top = self.stack[-1]
        start = _bare(self.text, top.begin, end)
        if start == end:
            return
        stop = start + len(self.text[start:end].rstrip())
        if top.sign in "[［":
            if not top.nested:
                starts_badly(self.found, start, stop)
            return
        colons = list(_colons(self.text, start, stop))
        if not colons:
            self._loose(top, start, stop)
        for colon, following in zip(colons, [*colons[1:], stop], strict=False):
            start = self._pair(start, colon, following)

    def _pair(self, start: int, colon: int, end: int) -> int:
        """Check one key and its value, which reaches to the next colon or to the end; where the next key starts."""
        key = self.text[start:colon].strip()
        value = _bare(self.text, colon + 1, end)
        check_number(self.found, key, value, end)
        if self.text[end : end + 1] == ":" and _COLON.match(self.text, end):
            return self._second_colon(key, value, end)
        if value < end and self.text[value] not in "\"'{[｛［":
            self._value(key, value, end)
        return end

    def _value(self, key: str, start: int, end: int) -> None:
        """Check a value without quotes."""
        if starts_badly(self.found, start, end):
            return
        odd = ODD_BLANK.match(self.text, start)
        if odd:
            message = f"冒号后面是看不见的{blank_name(odd.group())}，不是普通空格；请删去后重新输入空格"
            self.found.add(start, message, odd.span(), "", safe=True)
        for comma in _WIDE_PAIR.finditer(self.text, start, end):
            if comma["name"] in self.found.names.keys:
                self._wide_comma(key, start, *comma.span("comma"))
                self._odd_key(comma.start("name"), comma.end() + 20)

    def _odd_key(self, start: int, end: int) -> Key | None:
        """The key at an offset, where its colon is none for YAML."""
        key = key_at(self.text, start, end, self.found.names.keys)
        if key is None or not key.message:
            return None
        tell_key(self.found, key)
        return key

    def _second_colon(self, key: str, value: int, colon: int) -> int:
        """A second colon in an item: the comma before it is missing or wide, or the colon belongs to the value."""
        said = self.text[value : colon + 1]
        wide = _WIDE_COMMA.search(said)
        if wide:
            after = value + wide.end()
            self._wide_comma(key, value, value + wide.start(), after)
            return after
        blank = _NEXT_KEY.search(said)
        if blank is None or said[:1] in "\"'":
            self._colon_in_value(key, value, colon)
            return colon
        after = value + blank.end()
        self._missing_comma(key, value, said[: blank.start()], after, colon)
        return after

    def _missing_comma(
        self, key: str, value: int, left: str, after: int, colon: int
    ) -> None:
        """Tell two items without a comma between them."""
        at, right = value + len(left), self.text[after:colon].strip()
        if "\n" in self.text[value:after]:
            line = self.text.rfind("\n", 0, value) + 1
            first = re.split(r"\s#|\n", left, maxsplit=1)[0]
            end = value + len(first.rstrip())
            message = "花括号里的这一行末尾少了英文逗号“,”；请补上"
            self.found.add(line, message, (end, end), ",")
            return
        message = (
            f"“{shown(f'{left} {right}', 24)}”中间缺少英文逗号；"
            f"请写成“{key}: {shown(left, 16)}, {shown(right, 16)}: …”；"
            f"冒号是内容的一部分时，请给“{key}”的内容加上英文双引号"
        )
        self.found.add(value, message, (at, at), ",")

    def _wide_comma(self, key: str, value: int, at: int, after: int) -> None:
        """Tell two items with a Chinese comma between them."""
        left, sign = self.text[value:at], self.text[at]
        behind = self.text[after : after + 40].replace("：", ":")
        right = behind.partition(":")[0].strip()
        message = (
            f"“{shown(f'{left}{sign}{right}', 24)}”里用了“{sign}”；花括号里各项之间要用英文逗号，"
            f"请写成“{key}: {shown(left, 16)}, {shown(right, 16)}: …”；{_QUOTE_IT}"
        )
        self.found.add(value, message, (at, after), ", ", safe=True)

    def _colon_in_value(self, key: str, value: int, colon: int) -> None:
        """Tell a value with a colon that YAML takes for that of a key."""
        stop = re.compile(r"[,}\n]|$").search(self.text, colon)
        end = stop.start() if stop else colon
        whole = self.text[value:end].strip()
        message = f'“{key}”的内容里有英文冒号；请改用中文冒号，或给内容加上英文双引号，写成 {key}: "{shown(whole, 24)}"'
        span = value, value + len(whole)
        self.found.add(value, message, span, in_quotes(whole))

    def _loose(self, top: _Bracket, start: int, end: int) -> None:
        """An item without a colon."""
        key = self._odd_key(start, end)
        if key:
            self._value(key.name, key.value, end)
            return
        if self.text[start] in "\"'{[" or top.told:
            return
        before = self.text[top.at + 1 : start].rstrip()
        if not before.endswith(","):
            top.told = True
            message = "花括号里的每一项都要写成“键: 内容”；并列的几项请用方括号，例如 [办公室, 财务科]"
            self.found.add(start, message, (start, end), "")
            return
        comma = top.at + len(before)
        number = _number_across(self.text, comma, end)
        if number:
            plain = number.replace(",", "")
            message = f"“{number}”里的千分位逗号把这个数断开了；花括号里的数不写逗号，请写成 {plain}"
            self.found.add(start, message, (comma, start), "")
            return
        message = (
            f"“{shown(self.text[start:end])}”前面的英文逗号把内容断开了；逗号是内容的一部分时，请改用中文逗号“，”，"
            "或给整段内容加上英文双引号；是另一项时，请写成“键: 内容”"
        )
        self.found.add(start, message, (comma, start), "，")


def _bare(text: str, start: int, end: int) -> int:
    """Where something stands between two offsets; the second where nothing does."""
    return end - len(text[start:end].lstrip())


def _may_open(before: str) -> bool:
    """Whether a bracket or quote behind this part of an item opens something: it is not amid a text."""
    bare = before.rstrip()
    return not bare or bare[-1] in ":："


def _colons(text: str, start: int, end: int) -> Iterator[int]:
    """The colons of an item that YAML sees, outside of quotes, brackets and remarks."""
    depth = 0
    at = start
    while at < end:
        char = text[at]
        depth += _STEPS.get(char, 0)
        if char == ":" and not depth and _ends_key(text, at):
            yield at
        at = _behind(text, start, at, end)


def _behind(text: str, start: int, at: int, end: int) -> int:
    """Behind the sign at an offset, and behind the quoted text or the remark that begins there."""
    char = text[at]
    stop = at
    if char in "\"'" and _may_open(text[max(start, at - 3) : at]):
        stop = closing_quote(text, at, end)
    elif char == "#" and text[at - 1].isspace():
        stop = text.find("\n", at, end)
    return end if stop < 0 else stop + 1


def _ends_key(text: str, at: int) -> bool:
    """Whether a colon ends a key: a blank follows, or a quote stands before it."""
    return bool(_COLON.match(text, at)) or text[at - 1] in "\"'"


def _number_across(text: str, comma: int, end: int) -> str:
    """The number that the comma breaks, if it does."""
    for number in _GROUPED.finditer(text, max(0, comma - 12), end):
        if number.start() < comma < number.end():
            return number.group()
    return ""
