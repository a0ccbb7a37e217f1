"""Characters that YAML or XML treat in their own way: which they are, and how to carry them through the YAML parser."""

import re
from itertools import chain, takewhile

# What XML 1.0 has no place for, so no Word document can hold it. U+007F and U+0080-U+009F are odd but allowed.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)

# What libyaml refuses without naming the field (controls, lone surrogates), takes for a line break that no editor
# shows (U+0085, U+2028, U+2029), or may swallow (U+FEFF).
_UNPARSED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)

_ESCAPE = re.compile(
    r'\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|"', re.DOTALL
)
_SHORT_ESCAPES = {
    "0": "\x00",
    "a": "\x07",
    "b": "\x08",
    "v": "\x0b",
    "f": "\x0c",
    "e": "\x1b",
}
_LAST = 0x10FFFF


def forbidden(text: str) -> list[str]:
    """The different characters of the text that XML forbids, in the order of their first appearance."""
    return (
        [char for char in dict.fromkeys(text) if _FORBIDDEN.match(char)]
        if _FORBIDDEN.search(text)
        else []
    )


def code_point(char: str) -> str:
    """A character that cannot be shown, as U+XXXX."""
    return f"U+{ord(char):04X}"


def stand_ins(text: str) -> dict[int, int]:
    """For each character that the parser would not take as typed, one that the text does not use; empty for most texts.

    One character stands for one, so offsets, lines and columns stay what they are in the text as typed.
    """
    if not _UNPARSED.search(text):
        return {}
    used = set(text)
    private = chain(
        range(0xE000, 0xF900),
        range(0xF0000, 0xFFFFE),
        range(0x100000, 0x10FFFE),
    )
    free = (code for code in private if chr(code) not in used)
    return dict(
        zip(
            sorted(map(ord, _UNPARSED.findall("".join(used)))),
            free,
            strict=False,
        )
    )


def forbidden_escapes(text: str, start: int) -> list[str]:
    r"""The forbidden characters that escapes such as \x0b or \uD800 name in the double-quoted scalar at `start`."""
    escapes = takewhile(
        lambda escape: escape != '"',
        map(re.Match.group, _ESCAPE.finditer(text, start + 1)),
    )
    chars = [
        _SHORT_ESCAPES.get(escape[1:]) or _escaped(escape[2:])
        for escape in dict.fromkeys(escapes)
    ]
    return [char for char in dict.fromkeys(chars) if _FORBIDDEN.match(char)]


def _escaped(digits: str) -> str:
    """The character of a number in base 16."""
    return chr(min(int(digits, 16), _LAST)) if digits else ""


def shown(text: str, limit: int = 20) -> str:
    """The beginning of a text fit for a message: one line, nothing invisible."""
    head = "".join(
        char if char.isprintable() or char == "\u3000" else " "
        for char in text[: limit + 1]
    )
    return head if len(text) <= limit else f"{head[:limit]}…"
