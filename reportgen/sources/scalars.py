"""Slips in a single value outside of brackets: quotes, signs at its beginning, colons in it."""

import re

from reportgen.sources.braces import begins_outside, starts_badly
from reportgen.sources.characters import forbidden_escapes, shown
from reportgen.sources.marks import DASH, LOOK_AT
from reportgen.sources.quotes import closing_quote, line_end
from reportgen.sources.slips import Slips, in_quotes

TEMPLATE = ("{{", "{%", "{#")
LITERAL = re.compile(r"[|>](?:[+-]?\d?|\d[+-])[ \t]*(?:#.*)?$")
PROPERTY = re.compile(
    r"(?:&[A-Za-z0-9_\-]+|![A-Za-z!<:/.0-9_>\-]*)(?:[ \t]+|$)"
)
_COMMENT = re.compile(r"[ \t]+#|^#")
_ALIAS = re.compile(r"\*[A-Za-z0-9_\-]+[ \t]*$")
_SMART_TEMPLATE = re.compile(r"[“”‘’]\{\{[^{}]*\}\}[“”‘’]")
_ESCAPE = re.compile(r'\\(?!["\\/0abtnvfre N_LPxuU\t\n])|\\x(?![0-9a-fA-F]{2})')


def value_end(text: str, start: int, end: int) -> int:
    """Where a value ends in its line: before a remark, without the blanks behind it."""
    comment = _COMMENT.search(text, start, end)
    stop = comment.start() if comment else end
    return start + len(text[start:stop].rstrip())


def check_template(found: Slips, start: int, end: int) -> None:
    """A value that starts with a template tag, without quotes around it."""
    value = found.text[start : value_end(found.text, start, end)]
    message = (
        f'内容以“{value[:2]}”开头时要放进引号里，例如 单位概况: "{{{{ 默认 }}}}"；'
        f"有多行时请在键后写“|”，内容另起一行并缩进"
    )
    span = start, start + len(value)
    found.add(start, message, span, in_quotes(value), safe=True)


def check_plain(found: Slips, start: int, end: int) -> None:
    """A value without quotes, in one line."""
    text = found.text
    stop = value_end(text, start, end)
    value = text[start:stop]
    if _ALIAS.fullmatch(value) or value == "":
        return
    if _SMART_TEMPLATE.fullmatch(value):
        meant = in_quotes(value[1:-1])
        message = f"{value}两边是中文引号，会原样印出来；请改用英文双引号，写成 {meant}"
        found.warn(start, message, (start, stop), meant)
        return
    if DASH.match(value):
        message = '“-”是内容时请用引号括起来，写成 "-"；没有内容的请留空；列表项（以“- ”开头）要另起一行'
        is_safe = value == "-"
        found.add(start, message, (start, stop), in_quotes(value), safe=is_safe)
        return
    if starts_badly(found, start, stop):
        return
    colon = re.compile(r":(?=[ \t]|$)").search(
        text, start, min(stop, start + LOOK_AT)
    )
    if colon:
        message = "一行里有两个“: ”（冒号加空格）；如果后一个是内容的一部分，请把整个内容用引号括起来"
        found.add(colon.start(), message, (start, stop), in_quotes(value))


def read_quoted(
    found: Slips,
    start: int,
    end: int,
    indent: int,
) -> int:
    """Behind the quoted text that begins at `start` in a line that ends at `end`; `indent` is that of its key."""
    text = found.text
    close = _close_within(text, start, end, indent)
    if close < 0:
        _check_unclosed(found, start, end)
        return end
    if text[start] == '"':
        _check_escapes(found, start, close)
    stop = line_end(text, close)
    check_behind(found, start, close + 1, stop, "引号")
    return close + 1


def _close_within(
    text: str,
    start: int,
    end: int,
    indent: int,
) -> int:
    """Where the quote is closed; -1 where another key or item begins before, or another quote."""
    close = closing_quote(text, start, len(text))
    if close <= end:
        return close
    at = end + 1
    while at <= close:
        if begins_outside(text, at, indent):
            return -1
        at = line_end(text, at) + 1
    return close


def _check_unclosed(
    found: Slips,
    start: int,
    end: int,
) -> None:
    """A quote that nothing closes."""
    text = found.text
    stop = start + len(text[start:end].rstrip())
    quote = text[start]
    message = f"引号没有成对：这一行的引号（{quote}）没有结束；请在内容末尾补上同样的引号"
    wide = stop - start > 1 and text[stop - 1] in "”’“"
    found.add(start, message, (stop - wide, stop), quote, safe=wide)


def _check_escapes(found: Slips, start: int, close: int) -> None:
    """A backslash in double quotes that is no escape."""
    text = found.text
    surrogates = "\\u" in text[start:close] and forbidden_escapes(text, start)
    if surrogates:
        return
    bad = _ESCAPE.search(re.sub(r"\\\\", "--", text[start:close]))
    if bad is None:
        return
    message = (
        "双引号里的反斜杠“\\”有特殊含义；请改用单引号，或把每个“\\”写成“\\\\”"
    )
    value = text[start + 1 : close]
    found.add(
        start + bad.start(),
        message,
        (start + 1, close),
        re.sub(r"\\(?!\")", r"\\\\", value),
    )


def check_behind(
    found: Slips, start: int, at: int, end: int, what: str
) -> None:
    """Text behind a closed quote or bracket, which reaches to `at`."""
    text = found.text
    behind = text[at:end].strip()
    if not behind or behind[0] == "#":
        return
    stop = value_end(text, at, end)
    if what == "括号" and text[start] == "{" and "}" in behind:
        message = f"“{{ }}”在“{shown(behind)}”之前就结束了；“}}”是内容的一部分时，请给那一项的内容加上英文双引号"
        found.add(at, message, (at, stop), "")
        return
    other = "'" if text[start] == '"' else '"'
    message = f"{what}之后还有文字“{shown(behind)}”；请用引号把整个内容括起来，外层引号用 {other}"
    whole = in_quotes(text[start:stop])
    found.add(at, message, (start, stop), whole)
