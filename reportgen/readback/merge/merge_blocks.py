"""Blocks of three documents woven into one: base as printed, theirs as it stands, ours as it would be printed now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree
from rapidfuzz import fuzz

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity
from reportgen.ooxml.package import W
from reportgen.readback.compare.align import align, out_of_order
from reportgen.readback.compare.places import Places
from reportgen.readback.compare.split_paragraphs import (
    joined_into,
    pieces_of,
    reads_now,
    reworded_pieces,
)
from reportgen.readback.merge.merge_paragraph import (
    MergeOutcome,
    carry_figures,
    extras,
    is_explained,
    merge_paragraph,
    unnumbered,
)
from reportgen.readback.merge.style_map import StyleMap
from reportgen.readback.read.blocks import (
    Block,
    Holder,
    Paragraph,
    Table,
    TableRow,
    blocks_in,
)
from reportgen.readback.read.paragraph_text import quoted

_SHOWN = 60
_SURELY_ONE = (
    90  # percent of likeness of a block as a person typed it and as it is printed now
)
_SAYS_NOTHING = re.compile(r"(?:^|[：。])无。?$|^$|：$")
_CONFLICT = "{where}：人工改过，数据也有变化，保留了人工的文字“{typed}”；按现在的数据应为“{new}”，请核对"
_DELETED = (
    "{where}：“{printed}”已被人工删去，没有再加；按现在的数据为“{new}”，需要时请补上"
)
_ORPHAN = "{where}：“{typed}”人工改过，而数据中已没有这一项，暂且保留；不要的请删去"
_NO_PICTURE = "{where}：新增的“{new}”带有图片或图表，没有加进改过的文档；请把文档移到别处，重新生成，再从新文档中复制过来"
_NO_PLACE = "{where}：新增的“{new}”放不进去，请自行补上"

Remark = Callable[[etree._Element, str], None]  # a comment of Word on a paragraph


@dataclass(frozen=True, slots=True)
class Change:
    """What the merge did or left: 更新, 更新数字, 新增, 删去, 保留删除, 冲突; where, and the text it is about."""

    kind: str
    where: str
    text: str = ""


@dataclass(slots=True)
class BlockMerger:
    """The merge of one document."""

    file: str
    style_map: StyleMap
    remark: Remark
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    cut: dict[int, Paragraph] = field(
        default_factory=dict
    )  # by id, the paragraphs in which several of print stand
    touched: bool = False  # whether anything was changed in the story at hand

    def weave(
        self,
        base: Sequence[Block],
        theirs: Sequence[Block],
        ours: Sequence[Block],
        where: str,
        home: etree._Element,
    ) -> None:
        """Merges the blocks of one container, `home` in theirs."""
        to_theirs, to_ours = align(base, theirs), align(base, ours)
        for n in out_of_order(to_ours):
            if n in to_theirs and theirs[to_theirs[n]].key == base[n].key:
                del to_ours[
                    n
                ]  # the data have another order now: it goes here and comes there
        _meet_again(theirs, ours, to_theirs, to_ours)
        places = Places(base, where)
        for position, block in enumerate(base):
            there = theirs[to_theirs[position]] if position in to_theirs else None
            new = ours[to_ours[position]] if position in to_ours else None
            place = places.of(position)
            if not self._cut_or_joined(
                block,
                to_theirs.get(position),
                theirs,
                new,
                set(to_theirs.values()),
                place,
            ):
                self._one(block, there, new, place)
        self._carry(base, theirs, ours, to_theirs, where)
        self._insert(theirs, ours, to_theirs, to_ours, where, home)

    def _cut_or_joined(
        self,
        base: Block,
        at: int | None,
        theirs: Sequence[Block],
        ours: Block | None,
        taken: set[int],
        where: str,
    ) -> bool:
        """Brings up to date what a person cut in two, or joined to its neighbour; False where that is not so."""
        if not isinstance(ours, Paragraph) or not isinstance(base, Paragraph):
            return False
        joined = joined_into(base, theirs) if at is None else None
        pieces = (
            pieces_of(base, at, theirs, taken)
            if at is not None
            else [joined]
            if joined
            else []
        )
        reworded = (
            reworded_pieces(base, at, theirs, taken)
            if at is not None and not pieces
            else None
        )
        pieces = [*reworded.pieces] if reworded else pieces
        if not pieces or base.key == ours.key:
            return bool(pieces)
        known = reworded is not None and is_explained(base, reworded, ours)
        if any(
            [carry_figures(one, [base], [ours]) for one in pieces]
        ):  # a list: all of them, not up to the first
            self._note(MergeOutcome.FIGURES.value, where, ours.text)
            self.touched = True
        now = reads_now(pieces)
        self.cut.update((id(one), one) for one in pieces)
        if not known and unnumbered(ours.text) not in now:
            self._remark(pieces[0].element, f"按现在的数据，这一段应为：{ours.text}")
            self._find(
                "RBK004",
                Severity.WARNING,
                _CONFLICT,
                where,
                typed=_texts(pieces),
                new=ours.text,
            )
            self._note(MergeOutcome.CONFLICT.value, where, ours.text)
            self.touched = True
        return True

    def _carry(
        self,
        base: Sequence[Block],
        theirs: Sequence[Block],
        ours: Sequence[Block],
        found: dict[int, int],
        where: str,
    ) -> None:
        """Figures in paragraphs of a person's own, where one paragraph was made two."""
        known = set(found.values())
        own = [
            one
            for n, one in enumerate(theirs)
            if n not in known and isinstance(one, Paragraph) and one.marks
        ]
        for paragraph in own:
            if carry_figures(paragraph, base, ours):
                self._note(MergeOutcome.FIGURES.value, where, paragraph.text)
                self.touched = True

    def _one(
        self, base: Block, theirs: Block | None, ours: Block | None, where: str
    ) -> None:
        if theirs is None:
            if ours is not None and base.key:
                self._deleted(base, ours, where)
        elif ours is None:
            self._withdraw(base, theirs, where)
        elif (
            isinstance(base, Paragraph)
            and isinstance(theirs, Paragraph)
            and isinstance(ours, Paragraph)
        ):
            self._paragraph(base, theirs, ours, where)
        elif (
            isinstance(base, Holder)
            and isinstance(theirs, Holder)
            and isinstance(ours, Holder)
        ):
            self.style_map.learn(ours.element, theirs.element)
            if (
                base.key != ours.key
                or base.marks != ours.marks
                or _merges(base) != _merges(ours)
            ):
                if isinstance(base, Table):
                    self.weave(
                        base.parts, theirs.parts, ours.parts, where, theirs.element
                    )
                else:
                    self._row(base, theirs, ours, where)

    def _deleted(self, base: Block, ours: Block, where: str) -> None:
        self._note("保留删除", where, base.text)
        if unnumbered(ours.text) != unnumbered(base.text) and not _SAYS_NOTHING.search(
            ours.text.strip()
        ):
            self._find(
                "RBK005",
                Severity.ADVICE,
                _DELETED,
                where,
                printed=base.text,
                new=ours.text,
            )

    def _paragraph(
        self, base: Paragraph, theirs: Paragraph, ours: Paragraph, where: str
    ) -> None:
        self.style_map.learn(ours.element, theirs.element)
        typed = theirs.text
        if base.key and not theirs.key and ours.key != base.key:
            self._deleted(base, ours, where)
            return
        outcome = merge_paragraph(base, theirs, ours, self.style_map)
        self.touched |= outcome is not MergeOutcome.KEPT
        if outcome in {MergeOutcome.KEPT, MergeOutcome.RENAMED}:
            return
        if outcome is MergeOutcome.CONFLICT:
            self._remark(theirs.element, f"按现在的数据，这一段应为：{ours.text}")
            self._find(
                "RBK004", Severity.WARNING, _CONFLICT, where, typed=typed, new=ours.text
            )
        self._note(outcome.value, where, ours.text)

    def _remark(self, paragraph: etree._Element, text: str) -> None:
        """A comment of Word, which there is not in headers and notes; of a text box, where it is anchored."""
        box = next(iter([*paragraph.iterancestors(f"{W}txbxContent")][-1:]), None)
        anchor = paragraph if box is None else next(box.iterancestors(f"{W}p"), None)
        if anchor is not None and anchor.getroottree().getroot().tag == f"{W}document":
            self.remark(anchor, text)

    def _row(self, base: Holder, theirs: Holder, ours: Holder, where: str) -> None:
        """A row by its cells, which stand in columns unless a person added or took out some."""
        if len(base.parts) != len(ours.parts):  # another form
            untouched = base.key == theirs.key and _may_go(base.element, theirs.element)
            copied = self.style_map.copied(ours.element) if untouched else None
            if copied is not None:
                _replace(theirs.element, copied)
                self._note("更新", where, ours.text)
                self.touched = True
                return
            self._find("RBK007", Severity.WARNING, _NO_PLACE, where, new=ours.text)
            return
        alone = len(base.parts) == len(theirs.parts)
        pairs = (
            {n: n for n in range(len(base.parts))}
            if alone
            else align(base.parts, theirs.parts)
        )
        for position, (cell, new) in enumerate(
            zip(base.parts, ours.parts, strict=True)
        ):
            place = f"{where}第{position + 1}列"
            if position in pairs:
                self._cell(cell, theirs.parts[pairs[position]], new, place)
            else:
                self._one(cell, None, new, place)

    def _cell(self, base: Block, theirs: Block, ours: Block, where: str) -> None:
        if _merge_of(base.element) != _merge_of(ours.element):
            _take_merge(theirs.element, ours.element)
            self.touched = True
        if (
            isinstance(base, Holder)
            and isinstance(theirs, Holder)
            and isinstance(ours, Holder)
        ):
            self.weave(base.parts, theirs.parts, ours.parts, where, theirs.element)

    def _withdraw(self, base: Block, theirs: Block, where: str) -> None:
        """What the data no longer holds goes, unless a person has touched it."""
        if theirs.key != base.key or not _may_go(base.element, theirs.element):
            if theirs.key:
                self._find(
                    "RBK006", Severity.WARNING, _ORPHAN, where, typed=theirs.text
                )
            return
        holder = theirs.element.getparent()
        if holder is None:
            return
        if _must_stay(theirs.element):
            for child in [one for one in theirs.element if one.tag != f"{W}pPr"]:
                theirs.element.remove(child)
        else:
            holder.remove(theirs.element)
        self._note("删去", where, base.text)
        self.touched = True

    def _insert(
        self,
        theirs: Sequence[Block],
        ours: Sequence[Block],
        to_theirs: dict[int, int],
        to_ours: dict[int, int],
        where: str,
        home: etree._Element,
    ) -> None:
        """What is new in ours, behind the counterpart of what stands before it there."""
        counterpart = {
            there: theirs[to_theirs[n]].element
            for n, there in to_ours.items()
            if n in to_theirs
        }
        known = set(to_ours.values())
        own = [
            block
            for n, block in enumerate(theirs)
            if n not in set(to_theirs.values()) or id(block) in self.cut
        ]
        for position, block in enumerate(ours):
            if position in known:
                continue
            same = next(
                (
                    one
                    for one in own
                    if type(one) is type(block) and _are_one(one, block)
                ),
                None,
            )
            if same is not None:  # a person was faster
                counterpart[position] = same.element
                own.remove(same)
                continue
            new = self.style_map.copied(block.element)
            if new is None or not _place(new, position, counterpart, home):
                if block.key:
                    place = _heading_before(ours, position, where)
                    cause = _NO_PICTURE if new is None else _NO_PLACE
                    self._find("RBK007", Severity.WARNING, cause, place, new=block.text)
                continue
            if isinstance(block, TableRow):
                _fill_up(
                    new,
                    counterpart.get(position - 1),
                    ours[position - 1].element if position else None,
                )
            counterpart[position] = new
            if block.key:
                self._note("新增", _heading_before(ours, position, where), block.text)
            self.touched = True

    def _note(self, kind: str, where: str, text: str) -> None:
        self.changes.append(Change(kind, where, quoted(text, _SHOWN)))

    def _find(
        self, code: str, severity: Severity, message: str, where: str, **texts: str
    ) -> None:
        said = message.format(
            where=where, **{name: quoted(text, _SHOWN) for name, text in texts.items()}
        )
        self.findings.append(
            Finding(code, severity, said, Place(self.file), "", "", self.file)
        )


