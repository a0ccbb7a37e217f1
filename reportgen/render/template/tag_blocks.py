"""Pairs if/endif and for/endfor, and decides which of them stand for whole paragraphs, rows or cells."""

from collections.abc import Iterable
from copy import deepcopy
from itertools import chain

from lxml import etree

from reportgen.ooxml.names import M, W, word_names
from reportgen.ooxml.xml_parts import Element, child_of, remove
from reportgen.render.template.tags import (
    ATTRIBUTE,
    CELL_WORDS,
    STAND_IN,
    TEXT,
    Tag,
    TagTable,
    drop_empty_run,
    own_texts,
)

_OPENERS = {"if": "endif", "for": "endfor"}
_CLOSERS = frozenset(_OPENERS.values())
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}
_LEVELS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc"}
_NESTED = {
    "p": ("r", "p"),
    "tc": ("r", "p", "tc"),
    "tr": ("r", "p", "tc", "tr"),
}
_NAMES = {"p": "段", "tr": "行", "tc": "单元格"}
_WHERE = {
    "": "请在这一段内容的结尾补上",
    "p": "请在这一段内容的后面补上，单独占一段",
    "tr": "请在循环或判断的最后一行下面补上，单独占一行",
    "tc": "请在循环或判断的最后一格后面补上，单独占一格",
}
_VISIBLE = {
    f"{M}oMath",
    *word_names(
        "drawing pict object br sym footnoteReference endnoteReference sectPr fldChar"
    ),
}
# these lose their partner when the line of a tag goes
_RANGES = word_names(
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd"
)


TagBlock = list[Tag]  # of one if … endif or for … endfor
TagsIn = dict[Element, list[Tag]]  # of a paragraph, a row, a cell


def pair_blocks(table: TagTable) -> list[TagBlock]:
    """All blocks; raises TemplateError at a tag without its partner."""
    done: list[TagBlock] = []
    open_blocks: list[TagBlock] = []
    for tag in table.tags:
        if tag.word in _OPENERS:
            open_blocks.append([tag])
        elif tag.word in _BRANCHES:
            _expect(tag, open_blocks, table).append(tag)
        elif tag.word in _CLOSERS:
            _expect(tag, open_blocks, table).append(tag)
            done.append(open_blocks.pop())
    if open_blocks:
        tag = open_blocks[-1][0]
        raise table.refused_at(tag, f"缺少 {_ending(tag)}", _WHERE[tag.level])
    return done


def _ending(opener: Tag) -> str:
    """The tag that ends a block, of the kind of the one that begins it: {%tr endfor %}."""
    return f"{{%{opener.level} {_OPENERS[opener.word]} %}}"


def _expect(tag: Tag, open_blocks: list[TagBlock], table: TagTable) -> TagBlock:
    """The block that the tag goes on with; raises TemplateError where it belongs to none."""
    if not open_blocks:
        raise table.refused_at(
            tag, "前面没有与它配对的 if 或 for", "请删去，或补上开头的标签"
        )
    block = open_blocks[-1]
    opener = block[0]
    wanted = _BRANCHES.get(tag.word, ())
    if opener.word not in wanted and _OPENERS[opener.word] != tag.word:
        raise table.refused_at(
            tag,
            f"与{opener.location}的“{opener.typed}”不配对",
            f"应先写 {_ending(opener)}",
        )
    return block


def settle_levels(table: TagTable, blocks: list[TagBlock]) -> None:
    """Let plain tags alone in their paragraphs leave none behind, and check that each block keeps to one level."""
    lines = _tag_lines(table)
    flat = [block for block in blocks if _is_flat(block, lines)]
    settled = set(chain(*flat))
    settled.update(tag for tag in table.tags if _stands_alone(tag, lines))
    together = [*flat, *lines.values()]  # which go all or not at all
    while torn := settled & _torn(together, settled):
        settled -= torn
    for tag in settled:
        tag.level = "p"
    for block in blocks:
        _check_levels(block, table)


def _torn(together: list[TagBlock], settled: set[Tag]) -> set[Tag]:
    """The tags that stand with one that is not settled."""
    torn: set[Tag] = set()
    for tags in together:
        if not settled.issuperset(tags):
            torn.update(tags)
    return torn


def _stands_alone(tag: Tag, lines: TagsIn) -> bool:
    """Whether a tag without a partner has its paragraph for itself."""
    has_no_partner = tag.word == "set" or tag.sign == "#"
    return has_no_partner and tag.level in {"", "p"} and tag.paragraph in lines


