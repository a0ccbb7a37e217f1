"""A changed text as the bytes of its file: encoding, BOM and line ends stay as they were."""

import codecs
import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoded(original: bytes, old: str, new: str) -> bytes:
    """`new` as the bytes of the file whose text was `old`: its encoding, its BOM, its line ends, line by line."""
    known = ((bom, name) for bom, name in _BOMS if original.startswith(bom))
    bom, encoding = next(known, (b"", "utf-8"))
    typed = re.split(
        r"(?<=\n)|(?<=\r)(?!\n)", original[len(bom) :].decode(encoding)
    )
    ends = [line[len(line.rstrip("\r\n")) :] for line in typed]
    usual = "\r\n" if "\r\n" in ends else "\n"
    if {*ends} <= {usual, ""}:  # as nearly every file; no line is looked up
        return bom + new.replace("\n", usual).encode(encoding)
    lines = new.split("\n")
    kept = [end or usual for end in _kept_ends(old.split("\n"), lines, ends)]
    kept[-1] = ""
    pairs = zip(lines, kept, strict=True)
    text = "".join(map("".join, pairs))
    return bom + text.encode(encoding)


def _kept_ends(
    before: list[str], after: list[str], ends: list[str]
) -> Iterator[str | None]:
    """For each line as it is now the end of the line that it was; None for a new one."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, stop, from_, to in matcher.get_opcodes():
        for same in range(start, start + to - from_):
            yield ends[same] if same < min(stop, len(ends)) else None
