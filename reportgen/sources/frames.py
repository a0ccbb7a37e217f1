"""The state of reading a tree: what is open, and what an anchor stands for."""

from typing import Any, NamedTuple

from reportgen.sources.places import Mark, Spot, Spots


class Anchored(NamedTuple):
    """What `&name` stands for; a value without size is still open, so an alias to it would contain itself."""

    value: Any
    children: Spots | None = None
    size: int = 0
    height: int = 0


class Frame:
    """A mapping or list that is being read. `key` is where the next value goes; None when a key has to come first."""

    __slots__ = (
        "data",
        "event",
        "expanded",
        "height",
        "key",
        "key_mark",
        "spots",
    )

    def __init__(
        self, data: Any, event: Any, key: int | None, expanded: int
    ) -> None:
        self.data = data
        self.event = event
        self.key: str | int | None = key
        self.key_mark: Mark | None = None
        self.spots: Spots = {}
        self.height = 0
        self.expanded = expanded

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
