"""Serves one folder until nobody looks at it any more: one program a folder, on this machine only."""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout

from reportgen.application.web.desk import Desk
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError
from reportgen.core.plain_files import read_plain
from reportgen.web.app import create_app
from reportgen.web.guard import START, Keys
from reportgen.web.session import Session

ADDRESS = "127.0.0.1"
FIRST_PORT = 8765
_TRIED = 50  # ports one after the other
_LOOK = 1.0  # seconds between two looks whether the program may end
_HOME = ".reportgen"
_LOCK = "web.lock"
_SAID = "web.json"
_PORT = "web.port"
_PORTS = 65536
_MOST_SAID = 4096


def serve(
    folder: Path,
    workplace: Workplace,
    port: int,
    on_address: Callable[[str, bool], None],
) -> None:
    """Serves `folder`; `on_address` is told the address, and whether this program is the one that answers there.

    Returns at once where another program serves the folder already. Raises OutputError where that cannot be told, or
    no port is free.
    """
    home = _home_of(folder)
    lock = FileLock(home / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_address(_address_said(home), False)
        return
    except OSError as error:
        raise _unusable(folder, error) from None
    try:
        with bound_socket(port or _last_port(home)) as bound:
            keys = Keys(bound.getsockname()[1], secrets.token_urlsafe(24))
            address = start_address(keys)
            _say(home, address)
            on_address(address, True)
            _run(Session(Desk(folder, workplace)), keys, bound)
    finally:
        with suppress(OSError):
            (home / _SAID).unlink(missing_ok=True)
        lock.release()


def start_address(keys: Keys) -> str:
    """The address that lets a browser in."""
    return f"http://{ADDRESS}:{keys.port}{START}?token={keys.token}"


def bound_socket(port: int) -> socket.socket:
    """A socket on `port`, or on the next that is free; raises OutputError."""
    first = port or FIRST_PORT
    last = min(first + _TRIED, _PORTS)
    for one in (*range(first, last), 0):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name != "nt":  # there it would take a port from another program
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((ADDRESS, one))
            bound.listen(64)
        except OSError:
            bound.close()
            continue
        return bound
    raise OutputError("没有空闲的端口", hint="请用 --port 换一个端口")


def _home_of(folder: Path) -> Path:
    home = folder.resolve() / _HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from None
    return home


def _unusable(
    folder: Path,
    error: OSError,
) -> OutputError:
    message = f"这个文件夹不能写入（系统错误 {error.errno}）"
    return OutputError(message, place=folder, hint="请换一个文件夹")


def _say(
    home: Path,
    address: str,
) -> None:
    """Leaves the address for a second start; nobody else may read it."""
    file = home / _SAID
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump({"address": address}, stream)
    port = address.partition(f"{ADDRESS}:")[2].partition("/")[0]
    (home / _PORT).write_text(port, encoding="utf-8")


def _last_port(home: Path) -> int:
    """The port of the run before: what a browser kept for its page is found again there. 0 where it is not known."""
    with suppress(OSError, ValueError):
        port = int(read_plain(home / _PORT, _MOST_SAID))
        return port if 0 < port < _PORTS else 0
    return 0


def _address_said(home: Path) -> str:
    """Where the other program answers; raises OutputError."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads(read_plain(home / _SAID, _MOST_SAID))["address"]
        if isinstance(said, str) and said.startswith(f"http://{ADDRESS}:"):
            return said
    message = "这个文件夹的页面正在启动或正在退出"
    raise OutputError(message, place=home.parent, hint="请过一会儿再试")


def _run(
    session: Session,
    keys: Keys,
    bound: socket.socket,
) -> None:
    """Answers until the session is over."""
    config = uvicorn.Config(
        create_app(session, keys),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=65536,
    )
    server = uvicorn.Server(config)

    def watch() -> None:
        while not session.is_over:
            session.stop.wait(_LOOK)
        session.stop.wait(_LOOK / 2)  # the last page is on its way
        server.should_exit = True

    threading.Thread(target=watch, daemon=True).start()
    server.run(sockets=[bound])
