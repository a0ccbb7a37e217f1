"""Values written back where they were read: the bytes of everything else in the file stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from reportgen.core.errors import ReportgenError, ValueRefused
from reportgen.sources.places import Spot, spots_along
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import YamlDocument, build_tree
from reportgen.sources.yaml_writing import (
    STEP,
    block_list,
    flow_list,
    flow_values,
    literal,
    nested,
    scalars,
)

Path = tuple[str | int, ...]
_LONGEST_IN_FLOW = 20  # characters of an item in a list on one line; paragraphs have a line each
_ALIAS = "这一处是用“*名称”引用的，改它会改动别处"


@dataclass(frozen=True, slots=True)
class Put:
    """A value to be written: where, by the keys as they are typed in the file, and the text or the list of texts."""

    path: Path
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Insert:
    """An item to be put into a list: the list, the position it gets there, its keys and texts."""

    path: Path
    position: int
    item: tuple[tuple[str, str], ...]

    def is_of(self, other: Insert) -> bool:
        """Whether both tell of one row by its name."""
        is_named = self.item[0][0] == "名称"
        return is_named and (self.path, self.item[0]) == (
            other.path,
            other.item[0],
        )


def written_back(document: YamlDocument, puts: Sequence[Put | Insert]) -> str:
    """The text of the file with `puts` in it, each replacing a value, adding a key or an item that was not there.

    Comments, order and the style of everything else stay. Raises ValueRefused where a value cannot be written so that
    the file reads as it did but for this value.
    """
    for put in puts:
        document = written_with(document, put)
    return document.source.text


def written_with(document: YamlDocument, put: Put | Insert) -> YamlDocument:
    """The same with one of them; the document as it is read then."""
    wanted = _tree_with(document.data, put)
    if isinstance(put, Insert):
        candidates = _inserting(document, put)
    else:
        candidates = _candidates(document, put)
    for start, end, text in candidates:
        old = document.source.text
        source = SourceText(
            document.source.path,
            old[:start] + text + old[end:],
            document.source.sha256,
        )
        try:
            new = build_tree(source)
        except ReportgenError:
            continue
        if new.data == wanted:
            return new
    raise ValueRefused(
        f"「{'.'.join(map(str, put.path))}」写不回文件，请自行改为：{_shown(put)}"
    )


def _tree_with(data: Any, put: Put | Insert) -> Any:
    """The tree as it shall be read afterwards."""
    if not put.path:
        return _told(data, put)
    step, *rest = put.path
    below = replace(put, path=tuple(rest))
    if isinstance(data, list):
        return [
            _tree_with(one, below) if n == step else one
            for n, one in enumerate(data)
        ]
    return {**(data or {}), step: _tree_with((data or {}).get(step), below)}


def _told(data: Any, put: Put | Insert) -> Any:
    """A value, or the list with one more item."""
    if isinstance(put, Put):
        return put.value if isinstance(put.value, str) else list(put.value)
    items = list(data or ())
    items.insert(put.position, dict(put.item))
    return items


def _inserting(
    document: YamlDocument, put: Insert
) -> Iterator[tuple[int, int, str]]:
    """Start, end and text: in a line of its own behind the item before it, or within brackets; a list of its own."""
    item = f"{{{', '.join(f'{key}: {_in_braces(text)}' for key, text in put.item)}}}"
    text, trail = document.source.text, spots_along(document.root, put.path)
    if len(trail) <= len(put.path):
        yield from _first_item(text, trail, put, item)
        return
    items = list((trail[-1].children or {}).values())
    if not items:
        span = trail[-1].start.index, trail[-1].end.index
        yield (*span, f"[{item}]")
        return
    is_first = put.position == 0
    beside = items[0] if is_first else items[min(put.position, len(items)) - 1]
    start = text.rfind("\n", 0, beside.start.index) + 1
    dash = text[start : beside.start.index]
    if dash.strip() == "-" and is_first:
        yield start, start, f"{dash}{item}\n"
    elif dash.strip() == "-":
        end = _line_end(text, beside)
        yield end, end, f"\n{dash}{item}"
    at = beside.start.index if is_first else beside.end.index
    yield at, at, f"{item}, " if is_first else f", {item}"


def _first_item(
    text: str, trail: list[Spot], put: Insert, item: str
) -> Iterator[tuple[int, int, str]]:
    """A list that was not there, with this one item."""
    holder, missing = trail[-1], put.path[len(trail) - 1 :]
    children = [
        one for one in (holder.children or {}).values() if one.key is not None
    ]
    if text[holder.start.index : holder.start.index + 1] == "{":
        at, comma = _flow_end(text, holder)
        nested = f"[{item}]"
        for key in reversed(missing[1:]):
            nested = f"{{{key}: {nested}}}"
        yield at, at, f"{comma}{missing[0]}: {nested}"
        return
    indent = children[0].key.column if children and children[0].key else 0
    if not children:
        return
    lines = [
        f"{' ' * (indent + STEP * n)}{key}:" for n, key in enumerate(missing)
    ]
    lines.append(f"{' ' * (indent + STEP * len(missing))}- {item}")
    at = _line_end(text, children[-1])
    yield at, at, "\n" + "\n".join(lines)


def _in_braces(text: str) -> str:
    """A text as it stands between braces."""
    return next(flow_values(text))


def _candidates(
    document: YamlDocument, put: Put
) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of replacements, the plainest first."""
    trail = spots_along(document.root, put.path)
    if any(spot.alias for spot in trail):
        raise ValueRefused(
            f"「{'.'.join(map(str, put.path))}」{_ALIAS}，请自行修改"
        )
    text = document.source.text
    if len(trail) > len(put.path):
        yield from _replacing(document, put, trail)
        return
    present = put.path[: len(trail) - 1]
    holder, missing = trail[-1], put.path[len(present) :]
    if not all(isinstance(step, str) for step in missing):
        return
    if holder.children is None and len(trail) > 1:  # a key without a value
        yield from _filling(text, holder, missing, put.value)
    else:
        yield from _adding(text, holder, missing, put.value)


