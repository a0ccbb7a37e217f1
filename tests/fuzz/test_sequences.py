"""What people do to a unit and its documents, in any order: see world.py for what must hold.

A bounded number of sequences in every run, the same ones; many others by `make search`. `python tests/fuzz/search.py`
tells every failure of as many as one likes, each with the way to it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from world import STEPS, UNITS, World

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are forked and killed"
)

NUMBERS = st.integers(0, 999_999)
IS_STEADY = settings.default.derandomize


class Clerk(RuleBasedStateMachine):
    """One unit, one clerk."""

    @initialize(start=st.sampled_from(UNITS))
    def begin(self, start: Path) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.world = World(Path(self.room.name) / "work", start)

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        self.world.edit(number)

    @rule(number=NUMBERS)
    def edit_and_build(self, number: int) -> None:
        self.world.edit(number)
        self.world.build()

    @rule(number=NUMBERS)
    def change(self, number: int) -> None:
        self.world.change(number)

    @rule(number=NUMBERS)
    def change_and_build(self, number: int) -> None:
        self.world.change(number)
        self.world.build()

    @rule(number=NUMBERS, step=st.sampled_from(sorted(STEPS)))
    def step(self, number: int, step: str) -> None:
        STEPS[step](self.world, number)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.build()
            finally:
                self.room.cleanup()


Clerk.TestCase.settings = settings(
    max_examples=25 if IS_STEADY else 500,
    stateful_step_count=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate]
    if IS_STEADY
    else settings.default.phases,
)
TestSequences = Clerk.TestCase
