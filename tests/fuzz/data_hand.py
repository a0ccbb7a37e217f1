"""What a person does to a unit.yaml in an editor: the file keeps its comments and its ways of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import yaml
from pen import Pen

Hand = Callable[[str, Pen], str]
_KEPT = {"模板", "年度", "填报日期", "日期"}  # what says which form it is
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LEAST = 6
Path = tuple[str | int, ...]


def _tree(text: str) -> yaml.Node:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _walk(node: yaml.Node, path: Path = ()) -> Iterator[tuple[Path, yaml.Node]]:
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _walk(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _walk(value, (*path, number))


def leaves(text: str) -> dict[Path, str]:
    """Every value of the file by its path, as it is typed."""
    return {
        path: node.value
        for path, node in _walk(_tree(text))
        if isinstance(node, yaml.ScalarNode)
    }


def _scalars(text: str) -> list[tuple[Path, yaml.ScalarNode]]:
    return [
        (path, node)
        for path, node in _walk(_tree(text))
        if isinstance(node, yaml.ScalarNode)
        and not _KEPT & set(path)
        and node.style not in {"|", ">"}
        and node.start_mark.line == node.end_mark.line
    ]


def _put(text: str, node: yaml.Node, new: str) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    return text[:start] + new + text[end:]


def _source(text: str, node: yaml.Node) -> str:
    return text[node.start_mark.index : node.end_mark.index]


def change_figure(text: str, pen: Pen) -> str:
    """Another amount, score, target or result."""
    found = [
        node
        for path, node in _scalars(text)
        if _FIGURE.search(node.value) and len(node.value) < 14
    ]
    if not found:
        return text
    node = pen.one_of(found)
    grown = pen.dice.randrange(1, 9)

    def other(figure: re.Match[str]) -> str:
        whole, dot, rest = figure[0].partition(".")
        return f"{int(whole) + grown}{dot}{rest}"

    return _put(text, node, _FIGURE.sub(other, _source(text, node), count=1))


def change_words(text: str, pen: Pen) -> str:
    """Some words behind those of a text."""
    found = [
        node
        for path, node in _scalars(text)
        if len(node.value) >= _LEAST
        and not _FIGURE.match(node.value)
        and "名称" not in path[-1:]
        and "{{" not in node.value
    ]
    if not found:
        return text
    node = pen.one_of(found)
    source = _source(text, node)
    end = source[-1:] if node.style else ""
    body = source.removesuffix(end) if end else source
    added = pen.one_of(["，情况属实", "并已核对", "（按季填报）"])
    if body.endswith("。"):
        return _put(text, node, f"{body[:-1]}{added}。{end}")
    return _put(text, node, body + added + end)


def _items(text: str, least: int, *, named: bool) -> list[yaml.SequenceNode]:
    """Lists of one item a line, or of several lines each."""
    return [
        node
        for _, node in _walk(_tree(text))
        if isinstance(node, yaml.SequenceNode)
        and not node.flow_style
        and len(node.value) >= least
        and isinstance(node.value[0], yaml.MappingNode) == named
    ]


def _cut(text: str, node: yaml.SequenceNode) -> tuple[str, list[str], str]:
    """What stands before the items of a list, each of them with its lines, and what stands behind."""
    lines = text.splitlines(keepends=True)
    starts = [one.start_mark.line for one in node.value]
    end = node.end_mark.line
    if node.end_mark.column and end < len(lines):
        end += 1
    while end > starts[-1] + 1 and not _is_of_item(
        lines[end - 1], lines[starts[0]]
    ):
        end -= 1
    edges = [*starts, end]
    items = ["".join(lines[one:two]) for one, two in pairwise(edges)]
    if not items[-1].endswith("\n"):
        items[-1] += "\n"
    return "".join(lines[: starts[0]]), items, "".join(lines[end:])


def _is_of_item(line: str, first: str) -> bool:
    indent = len(first) - len(first.lstrip())
    return bool(line.strip()) and len(line) - len(line.lstrip()) > indent


def drop_item(text: str, pen: Pen) -> str:
    found = _items(text, 2, named=pen.dice.random() < 0.7)
    if not found:
        return text
    before, items, behind = _cut(text, pen.one_of(found))
    items.pop(pen.dice.randrange(len(items)))
    return before + "".join(items) + behind


def swap_items(text: str, pen: Pen) -> str:
    found = _items(text, 2, named=True)
    if not found:
        return text
    before, items, behind = _cut(text, pen.one_of(found))
    one, other = pen.dice.randrange(len(items)), pen.dice.randrange(len(items))
    items[one], items[other] = items[other], items[one]
    return before + "".join(items) + behind


_NAME = re.compile(r"((?:三级|名称): *)([^,\n}#]*[^,\n}# ])")


def add_item(text: str, pen: Pen) -> str:
    """An item like another one, under its own name."""
    found = _items(text, 1, named=True)
    if not found:
        return text
    before, items, behind = _cut(text, pen.one_of(found))
    at = pen.dice.randrange(len(items))
    called = pen.one_of(["设备检修", "夜间值守", "档案整理", "台账更新"])
    made = _NAME.sub(rf"\g<1>{called}", items[at], count=1)
    if made in items:
        return text
    items.insert(at + pen.dice.randrange(2), made)
    return before + "".join(items) + behind


def add_line(text: str, pen: Pen) -> str:
    """One more text in a list of texts."""
    found = _items(text, 1, named=False)
    if not found:
        return text
    before, items, behind = _cut(text, pen.one_of(found))
    first = items[0]
    indent = first[: len(first) - len(first.lstrip())]
    told = pen.one_of(
        ["窗口周末轮岗人手偏紧", "老旧线路年内分两批更换", "培训场地需要预约"]
    )
    items.insert(pen.dice.randrange(len(items) + 1), f"{indent}- {told}。\n")
    return before + "".join(items) + behind


def rename_project(text: str, pen: Pen) -> str:
    found = [
        node
        for path, node in _scalars(text)
        if len(path) == 3 and path[0] == "项目" and path[2] == "名称"
    ]
    if not found:
        return text
    node = pen.one_of(found)
    if node.style:
        return text
    return _put(
        text, node, f"{node.value}（{pen.one_of(['续建', '二期', '扩面'])}）"
    )


def rename_unit(text: str, pen: Pen) -> str:
    found = [node for path, node in _scalars(text) if path == ("单位", "名称")]
    if not found or found[0].style:
        return text
    return _put(
        text, found[0], f"{found[0].value}{pen.one_of(['本级', '机关'])}"
    )


def next_year(text: str, pen: Pen) -> str:
    return re.sub(
        r"(?m)^年度: *(\d{4})", lambda one: f"年度: {int(one[1]) + 1}", text
    )


HANDS: tuple[Hand, ...] = (
    change_figure,
    change_figure,
    change_figure,
    change_words,
    change_words,
    drop_item,
    drop_item,
    add_item,
    add_item,
    add_line,
    swap_items,
    rename_project,
    rename_unit,
    next_year,
)
