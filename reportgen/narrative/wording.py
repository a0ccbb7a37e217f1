"""Small matters of Chinese prose: full stops, list numbers, enumerations."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from reportgen.core.numerals import chinese_numeral, fixed
from reportgen.core.value import Value

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_FOLDED = re.compile(
    r"(?<!\s)\s*\n\s*|(?<![ \t])[ \t]+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[ \t]+"
)
_HOLLOW = re.compile(r"（[，、；：。（）]{0,20}）")
_LOST = re.compile(
    r"(?<=[！？（“])[，、；。]|[，、；：](?=[）！？])"
)  # marks that open or close nothing
_RUN = re.compile(r"[，、；：。]{2,}")
# 400万元 as it was typed, and the 万元 that stands behind every amount
_UNIT_TWICE = re.compile(
    r"(?<=[0-9０-９])\s*((?:[百千]?万|亿|千)?元?)(?<![0-9０-９])万元"
)
MARKS = "。；，、："  # the one that closes most first
_NUMBER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|[一二三四五六七八九十]是[:：]?|\d{1,2}[、.．](?!\d))\s*"
)
_LEADS_ITSELF = re.compile(
    r"(?P<empty>(?:主要|偏差|具体)?原因(?:是|为|：|:)|主要是)|由于|因为"
)
_PARTS = re.compile(r"[，；。]")
_LAST_WORD = re.compile(r"[\u4e00-\u9fff0-9%％）”》]\s*$")
NOTHING = frozenset(
    {"无", "无。", "没有", "没有。", "暂无", "暂无。", "/", "—"}
)


@cache
def folded(source: str) -> str:
    """The text of a snippet without the blanks that its layout in the file puts between Chinese words and tags."""
    pieces = _TAG.split(source.strip())
    pieces[::2] = [
        "" if not piece.strip() else _FOLDED.sub("", piece)
        for piece in pieces[::2]
    ]
    return "".join(pieces)


def tidy(text: str) -> str:
    """A rendered passage on one line and with no doubled punctuation; the blanks of what was typed stay."""
    line = ""
    for part in filter(None, map(str.strip, text.split("\n"))):
        line += (
            " " if line and line[-1].isascii() and part[0].isascii() else ""
        ) + part
    if "万元" in line:
        line = _UNIT_TWICE.sub(
            lambda unit: unit[1].removesuffix("元") + "元", line
        )
    return _LOST.sub(
        "",
        _RUN.sub(
            lambda run: min(run[0], key=MARKS.index), _HOLLOW.sub("", line)
        ),
    )


def sentence(text: str) -> str:
    """`text` that ends like a sentence."""
    text = text.rstrip()
    if (
        not text
        or text[-1] in "。！？…"
        or text.endswith(("。”", "！”", "？”"))
    ):
        return text
    return text.rstrip("，、；：,;.") + "。"


def finished(text: str) -> str:
    """A paragraph that a person wrote, with its full stop; one without a comma may be a heading and stays."""
    if not _PARTS.search(text) or not _LAST_WORD.search(text):
        return text
    return text.rstrip() + "。"


def without_end(text: str) -> str:
    """`text` without its last full stop, to stand inside a longer sentence."""
    return text.strip().rstrip("。；;，,、：:.")


def with_reason(text: str, lead: str = "原因是") -> str:
    """，原因是… where a reason was written, "" where none was; one that begins with 由于 or 因为 leads itself."""
    reason = without_end(text)
    if reason in NOTHING or not reason:
        return ""
    if match := _LEADS_ITSELF.match(reason):
        reason = reason[match.end() :] if match["empty"] else reason
        lead = lead if match["empty"] else "。" if lead.startswith("。") else ""
    return (lead if lead.startswith("。") else f"，{lead}") + reason


def without_number(text: str) -> str:
    """`text` without the list number that a person typed in front of it."""
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def numbered(
    texts: Sequence[str], style: str, numbers: Sequence[int]
) -> Sequence[str]:
    """Each text with its list number, `（一）`, `1.` or `1、`; of several under one number the first has it.

    Where there is but one number, none is written.
    """
    if not style or len({*numbers}) < 2:
        return texts
    marks = [
        f"{n}{style[1:]}" if style[0] == "1" else f"（{chinese_numeral(n)}）"
        for n in numbers
    ]
    return [
        text if mark == above else f"{mark}{text}"
        for text, mark, above in zip(texts, marks, ["", *marks], strict=False)
    ]


def enumerate_names(
    names: Iterable[str], counted: str = "项", most: int = 6
) -> str:
    """甲、乙、丙; more than `most` end with 等N项 (or what else is `counted`); a name that comes twice is said once."""
    unique = list(dict.fromkeys(name for name in names if name))
    if len(unique) > most:
        return f"{'、'.join(unique[:most])}等{len(unique)}{counted}"
    return "、".join(unique)


def in_cents(points: Value) -> Value:
    """Points with two decimals where they have any, to stand beside others."""
    if points.number is None or points.number % 1 == 0:
        return points
    two = Value(fixed(points.number), points.number, points.path)
    two.computed = True
    return two


def one_by_one(texts: Iterable[str]) -> str:
    """一是甲；二是乙; a single text stands as it is. Numbers and full stops that people typed go."""
    items = [without_end(without_number(text)) for text in texts]
    if len(items) < 2:
        return "".join(items)
    return "；".join(
        f"{chinese_numeral(n)}是{text}" for n, text in enumerate(items, start=1)
    )


def side_by_side(texts: Iterable[str]) -> str:
    """甲；乙, without the numbers and full stops that people typed; what comes twice is said once."""
    items = (without_end(without_number(text)) for text in texts)
    return "；".join(dict.fromkeys(items))
