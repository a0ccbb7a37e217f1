"""How lines begin: blanks, dashes, keys and colons, as they should be and as people type them."""

import re
from typing import NamedTuple

from reportgen.sources.characters import shown
from reportgen.sources.slips import Slips, Span

LOOK_AT = 500  # characters of a line; a slip is at its beginning, and patterns may go over it many times
BLANKS = {
    "\u00a0": "不换行空格（U+00A0）",
    "\u3000": "全角空格（U+3000）",
    "\u200b": "零宽空格（U+200B）",
    "\ufeff": "零宽空格（U+FEFF）",
    "\t": "制表符（Tab键）",
}
BULLETS = "－•·●○◆◇■□▪∙*"
_OTHERS = ";；=＝∶︰﹕"  # typed for a colon
_ODD = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
INDENT = re.compile(rf"[ \t{_ODD}]*")
_HIDDEN = "\u200b-\u200d\u2060\ufeff\u2028\u2029\x85"
ODD_BLANK = re.compile(f"[{_ODD}]")
HIDDEN = re.compile(f"[{_HIDDEN}]")
UNSEEN = re.compile(f"[\t{_ODD}{_HIDDEN}]")
_IN_NUMBER = re.compile(rf"[{_HIDDEN}]|(?<=\d)[\t{_ODD}](?=\d)")
DASH = re.compile(rf"-(?P<odd>[ {_ODD}]*[{_ODD}]+ *)|-(?=[ \t\n]|$)[ \t]*")
_HAN = "[一二三四五六七八九十]{1,3}"
NO_DASH = re.compile(
    rf"(?P<mark>-(?=[^\s\-])|\*(?=\s)|[—–−{BULLETS[:-1]}]+"
    rf"|(?:\d{{1,2}}|{_HAN})[、.．)）](?!\d|{_HAN})|[（(](?:\d{{1,2}}|{_HAN})[)）]|[①-⑳])\s*(?=\S)"
)
_KEY = re.compile(
    r"(?P<name>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'&*!|>%@`{\[}\]｛［:\-?][^\n#]{0,80}?|[-?][^\s#][^\n#]{0,80}?)"
    r"[ \t]*:(?=[ \t\n]|$)"
)
_NO_NAME = rf"\s:：#\"'{{}}\[\],，。、{_OTHERS}"
_ODD_COLON = re.compile(
    rf"(?P<name>[^\d{_NO_NAME}][^{_NO_NAME}]{{0,29}})[ \t]*"
    rf"(?P<colon>：|:(?=[^\s/:])|:(?=[{_ODD}])|[{_OTHERS}])"
)
_SMART = re.compile(r"[“”\"](?P<name>[^“”\"]{1,30})[“”\"]")
_KEY_AND_VALUE = re.compile(
    rf"([^{_NO_NAME}“”]{{1,16}}?)(?:[\s{_OTHERS}]+(.*?)|[，,、。]?(\d.*?))??\s*(?:\s#.*)?"
)


class Key(NamedTuple):
    """A key and its colon: where they and what follows stand, and what is wrong with them."""

    name: str
    start: int
    value: int
    message: str = ""
    span: Span = (0, 0)
    new: str = ""


def blank_name(text: str) -> str:
    """The name of the first blank in a text that is none for YAML."""
    char = UNSEEN.findall(text)[0]
    return BLANKS.get(char, f"看不见的空白（U+{ord(char):04X}）")


def key_at(
    text: str, at: int, end: int, known: frozenset[str] = frozenset()
) -> Key | None:
    """The key at an offset with a sound colon, or with an odd one where the line has no sound one."""
    end = min(end, at + LOOK_AT)
    proper = _KEY.match(text, at, end)
    odd = _ODD_COLON.match(text, at, end)
    is_odd = proper is None and odd and odd["colon"] in ":："
    if odd and (is_odd or odd["name"] in known):
        return odd_key(text, odd, end)
    return _sound_key(text, proper) if proper else None


