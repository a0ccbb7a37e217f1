"""Files as bad disks, other programs and bad people make them: Word packages, unit.yaml, receipts."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from word_hand import MAIN, packed, parts

Breaker = Callable[[bytes, random.Random], bytes]
_STRANGE = (
    *("\x00", "\x0b", "\u2028", "\ufeff", "\t", "\u202e", "\ud7ff", "😀", "　"),
    *(
        "{{ 7*7 }}",
        "{% for a in b %}",
        "{#",
        "&a ",
        "*a",
        "!!python/object:os.x ",
        "<<: ",
    ),
    *(
        "- - - ",
        "? ",
        "|\n",
        ">\n",
        "'",
        '"',
        "[",
        "{",
        "}",
        "]",
        ": ",
        "#",
        "---\n",
        "...\n",
    ),
    *(
        "9" * 400,
        "1e999999",
        "-0",
        "nan",
        "0x1F",
        "1_000",
        "１２３",
        "1:30",
        "2024-02-30",
        "~",
    ),
)


def _at(data: bytes, dice: random.Random) -> int:
    return dice.randrange(len(data) + 1)


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 9)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    at = _at(data, dice)
    return data[:at] if dice.random() < 0.7 else data[at:]


def put_in(data: bytes, dice: random.Random) -> bytes:
    at = _at(data, dice)
    return data[:at] + dice.randbytes(dice.randrange(1, 40)) + data[at:]


def repeat(data: bytes, dice: random.Random) -> bytes:
    at = _at(data, dice)
    piece = data[at : at + dice.randrange(1, 400)]
    return data[:at] + piece * dice.randrange(2, 30) + data[at:]


def empty(data: bytes, dice: random.Random) -> bytes:
    return b""


# packages


def _one_part(data: bytes, dice: random.Random) -> tuple[dict[str, bytes], str]:
    members = parts(data)
    names = sorted(members)
    name = MAIN if dice.random() < 0.4 else names[dice.randrange(len(names))]
    return members, name


def drop_part(data: bytes, dice: random.Random) -> bytes:
    members, name = _one_part(data, dice)
    del members[name]
    return packed(members)


def rename_part(data: bytes, dice: random.Random) -> bytes:
    members, name = _one_part(data, dice)
    new = (
        *(
            "../x.xml",
            "/word/document.xml",
            "word/Document.xml",
            "WORD\\document.xml",
            "x" * 300,
        ),
        *(
            "word/\x01.xml",
            "[content_types].xml",
            "word//document.xml",
            "C:/x.xml",
        ),
    )
    held = members.pop(name)
    members[dice.choice(new)] = held
    return packed(members)


def swap_parts(data: bytes, dice: random.Random) -> bytes:
    members, name = _one_part(data, dice)
    other = dice.choice(sorted(members))
    members[name], members[other] = members[other], members[name]
    return packed(members)


def break_part(data: bytes, dice: random.Random) -> bytes:
    """One part broken within a sound package."""
    members, name = _one_part(data, dice)
    broken = dice.choice((flip, cut, put_in, repeat, empty))
    members[name] = broken(members[name], dice)
    return packed(members)


def twice(data: bytes, dice: random.Random) -> bytes:
    """Two parts of one name."""
    members, name = _one_part(data, dice)
    target = BytesIO(packed(members))
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo(name)
        with_warning = archive.NameToInfo
        with_warning.pop(name, None)
        archive.writestr(info, flip(members[name], dice))
    return target.getvalue()


def declare_encoding(data: bytes, dice: random.Random) -> bytes:
    members, name = _one_part(data, dice)
    text = members[name].decode("utf-8", "replace")
    text = re.sub(r"^<\?xml[^>]*\?>", "", text)
    declared = dice.choice(
        [
            "utf-16",
            "utf-7",
            "gbk",
            "utf-32",
            "latin-1",
            "ascii",
            "x-none",
            "ebcdic-cp-us",
        ]
    )
    text = f'<?xml version="1.0" encoding="{declared}"?>{text}'
    written = dice.choice(["utf-8", declared, "utf-16", "gb18030"])
    try:
        members[name] = text.encode(written, "replace")
    except LookupError:
        members[name] = text.encode()
    return packed(members)


def deepen(data: bytes, dice: random.Random) -> bytes:
    """Elements within elements, or many of them side by side."""
    members = parts(data)
    count = dice.choice([300, 5_000, 60_000])
    tag = dice.choice(
        ["w:p", "w:tbl", "w:r", "w:ins", "w:sdt", "w:smartTag", "x"]
    )
    inner = f"<{tag}>" * count + f"</{tag}>" * count
    if dice.random() < 0.4:
        inner = f"<{tag}/>" * count
    text = members[MAIN].decode()
    at = text.index("<w:body>") + len("<w:body>")
    members[MAIN] = f"{text[:at]}{inner}{text[at:]}".encode()
    return packed(members)


def edit_xml(data: bytes, dice: random.Random) -> bytes:
    """One token of the XML replaced: numbers that are none, names of others, entities."""
    members, name = _one_part(data, dice)
    text = members[name].decode("utf-8", "replace")
    found = list(re.finditer(r'="([^"]*)"|>([^<]+)<|<(/?[\w:]+)', text))
    if not found:
        return data
    one = dice.choice(found)
    group = next(n for n in (1, 2, 3) if one[n] is not None)
    new = dice.choice(
        [
            *(
                "",
                "9" * 5000,
                "-1",
                "0",
                "_rg_",
                "_rg_x_1",
                "w:p",
                "w:tbl",
                "&amp;",
                "&x;",
                "&#0;",
                "&#x1F;",
            ),
            *(
                "{{ 单位.名称 }}",
                "{%",
                "../..",
                "http://x/",
                "restart",
                "\u202e",
                "x" * 70_000,
            ),
        ]
    )
    start, end = one.span(group)
    members[name] = f"{text[:start]}{new}{text[end:]}".encode()
    return packed(members)


def entities(data: bytes, dice: random.Random) -> bytes:
    members, name = _one_part(data, dice)
    bomb = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">'
        for n in range(9)
    )
    text = members[name].decode("utf-8", "replace")
    head, sep, rest = text.partition("?>")
    members[name] = f"{head}{sep}<!DOCTYPE x [{bomb}]>{rest}".encode()
    return packed(members)


def false_sizes(data: bytes, dice: random.Random) -> bytes:
    """Sizes, flags, methods or places in the directory of the package that are not so."""
    changed = bytearray(data)
    found = [one.start() for one in re.finditer(b"PK\x01\x02", data)]
    if not found:
        return data
    entry = dice.choice(found)
    offset = dice.choice([8, 10, 16, 20, 24, 28, 30, 42])
    value = dice.choice([0, 1, 0xFFFF, 0xFFFFFFFF, dice.randrange(1 << 32)])
    wide = offset in {16, 20, 24, 42}
    form, most = ("<I", 0xFFFFFFFF) if wide else ("<H", 0xFFFF)
    struct.pack_into(form, changed, entry + offset, value & most)
    return bytes(changed)


def inflate(data: bytes, dice: random.Random) -> bytes:
    """A part that is far larger than it looks."""
    members, name = _one_part(data, dice)
    members[name] += b" " * 40_000_000
    return packed(members)


PACKAGE: tuple[Breaker, ...] = (
    *(
        flip,
        cut,
        put_in,
        repeat,
        empty,
        drop_part,
        rename_part,
        swap_parts,
        break_part,
    ),
    *(
        break_part,
        twice,
        declare_encoding,
        declare_encoding,
        deepen,
        edit_xml,
        edit_xml,
    ),
    *(edit_xml, edit_xml, entities, false_sizes, false_sizes, inflate),
)

# texts


def strange(data: bytes, dice: random.Random) -> bytes:
    """Signs that mean something, or nothing, put anywhere."""
    text = data.decode("utf-8", "replace")
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(_STRANGE) + text[at:]
    return text.encode("utf-8", "surrogatepass")


def shuffle_lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(dice.randrange(1, 5)):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def indent_otherwise(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    lines[at] = dice.choice([b" ", b"   ", b"\t", b"- "]) + lines[at]
    return b"".join(lines)


def replace_value(data: bytes, dice: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    found = list(re.finditer(r": *([^\s,{}\[\]][^,\n}]*)", text))
    if not found:
        return data
    one = dice.choice(found)
    new = dice.choice(
        [
            *_STRANGE,
            "[]",
            "{}",
            "null",
            "[1, 2]",
            "{a: 1}",
            "是",
            "无",
            "/",
            "x" * 20_000,
        ]
    )
    return f"{text[: one.start(1)]}{new}{text[one.end(1) :]}".encode(
        "utf-8", "surrogatepass"
    )


def other_encoding(data: bytes, dice: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    kind = dice.choice(
        ["gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "utf-32"]
    )
    return text.encode(kind, "replace")


def nest(data: bytes, dice: random.Random) -> bytes:
    depth = dice.choice([50, 2_000, 100_000])
    return data + dice.choice(
        [
            b"\n\xe5\x8f\x99\xe8\xbf\xb0: " + b"[" * depth,
            b"\nx: " + b"{a: " * depth,
            b"\n"
            + b"".join(b"  " * n + b"a:\n" for n in range(min(depth, 2000))),
        ]
    )


TEXT: tuple[Breaker, ...] = (
    *(
        flip,
        cut,
        put_in,
        repeat,
        empty,
        strange,
        strange,
        strange,
        shuffle_lines,
    ),
    *(
        shuffle_lines,
        indent_otherwise,
        replace_value,
        replace_value,
        replace_value,
    ),
    *(other_encoding, nest),
)
