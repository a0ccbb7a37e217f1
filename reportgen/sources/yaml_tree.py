"""YAML to a plain tree of text: every scalar as it was typed, every value with its place, nothing constructed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Rejected
from reportgen.sources.places import (
    Spot,
    exact_place,
    key_place,
    scalar_span,
    value_place,
)
from reportgen.sources.recovery import Reading, read_all
from reportgen.sources.slips import NO_NAMES, Names
from reportgen.sources.text import SourceText, read_text


@dataclass
class YamlDocument:
    """One file as nested dict, list, str and None, and where each part of it stands."""

    source: SourceText
    data: Any
    root: Spot = field(repr=False)
    warnings: tuple[Finding, ...] = ()  # what may have been meant otherwise

    def exact_place(self, path: Sequence[str | int]) -> Place | None:
        """Where the value at the path starts, None where there is none."""
        return exact_place(self.source.path, self.root, path)

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the value at the path starts; if there is none, the key of the deepest part that exists."""
        return value_place(self.source.path, self.root, path)

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Where the key at the path stands (for an item of a list, the item)."""
        return key_place(self.source.path, self.root, path)

    def span(self, path: Sequence[str | int]) -> tuple[int, int] | None:
        """Start and end offset in `source.text` of the scalar at the path, quotes included; None if it has none."""
        return scalar_span(self.source.text, self.root, path)


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
    document = _document(source, reading)
    if reading.problems or document is None:
        raise Broken(reading.problems, document)
    return document


def _document(source: SourceText, reading: Reading) -> YamlDocument | None:
    if reading.root is None:
        return None
    if reading.text != source.text:
        source = SourceText(source.path, reading.text, source.sha256)
    return YamlDocument(
        source, reading.data, reading.root, tuple(reading.warnings)
    )
