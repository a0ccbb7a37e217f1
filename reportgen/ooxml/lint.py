"""Finds what makes Word say “无法读取的内容”: python-docx and LibreOffice open most such files without a word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import filterfalse
from typing import NamedTuple

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.lint_schema import (
    CHILDREN,
    FIRST,
    NEEDED,
    ORDERS,
    REPEATED,
    STORIES,
    VALUES,
)
from reportgen.ooxml.locations import paragraph_locations
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    DRAWING_ID,
    MC,
    R,
    W,
    word_names,
)
from reportgen.ooxml.package import Package, read_package, source_of
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element, unwrapped

_STORY_ROOTS = word_names("document hdr ftr footnotes endnotes comments")
_BLOCKS = frozenset((f"{W}p", f"{W}tbl", f"{MC}AlternateContent"))
_STYLE_USERS = {
    "pStyle": "段落样式",
    "rStyle": "字符样式",
    "tblStyle": "表格样式",
}
_UNIQUE = (
    ("styles", "style", "styleId", "样式编号"),
    ("numbering", "num", "numId", "编号"),
    ("numbering", "abstractNum", "abstractNumId", "编号定义"),
    ("footnotes", "footnote", "id", "脚注编号"),
    ("endnotes", "endnote", "id", "尾注编号"),
    ("comments", "comment", "id", "批注编号"),
)
_NOTES = {
    "footnoteReference": ("footnotes", "footnote", "脚注"),
    "endnoteReference": ("endnotes", "endnote", "尾注"),
    "commentReference": ("comments", "comment", "批注"),
}


class LintProblem(NamedTuple):
    """One fault: what is wrong, where, and whether Word stumbles over it (`fatal`) or only shows something else."""

    message: str
    element: Element | None = None
    fatal: bool = True
    part: str = ""


def lint_docx(data: bytes) -> tuple[str, ...]:
    """Everything that is wrong with a docx, in Chinese; empty for a sound one."""
    try:
        return lint_package(read_package(data, "docx"))
    except TemplateError as error:
        return (str(error),)


def lint_package(
    package: Package, *, only_fatal: bool = False
) -> tuple[str, ...]:
    """The same for a package that is open; `only_fatal` leaves out what Word puts up with."""
    problems = [
        problem
        for problem in _problems(package)
        if problem.fatal or not only_fatal
    ]
    return tuple(_messages(package, problems))


def _messages(package: Package, problems: list[LintProblem]) -> Iterator[str]:
    """Each problem in words, with the place where it stands."""
    places: dict[str, dict[Element, str]] = {}
    for problem in problems:
        part = problem.part
        element = problem.element
        if element is None:
            yield f"{part}：{problem.message}"
            continue
        if part not in places:
            places[part] = dict(paragraph_locations(package.tree(part), part))
        near = [
            element,
            *element.iterancestors(),
            *element.iterdescendants(f"{W}p"),
        ]
        known = (places[part][item] for item in near if item in places[part])
        yield f"{next(known, part_label(part))}：{problem.message}"


def _problems(package: Package) -> Iterator[LintProblem]:
    """What is wrong, part by part."""
    if CONTENT_TYPES not in package.parts:
        yield LintProblem("缺少这个部件", part=CONTENT_TYPES)
        return
    yield from _package_problems(package)
    styles = style_ids(package)
    numbers = number_ids(package)
    for part in story_parts(package):
        root = package.tree(part)
        for problem in (
            *_story_problems(package, part, root),
            *_unknown_references(root, styles, numbers),
        ):
            yield problem._replace(part=part)
    yield from _duplicates(package)


def story_parts(package: Package) -> Iterator[str]:
    """The parts that hold text: document, headers, footers, notes, comments."""
    for part in package.parts:
        is_word = part.endswith(
            ".xml"
        ) and "wordprocessingml" in package.content_type(part)
        if is_word and package.tree(part).tag in _STORY_ROOTS:
            yield part


def _package_problems(package: Package) -> Iterator[LintProblem]:
    package.tree(package.main)
    for part in package.parts:
        if part != CONTENT_TYPES and not package.content_type(part):
            yield LintProblem("没有声明内容类型", part=part)
        if part.endswith(".rels"):
            yield from _relation_problems(package, part)


def _relation_problems(package: Package, rels: str) -> Iterator[LintProblem]:
    source = source_of(rels)
    relations = package.relations(source)
    for relation in relations:
        leads_out = relation.external or relation.kind == "hyperlink"
        if not leads_out and relation.target not in package.parts:
            message = f"引用的部件不存在：{relation.target}"
            yield LintProblem(message, part=source or rels)
    for key in _more_than_once(relation.key for relation in relations):
        yield LintProblem(f"关系编号重复：{key}", part=source or rels)


def _more_than_once(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _defined(
    package: Package, kind: str, name: str, key: str
) -> list[str] | None:
    """What the part of that kind defines, by the attribute `key`; None when the package has no such part."""
    part = package.related(package.main, kind)
    if not part:
        return None
    return [
        item.get(f"{W}{key}", "")
        for item in package.tree(part).iter(f"{W}{name}")
    ]


def style_ids(package: Package) -> frozenset[str] | None:
    """The styles that are defined, None when the package has no part for styles."""
    styles = _defined(package, "styles", "style", "styleId")
    return None if styles is None else frozenset(styles)


def number_ids(package: Package) -> frozenset[str]:
    """The list numbers that are defined; 0 means no number."""
    return frozenset(
        ("0", *(_defined(package, "numbering", "num", "numId") or ()))
    )


def _story_problems(
    package: Package, part: str, root: Element
) -> Iterator[LintProblem]:
    keys = {relation.key for relation in package.relations(part)}
    notes = {
        name: _defined(package, kind, note, "id") or []
        for name, (kind, note, _) in _NOTES.items()
    }
    for element in root.iter(etree.Element):
        yield from _unknown_keys(element, keys)
        name = _name(element)
        if name:
            yield from _element_problems(element, name)
        if name in notes and element.get(f"{W}id") not in notes[name]:
            yield LintProblem(f"引用的{_NOTES[name][2]}不存在", element)
    drawings = filterfalse(_is_fallback, root.iter(DRAWING_ID))
    yield from _repeated(drawings, "id", "图形编号")
    yield from _repeated(root.iter(f"{W}bookmarkStart"), f"{W}id", "书签编号")
    yield from _field_problems(root)


def _name(element: Element) -> str:
    """The name of an element of WordprocessingML; empty for any other."""
    tag = str(element.tag)
    return tag[len(W) :] if tag.startswith(W) else ""


def _is_fallback(item: Element) -> bool:
    return next(item.iterancestors(f"{MC}Fallback"), None) is not None


def _unknown_keys(element: Element, keys: set[str]) -> Iterator[LintProblem]:
    for attribute, value in element.items():
        if str(attribute).startswith(R) and value and value not in keys:
            yield LintProblem(f"引用的关系 {value!s} 不存在", element)


def _repeated(
    elements: Iterable[Element], key: str, what: str
) -> Iterator[LintProblem]:
    seen: set[str] = set()
    for element in elements:
        value = element.get(key, "")
        if value in seen:
            yield LintProblem(f"{what}重复：{value}", element)
        seen.add(value)


def _field_problems(root: Element) -> Iterator[LintProblem]:
    begun: list[Element] = []
    for element in root.iter(f"{W}fldChar"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(element)
        elif kind == "end":
            if not begun:
                yield LintProblem("域的结束多于开始", element)
            begun = begun[:-1]
    for element in begun:
        yield LintProblem("有的域没有结束", element)


def _element_problems(element: Element, name: str) -> Iterator[LintProblem]:
    """What is wrong with one element: what it holds, in which order, its values."""
    if name in CHILDREN:
        yield from _misplaced_children(element, name)
        yield from _content_problems(element, name)
    if name in ORDERS:
        yield from _order_problems(element, name)
    for attribute, value in element.items():
        key = str(attribute)
        pattern = (
            VALUES.get((name, key[len(W) :])) if key.startswith(W) else None
        )
        if pattern is not None and not pattern.fullmatch(str(value)):
            message = f"<w:{name}> 的 {key[len(W) :]} 写成了“{str(value)[:40]}”"
            yield LintProblem(message, element)


def _misplaced_children(element: Element, name: str) -> Iterator[LintProblem]:
    for child in map(_name, element.iterchildren(etree.Element)):
        if child and child not in CHILDREN[name]:
            message = f"<w:{child}> 不能放在 <w:{name}> 里"
            yield LintProblem(message, element)
    properties = element.find(W + FIRST[name]) if name in FIRST else None
    previous = None if properties is None else properties.getprevious()
    if previous is not None and _name(previous):
        message = f"<w:{FIRST[name]}> 要放在 <w:{name}> 的最前面"
        yield LintProblem(message, element)


def _content_problems(element: Element, name: str) -> Iterator[LintProblem]:
    """What an element lacks."""
    tags = [str(child.tag) for child in unwrapped(element)]
    if name in STORIES:
        yield from _ending_problems(element, name, tags)
    for needed, message, fatal in NEEDED.get(name, ()):
        if f"{W}{needed}" not in tags:
            yield LintProblem(message, element, fatal)
    if name == "body" and f"{W}sectPr" in tags[:-1]:
        yield LintProblem("节的设置（sectPr）不在正文的最后")


def _ending_problems(
    element: Element, name: str, tags: list[str]
) -> Iterator[LintProblem]:
    is_cell = name == "tc"
    last = next((tag for tag in reversed(tags) if tag in _BLOCKS), "")
    if not last:
        message = "单元格里没有段落" if is_cell else "没有段落"
        yield LintProblem(message, element)
    elif last == f"{W}tbl":
        which = "嵌套" if is_cell else "末尾"
        yield LintProblem(f"{which}的表格后面没有段落", element, is_cell)


def _order_problems(element: Element, name: str) -> Iterator[LintProblem]:
    """Properties that stand in another order than the schema has it."""
    order = ORDERS[name]
    words = [_name(child) for child in element.iterchildren(etree.Element)]
    known = [word for word in words if word in order]
    last = ""
    for word in known:
        fault = _order_fault(order, last, word)
        if fault:
            message = f"<w:{name}> 里的 <w:{word}> {fault}"
            yield LintProblem(message, element, False)
        last = max(last, word, key=(*order, "").index) if last else word


def _order_fault(order: tuple[str, ...], last: str, word: str) -> str:
    """What is wrong with `word` behind `last`, the furthest one before it."""
    if not last or {last, word} <= REPEATED:
        return ""
    if word == last:
        return "重复"
    return "顺序不对" if order.index(word) < order.index(last) else ""


def _unknown_references(
    root: Element,
    styles: frozenset[str] | None,
    numbers: frozenset[str],
) -> Iterator[LintProblem]:
    """Styles and list numbers that nothing defines."""
    users = _STYLE_USERS if styles is not None else {}
    for name, what in {**users, "numId": "编号"}.items():
        there = numbers if name == "numId" else styles or ()
        for element in root.iter(f"{W}{name}"):
            value = element.get(f"{W}val")
            if value not in there:
                yield LintProblem(f"{what}不存在：{value}", element, False)


def _duplicates(package: Package) -> Iterator[LintProblem]:
    for kind, name, key, what in _UNIQUE:
        for value in _more_than_once(_defined(package, kind, name, key) or ()):
            yield LintProblem(f"{what}重复：{value}", part=kind)
