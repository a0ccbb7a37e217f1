"""What the papers say, in pieces that a test can hold against the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANUAL, PACKS, RULES_PAGE, CLUSTER, WEB, PAPER = (
    ROOT / "docs" / f"{name}.zh-CN.md"
    for name in ("manual", "packs", "rules", "cluster", "web", "paper")
)
SENTENCES_PAGE = ROOT / "docs" / "sentences.zh-CN.md"
PAGES = (
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "docs" / "README.md",
    MANUAL,
    PACKS,
    CLUSTER,
    WEB,
    PAPER,
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks in `language`, without their fences."""
    return [
        match[2]
        for match in _FENCE.finditer(text(page))
        if match[1] == language
    ]


def codes(line: str) -> list[str]:
    """What stands in `backticks` in a line."""
    return _CODE.findall(line)


def commands(page: Path) -> Iterator[str]:
    """Every command line for reportgen: a line of a code block, or a piece of code in a sentence."""
    said = text(page)
    lines = [
        line.strip() for line in said.splitlines() if line.startswith("    ")
    ]
    lines += [
        line.strip()
        for match in _FENCE.finditer(said)
        for line in match[2].splitlines()
    ]
    lines += codes(_FENCE.sub("", said))
    for line in lines:
        for command in re.split(r"&&|;", line):
            words = command.partition("#")[0].strip().removeprefix("> ")
            if words.split(" ")[0] == "reportgen" and len(words.split()) > 1:
                yield words


def table(page: Path, mark: str) -> list[list[str]]:
    """The rows of the first table after the comment <!-- mark -->, without its head."""
    _, found, after = text(page).partition(f"<!-- {mark} -->")
    assert found, f"{page.name} has no <!-- {mark} -->"
    lines = after.splitlines()
    start = next(
        number for number, line in enumerate(lines) if line.startswith("|")
    )
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def first_codes(page: Path, mark: str) -> list[str]:
    """The code in the first column of each row."""
    return [code for row in table(page, mark) for code in codes(row[0])[:1]]


def marks(page: Path, kind: str) -> list[str]:
    """What follows `kind：` in the comments of a page."""
    return re.findall(rf"<!-- {kind}：(.*?) -->", text(page))


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.*)$", _FENCE.sub("", text(page)), re.MULTILINE)


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", text(page))
