"""The names under which prose may speak of an indicator."""

import re

_SUFFIX = re.compile(
    r"(?<=..)(?:[次班批场]次|人次|次数|[人户家个件台]数|数量|面积|里程|数)\Z"
)


def shortened(name: str) -> str:
    """The name of an indicator as prose has it: 培训场次 -> 培训."""
    return _SUFFIX.sub("", name)


def covered(text: str, name: str) -> int:
    """How many characters of `text` are pieces of `name`, each the longest: of 改造操场 all, 操场改造面积 has both."""
    said = start = 0
    while start < len(text) - 1:
        end = start + 2
        if text[start:end] not in name:
            start += 1
            continue
        while end < len(text) and text[start : end + 1] in name:
            end += 1
        said += end - start
        start = end
    return said
