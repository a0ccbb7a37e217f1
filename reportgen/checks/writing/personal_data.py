"""TXT012: what identifies a person, in documents that are published."""

import re

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.text_index import TextIndex
from reportgen.checks.rule import WARNING, Problems, at, rule

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9A-Za-z.]|万|元|%)"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])([1-9][0-9]{5})((?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])(?![0-9A-Za-z])"
)
_CONTACT = re.compile(
    r"(?:联系人|填报人|填表人|经办人|负责人)[：:]?\s*[\u4e00-\u9fff]{2,4}[，,、；;\s]*(?:联系)?(?:电话|手机)[：:]?\s*([0-9]{3,4}-)?[0-9]{7,11}"
)
_DIGITS = re.compile(r"[0-9]{4}[- ]?[0-9]{3}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule("TXT012", WARNING, "这里有{what}（{shown}），公开前请删去或遮盖")
def personal_data(facts: Facts) -> Problems:
    """公开的文件中有手机号码、身份证号码或姓名加电话.

    依据：自评材料要随决算公开，不应公开个人的手机号码、身份证号码；已遮盖的（138****0000）不报。
    反例：
        填报: {联系电话: 138 0000 0000}
    """
    for typed in (facts.cell_text, facts.paragraph_text):
        if not _DIGITS.search(typed.text):  # no number is long enough
            continue
        for block, match in typed.hits(_MOBILE):
            shown = f"{match[1]}****{match[3]}"
            yield at(block, what="手机号码", shown=shown)
        yield from _identities(typed)
        for block, match in typed.hits(_CONTACT):
            if not _MOBILE.search(match[0]):
                yield at(
                    block,
                    what="姓名和电话号码",
                    shown=f"{match[0][:6]}…",
                )


def _identities(typed: TextIndex) -> Problems:
    for block, match in typed.hits(_IDENTITY):
        if _adds_up(f"{match[1]}{match[2]}".upper()):
            yield at(
                block,
                what="身份证号码",
                shown=f"{match[1]}********{match[2][-4:]}",
            )


def _adds_up(number: str) -> bool:
    """Whether the last character is the check of the others: an account number of 18 digits nearly never passes."""
    total = sum(
        int(digit) * weight
        for digit, weight in zip(number, _WEIGHTS, strict=False)
    )
    return "10X98765432"[total % 11] == number[-1]
