"""The sentences of a report under their headings, as sections of 叙述."""

import re
from dataclasses import dataclass, field

from reportgen.core.value import FieldPath
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.fitting_pack import own_texts
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.grids import Grid, WrittenLine
from reportgen.recognition.reading.words import (
    plain,
    says_continued,
    squeezed,
)
from reportgen.recognition.sentences.headings import (
    ITEMS,
    Heading,
    heading_of,
    is_title,
)
from reportgen.recognition.sentences.pack_reports import PackReport
from reportgen.recognition.tables.forms import FormReader, begins_with_head
from reportgen.recognition.tables.pairs import Pairs

_NOTES = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注释)\s*[:：]"
)
_YEAR = re.compile(r"\(?((?:19|20)\d\d)年?度?\)?")
_UNIT = re.compile(r"(?:.*\D)?\(?(?:金额)?单位:(?:人民币)?(万?)元\)?")
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_SIGNED = re.compile(r"[^。；]{2,24}")
_DONE = re.compile(
    "公开|报送|上报|编制|填报|填写|制定|完善|建立|提交|组织|开展|完成"
)
_PROSE, _OF_PROJECT = 30, 3
_CAPTION = re.compile(
    r"(?:[附续]?表[\d一二三四五六七八九十]*[:：]?)?[^。；]{2,40}表(?:[(（].*[)）])?"
)
_START = "基本情况"


def is_measure(text: str) -> bool:
    """Whether a line says no more than in what amounts are told: 单位：万元."""
    return _UNIT.fullmatch(squeezed(text)) is not None