def _tag_lines(table: TagTable) -> TagsIn:
    """The paragraphs that hold statements and comments and nothing else."""
    found: TagsIn = {}
    for tag in table.tags:
        if tag.paragraph is not None:
            found.setdefault(tag.paragraph, []).append(tag)
    return {
        paragraph: tags
        for paragraph, tags in found.items()
        if _only_tags(paragraph, tags)
    }


def _only_tags(element: Element, tags: list[Tag]) -> bool:
    """Whether nothing that can be seen stands beside these tags."""
    if any(tag.sign == "{" or tag.word in CELL_WORDS for tag in tags):
        return False
    text = "".join(map(str, element.itertext(f"{W}t", with_tail=False)))
    numbers = {str(tag.number) for tag in tags}
    if STAND_IN.sub("", text).strip() or not numbers.issuperset(
        STAND_IN.findall(text)
    ):
        return False
    return next(element.iter(*_VISIBLE), None) is None


def _is_flat(block: TagBlock, lines: TagsIn) -> bool:
    """Whether each tag of the block has a paragraph of its own, all of them side by side."""
    for tag in block:
        if tag.level not in {"", "p"} or tag.paragraph not in lines:
            return False
    return len({_home(tag, "p") for tag in block}) == 1


def _home(tag: Tag, level: str) -> Element | None:
    """What holds the paragraph, row or cell in which the tag stands."""
    element = carrier(tag, level)
    return None if element is None else element.getparent()


def carrier(tag: Tag, level: str) -> Element | None:
    """The paragraph, row or cell in which the tag stands."""
    if tag.paragraph is None or level not in _LEVELS:
        return None
    if level == "p":
        return tag.paragraph
    return next(tag.paragraph.iterancestors(_LEVELS[level]), None)


def _check_levels(block: TagBlock, table: TagTable) -> None:
    """Raises TemplateError where a block begins on one level and goes on on another."""
    first, *others = block
    for tag in others:
        if tag.level != first.level:
            ours = _NAMES.get(tag.level, "句")
            theirs = _NAMES.get(first.level, "句")
            raise table.refused_at(
                tag,
                f"与{first.location}的“{first.typed}”写法不一致，一个管整{theirs}，一个管整{ours}",
                "成对的标签请用同样的写法，并且各自独占一段（或一行、一格）",
            )
        if _home(tag, tag.level) is not _home(first, tag.level):
            raise table.refused_at(
                tag,
                f"与{first.location}的“{first.typed}”不在同一处",
                "请放在同一正文、表格或单元格里",
            )


def isolate_carriers(root: Element, table: TagTable) -> None:
    """Put a bare paragraph, row or cell for each tag that stands for one, in the place of what carried it.

    docxtpl drops whatever else stood beside such a tag without a word; here that is refused.
    """
    carried = _carriers(table)
    for element, tags in carried.items():
        if not _only_tags(element, tags):
            name = _NAMES[tags[0].level]
            raise table.refused_at(
                tags[0], f"这样的标签要独占一{name}，同一{name}里还有别的内容"
            )
    _drop_partners(root, carried)
    for element, tags in carried.items():
        for tag in tags:
            element.addprevious(_bare(tag))
        remove(element)


def _carriers(table: TagTable) -> TagsIn:
    """The paragraph, row or cell that goes, with the tags that it carries."""
    carried: TagsIn = {}
    for tag in table.tags:
        if tag.level in _LEVELS:
            element = carrier(tag, tag.level)
            if element is None:
                raise table.refused_at(
                    tag, f"要放在表格的一{_NAMES[tag.level]}里"
                )
            carried.setdefault(element, []).append(tag)
    return carried


def _bare(tag: Tag) -> Element:
    """The smallest paragraph, row or cell that docxtpl takes for the tag."""
    text = etree.Element(f"{W}t")
    text.text = tag.stand_in
    element = text
    for name in _NESTED[tag.level]:
        outer = etree.Element(f"{W}{name}")
        outer.append(element)
        element = outer
    return element


def _drop_partners(root: Element, carriers: Iterable[Element]) -> None:
    """A bookmark or comment range that begins or ends in a line that goes has no end or beginning any more."""
    lost = {
        _range(item) for element in carriers for item in element.iter(*_RANGES)
    }
    for item in list(root.iter(*_RANGES)) if lost else ():
        if _range(item) in lost:
            remove_keeping_tail(item)


