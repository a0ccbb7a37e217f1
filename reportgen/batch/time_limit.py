"""One unit of a run has its time: what never ends is a failure of that unit, and the others are built."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from reportgen.core.errors import ReportgenError

SECONDS = 120  # a large unit takes five


class TooSlowError(ReportgenError):
    """A unit that took longer than any unit should."""

    code = "OUT003"


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlowError(
        "这个单位用的时间太长，已停止，没有生成",
        "请检查填报文件是否过大，或模板包中是否有没有尽头的循环",
    )


@contextmanager
def within_time(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooSlowError in what takes longer; Windows, and threads beside the first, have no such alarm."""
    is_first = threading.current_thread() is threading.main_thread()
    if not (is_first and hasattr(signal, "setitimer")):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