@dataclass
class ProseReader:
    """Reads the paragraphs outside of tables."""

    draft: ImportDraft
    of: Owner
    forms: FormReader
    titles: list[WrittenLine] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    held: list[WrittenLine] = field(default_factory=list)
    notes: bool = False  # what follows explains the form
    bodies: list[str] = field(default_factory=list)  # lines above titles
    above: str = ""
    report: PackReport | None = None  # of the pack, where it printed this
    told: dict[FieldPath, None] = field(default_factory=dict)
    """The projects that a report of the unit tells of."""
    own: frozenset[str] = field(init=False)  # what the pack prints itself

    def __post_init__(self) -> None:
        self.own = own_texts(self.forms.pack)

    def read(
        self,
        line: WrittenLine,
        follows: WrittenLine | None,
        table: Grid | None = None,
    ) -> None:
        """Reads a paragraph; `follows` is the one below it, `table` the one of which it may be the caption."""
        if self._is_form(line, follows, table):
            pass
        elif self._is_title(line, follows, table):
            self._begin(line)
        elif line.text and not self._says_values(line):
            self._sentences(line, follows)
        self.above = squeezed(line.text) or self.above

    def _is_title(
        self,
        line: WrittenLine,
        follows: WrittenLine | None,
        table: Grid | None,
    ) -> bool:
        """Whether a form or report begins; below a heading of a report something has to stand under its title."""
        is_last = follows is None and table is None
        within = self.of.is_report and bool(self.headings)
        is_told = within and (is_last or _DONE.match(line.text) is not None)
        return not is_told and is_title(line, self.headings)

    def _is_form(
        self,
        line: WrittenLine,
        follows: WrittenLine | None,
        table: Grid | None,
    ) -> bool:
        """Whether a line is the form's own: the caption of a table, or what the pack prints, and no heading."""
        is_form = says_continued(line.text)
        if table is not None and self._is_caption(line, table):
            is_form = True
        if self.headings and squeezed(line.text) in self.own:
            kind = (line, follows, self.headings, self.of.is_report)
            is_heading = heading_of(*kind) or is_title(line, self.headings)
            is_form = is_form or not is_heading
        if is_form:
            self.draft.label(line)
        return is_form

    def _is_caption(
        self,
        line: WrittenLine,
        table: Grid,
    ) -> bool:
        """Whether a line within a report names the table below it, which is no form: it begins with its head."""
        within = self.of.is_report and self.headings and not line.number
        named = _CAPTION.fullmatch(squeezed(line.text)) is not None
        return bool(within) and named and begins_with_head(table)

    def table(self) -> None:
        """A table begins."""
        self._flush()

    def close(self) -> None:
        """The document ends: its last lines may be the body that signs and the day."""
        date = self.held and _DATE.fullmatch(squeezed(self.held[-1].text))
        if date:
            line = self.held.pop()
            day = f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
            self.draft.put(("填报日期",), day, line)
            if self.held and _SIGNED.fullmatch(self.held[-1].text):
                self.titles.append(self.held.pop())
        elif self.held and self._signs(self.held[-1]):
            self.draft.label(self.held.pop())
        self._flush()

    def mark_untold(self) -> None:
        """Notes of each known project of which a report that tells of some does not tell."""
        report = self.report
        if report is None or not (report.chooses and self.told):
            return
        for at in range(len(self.draft.projects)):
            if ("项目", at) not in self.told:
                self.draft.put(("项目", at, "列入报告"), "否", ())

    def _signs(self, line: WrittenLine) -> bool:
        """Whether the last line is the body that stands above the title too."""
        return any(squeezed(line.text) == one for one in self.bodies)

    def _begin(self, line: WrittenLine) -> None:
        """A form or report begins."""
        self._end()
        self.notes = False
        self.bodies += filter(None, [self.above])
        self.forms.titled(line.text)
        self.titles.append(line)

    def _end(self) -> None:
        self._flush()
        self.headings.clear()

    def _says_values(self, line: WrittenLine) -> bool:
        """A year alone, the measure of amounts, or names of fields with their values."""
        text = squeezed(line.text)
        year, unit = _YEAR.fullmatch(text), _UNIT.fullmatch(text)
        if year and not self.draft.has(("年度",)):
            self.draft.put(("年度",), year[1], line)
        if unit and not unit[1]:
            self.forms.unit = self.forms.pairs.unit = "元"
        is_prose = self.headings and self.of.is_report
        if not is_prose and Pairs(self.draft, self.of).line([line]):
            return True
        if year or unit:
            self.draft.label(line)
        return bool(year or unit)

    def _sentences(
        self,
        line: WrittenLine,
        follows: WrittenLine | None,
    ) -> None:
        """A heading, or what stands below one; notes to a form are neither."""
        if _NOTES.match(line.text):
            self._end()
            self.notes = True
        heading = self._of_report(line) or heading_of(
            line, follows, self.headings, self.of.is_report
        )
        if heading and not (self.notes and heading.rank > 1):
            self._enter(heading, line)
        elif not self.notes and (self.headings or self._is_prose(line)):
            line.spot = self._spot(line)
            self.held.append(line)

    def _of_report(self, line: WrittenLine) -> Heading | None:
        """A heading of a report of the pack: the name of one project, or the first words of a paragraph."""
        report = self.report
        if report is None or not self.headings:
            return None
        if report.of_projects and self.of.known(line.text):
            return Heading(_OF_PROJECT, line.text, "")
        first, sign, rest = line.text.partition("：")
        if sign and report.section_of([first]):
            return Heading(_OF_PROJECT, plain(first), "", rest)
        return None

    def _is_prose(self, line: WrittenLine) -> bool:
        return self.of.is_report and len(line.text) >= _PROSE

    def _enter(
        self,
        heading: Heading,
        line: WrittenLine,
    ) -> None:
        self._flush()
        self.notes = False
        kept = [one for one in self.headings if one.rank < heading.rank]
        self.headings[:] = [*kept, heading]
        line.spot = self._spot(line)
        above = {one.section for one in kept[-1:]}
        if not heading.section and not ITEMS.isdisjoint(above):
            self.held.append(line)
            return
        self.draft.label(line)
        if heading.rest:
            self.draft.used.add(line)
            self.held.append(
                WrittenLine(heading.rest, line.element, spot=line.spot)
            )

    def _spot(self, line: WrittenLine) -> str:
        above = f"「{self.headings[-1].text[:20]}」下" if self.headings else ""
        name, end, place = line.spot.rpartition("》")
        return f"{name}{end}{above}{place}"

    def _path(self) -> FieldPath:
        """Where goes what is being read: the section of the unit, of the project of the form, or of one named above."""
        name = self._section()
        names = [one.text for one in reversed(self.headings)]
        report = self.report
        if report is None:
            return (*self.of.path, "叙述", name)
        told = self.of.known(names[0]) if names and report.of_projects else ()
        if told:
            self.told.setdefault(told)
            return (*told, *report.of_projects.split("."))
        section = report.section_of(names) or f"叙述.{name}"
        known = tuple(section.split("."))
        if known[0] == "单位":
            return known
        return (*self._teller(report, known[-1]), *known)

    def _teller(
        self,
        report: PackReport,
        section: str,
    ) -> FieldPath:
        """Whose words a section is: the project's, where the report repeats what the only one of them wrote."""
        is_quoted = section in report.quoted and len(self.told) == 1
        return next(iter(self.told)) if is_quoted else self.of.path

    def _section(self) -> str:
        """The section of what is being read: the nearest heading of a known one, or else the nearest heading."""
        named = [one.section for one in self.headings if one.section]
        own = [plain(one.text) for one in self.headings]
        return next(filter(None, reversed([_START, *own[-1:], *named])))

    def _flush(self) -> None:
        """What was read under a heading becomes its section."""
        lines, self.held = self.held, []
        if lines:
            self._cut_lead(lines[0])
            self.draft.put_paragraphs(self._path(), lines)

    def _cut_lead(self, line: WrittenLine) -> None:
        """项目概述： before a paragraph is the form's."""
        lead = self.report.lead if self.report else ""
        if lead and squeezed(line.text).startswith(lead):
            end = re.search("[：:]", line.text)
            at = end.end() if end else 0
            printed = WrittenLine(line.text[:at], line.element, spot=line.spot)
            self.draft.label(printed)
            line.text = line.text[at:]
