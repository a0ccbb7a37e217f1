"""Finds what makes Word say “无法读取的内容”: python-docx and LibreOffice open most such files without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint_schema import (
    CHILDREN,
    FIRST,
    ORDERS,
    REPEATED,
    STORIES,
    VALUES,
)
from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import CONTENT_TYPES, DRAWING_ID, MC, R, W
from reportgen.ooxml.package import Package, read_package
from reportgen.ooxml.part_names import part_label

_STORY_ROOTS = frozenset(
    W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")
)
_FALLBACK = MC + "Fallback"
_ALTERNATE = MC + "AlternateContent"
_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom")
)
_STYLE_USERS = {"pStyle": "段落", "rStyle": "字符", "tblStyle": "表格"}
_NOTES = {
    "footnoteReference": ("footnotes", "footnote", "脚注"),
    "endnoteReference": ("endnotes", "endnote", "尾注"),
    "commentReference": ("comments", "comment", "批注"),
}


@dataclass(frozen=True, slots=True)
class LintProblem:
    """One fault: what is wrong, where, and whether Word stumbles over it (`fatal`) or only shows something else."""

    message: str
    part: str
    element: etree._Element | None = None
    fatal: bool = True


def lint_docx(data: bytes) -> tuple[str, ...]:
    """Everything that is wrong with a docx, in Chinese; empty for a sound one."""
    try:
        return lint_package(read_package(data, "docx"))
    except TemplateError as error:
        return (str(error),)


def lint_package(package: Package, *, only_fatal: bool = False) -> tuple[str, ...]:
    """The same for a package that is open; `only_fatal` leaves out what Word puts up with."""
    problems = [
        problem for problem in _problems(package) if problem.fatal or not only_fatal
    ]
    return tuple(_told(package, problems))


def _told(package: Package, problems: list[LintProblem]) -> Iterator[str]:
    spots: dict[str, dict[etree._Element, str]] = {}
    for problem in problems:
        element = problem.element
        if element is None:
            yield f"{problem.part}：{problem.message}"
            continue
        known = spots.setdefault(
            problem.part,
            dict(paragraph_locations(package.tree(problem.part), problem.part)),
        )
        near = [element, *element.iterancestors(), *element.iterdescendants(W + "p")]
        place = next(
            (known[item] for item in near if item in known), part_label(problem.part)
        )
        yield f"{place}：{problem.message}"


def _problems(package: Package) -> Iterator[LintProblem]:
    if CONTENT_TYPES not in package.parts:
        yield LintProblem("缺少这个部件", CONTENT_TYPES)
        return
    yield from _package_problems(package)
    styles, numbers = style_ids(package), number_ids(package)
    for part in story_parts(package):
        root = package.tree(part)
        yield from _story_problems(package, part, root)
        yield from _unknown_references(part, root, styles, numbers)
    yield from _duplicates(package)


def story_parts(package: Package) -> Iterator[str]:
    """The parts that hold text: document, headers, footers, notes, comments."""
    for part in package.parts:
        is_word = part.endswith(".xml") and "wordprocessingml" in package.content_type(
            part
        )
        if is_word and package.tree(part).tag in _STORY_ROOTS:
            yield part


def _package_problems(package: Package) -> Iterator[LintProblem]:
    package.tree(package.main)
    for part in package.parts:
        if part != CONTENT_TYPES and not package.content_type(part):
            yield LintProblem("没有声明内容类型", part)
        for relation in package.relations(part) if not part.endswith(".rels") else ():
            if (
                not relation.external
                and relation.target not in package.parts
                and relation.kind != "hyperlink"
            ):
                yield LintProblem(f"引用的部件不存在：{relation.target}", part)
        keys = Counter(relation.key for relation in package.relations(part))
        yield from (
            LintProblem(f"关系编号重复：{key}", part)
            for key, count in keys.items()
            if count > 1
        )
    for relation in package.relations(""):
        if not relation.external and relation.target not in package.parts:
            yield LintProblem(f"引用的部件不存在：{relation.target}", "_rels/.rels")


def _related(package: Package, kind: str) -> etree._Element | None:
    for relation in package.relations(package.main):
        if relation.kind == kind and relation.target in package.parts:
            return package.tree(relation.target)
    return None


def style_ids(package: Package) -> frozenset[str] | None:
    """The styles that are defined, None when the package has no part for styles."""
    root = _related(package, "styles")
    return (
        None
        if root is None
        else frozenset(item.get(W + "styleId", "") for item in root.iter(W + "style"))
    )


def number_ids(package: Package) -> frozenset[str]:
    """The list numbers that are defined; 0 means no number."""
    root = _related(package, "numbering")
    return frozenset(
        {"0"}
        | (
            {item.get(W + "numId", "") for item in root.iter(W + "num")}
            if root is not None
            else set()
        )
    )


def _story_problems(
    package: Package, part: str, root: etree._Element
) -> Iterator[LintProblem]:
    keys = {relation.key for relation in package.relations(part)}
    notes = {name: _note_ids(package, *place[:2]) for name, place in _NOTES.items()}
    for element in root.iter(etree.Element):
        for attribute, value in element.items():
            if str(attribute).startswith(R) and value and value not in keys:
                yield LintProblem(f"引用的关系 {value!s} 不存在", part, element)
        tag = str(element.tag)
        if tag.startswith(W):
            name = tag[len(W) :]
            yield from _element_problems(part, element, name)
            if name in notes and element.get(W + "id") not in notes[name]:
                yield LintProblem(f"引用的{_NOTES[name][2]}不存在", part, element)
    drawings = (
        item
        for item in root.iter(DRAWING_ID)
        if next(item.iterancestors(_FALLBACK), None) is None
    )
    yield from _repeated(part, drawings, "id", "图形编号")
    yield from _repeated(part, root.iter(W + "bookmarkStart"), W + "id", "书签编号")
    yield from _field_problems(part, root)


def _repeated(
    part: str, elements: Iterable[etree._Element], key: str, what: str
) -> Iterator[LintProblem]:
    seen: set[str] = set()
    for element in elements:
        value = element.get(key, "")
        if value in seen:
            yield LintProblem(f"{what}重复：{value}", part, element)
        seen.add(value)


def _field_problems(part: str, root: etree._Element) -> Iterator[LintProblem]:
    begun: list[etree._Element] = []
    for element in root.iter(W + "fldChar"):
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            begun.append(element)
        elif kind == "end" and not begun:
            yield LintProblem("域的结束多于开始", part, element)
        elif kind == "end":
            begun.pop()
    yield from (LintProblem("有的域没有结束", part, element) for element in begun)


def _note_ids(package: Package, kind: str, name: str) -> frozenset[str | None]:
    root = _related(package, kind)
    return (
        frozenset()
        if root is None
        else frozenset(item.get(W + "id") for item in root.iter(W + name))
    )


def _element_problems(
    part: str, element: etree._Element, name: str
) -> Iterator[LintProblem]:
    allowed = CHILDREN.get(name)
    if allowed is not None:
        for child in element.iterchildren(etree.Element):
            if child.tag.startswith(W) and child.tag[len(W) :] not in allowed:
                yield LintProblem(
                    f"<w:{child.tag[len(W) :]}> 不能放在 <w:{name}> 里", part, element
                )
        yield from _content_problems(part, element, name)
    if name in ORDERS:
        yield from _order_problems(part, element, name)
    for attribute, value in element.items():
        key = str(attribute).removeprefix(W)
        pattern = VALUES.get((name, key)) if key != attribute else None
        if pattern is not None and not pattern.fullmatch(str(value)):
            yield LintProblem(
                f"<w:{name}> 的 {key} 写成了“{str(value)[:40]}”", part, element
            )


def _content_problems(
    part: str, element: etree._Element, name: str
) -> Iterator[LintProblem]:
    if name in FIRST:
        properties = element.find(W + FIRST[name])
        previous = None if properties is None else properties.getprevious()
        if previous is not None and str(previous.tag).startswith(W):
            yield LintProblem(
                f"<w:{FIRST[name]}> 要放在 <w:{name}> 的最前面", part, element
            )
    tags = [str(child.tag) for child in _flat(element)]
    if name in STORIES:
        yield from _ending_problems(part, element, name, tags)
    elif name == "tr" and W + "tc" not in tags:
        yield LintProblem("表格的一行没有单元格", part, element)
    elif name == "tbl" and W + "tr" not in tags:
        yield LintProblem("表格没有行", part, element)
    elif name == "tbl" and W + "tblGrid" not in tags:
        yield LintProblem("表格没有列宽（tblGrid）", part, element, False)
    elif name == "body" and W + "sectPr" in tags[:-1]:
        yield LintProblem("节的设置（sectPr）不在正文的最后", part)


def _ending_problems(
    part: str, element: etree._Element, name: str, tags: list[str]
) -> Iterator[LintProblem]:
    last = next(
        (tag for tag in reversed(tags) if tag in {W + "p", W + "tbl", _ALTERNATE}), None
    )
    if last is None:
        yield LintProblem(
            "单元格里没有段落" if name == "tc" else "没有段落", part, element
        )
    elif last == W + "tbl":
        yield LintProblem(
            "嵌套的表格后面没有段落" if name == "tc" else "末尾的表格后面没有段落",
            part,
            element,
            name == "tc",
        )


def _flat(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        if child.tag in _WRAPPERS:
            yield from _flat(child)
        else:
            yield child


def _order_problems(
    part: str, element: etree._Element, name: str
) -> Iterator[LintProblem]:
    order = ORDERS[name]
    last = -1
    for child in element.iterchildren(etree.Element):
        word = child.tag[len(W) :] if child.tag.startswith(W) else ""
        if word not in order:
            continue
        rank = order.index(word)
        if rank == last and word not in REPEATED:
            yield LintProblem(f"<w:{name}> 里的 <w:{word}> 重复", part, element, False)
        elif rank < last and not (word in REPEATED and order[last] in REPEATED):
            yield LintProblem(
                f"<w:{name}> 里的 <w:{word}> 顺序不对", part, element, False
            )
        last = max(last, rank)


def _unknown_references(
    part: str,
    root: etree._Element,
    styles: frozenset[str] | None,
    numbers: frozenset[str],
) -> Iterator[LintProblem]:
    for name, what in _STYLE_USERS.items():
        for element in root.iter(W + name):
            if styles is not None and element.get(W + "val") not in styles:
                yield LintProblem(
                    f"{what}样式不存在：{element.get(W + 'val')}", part, element, False
                )
    for element in root.iter(W + "numId"):
        if element.get(W + "val") not in numbers:
            yield LintProblem(
                f"编号不存在：{element.get(W + 'val')}", part, element, False
            )


def _duplicates(package: Package) -> Iterator[LintProblem]:
    for kind, name, key, what in (
        ("styles", "style", "styleId", "样式编号"),
        ("numbering", "num", "numId", "编号"),
        ("numbering", "abstractNum", "abstractNumId", "编号定义"),
        ("footnotes", "footnote", "id", "脚注编号"),
        ("endnotes", "endnote", "id", "尾注编号"),
        ("comments", "comment", "id", "批注编号"),
    ):
        root = _related(package, kind)
        counts = (
            Counter(item.get(W + key, "") for item in root.iter(W + name))
            if root is not None
            else Counter()
        )
        yield from (
            LintProblem(f"{what}重复：{value}", kind)
            for value, count in counts.items()
            if count > 1
        )
