"""Proves that a patched source prints well-formed XML whatever the data, and marks what to look at after printing.

Between the tags of one block the stack of open elements must be the same at each tag; then every branch and every
number of rounds leads from one stack to the same stack, and the output is well-formed for any data. The same walk
follows whether a cell surely ends with a paragraph, a row surely has a cell, a table surely has a row. Where the
answer depends on the data, a mark (a character that XML forbids, so no value can hold it) is set before the end tag;
`repair.py` looks at the marks after printing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen.core.control_chars import (
    BLOCK_START,
    CELL_MARK,
    GRID_MARK,
    PRINT_START,
    ROW_MARK,
    TABLE_MARK,
)
from reportgen.core.errors import TemplateError
from reportgen.render.template.tags import TagAt, TagTable, tag_before

_TOKEN = re.compile(
    "\x0e[^\x0f]*\x0f|\x10[^\x11]*\x11|<(?:[^<>\x0e\x10]|\x0e[^\x0f]*\x0f|\x10[^\x11]*\x11)*>"
)
_NAME = re.compile(r"</?([^\s/>]+)")
_INNER = re.compile("\x0e([^\x0f]*)\x0f")
_WORD = re.compile(r"\s*(\w+)")
_DEPTHS = {"if": 1, "for": 1, "endif": -1, "endfor": -1}
_HINT = "请让每对标签完整地包住整段、整行，或只包住段内的文字"


def _names(text: str) -> frozenset[str]:
    return frozenset(f"w:{name}" for name in text.split())


_STORY = _names("tc hdr ftr footnote endnote comment txbxContent")
_MARKS = {
    **dict.fromkeys(_STORY, CELL_MARK),
    "w:tr": ROW_MARK,
    "w:tbl": TABLE_MARK,
}
_UNSURE = _STORY | {"w:tr", "w:tbl"}
_NO_TEXT = _names("body tbl tr tc p r hdr ftr footnotes footnote")
_NEUTRAL = _names(
    "tcPr trPr tblPr sdtPr sdtEndPr bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd "
    "proofErr permStart permEnd"
)
_ONCE = {
    "w:footnoteReference": "脚注",
    "w:endnoteReference": "尾注",
    "w:commentReference": "批注",
}
_BOOKMARK = re.compile(r'<w:bookmark(?:Start|End) [^>]*?w:id="([^"]*)"[^>]*/>')
_PARAGRAPH_ID = re.compile(r' w14:(?:paraId|textId)="[^"]*"')
_FIELD = re.compile(r'<w:fldChar [^>]*w:fldCharType="(begin|end)"')


@dataclass
class _Open:
    """An element that is open: is what it needs surely there, and where in the output it began."""

    name: str
    at: int
    depth: int
    sure: bool = False
    dynamic: bool = False

    def is_sure(self, name: str) -> bool:
        """Whether it is an element of that name, and what it needs is there."""
        return self.name == name and self.sure


@dataclass
class _Branching:
    """A block that is open: the stack at its first tag, and what each finished branch made sure."""

    word: str
    number: int
    stack: tuple[str, ...]
    inner: _Open
    before: bool
    fields: int
    ends: list[bool] = field(default_factory=list)
    has_else: bool = False


class CheckedSource(NamedTuple):
    """A source that prints well-formed XML: with its marks, and what else a printed part needs."""

    source: str
    marked: bool
    repeats_drawings: bool


@dataclass
class _Walk:
    table: TagTable
    tag_at: TagAt
    stack: list[_Open] = field(default_factory=lambda: [_Open("", 0, 0)])
    blocks: list[_Branching] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    fields: int = 0
    loops: int = 0
    marked: bool = False
    repeats_drawings: bool = False
    looped_bookmarks: set[str] = field(default_factory=set)


def check_source(source: str, tag_at: TagAt, table: TagTable) -> CheckedSource:
    """The source with its marks; raises TemplateError when a block would tear the XML apart.

    `tag_at` gives the tag by the line on which its code stands (each tag's code begins on a line of its own).
    """
    walk = _Walk(table, tag_at)
    line = 1
    end = 0
    for match in _TOKEN.finditer(source):
        text = source[end : match.start()]
        walk.output.append(text)
        token = match[0]
        end = match.end()
        line += text.count("\n")
        if token[0] == "<":
            _element(walk, token, line)
        else:
            _statement(walk, token, line + 1)
        line += token.count("\n")
    walk.output.append(source[end:])
    whole = _without_bookmarks("".join(walk.output), walk.looped_bookmarks)
    return CheckedSource(whole, walk.marked, walk.repeats_drawings)


def _without_bookmarks(source: str, lost: set[str]) -> str:
    def kept(found: re.Match[str]) -> str:
        return "" if found[1] in lost else found[0]

    return _BOOKMARK.sub(kept, source) if lost else source


def _element(walk: _Walk, token: str, line: int) -> None:
    """Follows a start tag, an end tag or an empty element of the XML."""
    matched = _NAME.match(token)
    if matched is None or token.startswith(("<?", "<!")):
        walk.output.append(token)
        return
    name = matched[1]
    _check_inside(walk, token, line)
    if token.startswith("</"):
        _close(walk, name, token, line)
        return
    if walk.loops:
        token = _looped(walk, token, name, line)
    walk.output.append(token)
    walk.stack.append(_Open(name, len(walk.output) - 1, len(walk.blocks)))
    _look_at(walk, token, name)
    if token.endswith("/>"):
        _settle(walk, walk.stack.pop())


def _look_at(walk: _Walk, token: str, name: str) -> None:
    """Keep count of fields, and of tables whose columns depend on the data."""
    if name == "w:gridSpan" and PRINT_START in token:
        _table_around(walk).dynamic = True
    kind = _FIELD.match(token)
    if kind:
        walk.fields += 1 if kind[1] == "begin" else -1


def _looped(walk: _Walk, token: str, name: str, line: int) -> str:
    """What may not be repeated as it is: ids of paragraphs go, bookmarks go, drawings are numbered when printed."""
    if name in _ONCE:
        raise _refused(
            walk,
            line,
            f"循环里不能有{_ONCE[name]}，重复后 Word 会报错",
            f"请把{_ONCE[name]}移到循环外或删去",
        )
    if name == "wp:docPr":
        walk.repeats_drawings = True
    bookmark = _BOOKMARK.match(token)
    if bookmark:
        walk.looped_bookmarks.add(bookmark[1])
    return _PARAGRAPH_ID.sub("", token)


def _check_inside(walk: _Walk, token: str, line: int) -> None:
    """Blocks inside an attribute end inside it."""
    depth = 0
    for inner in _INNER.finditer(token):
        word = _WORD.match(inner[1])
        depth += _DEPTHS.get(word[1], 0) if word else 0
    if depth:
        raise _refused(walk, line + 1, "没有在同一处写完", "")


def _close(walk: _Walk, name: str, token: str, line: int) -> None:
    """Ends an element, with a mark where it may lack what it needs."""
    if walk.stack[-1].name != name:
        raise _refused(walk, line, "标签的位置会让 Word 文档的结构断裂", _HINT)
    closed = walk.stack.pop()
    if not closed.sure and name in _MARKS:
        walk.marked = True
        walk.output.append(_MARKS[name])
    if name == "w:tbl" and closed.dynamic:
        walk.output[closed.at] = GRID_MARK + walk.output[closed.at]
        walk.marked = True
    walk.output.append(token)
    _settle(walk, closed)


def _settle(walk: _Walk, closed: _Open) -> None:
    """Tell the parent what the element that just ended makes sure."""
    if closed.name in _NEUTRAL:
        return
    parent = walk.stack[-1]
    both = parent.name, closed.name
    if parent.name in _STORY:
        parent.sure = closed.name == "w:p" or closed.is_sure("w:sdt")
    elif both == ("w:tr", "w:tc"):
        parent.sure = True
        _table_around(walk).dynamic |= closed.depth != parent.depth
    elif both == ("w:tbl", "w:tr"):
        parent.sure |= closed.sure
    elif parent.name in ("w:sdtContent", "w:sdt"):
        parent.sure = closed.sure | (closed.name in {"w:p", "w:tc"})


def _table_around(walk: _Walk) -> _Open:
    outwards = (one for one in reversed(walk.stack) if one.name == "w:tbl")
    return next(outwards, _Open("", 0, 0))


def _statement(walk: _Walk, token: str, line: int) -> None:
    """Follows a tag of the template."""
    walk.output.append(token)
    found = _WORD.match(token[1:-1])
    word = found[1] if found else ""
    if token[0] == PRINT_START:
        if walk.stack[-1].name in _NO_TEXT:
            raise _refused(walk, line, "标签不在文字里", _HINT)
    elif word in {"if", "for"}:
        _open_block(walk, word, line)
    elif word not in {"", "set"}:
        if not walk.blocks:
            raise _refused(walk, line, "前面没有与它配对的 if 或 for", "")
        _refuse_torn(walk, walk.blocks[-1], line)
        _end_branch(walk, walk.blocks[-1], word)


def _open_block(walk: _Walk, word: str, line: int) -> None:
    """Keeps what holds where a block begins."""
    inner = walk.stack[-1]
    names = tuple(item.name for item in walk.stack)
    block = _Branching(word, line, names, inner, inner.sure, walk.fields)
    walk.blocks.append(block)
    walk.loops += word == "for"


def _refuse_torn(walk: _Walk, block: _Branching, line: int) -> None:
    """Every branch ends where it began: within the same elements, outside the same fields."""
    names = tuple(item.name for item in walk.stack)
    if (names, walk.fields) == (block.stack, block.fields):
        return
    opener = walk.tag_at.get(block.number, tag_before(walk.tag_at, line))
    what = "段落或单元格" if walk.fields == block.fields else "域代码"
    raise _refused(
        walk,
        line,
        f"与{opener.location}的“{opener.typed}”之间的{what}不完整，打印后结构会断裂",
        _HINT,
    )


def _end_branch(walk: _Walk, block: _Branching, word: str) -> None:
    """What a branch made sure holds only where all branches do."""
    inner = walk.stack[-1]
    if inner is not block.inner:
        _doubt(walk.stack)
    block.ends.append(inner.sure)
    block.has_else |= word == "else"
    inner.sure = block.before
    if word in {"endif", "endfor"}:
        walk.blocks.pop()
        walk.loops -= block.word == "for"
        if not block.has_else:  # with one, a loop without rounds prints that
            block.ends.append(block.before)
        inner.sure = all(block.ends)


def _doubt(stack: list[_Open]) -> None:
    """Nothing is sure where a block begins in one paragraph or cell and ends in another."""
    for item in stack:
        item.sure &= item.name not in _UNSURE
        item.dynamic |= item.name == "w:tbl"


def _refused(walk: _Walk, line: int, message: str, hint: str) -> TemplateError:
    """The error to raise about the tag on or before this line."""
    return walk.table.refused_at(tag_before(walk.tag_at, line), message, hint)


def lines_of(source: str, numbers: Iterator[int], table: TagTable) -> TagAt:
    """The tag by line, for a source in which each tag's code begins right after a line break."""
    found: TagAt = {}
    line = 1
    for piece in re.split("([\x0e\x10]\n)", source):
        line += piece.count("\n")
        if piece[:1] in {BLOCK_START, PRINT_START} and piece.endswith("\n"):
            found[line] = table.tags[next(numbers)]
    return found
