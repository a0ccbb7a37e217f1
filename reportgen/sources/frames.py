"""The state of reading a tree: what is open, and what an anchor stands for."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportgen.sources.places import Mark, Spot, Spots


class Anchored(NamedTuple):
    """What `&name` stands for; a value without size is still open, so an alias to it would contain itself."""

    value: Any
    children: Spots | None = None
    size: int = 0
    height: int = 0


@dataclass(slots=True)
class Frame:
    """A mapping or list that is being read. `key` is where the next value goes; None when a key has to come first."""

    data: Any
    event: Any
    key: str | int | None
    expanded: int
    key_mark: Mark | None = None
    spots: Spots = field(default_factory=dict)
    height: int = 0

    def put(self, value: Any, spot: Spot) -> None:
        """Store the value for which the key has been read."""
        key = self.key
        self.spots[key] = spot  # type: ignore[index]  # never without a key, see Builder._open
        if type(key) is int:
            self.data.append(value)
            self.key = key + 1
        else:
            self.data[key] = value
            self.key = None
