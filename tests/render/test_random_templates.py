"""Templates put together at random: refused with a message, or printed as a sound document, nothing left over."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from engine_support import part, save

from reportgen.core.errors import ReportgenError
from reportgen.ooxml.lint import lint_docx
from reportgen.render.template.compile import compile_template

OPENERS = [
    f"{{%{level}{word} %}}"
    for level in (" ", "p ", "tr ", "tc ", "r ", "- ")
    for word in ("if a", "if b", "for x in l", "for x in e")
]
PLAIN = [
    "文字",
    "{{ v }}",
    "{{ n }}",
    "a & b",
    "",
    "  ",
    "{{ a }}{{ v }}",
    "{# 注 #}",
    "{#p 注 #}",
]
CELL = [
    "{% vm %}甲",
    "{%vm a %}甲",
    "{%vm b %}{{ v }}",
    "{% hm %}甲",
    "{% colspan 2 %}甲",
    "{% cellbg 'FF0000' %}甲",
    "{% else %}",
    "{%p else %}",
]
CONTEXT = {"a": 1, "b": 0, "l": ["p", "q&"], "e": [], "v": "值<\n", "n": 7}


def closer(opener: str) -> str:
    start, word = re.match(r"(\{%(?:-|p|tr|tc|r)?) ?(\w+)", opener).groups()
    return f"{start} end{word} %}}"


def some_text(chance: random.Random, pending: list[str]) -> str:
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(PLAIN)
    if kind < 0.55:
        opener = chance.choice(OPENERS[:4])
        return opener + chance.choice(PLAIN) + closer(opener)
    if kind < 0.62:
        return chance.choice(CELL)
    if kind < 0.8:
        pending.append(closer(opener := chance.choice(OPENERS)))
        return opener
    return pending.pop() if pending else "{{ v }}"


def fill(
    document: Any,
    container: Any,
    chance: random.Random,
    pending: list[str],
    depth: int = 0,
) -> None:
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.25 and depth < 2:
            for row in container.add_table(
                chance.randint(1, 4), chance.randint(1, 3)
            ).rows:
                for cell in row.cells:
                    cell.text = some_text(chance, pending)
                    if chance.random() < 0.3:
                        fill(document, cell, chance, pending, depth + 1)
            continue
        text = some_text(chance, pending)
        cut = chance.randint(0, len(text))
        paragraph = container.add_paragraph()
        paragraph.add_run(text[:cut]).bold = True
        paragraph.add_run(text[cut:])


@pytest.mark.parametrize("seed", range(80))
def test_random_template(seed: int, tmp_path: Path) -> None:
    chance, pending = random.Random(seed), []
    document = docx.Document()
    fill(document, document, chance, pending)
    for text in reversed(pending):
        document.add_paragraph(text)
    path = save(document, tmp_path)
    try:
        data = compile_template(path).render(CONTEXT)
    except ReportgenError as error:
        assert error.hint  # noqa: PT017
        return
    assert lint_docx(data) == ()
    assert not re.search(rb"\{[%{#]|[\x01-\x08\x0e-\x1f]", part(data))
