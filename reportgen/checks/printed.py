"""PRN001: what a finished document shows and should not; the text is handed in by whoever can read documents."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reportgen.checks.rule import ERROR, UNCHECKED, severity_of, shortened
from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity

# A part of a document in whose XML none of these stands needs no reading: it cannot show what the rules look for.
SIGNS = (
    "{",
    "}",
    "None",
    "NaN",
    "ndefined",
    ">_rg_",
    "[bookmark",
    "⟦",
    "\ufffd",
)
_TAG = re.compile(
    r"\{\{[^\n]*?(?:\}\}|$)|\{%[^\n]*?(?:%\}|$)|\{#[^\n]*?(?:#\}|$)|\}\}|%\}"
)
_VALUE = re.compile(r"(?<![A-Za-z])(?:None|NaN|[Uu]ndefined)(?![A-Za-z])")
_MARK = re.compile(r"_rg_\w*|\[bookmark[^\]\n]*\]|⟦[^⟧\n]*⟧?|\ufffd")


class ShownText(NamedTuple):
    """A paragraph of a finished document: where (正文, 表格, 页眉 …) and what it says."""

    place: str
    text: str


class PrintRule(NamedTuple):
    """A rule over the visible text of a finished document."""

    code: str
    severity: Severity
    find: Callable[
        [Iterable[ShownText]], Iterator[tuple[str, str]]
    ]  # the place and what is wrong there
    doc: str


def _left_in_print(texts: Iterable[ShownText]) -> Iterator[tuple[str, str]]:
    """成稿中有没有填上的标签、空值或程序的内部记号.

    依据：打印出来的正文、表格、文本框、页眉页脚、批注中不应出现 {{ }}、None、书签名等只供程序使用的内容。
    """
    for place, text in texts:
        for pattern, what in (
            (_TAG, "没有填上的标签"),
            (_VALUE, "没有填上的空值"),
            (_MARK, "程序的内部记号"),
        ):
            match = pattern.search(text)
            if match:
                yield place, f"“{shortened(match[0], 40)}”，是{what}"
                break


PRINT_RULES = (
    PrintRule("PRN001", ERROR, _left_in_print, _left_in_print.__doc__ or ""),
)


def check_printed(
    file: str, texts: Iterable[ShownText], severities: Mapping[str, str]
) -> Iterator[Finding]:
    """What the print rules find in the document `file`, each thing once; `severities` are those of the pack (检查)."""
    shown = tuple(texts)
    for rule in PRINT_RULES:
        wanted = severities.get(rule.code, "")
        for place, found in (
            dict.fromkeys(rule.find(shown)) if wanted != UNCHECKED else ()
        ):
            message = (
                f"{place}中有{found}；请核对填报内容和模板，改正后重新生成"
            )
            yield Finding(
                rule.code,
                severity_of(wanted, rule.severity),
                message,
                Place(file),
                document=file,
            )
