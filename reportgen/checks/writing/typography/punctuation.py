"""TXT014: punctuation of Chinese prose that was typed half-width."""

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ADVICE, Problems, at, rule
from reportgen.checks.writing.typography.chinese_marks import (
    WrongMark,
    with_marks,
    wrong_marks,
)

_AROUND = 8  # characters that are shown on each side of a mark
_SIGNS = ",;:!?.()\"'"


@rule(
    "TXT014",
    ADVICE,
    "文中“{quoted}”的标点是半角的（共 {count} 个）；请写成“{right}”，或用 reportgen check --fix --apply 改正",
)
def marks_half_width(facts: Facts) -> Problems:
    """中文行文里的标点用了半角，引号用了直引号.

    依据：GB/T 15834《标点符号用法》，中文里的标点用全角，引号用“”；数字、时间、网址和外文里的不报。
    反例：
        叙述: {单位概况: '本单位负责公共图书借阅,辅导基层文化活动。'}
    """
    if not any(map(facts.paragraph_text.has, _SIGNS)):
        return
    for block in facts.blocks:
        marks = wrong_marks(block.text)
        if marks:
            quoted, right = _shown(block.text, marks)
            yield at(block, quoted=quoted, right=right, count=len(marks))


def _shown(text: str, marks: list[WrongMark]) -> tuple[str, str]:
    """The words around the first marks, as typed and as they should be."""
    first = marks[0]
    start = max(0, first.at - _AROUND)
    near = [one for one in marks if one.at <= first.at + 2 * _AROUND]
    end = near[-1].at + len(near[-1].old) + _AROUND
    quoted = text[start:end]
    moved = [one._replace(at=one.at - start) for one in near]
    return quoted, with_marks(quoted, moved)
