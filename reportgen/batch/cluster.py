"""A dask cluster as an executor; the extra `cluster`. Nothing else in the program knows of dask."""

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from reportgen.core.errors import OutputError
from reportgen.core.version import program_version

_SECONDS = 10.0  # to find the scheduler
_TRIES = 2  # more for a parcel whose worker died; its units are told as failed after that
_NO_DASK_HINT = "请安装：pip install reportgen[cluster]"
_HINT = "请核对地址，确认调度程序已经启动、网络可以到达"
_IDLE_HINT = "请在各台机器上启动：dask worker 调度程序的地址"
_SAME_HINT = "请在每台机器上安装与本机相同的 reportgen，再重新启动工作进程"


@contextmanager
def connect(
    address: str, *, seconds: float = _SECONDS
) -> Iterator[tuple[Executor, int]]:
    """The executor of the scheduler at `address`, and how many units it works on at once; raises OutputError."""
    try:
        distributed: Any = import_module(
            "distributed"
        )  # takes a second, and is an extra
    except ImportError:
        raise OutputError("没有安装集群组件", _NO_DASK_HINT) from None
    for name in (
        "distributed",
        "distributed.client",
    ):  # what becomes of a unit is told in Chinese
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(
            address, timeout=seconds, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise OutputError(f"连接不上集群 {address}（{error}）", _HINT) from None
    try:
        _refuse_others(client, address)
        yield (
            client.get_executor(pure=False, retries=_TRIES),
            sum(client.nthreads().values()),
        )
    finally:
        client.close(timeout=seconds)


def _refuse_others(client: Any, address: str) -> None:
    """A worker with another program would print other documents."""
    try:
        versions: dict[str, str] = client.run(program_version)
    except Exception as error:  # whatever a worker without the program says
        raise OutputError(
            f"集群 {address} 的工作进程用不了 reportgen（{error}）", _SAME_HINT
        ) from None
    if not versions:
        raise OutputError(f"集群 {address} 上没有工作进程", _IDLE_HINT)
    others = sorted(
        worker
        for worker, version in versions.items()
        if version != program_version()
    )
    if others:
        named = "、".join(others[:3]) + (
            f" 等 {len(others)} 个" if len(others) > 3 else ""
        )
        raise OutputError(
            f"工作进程 {named} 的 reportgen 与本机的版本不同", _SAME_HINT
        )
