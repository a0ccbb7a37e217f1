"""What identifies a person by its shape: telephone and identity numbers, addresses of mail, accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PHONE, IDENTITY, MAIL, ACCOUNT, CARD = (
    "电话号码",
    "身份证号码",
    "电子邮箱",
    "QQ、微信号",
    "银行账号",
)
_STEP = r"[-\s]?"  # what people put between the digits of a number
_FREE, _END = r"(?<![0-9A-Za-z.*])", r"(?![0-9A-Za-z*]|\.[0-9]|万|元|%|‰)"


@dataclass(frozen=True, slots=True)
class Spotted:
    """Something that is masked: where it stands in a text, what it is, and how it is shown instead."""

    start: int
    end: int
    kind: str
    shown: str


_MOBILE = re.compile(
    rf"(?:(?<![0-9A-Za-z.*])|(?<=86))1\s?[3-9](?:{_STEP}[0-9]){{9}}{_END}"
    rf"|{_FREE}1[3-9][0-9][.·_/][0-9]{{4}}[.·_/][0-9]{{4}}{_END}"
)
_LANDLINE = re.compile(
    rf"{_FREE}(?:[(（]0[1-9][0-9]{{1,2}}[)）]|0[1-9][0-9]{{1,2}})\s?[-—–－]?\s?"
    rf"[2-9][0-9]{{2,3}}[-\s]?[0-9]{{4}}(?:[-转][0-9]{{1,5}})?{_END}"
)
_HOTLINE = re.compile(rf"{_FREE}[48]00[-\s]?[0-9]{{3}}[-\s]?[0-9]{{4}}{_END}")
_IDENTITY = re.compile(
    rf"{_FREE}[1-9](?:{_STEP}[0-9]){{16}}{_STEP}[0-9Xx](?![0-9A-Za-z*])"
)
_OLD_IDENTITY = re.compile(
    rf"{_FREE}[1-9][0-9]{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}{_END}"
)
_BORN = re.compile(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)
_MAIL = re.compile(
    r"[A-Za-z0-9._%+-]{2,}\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_NUMBER = r"[0-9](?:[-\s]?[0-9]){5,10}"
_LABELLED_PHONE = re.compile(
    rf"(?:电\s*话|手\s*机|座\s*机|传\s*真|联系方式|Tel|TEL|tel|Phone|短号)"
    rf"(?:号码|号)?\s*[：:（(/、]?\s*({_NUMBER}){_END}"
)
_LABELLED_ACCOUNT = re.compile(
    r"(?:QQ|qq|Qq|微\s*信|WeChat|wechat|weixin)(?:号码|号)?\s*[：:（(]?\s*([A-Za-z0-9][A-Za-z0-9_-]{4,19})"
)
_LABELLED_CARD = re.compile(
    r"(?:账\s*号|帐\s*号|卡\s*号|账\s*户|帐\s*户)\s*[：:]?\s*([0-9](?:[-\s]?[0-9]){11,24})"
)
_LABELLED_IDENTITY = re.compile(
    r"(?:身份证|证件)(?:号码|号|编号)?\s*[：:]?\s*([0-9](?:[-\s]?[0-9]){13,16}[-\s]?[0-9Xx])"
)
_CARD = re.compile(r"(?<![0-9A-Za-z.*])62(?:[-\s]?[0-9]){14,17}(?![0-9A-Za-z])")
_WIDE = {
    **{0xFF10 + n: str(n) for n in range(10)},
    **{0xFF21 + n: chr(65 + n) for n in range(26)},
    **{0xFF41 + n: chr(97 + n) for n in range(26)},
    0xFF0D: "-",
    0xFF20: "@",
    0xFF0E: ".",
    0xFF3F: "_",
    0x3000: " ",
    0x00A0: " ",
    0x2011: "-",
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
    0x200B: " ",
}


def narrow(text: str) -> str:
    """`text` with digits, letters and dashes of full width as those of half; each character stays where it is."""
    return text.translate(_WIDE)


def numbers_in(text: str) -> Iterator[Spotted]:
    """Every number and address in `text`; spans may overlap, the first found goes first."""
    plain = narrow(text)
    for pattern, kind, group, fits, shown in _SHAPES:
        for match in pattern.finditer(plain):
            found = match[group]
            if fits(found):
                start, end = match.span(group)
                yield Spotted(start, end, kind, shown(found))


def _has_birthday(number: str) -> bool:
    """Whether 18 digits are an identity number: the birthday of its owner stands in it."""
    plain = "".join(one for one in number if one.isalnum()).upper()
    return _BORN.fullmatch(plain) is not None


def _always(_: str) -> bool:
    return True


def _luhn(number: str) -> bool:
    digits = [int(one) for one in number if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _keep(first: int, last: int) -> Callable[[str], str]:
    """Shows a number with all but its first and last digits as stars."""

    def shown(number: str) -> str:
        signs = [one for one in number if one.isalnum()]
        hidden = len(signs) - first - last
        end = signs[len(signs) - last :] if last else []
        return "".join((*signs[:first], "*" * hidden, *end))

    return shown


def _landline(number: str) -> str:
    digits = "".join(one for one in number if one.isdigit())
    area = 3 if digits[1] in "12" else 4
    return f"{digits[:area]}-{'*' * (len(digits) - area)}"


def _mail(address: str) -> str:
    return f"***@{address.partition('@')[2].strip()}"


_Shape = tuple[
    "re.Pattern[str]", str, int, Callable[[str], bool], Callable[[str], str]
]
_SHAPES: tuple[_Shape, ...] = (
    (_IDENTITY, IDENTITY, 0, _has_birthday, _keep(3, 1)),
    (_OLD_IDENTITY, IDENTITY, 0, _always, _keep(3, 1)),
    (_LABELLED_IDENTITY, IDENTITY, 1, _always, _keep(3, 1)),
    (_MOBILE, PHONE, 0, _always, _keep(3, 4)),
    (_LANDLINE, PHONE, 0, _always, _landline),
    (_HOTLINE, PHONE, 0, _always, _keep(3, 0)),
    (_LABELLED_PHONE, PHONE, 1, _always, _keep(0, 0)),
    (_MAIL, MAIL, 0, _always, _mail),
    (_LABELLED_ACCOUNT, ACCOUNT, 1, _always, _keep(0, 0)),
    (_LABELLED_CARD, CARD, 1, _always, _keep(0, 4)),
    (_CARD, CARD, 0, _luhn, _keep(0, 4)),
)