def _replacing(
    document: YamlDocument, put: Put, trail: list[Spot]
) -> Iterator[tuple[int, int, str]]:
    text, spot = document.source.text, trail[-1]
    span = document.span(put.path)
    start, end = span if span else (spot.start.index, spot.end.index)
    old = text[start:end]
    tail = len(old) - len(
        old.rstrip()
    )  # the end of a block is at the start of what comes next
    indent = (
        _indent_of(text, spot.key.index)
        if spot.key is not None
        else _indent_of(text, start) - STEP
    )
    if isinstance(put.value, str):
        gap = " " if start and text[start - 1 : start] == ":" else ""
        if old[:1] in {"|", ">"}:
            yield start, end - tail, literal(put.value, indent + STEP)
        yield from (
            (start, end, gap + one) for one in scalars(put.value, old[:1])
        )
        return
    yield from _item_by_item(document, put, spot)
    flow = start, end - tail, flow_list(put.value)
    if all(len(one) <= _LONGEST_IN_FLOW for one in put.value):
        yield flow
    if spot.key is not None:
        colon = text.index(":", spot.key.index)
        yield colon + 1, end - tail, block_list(put.value, indent + STEP)
    yield flow


def _item_by_item(
    document: YamlDocument, put: Put, spot: Spot
) -> Iterator[tuple[int, int, str]]:
    """A list with a line for each item: the items that stay keep their lines and remarks."""
    text, children = document.source.text, (spot.children or {}).items()
    items = [one for key, one in children if isinstance(key, int)]
    if not items or not put.value:
        return
    starts = [text.rfind("\n", 0, one.start.index) + 1 for one in items]
    bounds = zip(starts, items, strict=True)
    dashes = {text[start : one.start.index] for start, one in bounds}
    old: Any = document.data
    for step in put.path:
        old = old[step]
    if {one.strip() for one in dashes} != {"-"} or not all(map(_is_text, old)):
        return
    end = _line_end(text, items[-1])
    spans = zip(starts, [*starts[1:], end], strict=True)
    lines = [text[start:stop].rstrip("\n") for start, stop in spans]
    dash = text[starts[0] : items[0].start.index]
    yield starts[0], end, "\n".join(_item_lines(old, put.value, lines, dash))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _item_lines(
    old: Sequence[str], new: Sequence[str], lines: list[str], dash: str
) -> Iterator[str]:
    """The lines of a list: as they are for the items that stay, written anew for the others."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, from_, to in matcher.get_opcodes():
        if tag == "equal":
            yield from lines[first:last]
        else:
            yield from (dash + next(scalars(one, "")) for one in new[from_:to])


def _filling(
    text: str,
    holder: Spot,
    missing: Sequence[str | int],
    value: str | tuple[str, ...],
) -> Iterator[tuple[int, int, str]]:
    """A key that stands there with nothing behind it."""
    start, end = holder.start.index, holder.end.index
    indent = _indent_of(
        text, holder.key.index if holder.key is not None else start
    )
    yield start, end, f"\n{nested(missing, value, indent + STEP)}"


def _adding(
    text: str,
    holder: Spot,
    missing: Sequence[str | int],
    value: str | tuple[str, ...],
) -> Iterator[tuple[int, int, str]]:
    """A key more in a mapping: behind the last one, in braces before the closing one."""
    children = list((holder.children or {}).values())
    if text[holder.start.index : holder.start.index + 1] == "{":
        at, comma = _flow_end(text, holder)
        for shown in flow_values(value):
            inner = shown
            for step in reversed(missing[1:]):
                inner = f"{{{step}: {inner}}}"
            yield at, at, f"{comma}{missing[0]}: {inner}"
        return
    keys = [one.key for one in children if one.key is not None]
    indent = keys[0].column if keys else 0
    last = children[-1] if children else holder
    at = _line_end(text, last)
    yield at, at, f"\n{nested(missing, value, indent)}"


def _flow_end(text: str, holder: Spot) -> tuple[int, str]:
    """Where one more key goes before a closing brace, and what stands between it and the last one."""
    start = holder.start.index + 1
    inside = text[start : holder.end.index - 1].rstrip()
    comma = ", "
    if not inside.strip():
        comma = ""
    elif inside.endswith(","):
        comma = " "
    return start + len(inside), comma


def _line_end(text: str, spot: Spot) -> int:
    """Behind the line in which a value ends, its remark included; remarks below it may be on what comes next."""
    while spot.children and text[spot.start.index] not in "[{":
        *_, spot = spot.children.values()
    own = text[spot.start.index : spot.end.index].rstrip()
    stop = text.find("\n", spot.start.index + len(own))
    return len(text.rstrip("\n")) if stop < 0 else stop


def _indent_of(text: str, index: int) -> int:
    line = text.rfind("\n", 0, index) + 1
    return index - line


def _shown(put: Put | Insert) -> str:
    if isinstance(put, Insert):
        return "，".join(f"{key}: {text}" for key, text in put.item)
    return put.value if isinstance(put.value, str) else "；".join(put.value)
