"""One value of a file found without reading on: a run looks for files of one unit before it builds any."""

from collections.abc import Collection, Sequence
from pathlib import Path

import yaml
from yaml import events

from reportgen.sources.builder import LOADER, MAX_DEPTH
from reportgen.sources.text import read_text

_IN_A_LIST = ""  # stands for the key of an item, which has none


def text_at(
    path: Path,
    keys: Sequence[Collection[str]],
) -> str | None:
    """The text at `keys`, each step a key by any of its names; None where it is not there, or is not plain to see.

    Raises Rejected where the file is no text. What is wrong with the rest of the file is told by whoever reads it.
    """
    try:
        return _found(read_text(path).text, keys)
    except yaml.YAMLError:
        return None


def _found(text: str, keys: Sequence[Collection[str]]) -> str | None:
    """The text at the keys, which goes through the events until it is there."""
    above: list[
        str | None
    ] = []  # the key of each open mapping, None before it is read
    for event in yaml.parse(text, LOADER):
        typed = getattr(event, "value", None)
        if isinstance(event, events.CollectionStartEvent):
            is_list = isinstance(event, events.SequenceStartEvent)
            above.append(_IN_A_LIST if is_list else None)
            if len(above) > MAX_DEPTH:  # libyaml takes ever longer further in
                return None
            continue
        if typed is not None and above and above[-1] is None:
            above[-1] = typed
            continue
        if isinstance(event, events.CollectionEndEvent):
            above.pop()
        elif _is_at(above, keys):
            return typed
        if above and above[-1] != _IN_A_LIST:  # a value ends
            above[-1] = None
    return None


def _is_at(
    above: Sequence[str | None], keys: Sequence[Collection[str]]
) -> bool:
    """Whether the keys that are open are those that are looked for."""
    if len(above) != len(keys):
        return False
    return all(key in names for key, names in zip(above, keys, strict=True))
