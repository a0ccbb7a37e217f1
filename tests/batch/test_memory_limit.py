"""A unit that asks for all memory is a failure of its own; the bound is off again afterwards."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from many_units import build

from reportgen.batch import made
from reportgen.batch.memory_limit import (
    MEGABYTES,
    TooMuchMemoryError,
    within_memory,
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux bounds what a process takes up"
)
FAR_TOO_MUCH = 4 << 30


def limits() -> tuple[int, int]:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)


def test_what_asks_for_too_much_is_stopped_and_nothing_is_bounded_later() -> (
    None
):
    before = limits()
    with (
        pytest.raises(TooMuchMemoryError, match="内存太多（超过 2 GB）"),
        within_memory(),
    ):
        bytearray(FAR_TOO_MUCH)
    assert limits() == before
    with within_memory(64):
        assert limits() != before
        assert len(bytearray(1 << 20)) == 1 << 20
    assert limits() == before


def test_a_bound_that_is_lower_already_stays() -> None:
    with within_memory(64):
        lower = limits()
        with within_memory(128):
            assert limits() == lower


def test_another_thread_is_not_bounded() -> None:
    before, seen = limits(), []

    def work() -> None:
        with within_memory(64):
            seen.append(limits())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_unit_that_asks_for_all_memory_does_not_stop_the_others(
    workers: int, units: Callable[..., list[Path]], tmp_path: Path, monkeypatch
) -> None:
    files = units(6)
    usual = made.prepare

    def prepare(path: Path, *more: object) -> object:
        if path == files[4]:
            bytearray(FAR_TOO_MUCH)
        return usual(path, *more)

    monkeypatch.setattr(made, "prepare", prepare)
    results = build(files, tmp_path / "out", workers=workers)
    assert [results[one].state for one in sorted(results)] == [
        *["生成"] * 4,
        "失败",
        "生成",
    ]
    assert "内存太多" in results["004"].reason
    assert MEGABYTES >= 1024
