"""The names under which prose may speak of an indicator."""

import re

_SUFFIX = re.compile(
    r"(?<=..)(?:[次班批场]次|人次|次数|[人户家个件台]数|数量|面积|里程|数)\Z"
)


def shortened(name: str) -> str:
    """The name of an indicator as prose has it: 培训场次 -> 培训."""
    return _SUFFIX.sub("", name)


def piece_of(name: str, text: str) -> str:
    """The longest piece of `name` that `text` begins with, or "": of 操场改造面积 and 改造操场 it is 改造."""
    lengths = range(len(text), 1, -1)
    return next((text[:n] for n in lengths if text[:n] in name), "")


def covered(text: str, name: str) -> int:
    """How many characters of `text` are pieces of `name`."""
    said = 0
    while text:
        piece = piece_of(name, text)
        said += len(piece)
        text = text[len(piece) or 1 :]
    return said
