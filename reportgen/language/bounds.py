"""How much one rendering may do, whatever its text and its data say: rounds of loops, and characters."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from jinja2.runtime import Context

from reportgen.language.refusals import TooMuchError

STEP = 50  # what one round of a loop costs, beside the text in it
_PIECES = 64  # how many pieces are joined before their length is looked at


class Budget:
    """What is left to be done, in characters."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def charge(self, steps: int) -> None:
        """Take `steps` off; raises TooMuchError when there are not so many left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


class BoundedContext(Context):
    """The names of one rendering, and the budget that its filters, loops and comparisons draw on."""

    def __init__(self, environment: Any, *names: Any, **more: Any) -> None:
        super().__init__(environment, *names, **more)
        self.budget = Budget(environment.most)


def bounded(pieces: Iterator[str], most: int) -> Iterator[str]:
    """What is rendered, joined to larger pieces; raises TooMuchError when it is more than `most` characters."""
    total = 0
    while text := "".join(islice(pieces, _PIECES)):
        total += len(text)
        if total > most:
            raise TooMuchError
        yield text
