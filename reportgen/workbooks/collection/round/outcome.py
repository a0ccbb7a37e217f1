"""What a round comes to, as files: 收齐情况.xlsx, and a 退回单.docx for each unit that has something to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from reportgen.core.file_names import safe_name
from reportgen.results.unit_result import UnitResult
from reportgen.workbooks.collection.round.prints import (
    ReadPrint,
    with_prints,
)
from reportgen.workbooks.collection.round.problems import (
    mended,
    round_problems,
)
from reportgen.workbooks.collection.round.returned import (
    Returned,
    returned_files,
)
from reportgen.workbooks.collection.round.roster import AskedUnit, read_roster
from reportgen.workbooks.collection.round.round_book import (
    BOOK_NAME,
    RoundResult,
    round_workbook,
)
from reportgen.workbooks.collection.round.sending import FormFile
from reportgen.workbooks.collection.round.slip import return_slip
from reportgen.workbooks.collection.round.standing import (
    MISSING,
    UNREADABLE,
    RoundStanding,
    UnitRound,
    stand,
)

_NOBODY = "（看不出是哪个单位的文件）"
Build = Callable[[tuple[Path, ...]], Sequence[UnitResult]]
Record = Mapping[str, Sequence[str]]  # unit -> its problems, by their keys


def _unwatched(file: Returned) -> None:
    """Nobody looks on."""


class Ways(NamedTuple):
    """How units are built, and documents read; `seen` is told each file as it was read, and may raise to stop."""

    build: Build
    read_print: ReadPrint
    seen: Callable[[Returned], None] = _unwatched


class RoundOutcome(NamedTuple):
    """The files of a round, its results, and what the next round has to know of it."""

    standing: RoundStanding
    results: tuple[RoundResult, ...]

    def files(self) -> Iterator[FormFile]:
        """The workbook, and a slip for each unit with anything to mend."""
        book = round_workbook(self.standing, self.results)
        yield FormFile(BOOK_NAME, book)
        for number, one in enumerate(self.results, start=1):
            if one.problems and one.unit.standing != MISSING:
                name = safe_name(one.unit.asked.name)
                slip = return_slip(one, self.standing.year)
                yield FormFile(f"退回单 {number:03} {name}.docx", slip)
        yield from self._slips_of_nobody()

    def _slips_of_nobody(self) -> Iterator[FormFile]:
        """A slip for each file that cannot be read and does not say whose it is."""
        unread = (
            file
            for kind, file in self.standing.outside
            if kind == UNREADABLE and file.is_meant
        )
        for number, file in enumerate(unread, start=1):
            unit = UnitRound(AskedUnit(_NOBODY), used=file)
            slip = return_slip(RoundResult(unit), self.standing.year)
            name = safe_name(file.path.stem)
            yield FormFile(f"退回单 不明 {number:03} {name}.docx", slip)

    @property
    def told(self) -> str:
        """How many units there are, and how many of them stand how."""
        counts = self.standing.counts().items()
        said = "、".join(f"{name} {count} 个" for name, count in counts)
        return f"应交 {len(self.results)} 个单位：{said}"

    @property
    def record(self) -> Record:
        """The problems of each unit that handed something in."""
        return {
            one.unit.asked.name: [problem.key for problem in one.problems]
            for one in self.results
            if one.unit.used
        }


def round_outcome(
    folder: Path, roster: Path, unpacked: Path, ways: Ways, before: Record
) -> RoundOutcome:
    """The round of what lies in `folder`, with what was found in building the files that count."""
    found = []
    for file in returned_files(folder, unpacked):
        ways.seen(file)
        found.append(file)
    files = with_prints(found, ways.read_print)
    standing = stand(read_roster(roster), files)
    used = (one.used for one in standing.units)
    built = ways.build(
        tuple(one.path for one in used if one and not one.reason)
    )
    by_file = {one.file: one for one in built}
    results = (_result(unit, by_file, before) for unit in standing.units)
    return RoundOutcome(standing, tuple(results))


def _result(
    unit: UnitRound,
    built: Mapping[Path, UnitResult],
    before: Record,
) -> RoundResult:
    used = unit.used
    if used is None:
        return RoundResult(unit)
    made = built.get(used.path)
    findings = made.findings if made else used.findings
    problems = round_problems(findings, used)
    known = before.get(unit.asked.name, ())
    return RoundResult(unit, problems, mended(known, problems))