def merge_container(
    weaver: BlockMerger,
    base: etree._Element,
    theirs: etree._Element,
    ours: etree._Element,
    where: str,
) -> None:
    """Merges everything that stands in one container, each given as an element."""
    weaver.weave(
        tuple(blocks_in(base)),
        tuple(blocks_in(theirs)),
        tuple(blocks_in(ours)),
        where,
        theirs,
    )


def _meet_again(
    theirs: Sequence[Block],
    ours: Sequence[Block],
    to_theirs: dict[int, int],
    to_ours: dict[int, int],
) -> None:
    """Pairs what has other names now that the data say of it what a person had typed: a name that was brought home."""
    left = [n for n in range(len(ours)) if n not in set(to_ours.values())]
    for position, there in to_theirs.items() if left else ():
        block = theirs[there]
        if position in to_ours or not block.key:
            continue
        likes = [
            (fuzz.ratio(block.key, ours[n].key), -n)
            for n in left
            if type(ours[n]) is type(block)
        ]
        best, same = max(likes, default=(0.0, 0))
        if best >= _SURELY_ONE:
            same = -same
            to_ours[position] = same
            left.remove(same)


def _are_one(typed: Block, new: Block) -> bool:
    """Whether a person wrote what is printed now, but for the number that the print gives it."""
    return typed.key == new.key or (
        isinstance(new, Paragraph)
        and bool(new.key)
        and unnumbered(typed.text) == unnumbered(new.text)
    )


