"""What the program holds while it serves one folder: the desk, works under way, which pages are open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.web.works import Works

CLOSED_AFTER = (
    60.0  # seconds without any page: one may be on its way to the next
)
SILENT_AFTER = 1800.0  # a browser lets pages in the background sleep


@dataclass
class OpenPages:
    """Which pages are open, by the numbers that they gave themselves, and when something was last heard of any."""

    now: Callable[[], float] = time.monotonic
    pages: dict[str, float] = field(default_factory=dict)
    last: float = 0.0
    seen: bool = False  # any page at all

    def __post_init__(self) -> None:
        self.last = self.now()

    def hear(
        self,
        page: str,
    ) -> None:
        """A page says that it is open."""
        self.last = self.pages[page] = self.now()
        self.seen = True

    def close(
        self,
        page: str,
    ) -> None:
        """A page says that it goes."""
        self.pages.pop(page, None)
        self.last = self.now()

    @property
    def are_gone(self) -> bool:
        """Whether the last page was closed a while ago, or nothing has been heard for long."""
        is_closed = self.seen and not self.pages
        wait = CLOSED_AFTER if is_closed else SILENT_AFTER
        return self.now() - self.last > wait


@dataclass
class Session:
    """One run of the page."""

    desk: Desk
    pages: OpenPages = field(default_factory=OpenPages)
    works: Works = field(default_factory=Works)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether the program may end: it was told to, or nobody looks and nothing is under way."""
        if self.stop.is_set():
            return True
        return self.pages.are_gone and not self.works.running


def session_of(request: Request) -> Session:
    """The session that a request belongs to."""
    session = request.app.state.session
    if not isinstance(session, Session):
        raise TypeError("no session")
    return session


def desk_of(request: Request) -> Desk:
    """The desk that a request works on."""
    return session_of(request).desk


def unit_of(request: Request) -> DeskUnit:
    """The unit that the address names; raises UnknownUnitError."""
    return desk_of(request).unit(request.path_params["unit"])
