"""YAML to a plain tree of text: every scalar as it was typed, every value with its place, nothing constructed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Findings, Rejected
from reportgen.sources.places import (
    Mark,
    Spot,
    Steps,
    place_at,
    spots_along,
)
from reportgen.sources.recovery import read_all
from reportgen.sources.slips import NO_NAMES, Names
from reportgen.sources.text import SourceText, read_text

_ANCHOR = re.compile(r"&\S+\s*")


@dataclass
class YamlDocument:
    """One file as nested dict, list, str and None, and where each part of it stands."""

    source: SourceText
    data: Any
    root: Spot = field(repr=False)
    warnings: Findings = ()  # what may have been meant otherwise

    def exact_place(self, path: Steps) -> Place | None:
        """Where the value at the path starts, None where there is none."""
        trail = spots_along(self.root, path)
        is_there = len(trail) > len(path)
        return self._at(trail[-1].start) if is_there else None

    def place(self, path: Steps) -> Place:
        """Where the value at the path starts; if there is none, the key of the deepest part that exists."""
        return self.exact_place(path) or self.key_place(path)

    def key_place(self, path: Steps) -> Place:
        """Where the key at the path stands; an item of a list has none, so where the item starts."""
        spot = spots_along(self.root, path)[-1]
        return self._at(spot.key or spot.start)

    def span(self, path: Steps) -> tuple[int, int] | None:
        """Start and end offset in `source.text` of the scalar at the path, quotes included.

        None if there is no scalar of its own: a missing path, a list or mapping, or text that an alias
        brings from elsewhere (whoever wrote there would change the other place too).
        """
        trail = spots_along(self.root, path)
        spot = trail[-1]
        is_shared = any(above.alias for above in trail)
        if len(trail) <= len(path) or spot.children is not None or is_shared:
            return None
        start, end = spot.start.index, spot.end.index
        anchor = _ANCHOR.match(self.source.text, start, end)
        return anchor.end() if spot.anchored and anchor else start, end

    def _at(self, mark: Mark) -> Place:
        """A mark as a place in this file."""
        return place_at(self.source.path, mark)


class Broken(Rejected):
    """A text that is no YAML: every slip in it, and the tree as it was meant where it can be told."""

    def __init__(
        self, findings: Sequence[Finding], meant: YamlDocument | None = None
    ) -> None:
        super().__init__(findings)
        self.meant = meant


def load_yaml(path: Path, names: Names = NO_NAMES) -> YamlDocument:
    """Read a file and build its tree; Broken with every problem found in it."""
    return build_tree(read_text(path), names)


def build_tree(
    source: SourceText, names: Names = NO_NAMES, *, search: bool = False
) -> YamlDocument:
    """The tree of a text; Broken (DAT001 to DAT008) with every problem found in it.

    `search` looks for slips even where YAML can read the text: 名称：甲 alone in a line is a text, too.
    """
    reading = read_all(source, names, search=search)
    document = None
    if reading.root:
        source = source._replace(text=reading.text)
        warnings = tuple(reading.warnings)
        document = YamlDocument(source, reading.data, reading.root, warnings)
    if reading.problems or document is None:
        raise Broken(reading.problems, document)
    return document