def _texts(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(one.text for one in paragraphs)


def _merge_of(cell: etree._Element) -> str:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else str(merge.get(f"{W}val", "continue"))


def _merges(block: Block) -> list[str]:
    return [_merge_of(cell) for cell in block.element.iter(f"{W}tc")]


def _take_merge(theirs: etree._Element, ours: etree._Element) -> None:
    """Lets a cell begin, go on or leave a vertical merge as it does in ours."""
    properties = theirs.find(f"{W}tcPr")
    if properties is None:
        properties = etree.Element(f"{W}tcPr")
        theirs.insert(0, properties)
    old, new = properties.find(f"{W}vMerge"), ours.find(f"{W}tcPr/{W}vMerge")
    if old is not None:
        properties.remove(old)
    if new is not None:
        before = [n for n, one in enumerate(properties) if one.tag in _BEFORE_MERGE]
        made = etree.Element(f"{W}vMerge")
        for key, value in new.items():
            made.set(key, value)
        properties.insert(before[-1] + 1 if before else 0, made)


_OPEN_HOMES = frozenset(
    W + name
    for name in ("tc", "tbl", "hdr", "ftr", "txbxContent", "footnote", "endnote")
)
_BEFORE_MERGE = frozenset(
    W + name for name in ("cnfStyle", "tcW", "gridSpan", "hMerge")
)


def _may_go(base: etree._Element, theirs: etree._Element) -> bool:
    """Whether nothing but what was printed goes: no section, and no picture, comment or change of a person."""
    printed: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for element, found in ((base, printed), (theirs, there)):
        for paragraph in element.iter(f"{W}p"):
            found.update(extras(paragraph))
    return there <= printed and next(theirs.iter(f"{W}sectPr"), None) is None


def _must_stay(element: etree._Element) -> bool:
    """Whether a holder would end without a paragraph, which Word takes for a broken document."""
    following, before = element.getnext(), element.getprevious()
    return (
        element.tag == f"{W}p"
        and following is None
        and (before is None or before.tag != f"{W}p")
    )


def _replace(old: etree._Element, new: etree._Element) -> None:
    old.addnext(new)
    holder = old.getparent()
    if holder is not None:
        holder.remove(old)


def _heading_before(blocks: Sequence[Block], position: int, where: str) -> str:
    """The heading above a block."""
    above = (
        one
        for one in reversed(blocks[:position])
        if isinstance(one, Paragraph) and one.is_heading
    )
    heading = next(above, None)
    return where if heading is None else heading.text.strip()


def _place(
    new: etree._Element,
    position: int,
    counterpart: dict[int, etree._Element],
    home: etree._Element,
) -> bool:
    """Puts a new block behind its predecessor or before its successor; False where neither is there."""
    for before in range(position - 1, -1, -1):
        if before in counterpart and counterpart[before].getparent() is not None:
            counterpart[before].addnext(new)
            return True
    after = min(
        (
            n
            for n in counterpart
            if n > position and counterpart[n].getparent() is not None
        ),
        default=None,
    )
    if after is not None:
        counterpart[after].addprevious(new)
        return True
    if home.tag in _OPEN_HOMES:
        home.append(new)
        return True
    return False


def _fill_up(
    new: etree._Element, beside: etree._Element | None, printed: etree._Element | None
) -> None:
    """Gives a new row as many cells more as its neighbour has by the hand of a person."""
    if (
        beside is None
        or printed is None
        or beside.tag != f"{W}tr"
        or printed.tag != f"{W}tr"
    ):
        return
    for _ in range(len(beside.findall(f"{W}tc")) - len(printed.findall(f"{W}tc"))):
        cell = etree.SubElement(new, f"{W}tc")
        etree.SubElement(cell, f"{W}p")
