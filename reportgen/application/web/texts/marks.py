"""Names in braces within a text, as 【自动写的】 or 【资金.执行率】: nobody has to know how a file says it."""

from __future__ import annotations

import re

from reportgen.core.value import FieldPath
from reportgen.narrative.own_words import DEFAULT, DEFAULT_NAME

AUTOMATIC = "【自动写的】"
DEFAULT_MARK = f"{{{{ {DEFAULT_NAME} }}}}"
_TOLD = frozenset(("叙述", "改写"))
_NAMED = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_DOTTED = re.compile(
    r"【([\w]+(?:\.[\w]+)+)】"
)  # 【资金.执行率】 is a name for sure


def has_marks(path: FieldPath) -> bool:
    """Whether names in braces mean something in the text at `path`: in chapters and what is said otherwise."""
    return not _TOLD.isdisjoint(path)


def shown_marks(text: str) -> str:
    """The text as it is shown: every name in braces in brackets that are typed on any keyboard of ours."""
    return _NAMED.sub(r"【\1】", DEFAULT.sub(AUTOMATIC, text))


def written_marks(
    text: str,
    before: str,
) -> str:
    """What was shown as it is written: names, those of `before` and any of several steps, in braces again.

    Brackets around anything else are somebody's own.
    """
    for found in _NAMED.finditer(before):
        text = text.replace(shown_marks(found[0]), found[0])
    text = _DOTTED.sub(r"{{ \1 }}", text)
    return text.replace(AUTOMATIC, DEFAULT_MARK)
