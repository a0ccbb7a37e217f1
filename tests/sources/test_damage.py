"""One character of a file deleted, replaced or put in by chance: it is told where it is, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from reportgen.core.findings import Finding, Rejected
from reportgen.model.loading import load_unit

EXAMPLES = sorted(
    (Path(__file__).parents[2] / "templates").glob("*/example.yaml")
)
SIGNS = ":：;；,，.-—#\"'“”{}[]()（）|>&*!%@`=? \t\u3000\n\\0129abc的年数元一二"
RUNS = 80  # of each file
MOST = 0.05  # of the files that are refused


def damaged(text: str, dice: random.Random) -> Iterator[tuple[int, str]]:
    """The line of the damage, and the text with it."""
    for _ in range(RUNS):
        at, sign = dice.randrange(len(text)), dice.choice(SIGNS)
        sign, gone = dice.choice(((sign, 0), (sign, 1), ("", 1)))
        yield text.count("\n", 0, at) + 1, text[:at] + sign + text[at + gone :]


def refused(file: Path, text: str) -> tuple[Finding, ...]:
    file.write_text(text, encoding="utf-8", newline="")
    try:
        load_unit(file)
    except Rejected as rejected:
        return rejected.findings
    return ()


def test_a_damaged_character_is_told_alone(tmp_path: Path) -> None:
    told, misled = 0, []
    for example in EXAMPLES:
        text = example.read_text(encoding="utf-8")
        for line, made in damaged(text, random.Random(example.parent.name)):
            findings = refused(tmp_path / "unit.yaml", made)
            lines = {one.place.line for one in findings}
            told += bool(lines)
            if lines - {line, line + 1}:
                misled.append((example.parent.name, line, sorted(lines)))

    assert told > 150
    assert len(misled) < MOST * told, misled
