"""What surrounds a call and is not asked of anything below: whoever calls says it."""

from pathlib import Path
from typing import NamedTuple

from reportgen.pipeline import PackCache


class Workplace(NamedTuple):
    """The folders that hold packs, and the one in which a run leaves for the next what it compiled."""

    search: tuple[Path, ...]
    cache: Path | None = None
    processors: int = 1

    def packs(self) -> PackCache:
        """The packs, none of which was read yet."""
        return PackCache(self.search, self.cache)
