"""Long works, each in a thread of its own: how far it is, how it ended; a page asks and shows it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportgen.core.errors import OutputError
from reportgen.core.findings import FAULT, Findings, failure_findings

_KEPT = 20  # works that are remembered after they ended


@dataclass
class Work:
    """One long work. `total` is 0 where nobody knows; `result` is whatever it returned."""

    id: str
    title: str
    back: str  # the address to go on from when it is done
    total: int = 0
    done: int = 0
    told: str = ""
    result: Any = None
    failures: Findings = ()
    ended: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    def step(
        self,
        told: str,
    ) -> None:
        """One more of the total is done."""
        self.done += 1
        self.told = told

    @property
    def is_fault(self) -> bool:
        """Whether a fault of the program ended it."""
        return any(one.code == FAULT for one in self.failures)

    @property
    def unit_id(self) -> str:
        """The unit that it worked on, as its address says; "" where it is of none."""
        first, _, rest = self.back.lstrip("/").partition("/")
        return rest.partition("/")[0] if first == "units" else ""

    @property
    def stopped(self) -> bool:
        """Whether somebody asked it to stop."""
        return self.cancelled.is_set()


@dataclass
class Works:
    """The works of this run by their ids."""

    known: dict[str, Work] = field(default_factory=dict)

    @property
    def running(self) -> list[Work]:
        """Those that have not ended."""
        return [one for one in self.known.values() if not one.ended]

    def start(
        self,
        title: str,
        back: str,
        call: Callable[[Work], Any],
    ) -> Work:
        """Begins `call` in a thread, told its own Work so that it can say how far it is."""
        work = Work(secrets.token_hex(8), title, back)
        self._forget()
        self.known[work.id] = work
        thread = threading.Thread(target=_run, args=(work, call), daemon=True)
        thread.start()
        return work

    def work(
        self,
        work_id: str,
    ) -> Work:
        """The work with that id; raises OutputError."""
        found = self.known.get(work_id)
        if found is None:
            message = "这项工作已经结束"
            raise OutputError(message, hint="请回到单位列表查看结果")
        return found

    def _forget(self) -> None:
        ended = [key for key, one in self.known.items() if one.ended]
        for key in ended[:-_KEPT]:
            del self.known[key]


def _run(
    work: Work,
    call: Callable[[Work], Any],
) -> None:
    try:
        work.result = call(work)
    except Exception as error:  # shown on the page that asked for it
        work.failures = failure_findings(error, work.title)
    finally:
        work.ended = True
