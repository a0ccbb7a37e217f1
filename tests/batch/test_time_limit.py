"""A unit that never ends is a failure of its own; the alarm is off again afterwards."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from many_units import build

from reportgen.batch import made, time_limit
from reportgen.batch.time_limit import TooSlowError, within_time

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="no alarm on Windows"
)


def test_what_takes_too_long_is_stopped_and_nothing_rings_later() -> None:
    with pytest.raises(TooSlowError, match="时间太长"), within_time(0.05):
        time.sleep(5)
    with within_time(0.05):
        pass
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_is_left_alone() -> None:
    done = []

    def work() -> None:
        with within_time(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_unit_that_never_ends_does_not_stop_the_others(
    workers: int, units: Callable[..., list[Path]], tmp_path: Path, monkeypatch
) -> None:
    files = units(6)
    usual = made.prepare

    def prepare(path: Path, *more: object) -> object:
        while path == files[4]:
            pass
        return usual(path, *more)

    monkeypatch.setattr(made, "prepare", prepare)
    monkeypatch.setattr(within_time.__wrapped__, "__defaults__", (1.5,))
    results = build(files, tmp_path / "out", workers=workers)
    assert [results[one].state for one in sorted(results)] == [
        *["生成"] * 4,
        "失败",
        "生成",
    ]
    assert "时间太长" in results["004"].reason
    assert time_limit.SECONDS > 60
