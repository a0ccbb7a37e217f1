"""Slips of writing mended in the files of units: shown first, written when asked for."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.application.unit_files import unit_files
from reportgen.application.unit_text import write_unit_text
from reportgen.checks.writing.typography.mending import with_chinese_marks
from reportgen.core.findings import Findings, failure_findings
from reportgen.model.key_names import names_of
from reportgen.model.unit import Unit
from reportgen.sources.fixes import Fix, changed_lines, fix_text
from reportgen.sources.text import read_text


class FixedFile(NamedTuple):
    """What can be mended in a file without asking, how much is left, and where the file as it was is kept."""

    file: Path
    fixes: tuple[Fix, ...] = ()
    left: int = 0
    kept: str = ""  # "" where nothing was written
    failures: Findings = ()  # why it could not be read or written


def fix(paths: Sequence[Path], *, apply: bool) -> Iterator[FixedFile]:
    """The files of `paths` one after the other; with `apply` they are written."""
    found = unit_files(paths)
    for finding in found.empty:
        yield FixedFile(Path(finding.place.file), failures=(finding,))
    for file in found.files:
        try:
            yield _fixed(file, apply=apply)
        except Exception as error:
            # one file that cannot be read does not stop the others
            yield FixedFile(file, failures=failure_findings(error, file))


def _fixed(file: Path, *, apply: bool) -> FixedFile:
    source = read_text(file)
    old = source.text
    found = fix_text(old, names_of(Unit))
    new = with_chinese_marks(source._replace(text=found.text))
    kept = ""
    if apply and new != old:
        kept = write_unit_text(file, old, new)
    return FixedFile(file, changed_lines(old, new), len(found.left), kept)