def _sound_key(text: str, match: re.Match[str]) -> Key:
    """A key with its colon, and what is wrong with its name."""
    name = match["name"]
    smart, bare = _SMART.fullmatch(name), UNSEEN.sub("", name)
    if smart and name[0] + name[-1] != '""':
        bare = smart["name"]
        message = f"键名“{bare}”用了中文引号；请删去引号，写成“{bare}:”"
    elif bare not in {"", name}:
        blank = blank_name(name)
        message = f"键名“{shown(bare)}”里有{blank}；请删去，重新输入键名"
    else:
        return Key(name.strip("\"'"), match.start(), match.end())
    span = match.span("name")
    return Key(bare, match.start(), match.end(), message, span, bare)


def odd_key(
    text: str,
    match: re.Match[str],
    end: int,
) -> Key:
    """A key whose colon YAML does not see."""
    name, colon, after = match["name"], match["colon"], match.end()
    blank = INDENT.match(text, after, end)
    value = blank.end() if blank else after
    said = f"{name}: {_beginning(text[value:end])}".rstrip()
    gap = text[after:value]
    if colon == "：":
        message = (
            f"“{name}：”用了全角冒号；请改为半角冒号加一个空格，写成“{said}”"
        )
    elif colon != ":":
        message = f"“{name}”后面是“{colon}”，不是冒号；请改为半角冒号加一个空格，写成“{said}”"
    elif gap:
        message = f"“{name}:”的冒号后面是看不见的{blank_name(gap)}，不是普通空格；请删去后重新输入空格，写成“{said}”"
    else:
        message = f"“{name}:”的冒号后面缺少空格；请写成“{said}”"
    new = ": " if text[value:end].strip() else ":"
    span = match.end("name"), value
    return Key(name, match.start(), value, message, span, new)


def _beginning(text: str) -> str:
    """The first signs of what was typed, without a remark behind it."""
    return shown(text.partition(" #")[0].strip(), 12)


def with_colon(line: str) -> str:
    """The line with the colon that it lacks, where it looks like a key and its value; else ""."""
    match = _KEY_AND_VALUE.fullmatch(line.strip())
    return f"{match[1]}: {match[2] or match[3] or ''}".rstrip() if match else ""


def name_of(line: str) -> str:
    """The key of a line that has no colon, where it looks like one."""
    return with_colon(line).partition(":")[0]


def dash_message(mark: str, rest: str) -> str:
    """What to say of an item of a list that begins with `mark` instead of a dash and a blank."""
    written = f"请写成“- {_beginning(rest)}”"
    rule = "列表的每一项以“- ”（英文减号加一个空格）开头"
    if mark == "-":
        return f"减号后面缺少空格；{rule}，{written}"
    if not mark:
        return f"这一行前面少了“- ”；{rule}，{written}"
    if mark[-1] in f"—–−{BULLETS}":
        return f"{rule}，不用“{mark}”；{written}"
    return f"{rule}，序号由程序编；{written}"


def tell_key(found: Slips, key: Key) -> None:
    """Tell what is wrong with a key."""
    found.add(key.start, key.message, key.span, key.new, safe=True)


def check_number(
    found: Slips,
    key: str,
    start: int,
    end: int,
) -> None:
    """Signs that nobody sees in a value that is a number."""
    if key not in found.names.numbers:
        return
    for hidden in _IN_NUMBER.finditer(found.text, start, end):
        message = f"“{key}”的数里有{blank_name(hidden[0])}，眼睛看不出；请删去后重新输入这个数"
        found.add(hidden.start(), message, hidden.span(), "", safe=True)


def width_of(typed: str, wide: int) -> int:
    """Columns of an indentation when each odd blank counts as so many."""
    plain = typed.count(" ")
    thin = len(HIDDEN.findall(typed))
    return plain + (len(typed) - plain - thin) * wide
