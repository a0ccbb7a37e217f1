"""How lines begin: blanks, dashes, keys and colons, as they should be and as people type them."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportgen.sources.characters import shown
from reportgen.sources.slips import Replacement

LOOK_AT = 500  # characters of a line; a slip is at its beginning, and patterns may go over it many times
BLANKS = {
    "\u00a0": "不换行空格（U+00A0）",
    "\u3000": "全角空格（U+3000）",
    "\u200b": "零宽空格（U+200B）",
    "\ufeff": "零宽空格（U+FEFF）",
    "\t": "制表符（Tab键）",
}
_ODD = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff"
INDENT = re.compile(rf"[ \t{_ODD}]*")
ODD_BLANK = re.compile(f"[{_ODD}]")
DASH = re.compile(rf"-(?P<odd>[ {_ODD}]*[{_ODD}]+ *)|-(?=[ \t\n]|$)[ \t]*")
NO_DASH = re.compile(
    r"(?P<mark>-(?=[^\s\-])|[—－–−•·●]+"
    r"|\d{1,2}[、.．)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*(?=\S)"
)
_KEY = re.compile(
    r"(?P<name>\"[^\"\n]*\"|'[^'\n]*'|[^\s#\"'&*!|>%@`{\[｛［\-?][^\n#]{0,80}?|[-?][^\s#][^\n#]{0,80}?)"
    r"[ \t]*:(?=[ \t\n]|$)"
)
_ODD_COLON = re.compile(
    r"(?P<name>[^\s:：#\"'{}\[\],，。；、\d][^\s:：#\"'{}\[\],，。；、]{0,29})[ \t]*"
    rf"(?P<colon>：|:(?=[^\s/:])|:(?=[{_ODD}]))"
)
_SMART = re.compile(r"[“”\"](?P<name>[^“”\"]{1,30})[“”\"]")
_KEY_AND_VALUE = re.compile(
    r"([^\s,，、。；;\"'“”{}\[\]]{1,16})(?:\s+(.*?))??\s*(?:\s#.*)?"
)


class Key(NamedTuple):
    """A key and its colon: where they and what follows stand, and what is wrong with them."""

    name: str
    start: int
    value: int
    message: str = ""
    edits: tuple[Replacement, ...] = ()


def blank_name(text: str) -> str:
    """The name of the first blank in a text that is none for YAML."""
    char = next(one for one in text if one != " ")
    return BLANKS.get(char, f"看不见的空白（U+{ord(char):04X}）")


def key_at(
    text: str, at: int, end: int, known: frozenset[str] = frozenset()
) -> Key | None:
    """The key at an offset with a sound colon, or with an odd one where the line has no sound one."""
    end = min(end, at + LOOK_AT)
    proper = _KEY.match(text, at, end)
    odd = _ODD_COLON.match(text, at, end)
    if odd and (proper is None or odd["name"] in known):
        return odd_key(text, odd, end)
    return _sound_key(text, proper) if proper else None


def _sound_key(text: str, match: re.Match[str]) -> Key:
    name = match["name"]
    start, value = match.start(), match.end()
    smart = _SMART.fullmatch(name)
    if smart and name[0] + name[-1] != '""':
        message = f"键名“{smart['name']}”用了中文引号；请删去引号，写成“{smart['name']}:”"
        return Key(
            smart["name"],
            start,
            value,
            message,
            (Replacement(*match.span("name"), smart[1]),),
        )
    bare = ODD_BLANK.sub("", name)
    if bare != name and bare:
        message = f"键名“{shown(bare)}”里有{blank_name(''.join(ODD_BLANK.findall(name)))}；请删去，重新输入键名"
        return Key(
            bare,
            start,
            value,
            message,
            (Replacement(*match.span("name"), bare),),
        )
    return Key(name.strip("\"'"), start, value)


def odd_key(text: str, match: re.Match[str], end: int) -> Key:
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
    elif gap:
        message = f"“{name}:”的冒号后面是看不见的{blank_name(gap)}，不是普通空格；请删去后重新输入空格，写成“{said}”"
    else:
        message = f"“{name}:”的冒号后面缺少空格；请写成“{said}”"
    new = ": " if text[value:end].strip() else ":"
    return Key(
        name,
        match.start(),
        value,
        message,
        (Replacement(match.start("colon"), value, new),),
    )


def _beginning(text: str) -> str:
    """The first signs of what was typed, without a remark behind it."""
    return shown(text.partition(" #")[0].strip(), 12)


def with_colon(line: str) -> str:
    """The line with the colon that it lacks, where it looks like a key and its value; else ""."""
    match = _KEY_AND_VALUE.fullmatch(line.strip())
    return f"{match[1]}: {match[2] or ''}".rstrip() if match else ""


def dash_message(mark: str, rest: str) -> str:
    """What to say of an item of a list that begins with `mark` instead of a dash and a blank."""
    written = f"请写成“- {_beginning(rest)}”"
    rule = "列表的每一项以“- ”（英文减号加一个空格）开头"
    if mark == "-":
        return f"减号后面缺少空格；{rule}，{written}"
    if not mark:
        return f"这一行前面少了“- ”；{rule}，{written}"
    if mark[-1] in "—－–−•·●":
        return f"{rule}，不用“{mark}”；{written}"
    return f"{rule}，序号由程序编；{written}"
