"""One unit of a run has its share of time and of memory: what asks for more is a failure of that unit alone.

Memory is bounded by what a process may take up (RLIMIT_AS), which Linux alone can ask of itself.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.batch.time_limit import within_time
from reportgen.core.errors import ReportgenError

if sys.platform == "linux":
    import resource

MEGABYTES = 2048  # beside what is there already; a large unit takes 300
_SIZE = Path("/proc/self/statm")


class TooMuchMemoryError(ReportgenError):
    """A unit that asked for more memory than any unit should."""

    code = "OUT003"


@contextmanager
def within_bounds() -> Iterator[None]:
    """Raises TooSlowError or TooMuchMemoryError in what takes too long, or too much memory."""
    with within_time(), within_memory():
        yield


@contextmanager
def within_memory(megabytes: int = MEGABYTES) -> Iterator[None]:
    """Raises TooMuchMemoryError in what asks for more; nothing is bounded but on Linux, in the first thread."""
    is_first = threading.current_thread() is threading.main_thread()
    if sys.platform != "linux" or not is_first:
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _taken_up() + megabytes * 1024 * 1024
    is_lower = before != resource.RLIM_INFINITY and before < wanted
    resource.setrlimit(
        resource.RLIMIT_AS, (before if is_lower else wanted, most)
    )
    try:
        yield
    except MemoryError:
        raise _too_large(megabytes) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))


def _taken_up() -> int:
    """How many bytes of address space the process has by now."""
    pages = int(_SIZE.read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _too_large(megabytes: int) -> TooMuchMemoryError:
    return TooMuchMemoryError(
        f"这个单位要用的内存太多（超过 {megabytes / 1024:.0f} GB），已停止，没有生成",
        "请检查填报文件是否过大，或模板包中的文字是否越写越长",
    )