def _range(item: Element) -> tuple[str, str | None]:
    """What the beginning and the end of a range have in common."""
    kind = str(item.tag).removesuffix("Start").removesuffix("End")
    return kind, item.get(f"{W}id")


def remove_keeping_tail(element: Element) -> None:
    """Remove an element but not the text that follows it."""
    write_before(element, element.tail or "")
    remove(element)


def write_before(element: Element, text: str) -> None:
    """Add text right before an element."""
    before = element.getprevious()
    holder = element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif holder is not None:
        holder.text = (holder.text or "") + text


def texts_holding(tag: Tag) -> Iterable[Element]:
    """The w:t in which the stand-in of a tag lies."""
    if tag.paragraph is None:
        return ()
    return [
        text
        for text in own_texts(tag.paragraph)
        if tag.stand_in in (text.text or "")
    ]


# The tags that speak about their table cell: vm, hm, cellbg, colspan

_CELL_ORDER = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap"


def apply_cell_tags(table: TagTable) -> None:
    """Turn each cell tag into what it means for the properties and the content of its cell."""
    seen: set[tuple[Element, str]] = set()
    for tag in [tag for tag in table.tags if tag.word in CELL_WORDS]:
        cell = carrier(tag, "tc")
        if cell is None:
            raise table.refused_at(tag, "只能用在表格的单元格里")
        if (cell, tag.word) in seen:
            raise table.refused_at(tag, "同一单元格里写了两次", "请删去一个")
        seen.add((cell, tag.word))
        _take_out(tag)
        _APPLY[tag.word](cell, tag, table)


def _take_out(tag: Tag) -> None:
    for text in texts_holding(tag):
        text.text = (text.text or "").replace(tag.stand_in, "", 1)
        if not text.text:
            drop_empty_run(text)


def _vertical_merge(cell: Element, tag: Tag, table: TagTable) -> None:
    """The cell begins a merge where the condition holds, and continues it, empty, where it does not."""
    condition = tag.code or "loop.first"

    def code(statement: str, kind: str = TEXT) -> str:
        return table.synthetic(tag, "%", statement, kind)

    merge = _property(cell, "vMerge")
    started = code(f"if {condition}", ATTRIBUTE)
    otherwise = code("else", ATTRIBUTE)
    ended = code("endif", ATTRIBUTE)
    merge.set(f"{W}val", f"{started}restart{otherwise}continue{ended}")
    first = cell.find(f"{W}p")
    empty = etree.SubElement(cell, f"{W}p")
    formatting = None if first is None else first.find(f"{W}pPr")
    if formatting is not None:
        empty.append(deepcopy(formatting))
    properties = child_of(cell, "tcPr")
    properties.tail = code(f"if {condition}") + (properties.tail or "")
    write_before(empty, code("else"))
    empty.tail = code("endif")


def _horizontal_merge(cell: Element, tag: Tag, table: TagTable) -> None:
    """The first cell of a loop over cells spans all of them, the others are not printed."""
    span = _property(cell, "gridSpan")
    own = span.get(f"{W}val") or "1"
    times = f"{own} * " if own.isdigit() else ""
    span.set(
        f"{W}val",
        table.synthetic(tag, "{", f"({times}loop.length)|as_span", ATTRIBUTE),
    )
    write_before(cell, table.synthetic(tag, "%", "if loop.first"))
    cell.tail = table.synthetic(tag, "%", "endif") + (cell.tail or "")


def _column_span(cell: Element, tag: Tag, table: TagTable) -> None:
    value = table.synthetic(tag, "{", f"({tag.code})|as_span", ATTRIBUTE)
    _property(cell, "gridSpan").set(f"{W}val", value)


def _background(cell: Element, tag: Tag, table: TagTable) -> None:
    shade = _property(cell, "shd")
    shade.attrib.clear()
    shade.set(f"{W}val", "clear")
    shade.set(f"{W}color", "auto")
    shade.set(
        f"{W}fill",
        table.synthetic(tag, "{", f"({tag.code})|as_colour", ATTRIBUTE),
    )


_APPLY = {
    "vm": _vertical_merge,
    "hm": _horizontal_merge,
    "colspan": _column_span,
    "cellbg": _background,
}


def _property(cell: Element, name: str) -> Element:
    """The property of a cell, made when missing, in the place where the schema wants it."""
    before = _CELL_ORDER.partition(f" {name} ")[0]
    return child_of(child_of(cell, "tcPr"), name, before)
