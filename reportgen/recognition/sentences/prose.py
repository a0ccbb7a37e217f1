"""The sentences of a report under their headings, as sections of 叙述."""

import re
from dataclasses import dataclass, field

from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.words import plain, squeezed
from reportgen.recognition.reading.written import WrittenLine
from reportgen.recognition.sentences.headings import (
    ITEMS,
    Heading,
    heading_of,
    is_title,
)
from reportgen.recognition.tables.forms import FormReader
from reportgen.recognition.tables.pairs import Pairs

_NOTES = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注释)\s*[:：]"
)
_YEAR = re.compile(r"\(?((?:19|20)\d\d)年?度?\)?")
_UNIT = re.compile(r"(?:.*\D)?\(?(?:金额)?单位:(?:人民币)?(万?)元\)?")
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_SIGNED = re.compile(r"[^。；]{2,24}")
_PROSE = 30
_START = "基本情况"


@dataclass(slots=True)
class ProseReader:
    """Reads the paragraphs outside of tables."""

    draft: ImportDraft
    of: Owner
    forms: FormReader
    titles: list[WrittenLine] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    held: list[WrittenLine] = field(default_factory=list)
    notes: bool = False  # what follows explains the form

    def read(
        self,
        line: WrittenLine,
        follows: WrittenLine | None,
    ) -> None:
        """Reads a paragraph; `follows` is the one below it."""
        if is_title(line, self.headings):
            self._begin(line)
        elif line.text and not self._says_values(line):
            self._sentences(line, follows)

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
        self._flush()

    def _begin(self, line: WrittenLine) -> None:
        """A form or report begins."""
        self._end()
        self.notes = False
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
        heading = heading_of(line, follows, self.headings, self.of.is_report)
        if heading and not (self.notes and heading.rank > 1):
            self._enter(heading, line)
        elif not self.notes and (self.headings or self._is_prose(line)):
            line.spot = self._spot(line)
            self.held.append(line)

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
        return f"{above}{line.spot}"

    def _section(self) -> str:
        """The section of what is being read: the nearest heading of a known one, or else the nearest heading."""
        named = [one.section for one in self.headings if one.section]
        own = [plain(one.text) for one in self.headings]
        return next(filter(None, reversed([_START, *own[-1:], *named])))

    def _flush(self) -> None:
        """What was read under a heading becomes its section."""
        lines, self.held = self.held, []
        if lines:
            path = (*self.of.path, "叙述", self._section())
            self.draft.put_paragraphs(path, lines)
