"""The names under which prose may speak of an indicator."""

import re
from functools import lru_cache

_ENDING = re.compile(
    r"(?<=..)(?:[次人户家个件台]数|[班场人]次|数量|面积|数)\Z", re.DOTALL
)

_LEAST_TURNED = 5  # characters; of less than three and a verb, a turned name may be any words


def shortened(name: str) -> str:
    """The name of an indicator as prose has it: 培训场次 -> 培训."""
    return _ENDING.sub("", name)


@lru_cache(maxsize=1024)
def spoken_names(name: str) -> tuple[str, ...]:
    """The names under which prose may speak of an indicator.

    The name, the name without its suffix, and with its last word in front, as a sentence has it: 农村厕所改造 ->
    改造农村厕所.
    """
    if len(name) < 2:
        return ()
    turned = name[-2:] + name[:-2] if len(name) >= _LEAST_TURNED else name
    return tuple(dict.fromkeys((name, shortened(name), turned)))
