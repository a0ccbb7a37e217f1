"""Broken files of every kind: see bytes_world.py for what must hold; many more by `make search`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bytes_world import KINDS
from hypothesis import settings

STEADY = {"unit": 25, "document": 15, "record": 8, "template": 4}
IS_STEADY = settings.default.derandomize
TIMES = 1 if IS_STEADY else 20


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (kind, number)
        for kind, count in STEADY.items()
        for number in range(count * TIMES)
    ],
)
def test_broken(kind: str, number: int, tmp_path: Path) -> None:
    if not IS_STEADY:
        number = random.SystemRandom().randrange(1 << 30)
    told = KINDS[kind](number, tmp_path)
    print(f"{kind} {number}: {told}")
