"""The copy of a document for the web site: nothing hidden in it, persons masked, whatever programs keep left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import CONTENT_TYPES, W
from reportgen.ooxml.package import (
    Package,
    Relation,
    content_types_root,
    relations_part,
    relations_root,
)
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element, serialized
from reportgen.ooxml.zip_writer import write_parts
from reportgen.publishing.boxed_signs import (
    boxed_signs,
    mask_boxes,
    text_of,
)
from reportgen.publishing.clean_parts import cleaner_of
from reportgen.publishing.hidden_text import HiddenText, hardly_seen
from reportgen.publishing.images import without_remarks
from reportgen.publishing.kept_parts import (
    drop_dangling,
    kept_parts,
    relation_parts,
    without_links,
)
from reportgen.publishing.masker import Masker
from reportgen.publishing.names import may_name_officer
from reportgen.publishing.plain_fields import flatten_fields
from reportgen.publishing.properties import (
    CORE,
    CORE_RELATION,
    CORE_TYPE,
    properties,
    title_of,
)
from reportgen.publishing.texts import text_groups, typed_attributes
from reportgen.publishing.tracked_changes import accept_changes

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WHOLE = "域里的人名"
_PICTURE = "有 {count} 张图片，里面的人像、签名、证件要人工看"
_HARDLY = "{where}有白色或极小的字，看看是不是藏着内容"
_OFFICER = "{where}“{words}”里可能有人名"
_ALT = "图片的替换文字“{words}”"
_TAKEN_OUT = "插入的对象（{names}）没有带进去，看看还缺不缺内容"
_LINKS = "保留了网址：{links}"
_CHANGED = "接受了 {count} 处修订"
_HID = "去掉了 {count} 处隐藏文字"
_SHOWN = 5
_WORDS = 30


@dataclass(frozen=True, slots=True)
class MaskedPlace:
    """Something that was masked: where, what it is, how it is shown instead."""

    where: str
    kind: str
    shown: str


@dataclass(frozen=True)
class PublicCopy:
    """The copy, what was masked in it, what was done besides, and what a person has to look at."""

    data: bytes
    masked: tuple[MaskedPlace, ...]
    done: tuple[str, ...]
    by_hand: tuple[str, ...]


def public_copy(package: Package, masker: Masker) -> PublicCopy:
    """The copy of a document in which `masker` masks; the package stays as it is."""
    return _Copying(package, masker).copy()


class _Copying:
    """The copy of one document, part by part."""

    def __init__(self, package: Package, masker: Masker) -> None:
        self._package, self._masker = package, masker
        self._hidden = HiddenText(package)
        self._masked: list[MaskedPlace] = []
        self._by_hand: list[str] = []
        self._counts: Counter[str] = Counter()

    def copy(self) -> PublicCopy:
        """All of it."""
        package = self._package
        kept = {
            part: without_links(relations, self._masker)
            for part, relations in kept_parts(package).items()
        }
        parts = {
            part: self._part(part, relations)
            for part, relations in kept.items()
        }
        core = properties(self._masker.masked(title_of(package)))
        types = {part: package.content_type(part) for part in parts}
        top = [
            Relation("rId1", _OFFICE, package.main),
            Relation("rId2", CORE_RELATION, CORE),
        ]
        data = write_parts(
            {
                CONTENT_TYPES: serialized(
                    content_types_root({**types, CORE: CORE_TYPE})
                ),
                relations_part(""): serialized(relations_root(top)),
                **parts,
                **dict(relation_parts(kept)),
                CORE: core,
            }
        )
        by_hand = (*self._by_hand, *self._notes(kept))
        return PublicCopy(
            data, tuple(self._masked), tuple(self._done()), by_hand
        )

    def _done(self) -> Iterator[str]:
        for told in (_CHANGED, _HID):
            if self._counts[told]:
                yield told.format(count=self._counts[told])

    def _notes(self, kept: dict[str, tuple[Relation, ...]]) -> Iterator[str]:
        pictures = sum(
            self._package.content_type(one).startswith("image/") for one in kept
        )
        if pictures:
            yield _PICTURE.format(count=pictures)
        links = {
            one.target
            for every in kept.values()
            for one in every
            if one.external
        }
        if links:
            yield _LINKS.format(links="、".join(sorted(links)[:_SHOWN]))

    def _part(self, part: str, relations: tuple[Relation, ...]) -> bytes:
        data = self._package.parts[part]
        if not self._package.content_type(part).endswith("xml"):
            return without_remarks(data)
        root = self._package.fresh_tree(part)
        self._clean(root, part, relations)
        self._mask(root, part)
        return serialized(root)

    def _clean(
        self, root: Element, part: str, relations: tuple[Relation, ...]
    ) -> None:
        self._counts[_CHANGED] += accept_changes(root)
        self._counts[_HID] += self._hidden.remove_from(root)
        of_persons = flatten_fields(root)
        cleaner = cleaner_of(self._package, part)
        if cleaner:
            cleaner(root)
        dropped = drop_dangling(root, frozenset(one.key for one in relations))
        self._note_dropped(dropped)
        for text in of_persons:
            self._mask_whole(text, part)

    def _note_dropped(self, dropped: Sequence[str]) -> None:
        names = sorted({_OBJECTS[one] for one in dropped if one in _OBJECTS})
        if names:
            self._by_hand.append(_TAKEN_OUT.format(names="、".join(names)))

    def _mask_whole(self, text: Element, part: str) -> None:
        """Masks what a field shows of a person, whatever it reads."""
        told = text.text or ""
        if told.strip():
            text.text = "*" * len(told)
            place = MaskedPlace(part_label(part), _WHOLE, text.text)
            self._masked.append(place)

    def _mask(self, root: Element, part: str) -> None:
        """Masks the texts and the attributes of a part, and notes what nobody but a person can tell."""
        places = dict(paragraph_locations(root, part))
        for group in text_groups(root):
            where = places.get(group.holder, part_label(part))
            text = group.text
            spots = self._masker.spots(text)
            group.replace(spots)
            self._masked += [
                MaskedPlace(where, one.kind, one.shown) for one in spots
            ]
            for words in may_name_officer(group.text) if spots == [] else ():
                self._by_hand.append(_OFFICER.format(where=where, words=words))
        self._mask_boxes(root, part)
        for element, name, value in list(typed_attributes(root)):
            for one in self._masker.spots(value):
                self._masked.append(
                    MaskedPlace(part_label(part), one.kind, one.shown)
                )
            element.set(name, self._masker.masked(value))
            if name == "descr":
                words = element.get(name, "")[:_WORDS]
                self._by_hand.append(_ALT.format(words=words))
        for run in hardly_seen(root):
            paragraph = next(run.iterancestors(f"{W}p"), run)
            where = places.get(paragraph, part_label(part))
            self._by_hand.append(_HARDLY.format(where=where))

    def _mask_boxes(self, root: Element, part: str) -> None:
        """Masks numbers and names of which each sign stands in a cell of its own."""
        for boxes in boxed_signs(root):
            for one in self._masker.spots(text_of(boxes)):
                mask_boxes(boxes, one)
                told = MaskedPlace(part_label(part), one.kind, one.shown)
                self._masked.append(told)


_OBJECTS = {
    "OLEObject": "嵌入的文件",
    "altChunk": "插入的网页或文本",
    "subDoc": "子文档",
    "control": "控件",
    "contentPart": "墨迹",
    "blip": "链接的图片",
}
