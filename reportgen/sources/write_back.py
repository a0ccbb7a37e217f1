"""Values written back where they were read: the bytes of everything else in the file stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from reportgen.core.errors import ReportgenError, ValueRefused
from reportgen.sources.places import Spot, spots_along
from reportgen.sources.yaml_tree import YamlDocument, build_tree
from reportgen.sources.yaml_writing import (
    STEP,
    block_list,
    flow_list,
    flow_values,
    literal,
    scalars,
)

Path = tuple[str | int, ...]
Edit = tuple[int, int, str]  # start, end and text of what is written there
_LONGEST_IN_FLOW = 20  # characters of an item in a list on one line; paragraphs have a line each
_ALIAS = "这一处是用“*名称”引用的，改它会改动别处"


class Put(NamedTuple):
    """A value to be written: where, by the keys as they are typed in the file, and the text or the list of texts."""

    path: Path
    value: str | tuple[str, ...]

    def __str__(self) -> str:
        return (
            self.value if isinstance(self.value, str) else "；".join(self.value)
        )

    def among(self, old: Any) -> Any:
        """What is read at its path afterwards."""
        return self.value if isinstance(self.value, str) else list(self.value)

    def in_braces(self) -> Iterator[str]:
        """Ways to write it within braces."""
        return flow_values(self.value)

    def behind_key(self, indent: int) -> str:
        """As it stands behind a colon; a list in lines of its own."""
        if isinstance(self.value, str):
            return f" {next(scalars(self.value, ''))}"
        return block_list(self.value, indent)


class Insert(NamedTuple):
    """An item to be put into a list: the list, the position it gets there, its keys and texts."""

    path: Path
    position: int
    item: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "，".join(f"{key}: {text}" for key, text in self.item)

    def is_of(self, other: Insert) -> bool:
        """Whether both tell of one row by its name."""
        is_named = self.item[0][0] == "名称"
        return is_named and (self.path, self.item[0]) == (
            other.path,
            other.item[0],
        )

    def among(self, old: Any) -> Any:
        """What is read at its path afterwards."""
        items = list(old or ())
        items.insert(self.position, dict(self.item))
        return items

    def written(self) -> str:
        """The item on one line."""
        pairs = (f"{key}: {next(flow_values(text))}" for key, text in self.item)
        return f"{{{', '.join(pairs)}}}"

    def in_braces(self) -> Iterator[str]:
        """A list of this one item within braces."""
        yield f"[{self.written()}]"

    def behind_key(self, indent: int) -> str:
        """A list of this one item, in a line of its own."""
        return f"\n{' ' * indent}- {self.written()}"


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
    wanted = tree_with(document.data, put.path, put)
    for start, end, text in candidates(document, put):
        old = document.source.text
        source = document.source._replace(text=old[:start] + text + old[end:])
        try:
            new = build_tree(source)
        except ReportgenError:
            continue
        if new.data == wanted:
            return new
    raise ValueRefused(
        f"「{'.'.join(map(str, put.path))}」写不回文件，请自行改为：{put}"
    )


def tree_with(data: Any, path: Path, put: Put | Insert) -> Any:
    """The tree as it shall be read afterwards."""
    if not path:
        return put.among(data)
    step, *rest = path
    below = tuple(rest)
    if isinstance(data, list):
        return [
            tree_with(one, below, put) if n == step else one
            for n, one in enumerate(data)
        ]
    data = data or {}
    return {**data, step: tree_with(data.get(step), below, put)}


def _inserting(text: str, put: Insert, spot: Spot) -> Iterator[Edit]:
    """Start, end and text: in a line of its own behind the item before it, or within brackets."""
    item = put.written()
    items = list((spot.children or {}).values())
    if not items:
        holder = spot.key or spot.start
        lines = put.behind_key(holder.column + STEP)
        for written in (lines, f" [{item}]"):
            yield spot.start.index, spot.end.index, written
        return
    is_first = put.position == 0
    before = max(min(put.position, len(items)) - 1, 0)
    beside = items[before]
    start = beside.start.index - beside.start.column
    dash = text[start : beside.start.index]
    if dash.strip() == "-" and is_first:
        yield start, start, f"{dash}{item}\n"
    elif dash.strip() == "-":
        end = line_end(text, beside)
        yield end, end, f"\n{dash}{item}"
    at = beside.start.index if is_first else beside.end.index
    yield at, at, f"{item}, " if is_first else f", {item}"


def candidates(document: YamlDocument, put: Put | Insert) -> Iterator[Edit]:
    """Start, end and text of replacements, the plainest first."""
    trail = spots_along(document.root, put.path)
    if any(spot.alias for spot in trail):
        raise ValueRefused(
            f"「{'.'.join(map(str, put.path))}」{_ALIAS}，请自行修改"
        )
    text, spot = document.source.text, trail[-1]
    missing = put.path[len(trail) - 1 :]
    if missing:
        is_empty = spot.children is None and len(trail) > 1
        adding = _filling if is_empty else _adding
        yield from adding(text, spot, missing, put)
    elif isinstance(put, Insert):
        yield from _inserting(text, put, spot)
    else:
        yield from _replacing(document, put, spot)


def _replacing(document: YamlDocument, put: Put, spot: Spot) -> Iterator[Edit]:
    """Start, end and text of what is written over a value."""
    text = document.source.text
    span = document.span(put.path)
    start, end = span if span else (spot.start.index, spot.end.index)
    old = text[start:end]
    tail = len(old) - len(
        old.rstrip()
    )  # the end of a block is at the start of what comes next
    indent = spot.key.column if spot.key else spot.start.column - STEP
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
) -> Iterator[Edit]:
    """A list with a line for each item: the items that stay keep their lines and remarks."""
    text = document.source.text
    items = list((spot.children or {}).values())
    old = document.data
    for step in put.path:
        old = old[step]
    starts = [one.start.index - one.start.column for one in items]
    bounds = zip(starts, items, strict=True)
    dashes = {text[start : one.start.index] for start, one in bounds}
    are_lines = {one.strip() for one in dashes} == {"-"}
    if not (
        put.value and are_lines and all(isinstance(one, str) for one in old)
    ):
        return
    end = line_end(text, items[-1])
    spans = zip(starts, [*starts[1:], end], strict=True)
    lines = [text[start:stop].rstrip("\n") for start, stop in spans]
    dash = text[starts[0] : items[0].start.index]
    new = _item_lines(old, put.value, lines, dash)
    yield starts[0], end, "\n".join(new)


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
    text: str, holder: Spot, missing: Path, put: Put | Insert
) -> Iterator[Edit]:
    """A key that stands there with nothing behind it."""
    start, end = holder.start.index, holder.end.index
    indent = (holder.key or holder.start).column
    yield start, end, _nested(missing, put, indent + STEP)


def _adding(
    text: str, holder: Spot, missing: Path, put: Put | Insert
) -> Iterator[Edit]:
    """A key more in a mapping: behind the last one, in braces before the closing one."""
    children = list((holder.children or {}).values())
    if text[holder.start.index : holder.start.index + 1] == "{":
        at, comma = _flow_end(text, holder)
        opening = ": {".join(map(str, missing))
        closing = "}" * (len(missing) - 1)
        for inner in put.in_braces():
            yield at, at, f"{comma}{opening}: {inner}{closing}"
        return
    keys = [one.key for one in children if one.key is not None]
    indent = keys[0].column if keys else 0
    at = line_end(text, children[-1] if children else holder)
    yield at, at, _nested(missing, put, indent)


def _nested(keys: Path, put: Put | Insert, indent: int) -> str:
    """Keys below each other and what is put below the last."""
    lines = [
        f"\n{' ' * (indent + STEP * n)}{key}:" for n, key in enumerate(keys)
    ]
    return "".join(lines) + put.behind_key(indent + STEP * len(keys))


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


def line_end(text: str, spot: Spot) -> int:
    """Behind the line in which a value ends, its remark included; remarks below it may be on what comes next."""
    while spot.children and text[spot.start.index] not in "[{":
        *_, spot = spot.children.values()
    own = text[spot.start.index : spot.end.index].rstrip()
    stop = text.find("\n", spot.start.index + len(own))
    return len(text.rstrip("\n")) if stop < 0 else stop
