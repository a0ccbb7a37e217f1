"""Slips inside { }, where everything of one item stands in one line and a single sign breaks it."""

from __future__ import annotations

import re

from reportgen.sources.characters import shown
from reportgen.sources.colons import full_width_colon, missing_space
from reportgen.sources.trouble import Advice, Trouble

_VALUE = re.compile(r"\s*([^:]{1,40}?):\s+(.*)", re.DOTALL)
_WIDE_COMMA = re.compile(r"[，、；](?=[^，、；]*$)")
_WIDE_BRACE = re.compile(r"\s*(?:-\s+)*(?:[^\s:#\"'][^:#]*:\s+)?([｛｝])")
_GROUPED = re.compile(r"\d[\d,]*(?:\.\d+)?")
_QUOTE_IT = "如果它是内容的一部分，请给这一项的内容加上英文双引号"


def wide_brace(trouble: Trouble) -> Advice | None:
    """A full-width brace where a value should begin."""
    for line in trouble.suspects():
        match = _WIDE_BRACE.match(trouble.head(line))
        if match:
            return Advice(
                f"花括号“{match[1]}”是全角的；请改用半角的“{{ }}”", line, match.start(1)
            )
    return None


def brace_slip(trouble: Trouble) -> Advice | None:
    """What broke the item at which the parser gave up inside { }."""
    if "flow mapping" not in trouble.says or "',' or '}'" not in trouble.says:
        return None
    begin, comment = _piece(trouble.text, trouble.start_index + 1, trouble.index)
    piece = trouble.text[begin : trouble.index]
    if comment >= 0 and "}" in trouble.text[comment:].partition("\n")[0]:
        return _at(trouble, comment, _comment_said(trouble.text, begin, comment))
    if "\n" in piece or trouble.char in {"", "｝"}:
        return _unclosed(trouble, piece)
    match = _VALUE.match(piece)
    if trouble.char != ":" or match is None or match[2][:1] in {'"', "'"}:
        return None
    key, value = match[1].strip(), match[2].rstrip()
    return _at(trouble, begin + match.start(2), _broken_item(trouble, key, value))


def _piece(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the item that reaches to `end` begins, and the comment that cuts its value (-1: there is none)."""
    begin, comment, depth, at, before = start, -1, 0, start, "{"
    while at < end:
        char = text[at]
        if char in "\"'" and before in "{[,:":
            closing = text.find(char, at + 1, end)
            at = closing if closing >= 0 else end
        elif char == "#" and text[at - 1].isspace():
            comment = at if before not in "{[," else comment
            at = max(at, text.find("\n", at, end))
            if text[at] == "#":
                break
        elif char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
        elif char == "," and depth == 0:
            begin, comment = at + 1, -1
        before = before if char.isspace() else char
        at += 1
    return begin, comment


def _at(trouble: Trouble, index: int, message: str) -> Advice:
    line = trouble.text.count("\n", 0, index)
    return Advice(message, line, index - trouble.text.rfind("\n", 0, index) - 1)


def _comment_said(text: str, begin: int, comment: int) -> str:
    line_end = text.find("\n", comment)
    whole = (
        text[begin : line_end if line_end >= 0 else len(text)]
        .strip()
        .rstrip("}")
        .strip()
    )
    match = _VALUE.match(whole)
    example = f'，写成 {match[1].strip()}: "{shown(match[2], 20)}"' if match else ""
    return f"“ #”以后的文字和“}}”被当作说明，没有读入；{_QUOTE_IT}{example}"


def _unclosed(trouble: Trouble, piece: str) -> Advice:
    first = trouble.lines[trouble.start_line]
    wide = first.find("｝", trouble.start_column)
    if wide >= 0:
        return Advice("花括号“｝”是全角的；请改用半角的“}”", trouble.start_line, wide)
    indent, next_line = len(first) - len(first.lstrip()), piece.rpartition("\n")[2]
    if (
        trouble.char
        and "\n" in piece
        and len(next_line) - len(next_line.lstrip()) > indent
    ):
        line = trouble.above(trouble.line)
        return Advice(
            "花括号里的这一行末尾少了英文逗号“,”；请补上",
            trouble.line if line is None else line,
        )
    message = "这里的“{”没有对应的“}”；请在这一组内容的末尾补上“}”"
    return Advice(message, trouble.start_line, trouble.start_column)


def _broken_item(trouble: Trouble, key: str, value: str) -> str:
    """A second colon in an item: the comma before it is missing or full-width, or the colon belongs to the value."""
    wide = _WIDE_COMMA.search(value)
    if wide:
        left, right = value[: wide.start()], value[wide.end() :].strip()
        return (
            f"“{shown(value, 24)}”里用了“{wide.group()}”；花括号里各项之间要用英文逗号，"
            f"请写成“{key}: {shown(left, 16)}, {shown(right, 16)}: …”；{_QUOTE_IT}"
        )
    left, blank, right = value.rpartition(" ")
    if blank:
        return (
            f"“{shown(value, 24)}”中间缺少英文逗号；请写成“{key}: {shown(left.strip(), 16)}, {shown(right, 16)}: …”；"
            f"冒号是内容的一部分时，请给“{key}”的内容加上英文双引号"
        )
    end = min(
        at
        for sign in ",}\n"
        if (at := f"{trouble.text}{sign}".find(sign, trouble.index)) >= 0
    )
    whole = f"{value}{trouble.text[trouble.index : end]}".strip()
    return f'“{key}”的内容里有英文冒号；请改用中文冒号，或给内容加上英文双引号，写成 {key}: "{shown(whole, 24)}"'


def loose_piece(text: str, start: int, end: int) -> str:
    """What to say of text[start:end], which stands in { } as an item of its own without a colon."""
    piece, before = text[start:end], text[:start].rstrip()
    colon = full_width_colon(piece) or missing_space(piece)
    if colon:
        return colon
    if not before.endswith(","):
        return "花括号里的每一项都要写成“键: 内容”；并列的几项请用方括号，例如 [办公室, 财务科]"
    first = max(before.rfind("{"), before.rfind(" "), before.rfind(":")) + 1
    number = _GROUPED.search(text, first, end)
    if number and number.end() > start and text[start : start + 3].isdigit():
        plain = number.group().replace(",", "")
        return f"“{number.group()}”里的千分位逗号把这个数断开了；花括号里的数不写逗号，请写成 {plain}"
    return (
        f"“{shown(piece)}”前面的英文逗号把内容断开了；逗号是内容的一部分时，请改用中文逗号“，”，"
        "或给整段内容加上英文双引号；是另一项时，请写成“键: 内容”"
    )
