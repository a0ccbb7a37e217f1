"""What reads the texts of strangers takes twice as long for twice as much, not four times."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY

from reportgen.checks.scores import rule_texts
from reportgen.narrative.wording import folded
from reportgen.pipeline import PackCache, prepare
from reportgen.render.template.tags import tag_spans

_LENGTH = 100_000


def _tags(text: str) -> object:
    return list(tag_spans(text))


def _full_mark(text: str) -> object:
    return rule_texts._FULL_MARK.search(text)


CASES = {
    "tags never closed": (_tags, "{{ "),
    "tags closed otherwise": (_tags, "{{ %} "),
    "tags of three kinds": (_tags, "{{ {% {# "),
    "digits of a rule": (_full_mark, "1"),
    "blanks of a rule": (_full_mark, "1 "),
    "blanks of a phrase": (folded, " "),
    "lines of a phrase": (folded, " \n"),
    "blanks behind a word": (folded, "a  "),
}


UNIT = """年度: 2024
单位: {名称: 示范馆}
资金: {年初预算数: 8, 全年预算数: 8, 全年执行数: 8}
叙述: {存在问题: "%s"}
"""


@pytest.mark.parametrize(
    "seed",
    [
        "{{ ",
        "{% ",
        "10万元",
        "1%",
        "1,",
        "\\t联系电话：",
        "2024年",
        "（",
        "增长",
        "“",
        "x",
        "1",
        "三公",
        "《a》",
        "汉,xxxx",
        "汉{{",
        "汉x1",
        "汉www.",
    ],
)
def test_a_section_of_a_unit_is_checked_in_time_that_grows_with_it(
    seed: str, tmp_path: Path
) -> None:
    packs = PackCache((REPOSITORY / "templates",))
    file = tmp_path / "unit.yaml"

    def read(text: str) -> object:
        file.write_text(UNIT % text, encoding="utf-8")
        return prepare(file, packs)

    read(seed)
    once, twice = (
        min(_seconds(read, seed * number) for _ in range(3))
        for number in (10_000, 20_000)
    )
    assert twice < 3 * once + 0.2
    assert twice < 5


def _seconds(read: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize(("read", "seed"), CASES.values(), ids=CASES)
def test_twice_as_much_takes_twice_as_long(
    read: Callable[[str], object], seed: str
) -> None:
    text = "中" + seed * (_LENGTH // len(seed)) + "a"
    once = min(_seconds(read, text) for _ in range(3))
    twice = min(_seconds(read, text + text) for _ in range(3))
    assert twice < 3 * once + 0.02
    assert twice < 2


def test_tags_are_found_where_they_stand() -> None:
    text = "a{{ b }}{{ {% c %}}} {# }} #}{% d"
    found = [text[start:end] for start, end in tag_spans(text)]
    assert found == ["{{ b }}", "{{ {% c %}}", "{# }} #}"]
