"""What is raised: conditions that stop the program, each with a place and a way out."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person can mend something: a file, and within it a line and column, or a spot in words.

    Line and column are counted from 1, 0 is unknown. `spot` is for files without lines: the cell of a workbook
    (项目1!F12), the table and row or the heading and paragraph of a Word document.
    """

    file: str
    line: int = 0
    column: int = 0
    spot: str = ""

    @property
    def where(self) -> str:
        """The spot within the file: 第7行, 项目1!F12; "" for the file as a whole."""
        return self.spot or (f"第{self.line}行" if self.line else "")

    @property
    def in_words(self) -> bool:
        """Whether the spot says all of it, as in a Word document: its reader knows no names of fields."""
        return bool(self.spot) and "!" not in self.spot

    def __str__(self) -> str:
        return f"{self.file} {self.where}".rstrip()


class ReportgenError(Exception):
    """Stops the work on one file: what is wrong, where, and what to do about it (all in Chinese)."""

    code = "ERR001"  # how `--format json` names it

    def __init__(
        self, message: str, hint: str = "", *, place: Place | Path | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        # of a file as a whole its path is enough
        self.place = Place(str(place)) if isinstance(place, Path) else place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        return f"{where}{self.message}" + (
            f"；{self.hint}" if self.hint else ""
        )


class PackError(ReportgenError):
    """A template pack (its yaml files, its folder) cannot be used."""

    code = "PCK001"


class TemplateError(PackError):
    """A Word template is unsafe, broken, or holds a tag that cannot be filled; names part, place and tag."""

    code = "TPL001"


class ValueRefused(ReportgenError):
    """A value cannot be printed, for instance because XML forbids one of its characters; names the field."""

    code = "DAT007"


class OutputError(ReportgenError):
    """A document cannot be written where it belongs."""

    code = "OUT001"
