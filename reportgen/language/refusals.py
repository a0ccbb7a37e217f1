"""What can go wrong while the code of a template is read or run; its reader makes a message with a place of it."""

from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined
from jinja2.utils import missing


@dataclass(eq=False)
class RefusedCodeError(Exception):
    """A tag says what no template may say; `line` is where its code stands."""

    message: str
    line: int
    hint: str


@dataclass(eq=False)
class UnknownNameError(Exception):
    """A name that is not in the data; `holder` is where it was looked for, `missing` for the whole context."""

    name: object
    holder: object
    hint: str | None = None


class TooMuchError(Exception):
    """What is printed would grow beyond all bounds."""


class Missing(StrictUndefined):
    """An unknown name; whatever is done with it raises UnknownNameError, except `is defined` and `|default`."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Any = None,
    ) -> None:
        raised: Any = lambda _message: UnknownNameError(name, obj, hint)  # noqa: E731
        super().__init__(hint, obj, name, raised)
