"""A dask cluster as an executor; the extra `cluster`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from reportgen.errors import OutputError

_HINT = "请核对地址，确认调度程序已经启动、网络可以到达"


@contextmanager
def connect(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the scheduler at `address`, and how many workers it has; raises OutputError."""
    try:
        distributed: Any = import_module("distributed")  # takes a second, and is an extra
    except ImportError:
        raise OutputError("没有安装集群组件", hint="请安装：pip install reportgen[cluster]") from None
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise OutputError(f"连接不上集群 {address}（{error}）", hint=_HINT) from None
    try:
        yield client.get_executor(pure=False, retries=2), max(1, sum(client.nthreads().values()))
    finally:
        client.close()
