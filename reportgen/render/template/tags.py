"""Finds the tags of a template in its paragraphs, whole even where Word split them over several runs.

Every tag is taken out of the tree into a table and a short stand-in such as `{%p T12 %}` takes its place, so that
neither docxtpl's patterns nor Jinja ever see what else stands in the template: text is never code.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from reportgen.core.errors import Place, TemplateError
from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.xml_parts import Element, remove

TEXT = "text"
PLAIN = "plain"
ATTRIBUTE = "attribute"
BLOCK_WORDS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
CELL_WORDS = frozenset({"vm", "hm", "cellbg", "colspan"})

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
STAND_IN = re.compile(r"\{[{%#](?:p|tr|tc)? T(\d+) [}%#]\}")
MAX_TAGS = 20_000  # in one part
MAX_TAG = 2_000  # characters of one
_STRAY = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_PARTNERS = {"{{": "}}", "{%": "%}", "{#": "#}", "}}": "{{", "%}": "{%"}
_FULL_WIDTH = re.compile(r"[{｛]｛|｛[{%％#]|\{％|％[}｝]|[}｝%#]｝|｝\}")
_STATEMENT = re.compile(r"(?:(p|tr|tc)\s+)?\s*(\w+)?\s*(.*?)\s*", re.DOTALL)
_RAW_PRINT = re.compile(r"(p|tr|tc|r)\s+[^.\[|=<>(\s]")  # of docxtpl
_STRAIGHT = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "\xa0": " ",
        "\u3000": " ",
        "\u200b": "",
        "\ufeff": "",
    }
)
_RUN_FILLING = word_names(
    "br tab cr noBreakHyphen softHyphen lastRenderedPageBreak"
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True, eq=False)
class Tag:
    """One tag: as typed, where, and what it says. `level` is p, tr, tc or "" and may be decided later."""

    typed: str
    location: str
    sign: str  # "{" prints, "%" is a statement, "#" is a comment
    word: str = ""  # the statement: if, for, vm …
    code: str = ""  # what Jinja gets: for a statement with its word
    level: str = ""
    kind: str = TEXT
    paragraph: Element | None = None
    number: int = -1
    traced: bool = False  # prints alone in its run, within a bookmark

    @property
    def stand_in(self) -> str:
        """What stands in the XML for this tag, in a form that docxtpl's patterns know."""
        open_sign, close_sign = (
            ("{{", "}}")
            if self.sign == "{"
            else ("{" + self.sign, self.sign + "}")
        )
        return f"{open_sign}{self.level} T{self.number} {close_sign}"


TagAt = dict[int, Tag]  # by the line on which its code stands


@dataclass
class TagTable:
    """All tags of one part, in the order of the document."""

    file: str
    tags: list[Tag] = field(default_factory=list)

    def add(self, tag: Tag) -> Tag:
        """Number the tag and keep it."""
        if len(self.tags) >= MAX_TAGS:
            raise self.refused(
                f"标签太多（超过 {MAX_TAGS} 个）",
                tag.location,
                hint="请用 {% for … %} 循环",
            )
        tag.number = len(self.tags)
        self.tags.append(tag)
        return tag

    def synthetic(
        self,
        origin: Tag,
        sign: str,
        code: str,
        kind: str = TEXT,
    ) -> str:
        """A stand-in for code that follows from a tag (a merge, a colour); errors are told at that tag."""
        word = code.partition(" ")[0] if sign == "%" else ""
        return self.add(
            Tag(origin.typed, origin.location, sign, word, code, "", kind)
        ).stand_in

    def refused(
        self,
        message: str,
        location: str,
        typed: str = "",
        *,
        hint: str = "",
    ) -> TemplateError:
        """The error to raise about a tag."""
        quoted = f"的标签“{shortened(typed)}”" if typed else ""
        return TemplateError(
            f"{location}{quoted}：{message}",
            place=Place(self.file),
            hint=hint or "请修改模板中的这个标签",
        )

    def refused_at(
        self, tag: Tag, message: str, hint: str = ""
    ) -> TemplateError:
        """The same about a tag that was read."""
        return self.refused(message, tag.location, tag.typed, hint=hint)


