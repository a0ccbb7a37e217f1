"""Where the YAML parser gave up on a text, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_LOOK_BACK = 200  # lines
_LOOK_AT = 500  # characters of a line; a slip is at its beginning, and the patterns may go over it many times


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where the parser gave up (`line`, `column`), where what it was reading began, and what it says; from 0."""

    says: str
    text: str
    lines: list[str]
    line: int
    column: int
    index: int
    start_line: int
    start_column: int
    start_index: int

    @property
    def char(self) -> str:
        """The character at which the parser gave up."""
        return self.lines[self.line][self.column : self.column + 1]

    def head(self, line: int) -> str:
        """The part of a line that the patterns look at."""
        return self.lines[line][:_LOOK_AT]

    def above(self, line: int) -> int | None:
        """The nearest line above `line` that holds more than a comment."""
        return next(
            (n for n in upwards(line - 1) if _holds_something(self.lines[n])), None
        )

    def below(self, line: int) -> int | None:
        """The nearest line below `line` that holds more than a comment."""
        lines = range(line + 1, min(len(self.lines), line + _LOOK_BACK))
        return next((n for n in lines if _holds_something(self.lines[n])), None)

    def suspects(self) -> Iterator[int]:
        """The lines that a slip may stand in, the likeliest first."""
        if "scanning" in self.says:
            yield self.start_line
        above = self.above(self.line)
        if above is not None:
            yield above
        yield self.line


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong and what to do, and where (from 0)."""

    message: str
    line: int
    column: int = 0
    code: str = "DAT002"


def find_trouble(text: str, error: yaml.YAMLError) -> Trouble:
    """What the parser's error says of `text`."""
    lines = text.split("\n")
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Trouble(str(error), text, lines, 0, 0, 0, 0, 0, 0)
    mark = error.problem_mark
    start = error.context_mark or mark
    last = len(lines) - 1
    return Trouble(
        says=f"{error.context or ''}: {error.problem}",
        text=text,
        lines=lines,
        line=min(mark.line, last),
        column=mark.column,
        index=mark.index,
        start_line=min(start.line, last),
        start_column=start.column,
        start_index=start.index,
    )


def upwards(line: int) -> range:
    """The lines from `line` up, as far as it is worth looking."""
    return range(line, max(-1, line - _LOOK_BACK), -1)


def _holds_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
