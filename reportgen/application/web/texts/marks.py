"""Names in braces within a text, as 【自动写的】 or 【资金.执行率】: nobody has to know how a file says it."""

from __future__ import annotations

import re

from reportgen.core.value import FieldPath
from reportgen.narrative.own_words import DEFAULT, DEFAULT_NAME

OWN, REWORDED = "叙述", "改写"
AUTOMATIC = "【自动写的】"
DEFAULT_MARK = f"{{{{ {DEFAULT_NAME} }}}}"
_NAMED = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_DOTTED = re.compile(
    r"【([\w]+(?:\.[\w]+)+)】"
)  # 【资金.执行率】 is a name for sure


def shown_marks(
    text: str,
    path: FieldPath,
) -> str:
    """The text at `path` as it is shown, in brackets what stands for something there; any keyboard of ours has them.

    In a chapter that is what the program writes itself, in what is said otherwise also names.
    """
    if REWORDED in path:
        return _named_in(text)
    return DEFAULT.sub(AUTOMATIC, text) if OWN in path else text


def _named_in(text: str) -> str:
    return _NAMED.sub(r"【\1】", DEFAULT.sub(AUTOMATIC, text))


def written_marks(
    text: str,
    path: FieldPath,
    before: str,
) -> str:
    """What was shown as it is written: names, those of `before` and any of several steps, in braces again.

    Brackets around anything else are somebody's own.
    """
    if REWORDED in path:
        for found in _NAMED.finditer(before):
            text = text.replace(_named_in(found[0]), found[0])
        text = _DOTTED.sub(r"{{ \1 }}", text)
    elif OWN not in path:
        return text
    return text.replace(AUTOMATIC, DEFAULT_MARK)
