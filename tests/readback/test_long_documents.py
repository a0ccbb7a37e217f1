"""Comparing and merging take twice as long for twice as many paragraphs, not four times."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

import pytest
from docx import Document

from reportgen.readback.compare.edits import edits
from reportgen.readback.merge.merge_document import merge

FEW, TIMES = 250, 4
SLOW = 3 * TIMES  # a quadratic way would take 16 times as long
Texts = list[str]


def written(texts: Sequence[str]) -> bytes:
    document = Document()
    for one in texts:
        document.add_paragraph(one)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def told(count: int) -> Texts:
    dice = Random(3)
    return [
        f"第{n}条 巡查河道{dice.randrange(900)}公里，清理{dice.randrange(900)}处。"
        for n in range(count)
    ]


def mixed(count: int) -> tuple[Texts, Texts]:
    return told(count), Random(4).sample(told(count), count)


def repeated(count: int) -> tuple[Texts, Texts]:
    same = ["按规定办理了手续。"] * count
    return same, [
        f"{one}另注" if n % 9 == 0 else one for n, one in enumerate(same)
    ]


def put_between(texts: Texts, words: str, every: int) -> Texts:
    return [
        one
        for n, text in enumerate(texts)
        for one in ([text, f"{words}{n}。"] if n % every == 0 else [text])
    ]


def both_add(count: int) -> tuple[Texts, Texts, Texts]:
    base = told(count)
    return base, put_between(base, "自己补记", 5), put_between(base, "新列", 7)


def both_change(count: int) -> tuple[Texts, Texts, Texts]:
    base = told(count)
    theirs = [one.replace("巡查", "巡护") for one in base[::2]]
    return base, theirs, [one.replace("清理", "清除") for one in base]


def seconds(work: Callable[..., object], texts: Sequence[Texts]) -> float:
    documents = [written(one) for one in texts]
    started = time.process_time()
    work(*documents)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("work", "made"),
    [
        (edits, mixed),
        (edits, repeated),
        (merge, both_add),
        (merge, both_change),
    ],
)
def test_twice_as_much_takes_twice_as_long(
    work: Callable[..., object], made: Callable[[int], Sequence[Texts]]
) -> None:
    seconds(work, made(FEW))
    few = seconds(work, made(FEW))
    assert seconds(work, made(FEW * TIMES)) < SLOW * few + 0.5
