"""A tree of texts as YAML: what is short on one line, the rest in blocks, with comments above what they are about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.sources.yaml_writing import STEP, flow_values, scalars

Path = tuple[str | int, ...]
Comments = Mapping[Path, Sequence[str]]
_LONGEST = 110  # of what stands on one line in braces


def tree_text(
    tree: Mapping[str, Any],
    comments: Comments,
) -> str:
    """`tree` as a text; a comment stands above the value at its path, or above the row that the value is in."""
    return "".join(f"{line}\n" for line in _block(tree, (), comments))


def _block(
    tree: Mapping[str, Any],
    path: Path,
    comments: Comments,
) -> Iterator[str]:
    for key, value in tree.items():
        below = (*path, key)
        name = next(scalars(str(key), ""))
        yield from (f"# {one}" for one in comments.get(below, ()))
        if not path and isinstance(value, (dict, list)):
            yield ""
        if isinstance(value, dict):
            yield f"{name}:"
            yield from _indented(_block(value, below, comments))
        elif isinstance(value, list):
            yield f"{name}:"
            yield from _indented(_items(value, below, comments))
        else:
            yield f"{name}:{_scalar(value, below in comments)}"


def _scalar(
    value: str,
    asked: bool,
) -> str:
    """A text behind its key; nothing where a person is asked to fill it in, else blank as the form has it."""
    blank = "" if asked else ' ""'
    return f" {next(scalars(value, ''))}" if value else blank


def _items(
    items: Sequence[Any],
    path: Path,
    comments: Comments,
) -> Iterator[str]:
    for at, item in enumerate(items):
        below = (*path, at)
        if not isinstance(item, dict):
            yield from (f"# {one}" for one in comments.get(below, ()))
            yield f"- {next(scalars(item, ''))}"
            continue
        flow = _flow(item)
        if flow:
            yield from _above(below, comments)
            yield f"- {flow}"
        else:
            yield from _item(item, below, comments)


def _item(
    item: Mapping[str, Any],
    path: Path,
    comments: Comments,
) -> Iterator[str]:
    """A mapping as an item of a list: its first line stands behind the dash."""
    yield from (f"# {one}" for one in comments.get(path, ()))
    lines = list(_block(item, path, comments))
    first = next(at for at, one in enumerate(lines) if not one.startswith("#"))
    yield from lines[:first]
    yield f"- {lines[first]}"
    yield from _indented(iter(lines[first + 1 :]))


def _above(
    path: Path,
    comments: Comments,
) -> Iterator[str]:
    """All comments on what is in a row."""
    said: dict[str, None] = {}
    for below, texts in comments.items():
        if below[: len(path)] == path:
            said.update(dict.fromkeys(texts))
    return (f"# {one}" for one in said)


def _flow(item: Mapping[str, Any]) -> str:
    """A row in braces; "" where it is too long or deep for that."""
    parts = []
    for key, value in item.items():
        if isinstance(value, dict):
            shown = _flow(value)
        elif isinstance(value, str):
            shown = next(flow_values(value))
        else:
            return ""
        if not shown:
            return ""
        parts.append(f"{key}: {shown}")
    text = f"{{{', '.join(parts)}}}"
    return text if len(text) <= _LONGEST else ""


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"{' ' * STEP}{line}" if line else "" for line in lines)
