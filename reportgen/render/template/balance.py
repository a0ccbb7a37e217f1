"""Proves that a patched source prints well-formed XML whatever the data, and marks what to look at after printing.

Between the tags of one block the stack of open elements must be the same at each tag; then every branch and every
number of rounds leads from one stack to the same stack, and the output is well-formed for any data. The same walk
follows whether a cell surely ends with a paragraph, a row surely has a cell, a table surely has a row. Where the
answer depends on the data, a mark (a character that XML forbids, so no value can hold it) is set before the end tag;
`repair.py` looks at the marks after printing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.core.control_chars import (
    BLOCK_START,
    CELL_MARK,
    GRID_MARK,
    PRINT_START,
    ROW_MARK,
    TABLE_MARK,
)
from reportgen.render.template.tags import Tag, TagTable

_TOKEN = re.compile(
    "\x0e[^\x0f]*\x0f|\x10[^\x11]*\x11|<(?:[^<>\x0e\x10]|\x0e[^\x0f]*\x0f|\x10[^\x11]*\x11)*>"
)
_NAME = re.compile(r"</?([^\s/>]+)")
_INNER = re.compile("\x0e([^\x0f]*)\x0f")
_WORD = re.compile(r"[-\s]*(\w+)")
_STORY = frozenset(
    {"w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent"}
)
_NEUTRAL = frozenset(
    [
        "w:tcPr",
        "w:trPr",
        "w:tblPr",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:proofErr",
        "w:permStart",
        "w:permEnd",
    ]
)
_ONCE = {
    "w:footnoteReference": "脚注",
    "w:endnoteReference": "尾注",
    "w:commentReference": "批注",
}
_BOOKMARK = re.compile(r'<w:bookmark(?:Start|End) [^>]*?w:id="([^"]*)"[^>]*/>')
_PARAGRAPH_ID = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
_FIELD = re.compile(r'<w:fldChar [^>]*w:fldCharType="(begin|end)"')


@dataclass(slots=True)
class _Open:
    """An element that is open: is what it needs surely there, and where in the output it began."""

    name: str
    at: int
    depth: int
    sure: bool = False
    dynamic: bool = False


@dataclass(slots=True)
class _Branching:
    """A block that is open: the stack at its first tag, and what each finished branch made sure."""

    word: str
    number: int
    stack: tuple[str, ...]
    inner: _Open | None
    before: bool
    fields: int
    ends: list[bool] = field(default_factory=list)
    has_else: bool = False


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source that prints well-formed XML: with its marks, and what else a printed part needs."""

    source: str
    marked: bool
    repeats_drawings: bool


@dataclass(slots=True)
class _Walk:
    table: TagTable
    tag_at: dict[int, Tag]
    stack: list[_Open] = field(default_factory=list)
    blocks: list[_Branching] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    fields: int = 0
    loops: int = 0
    marked: bool = False
    repeats_drawings: bool = False
    looped_bookmarks: set[str] = field(default_factory=set)


def check_source(source: str, tag_at: dict[int, Tag], table: TagTable) -> CheckedSource:
    """The source with its marks; raises TemplateError when a block would tear the XML apart.

    `tag_at` gives the tag by the line on which its code stands (each tag's code begins on a line of its own).
    """
    walk = _Walk(table, tag_at)
    line, end = 1, 0
    for match in _TOKEN.finditer(source):
        text = source[end : match.start()]
        walk.output.append(text)
        token, end = match.group(), match.end()
        line += text.count("\n")
        if token[0] == "<":
            _element(walk, token, line)
        else:
            _statement(walk, token, line + 1)
        line += token.count("\n")
    walk.output.append(source[end:])
    whole = "".join(walk.output)
    if walk.looped_bookmarks:
        whole = _BOOKMARK.sub(
            lambda found: (
                "" if found.group(1) in walk.looped_bookmarks else found.group()
            ),
            whole,
        )
    return CheckedSource(whole, walk.marked, walk.repeats_drawings)


def _element(walk: _Walk, token: str, line: int) -> None:
    matched = _NAME.match(token)
    if matched is None or token.startswith(("<?", "<!")):
        walk.output.append(token)
        return
    name = matched.group(1)
    _check_inside(walk, token, line)
    if token.startswith("</"):
        _close(walk, name, token, line)
        return
    if walk.loops:
        token = _looped(walk, token, name, line)
    walk.output.append(token)
    walk.stack.append(_Open(name, len(walk.output) - 1, len(walk.blocks)))
    if name == "w:gridSpan" and PRINT_START in token:
        _enclosing(walk, "w:tbl").dynamic = True
    if name == "w:fldChar" and (kind := _FIELD.match(token)):
        walk.fields += 1 if kind.group(1) == "begin" else -1
    if token.endswith("/>"):
        _settle(walk, walk.stack.pop())


def _looped(walk: _Walk, token: str, name: str, line: int) -> str:
    """What may not be repeated as it is: ids of paragraphs go, bookmarks go, drawings are numbered when printed."""
    if name in _ONCE:
        tag = _nearest(walk, line)
        raise walk.table.refused(
            f"循环里不能有{_ONCE[name]}，重复后 Word 会报错",
            tag.spot,
            tag.typed,
            hint=f"请把{_ONCE[name]}移到循环外或删去",
        )
    if name == "wp:docPr":
        walk.repeats_drawings = True
    if name in {"w:bookmarkStart", "w:bookmarkEnd"} and (
        found := _BOOKMARK.match(token)
    ):
        walk.looped_bookmarks.add(found.group(1))
    return _PARAGRAPH_ID.sub("", token)