def tag_before(tag_at: Mapping[int, Tag], line: int) -> Tag:
    """The tag whose code stands on this line of a source, the last one before it, or else the first."""
    before = [at for at in tag_at if at <= line]
    return tag_at[max(before) if before else min(tag_at)]


def shortened(text: str, limit: int = 60) -> str:
    """A tag as typed, cut for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"


def parse_tag(typed: str, location: str, table: TagTable) -> Tag:
    """The tag that was typed, its quotes repaired; raises TemplateError for what no template may say."""
    tag = Tag(typed, location, typed[1])
    if len(typed) > MAX_TAG:
        raise table.refused_at(
            tag, f"标签太长（超过 {MAX_TAG} 字）", "请拆开，或在数据中准备好"
        )
    inner = typed[2:-2].translate(_STRAIGHT)
    if _STRAY.search(inner):
        raise table.refused_at(
            tag, "标签没有写完就开始了下一个", "请检查花括号是否成对"
        )
    if tag.sign == "{":
        _parse_print(tag, inner, table)
    elif tag.sign == "%":
        _parse_statement(tag, inner, table)
    return tag


def _parse_print(tag: Tag, inner: str, table: TagTable) -> None:
    raw = _RAW_PRINT.match(inner)
    tag.code = inner.strip()
    if raw:
        raise table.refused_at(
            tag,
            f"不能用 {{{{{raw[1]} …}}}}（它原样插入 Word 代码）",
            "请改写为 {{ 名称 }}",
        )
    if not tag.code:
        raise table.refused_at(tag, "标签是空的", "请在花括号之间写名称")


def _parse_statement(tag: Tag, inner: str, table: TagTable) -> None:
    match = _STATEMENT.fullmatch(inner)
    level, tag.word, rest = match.groups() if match else ("", "", inner)
    word = tag.word
    if word in CELL_WORDS and not level:
        tag.code = rest
        return
    if word not in BLOCK_WORDS:
        hint = "可用的有 if、elif、else、for、set"
        if word in {"p", "tr", "tc"}:
            hint = "请写成 {%p …%}，中间不留空格"
        raise table.refused_at(
            tag, f"不认识或不允许的语句 {word or rest}", hint
        )
    tag.code = f"{word} {rest}".strip()
    tag.level = level or ""


def take_tags(paragraph: Element, location: str, table: TagTable) -> None:
    """Takes the tags out of one paragraph; each is now a stand-in that lies whole in the run in which it began."""
    texts = list(own_texts(paragraph))
    whole = "".join(text.text or "" for text in texts)
    if not _is_suspicious(whole):
        return
    found = list(_found(whole, location, table))
    for _, _, tag in found:
        tag.paragraph = paragraph
    _spread(texts, found)


def take_plain_tags(
    text: str, location: str, table: TagTable, kind: str
) -> str:
    """The text of an attribute or of another text element with stand-ins for its tags."""
    if not _is_suspicious(text):
        return text
    pieces = []
    end = 0
    for start, stop, tag in _found(text, location, table):
        if tag.level or tag.word in CELL_WORDS:
            raise table.refused("这里只能用 {{ 名称 }}", location, tag.typed)
        tag.kind = kind
        pieces += [text[end:start], tag.stand_in]
        end = stop
    return "".join(pieces) + text[end:]


def own_texts(paragraph: Element) -> Iterator[Element]:
    """The w:t elements of a paragraph, without those of text boxes anchored in it."""
    for text in paragraph.iter(f"{W}t"):
        if next(text.iterancestors(f"{W}p")) is paragraph:
            yield text


def _is_suspicious(text: str) -> bool:
    """Whether there may be a tag in the text, or a piece of one."""
    return bool(_STRAY.search(text) or _FULL_WIDTH.search(text))


def _found(
    whole: str, location: str, table: TagTable
) -> Iterator[tuple[int, int, Tag]]:
    """Start, end and tag, for each tag of a paragraph."""
    end = 0
    for start, stop in tag_spans(whole):
        _refuse_stray(whole[end:start], location, table)
        end = stop
        yield (
            start,
            end,
            table.add(parse_tag(whole[start:end], location, table)),
        )
    _refuse_stray(whole[end:], location, table)


def tag_spans(whole: str) -> Iterator[tuple[int, int]]:
    """Start and end of each tag; a sign that is never closed is looked for once, not from each that opens one."""
    unclosed: set[str] = set()
    opening = _OPENING.search(whole)
    while opening:
        sign = opening[0]
        at = opening.start() + 1
        end = (
            -1
            if sign in unclosed
            else whole.find(_CLOSING[sign], opening.end())
        )
        if end < 0:
            unclosed.add(sign)
        else:
            at = end + 2
            yield opening.start(), at
        opening = _OPENING.search(whole, at)


def _refuse_stray(text: str, location: str, table: TagTable) -> None:
    """Raises TemplateError where a tag begins or ends in a text without tags."""
    wide = _FULL_WIDTH.search(text)
    stray = _STRAY.search(text)
    if wide:
        start = wide.start()
        around = text[max(0, start - 10) : start + 30]
        hint = "请改用半角的 {{ }} 和 {% %}"
        raise table.refused(
            "花括号或百分号是全角的", location, around, hint=hint
        )
    if stray:
        sign = stray[0]
        around = text[: stray.end()][-40:]
        if sign[0] == "{":
            around = text[stray.start() : stray.start() + 40]
        hint = "一个标签要在同一段落内写完"
        raise table.refused(
            f"缺少配对的 {_PARTNERS[sign]}", location, around, hint=hint
        )


def _spread(texts: list[Element], found: list[tuple[int, int, Tag]]) -> None:
    """Write the texts back: what stood between tags into its own run, each tag into the run in which it began."""
    lengths = (len(text.text or "") for text in texts)
    starts = [0, *accumulate(lengths)]
    begins = [one[0] for one in found]
    ends = [one[1] for one in found]
    for text, low, high in zip(texts, starts, starts[1:], strict=False):
        first = bisect_right(ends, low)
        last = bisect_left(begins, high)
        _rewrite(text, low, found[first:last])
    for start, stop, _ in found:
        first = bisect_right(starts, start) - 1
        last = bisect_left(starts, stop)
        _drop_between(texts[first:last])


def _rewrite(
    text: Element, low: int, found: list[tuple[int, int, Tag]]
) -> None:
    """Write one text anew; `low` is where it begins in the paragraph, `found` the tags that touch it."""
    old = text.text or ""
    new = []
    position = low
    for start, stop, tag in found:
        new.append(old[position - low : max(start - low, position - low)])
        if start >= low:
            new.append(tag.stand_in)
            text.set(
                _SPACE, "preserve"
            )  # a value may begin or end with a space
        position = max(position, min(stop, low + len(old)))
    if found:
        text.text = "".join(new) + old[position - low :]


def _drop_between(inside: list[Element]) -> None:
    """Drop breaks, tabs and runs left empty that stood inside a tag; `inside` are the texts over which it went."""
    for text in inside[1:]:
        _drop_filling(text, preceding=True)
    for text in inside[:-1]:
        _drop_filling(text, preceding=False)
    for text in inside[1:]:
        if not text.text:
            drop_empty_run(text)


def _drop_filling(text: Element, *, preceding: bool) -> None:
    """Drop the breaks and tabs on one side of a text in its run."""
    filling = text.itersiblings(*_RUN_FILLING, preceding=preceding)
    for item in list(filling):
        remove(item)


def drop_empty_run(text: Element) -> None:
    """Remove a w:t without text, and its run when that holds nothing else."""
    run = text.getparent()
    if run is None or text.text:
        return
    run.remove(text)
    if all(child.tag == f"{W}rPr" for child in run):
        remove(run)
