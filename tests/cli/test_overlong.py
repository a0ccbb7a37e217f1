"""A text far too long is told with its field and line, and takes no longer than its length asks for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
EXAMPLE = REPOSITORY / "templates" / "standard" / "example.yaml"
LONG = "情况正常" * 90_000


def write(pattern: str, text: str) -> None:
    """The example with `text` in the place of what the pattern holds in its group."""
    example = EXAMPLE.read_text(encoding="utf-8")
    found = re.search(pattern, example)
    assert found
    start, end = found.span(1)
    UNIT.write_text(f"{example[:start]}{text}{example[end:]}", encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        (r"偏差原因: ([^,}\n]+)", "偏差原因"),
        (r"(?m)^  - 名称: (.+)$", "项目[1].名称"),
    ],
)
def test_it_is_told_by_its_field_and_no_pack_is_blamed(
    pattern: str, field: str, reportgen: Run
) -> None:
    write(pattern, LONG)

    told = reportgen("build", UNIT)

    assert told.code == 3
    assert "DAT007" in told.out
    assert field in told.out
    assert re.search(r"unit\.yaml 第\d+行", told.out)
    assert "360000 个字" in told.out
    assert "请缩短到" in told.out
    assert "snippets.yaml" not in told.out
    assert ".docx" not in told.out


def test_a_pack_that_writes_without_end_is_blamed_as_ever(
    pack_copy: Callable[[str], Path], reportgen: Run
) -> None:
    folder = pack_copy("own")
    snippets = folder / "snippets.yaml"
    text = snippets.read_text(encoding="utf-8")
    endless = "{% for 甲 in range(999) %}{% for 乙 in range(999) %}很长的话{% endfor %}{% endfor %}"
    first = "    {% if not 行.实际值 %}"
    assert first in text
    text = text.replace(first, f"    {endless}\n{first}", 1)
    snippets.write_text(text, encoding="utf-8")
    UNIT.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")

    told = reportgen("build", UNIT, "--pack", "own")

    assert told.code == 3
    assert "DAT007" not in told.out


def test_what_was_done_in_many_words_is_read_in_time(reportgen: Run) -> None:
    write(r"实际值: ([^,\n]+),", LONG)
    begin = time.process_time()
    told = reportgen("build", UNIT)
    assert told.code == 0
    assert time.process_time() - begin < 20