def _check_inside(walk: _Walk, token: str, line: int) -> None:
    """Blocks inside an attribute end inside it."""
    depth = 0
    for inner in _INNER.finditer(token):
        word = _WORD.match(inner.group(1))
        depth += {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(
            word.group(1) if word else "", 0
        )
    if depth:
        tag = _nearest(walk, line + 1)
        raise walk.table.refused("没有在同一处写完", tag.spot, tag.typed)


def _close(walk: _Walk, name: str, token: str, line: int) -> None:
    if not walk.stack or walk.stack[-1].name != name:
        tag = _nearest(walk, line)
        raise walk.table.refused(
            "标签的位置会让 Word 文档的结构断裂", tag.spot, tag.typed, hint=_HINT
        )
    closed = walk.stack.pop()
    mark = ""
    if not closed.sure:
        mark = {"w:tr": ROW_MARK, "w:tbl": TABLE_MARK}.get(
            name, CELL_MARK if name in _STORY else ""
        )
    if mark:
        walk.marked = True
        walk.output.append(mark)
        closed.sure = False
    if name == "w:tbl" and closed.dynamic:
        walk.output[closed.at] = GRID_MARK + walk.output[closed.at]
        walk.marked = True
    walk.output.append(token)
    _settle(walk, closed)


def _settle(walk: _Walk, closed: _Open) -> None:
    """Tell the parent what the element that just ended makes sure."""
    if not walk.stack:
        return
    parent = walk.stack[-1]
    if closed.name in _NEUTRAL:
        return
    if parent.name in _STORY:
        parent.sure = closed.name == "w:p" or (closed.name == "w:sdt" and closed.sure)
    elif parent.name == "w:tr" and closed.name == "w:tc":
        parent.sure = True
        if closed.depth != parent.depth:
            _enclosing(walk, "w:tbl").dynamic = True
    elif parent.name == "w:tbl" and closed.name == "w:tr":
        parent.sure = parent.sure or closed.sure
    elif parent.name in {"w:sdtContent", "w:sdt"}:
        parent.sure = closed.sure or closed.name in {"w:p", "w:tc"}


def _enclosing(walk: _Walk, name: str) -> _Open:
    return next(
        (item for item in reversed(walk.stack) if item.name == name), _Open(name, 0, 0)
    )


def _statement(walk: _Walk, token: str, line: int) -> None:
    walk.output.append(token)
    word = _WORD.match(token[1:-1])
    if token[0] == PRINT_START or word is None or word.group(1) == "set":
        if walk.stack and walk.stack[-1].name in _NO_TEXT and token[0] == PRINT_START:
            tag = _nearest(walk, line)
            raise walk.table.refused("标签不在文字里", tag.spot, tag.typed, hint=_HINT)
        return
    name = word.group(1)
    if name in {"if", "for"}:
        inner = walk.stack[-1] if walk.stack else None
        names = tuple(item.name for item in walk.stack)
        walk.blocks.append(
            _Branching(
                name, line, names, inner, bool(inner and inner.sure), walk.fields
            )
        )
        walk.loops += name == "for"
        return
    if not walk.blocks:
        tag = _nearest(walk, line)
        raise walk.table.refused("前面没有与它配对的 if 或 for", tag.spot, tag.typed)
    _branch(walk, walk.blocks[-1], name, line)


def _branch(walk: _Walk, block: _Branching, name: str, line: int) -> None:
    if (
        tuple(item.name for item in walk.stack) != block.stack
        or walk.fields != block.fields
    ):
        tag = _nearest(walk, line)
        opener = walk.tag_at.get(block.number, tag)
        what = "域代码" if walk.fields != block.fields else "段落或单元格"
        raise walk.table.refused(
            f"与{opener.spot}的“{opener.typed}”之间的{what}不完整，打印后结构会断裂",
            tag.spot,
            tag.typed,
            hint=_HINT,
        )
    inner = walk.stack[-1] if walk.stack else None
    if (
        inner is not block.inner
    ):  # the block begins in one paragraph or cell and ends in another
        for item in walk.stack:
            item.sure = item.sure and item.name not in _STORY | {"w:tr", "w:tbl"}
            item.dynamic = item.dynamic or item.name == "w:tbl"
    block.ends.append(bool(inner and inner.sure))
    block.has_else = block.has_else or name == "else"
    if inner is not None:
        inner.sure = block.before
    if name in {"endif", "endfor"}:
        walk.blocks.pop()
        walk.loops -= block.word == "for"
        if not block.has_else:  # with one, a loop without rounds prints that
            block.ends.append(block.before)
        if inner is not None:
            inner.sure = all(block.ends)


def _nearest(walk: _Walk, line: int) -> Tag:
    """The tag on this line, or the last one before it."""
    lines = [at for at in walk.tag_at if at <= line] or list(walk.tag_at)
    return walk.tag_at[max(lines)] if max(lines) <= line else walk.tag_at[min(lines)]


_HINT = "请让每对标签完整地包住整段、整行，或只包住段内的文字"
_NO_TEXT = frozenset(
    {
        "w:body",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:p",
        "w:r",
        "w:hdr",
        "w:ftr",
        "w:footnotes",
        "w:footnote",
    }
)


def lines_of(source: str, numbers: Iterator[int], table: TagTable) -> dict[int, Tag]:
    """The tag by line, for a source in which each tag's code begins right after a line break."""
    found: dict[int, Tag] = {}
    line = 1
    for piece in re.split("([\x0e\x10]-?\n)", source):
        line += piece.count("\n")
        if piece[:1] in {BLOCK_START, PRINT_START} and piece.endswith("\n"):
            found[line] = table.tags[next(numbers)]
    return found
