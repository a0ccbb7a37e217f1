"""Slips that show when a line is held against its neighbours: list dashes, indentation, a colon left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.sources.characters import shown
from reportgen.sources.trouble import Advice, Trouble, upwards

_ITEM = re.compile(r"( *)-(?:\s|$)")
_NO_ITEM = re.compile(
    r"( *)(?P<mark>-(?![-\s])|[—－–−•·●]+"
    r"|\d{1,2}[、.．)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r"|(?=\{))\s*(?P<rest>\S.*)"
)
_WIDE_BLANK = re.compile(r"[ \t]*[\u3000\xa0\u2000-\u200a]")
_COLON = re.compile(r":(?:\s|$)")
_KEY_ALONE = re.compile(r"\s*(?:-\s+)*[^:]+:\s*(?:#.*)?$")
_KEY_AND_VALUE = re.compile(
    r"([^\s,，、。；;\"'“”{}\[\]]{1,16})(?:\s+(.*?))??\s*(?:\s#.*)?"
)
_DEEPER = "“- ”的缩进比上一项多，会并入上一项；请与上一项的“-”对齐"
_SWALLOWED = re.compile(r"\s*-(?P<blank>\s+|(?=[^\s\d.\-]))(?P<rest>\S.*)")


def wide_blank(trouble: Trouble) -> Advice | None:
    """A line that is indented by blanks that only look like some."""
    for line in dict.fromkeys((*trouble.suspects(), trouble.start_line)):
        match = _WIDE_BLANK.match(trouble.head(line))
        if match:
            return Advice(
                "用了全角空格缩进；缩进只能用半角空格，请把行首的空格换掉",
                line,
                match.end() - 1,
            )
    return None


def list_mark(trouble: Trouble) -> Advice | None:
    """A line among the items of a list that does not begin with a dash and a blank; of several the topmost."""
    for suspect in trouble.suspects():
        match = _NO_ITEM.match(trouble.head(suspect))
        if match is None or not _beside_items(trouble, suspect, match[1]):
            continue
        line = suspect
        for above in upwards(suspect - 1):
            found = _NO_ITEM.match(trouble.head(above))
            if found is None or found[1] != match[1]:
                break
            line, match = above, found
        return Advice(_mark_said(match["mark"], match["rest"]), line, len(match[1]))
    return None


def _beside_items(trouble: Trouble, line: int, indent: str) -> bool:
    for near in (trouble.above(line), trouble.below(line)):
        item = _ITEM.match(trouble.head(near)) if near is not None else None
        if item and item[1] == indent:
            return True
    return False


def _mark_said(mark: str, rest: str) -> str:
    written = f"请写成“- {shown(rest, 12)}”"
    if mark == "-":
        return (
            f"减号后面缺少空格；列表的每一项以“- ”（英文减号加一个空格）开头，{written}"
        )
    if not mark:
        return f"这一行前面少了“- ”；列表的每一项以“- ”（英文减号加一个空格）开头，{written}"
    if mark[-1] in "—－–−•·●":
        return f"列表的每一项以“- ”（英文减号加一个空格）开头，不用“{mark}”；{written}"
    return f"列表的每一项以“- ”（英文减号加一个空格）开头，序号由程序编；{written}"


def misplaced_colon(trouble: Trouble) -> Advice | None:
    """A key where the line above has not ended: one of the two is indented wrongly, or the one above has no colon."""
    if "mapping values" not in trouble.says:
        return None
    line, before = trouble.line, trouble.lines[trouble.line][: trouble.column]
    if re.search(r":\s", before):
        message = "一行里有两个“: ”（冒号加空格）；如果后一个是内容的一部分，请把整个内容用引号括起来"
        return Advice(message, line, trouble.column)
    advice = next(_beside_above(trouble), None)
    if advice:
        return advice
    message = (
        f"“{shown(before.strip())}:”的缩进比上一行多；与上一行同一层的，请对齐；是上一行的下级的，上一行的冒号后面不能再有内容；"
        "是上一行文字的续行的，请给整段文字加上英文双引号"
    )
    return Advice(message, line, trouble.column)


def no_colon(trouble: Trouble) -> Advice | None:
    """A line that the parser took for a key, with nothing behind it that makes it one."""
    if (
        "scanning a simple key" not in trouble.says
        or "expected ':'" not in trouble.says
    ):
        return None
    written = _with_colon(trouble.lines[trouble.start_line][trouble.start_column :])
    message = f"这一行没有冒号；请写成{written}；如果是上一行内容的续行，请比上一行的键多缩进几格"
    return Advice(message, trouble.start_line, trouble.start_column)


def _with_colon(line: str) -> str:
    """The line with the colon that it lacks, where it looks like a key and its value."""
    match = _KEY_AND_VALUE.fullmatch(line.strip())
    if match is None:
        return "“键: 内容”"
    value = shown(match[2] or "", 12)
    return f"“{match[1]}: {value}".rstrip() + "”"


def _beside_above(trouble: Trouble) -> Iterator[Advice]:
    line, above = trouble.line, trouble.above(trouble.line)
    if above is None:
        return
    here, there = _indent(trouble, line), _indent(trouble, above)
    if _ITEM.match(trouble.head(line)) and _ITEM.match(trouble.head(above)):
        yield _deeper_item(trouble, line)
    elif (
        not _COLON.search(trouble.head(above))
        and not _ITEM.match(trouble.head(above))
        and there <= here
    ):
        yield Advice(
            f"这一行没有冒号；请写成{_with_colon(trouble.head(above))}", above, there
        )
    elif there < here:
        further = trouble.above(above)
        if further is not None and _is_level(trouble, further, here, there):
            message = f"“{_key(trouble, above)}:”的缩进与它上下几行不同；同一层的键要从同一列开始，请在前面空 {here} 格"
            yield Advice(message, above, there)


def _is_level(trouble: Trouble, further: int, here: int, there: int) -> bool:
    """Whether a line two above shows that `here` is the right indentation, and not that of the line above."""
    indent = _indent(trouble, further)
    return indent == here or (
        there <= indent < here and bool(_KEY_ALONE.match(trouble.head(further)))
    )


def _deeper_item(trouble: Trouble, line: int) -> Advice:
    """The topmost item that is indented more than the one above it."""
    indent = _indent(trouble, line)
    for above in upwards(line - 1):
        if not _ITEM.match(trouble.head(above)) or _indent(trouble, above) != indent:
            break
        line = above
    return Advice(_DEEPER, line, indent)


def _indent(trouble: Trouble, line: int) -> int:
    head = trouble.head(line)
    return len(head) - len(head.lstrip(" "))


def _key(trouble: Trouble, line: int) -> str:
    return shown(trouble.head(line).strip().partition(":")[0])


def swallowed_item(typed: str, *, alone: bool) -> tuple[int, int, str] | None:
    """The first line of a text typed over several lines that was meant as an item of a list.

    Line and column within `typed`, and what to say; `alone` when the text begins on a line of its own.
    """
    for number, line in enumerate(typed.split("\n")):
        match = _SWALLOWED.match(line)
        if match is None or (number == 0 and not alone):
            continue
        said = _DEEPER if match["blank"] else _mark_said("-", match["rest"])
        return number, len(line) - len(line.lstrip()), said
    return None
