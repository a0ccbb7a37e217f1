"""The sentences of a report under their headings, as sections of 叙述."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportgen.recognition.draft import ImportDraft, flowing, without_numbers
from reportgen.recognition.forms import FormReader
from reportgen.recognition.owners import Owner
from reportgen.recognition.pairs import Pairs
from reportgen.recognition.words import is_one, plain, section_named, squeezed
from reportgen.recognition.written import Written

_TITLE = re.compile(
    r"(?:自评|评价|绩效|项目|目标|支出).{0,12}(?:表|报告|清单|结果|框架|情况|申报表|体系)(?:[(（].{0,14}[)）])?$"
)
_RANKS = (
    re.compile(
        r"[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]{1,3}[章节部][分]?"
    ),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}\s*[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]"),
)
_NOTES = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填写说明|附注|注释)\s*[:：]"
)
_YEAR = re.compile(r"[(（]?\s*((?:19|20)\d\d)\s*年?度?\s*[)）]?")
_DATE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ITEMS = frozenset(["存在问题", "改进措施", "主要经验及做法", "主要成效"])
_LONGEST = (36, 36, 24, 20)
_ABOUT = re.compile("[\u4e00-\u9fa5、]{2,14}(?:情况|概况|结论|分析|效果|成效)")
_PROSE = 30


@dataclass(slots=True)
class _Heading:
    """A heading above what is being read."""

    rank: int
    text: str
    section: str


@dataclass(slots=True)
class ProseReader:
    """Reads the paragraphs outside of tables."""

    draft: ImportDraft
    of: Owner
    forms: FormReader
    titles: list[Written] = field(default_factory=list)
    headings: list[_Heading] = field(default_factory=list)
    held: list[Written] = field(default_factory=list)
    notes: bool = False
    begun: bool = False  # something of a form or report stands above

    def read(self, line: Written, follows: Written | None) -> None:
        """Reads a paragraph; `follows` is the one below it."""
        if not line.text:
            return
        if self._says_values(line) or self._is_title(line):
            return
        if _NOTES.match(line.text):
            self._ends()
            self.notes = True
        heading = self._heading(line, follows)
        if heading and not (self.notes and heading.rank > 1):
            self._enter(heading, line)
        elif self.headings and not self.notes:
            self._body(line)
        elif self.of.is_report and len(line.text) >= _PROSE and not self.notes:
            self.held.append(line)

    def _says_values(self, line: Written) -> bool:
        """A year alone, or names of fields with their values."""
        text = squeezed(line.text)
        year = _YEAR.fullmatch(text)
        if year:
            if not self.draft.has(("年度",)):
                self.draft.put(("年度",), year[1], line)
            self.draft.label(line)
            return True
        if "单位:" in text and ("万元" in text or text.endswith("元")):
            if text.endswith(("单位:元", "单位:元)")):
                self.forms.unit = self.forms.pairs.unit = "元"
            self.draft.label(line)
            return text.endswith("元") or text.endswith("元)")
        if self.headings and self.of.is_report:
            return False
        return Pairs(self.draft, self.of).line([line])

    def _is_title(self, line: Written) -> bool:
        """A title: it says what the form or report is, and ends no sentence."""
        text = squeezed(line.text)
        is_short = len(text) <= 60 and text[-1:] not in "。;:："
        if not is_short or not _TITLE.search(text):
            return False
        if self.headings and any(one.match(line.whole) for one in _RANKS):
            return False
        if line.number or any(one.match(line.text) for one in _RANKS[:2]):
            return False
        if (
            self.headings
            and line.level == 0
            and "报告" not in text
            and "表" not in text[-8:]
        ):
            return False
        self._ends()
        self.notes = False
        self.forms.titled(line.text)
        self.titles.append(line)
        return True

    def table(self) -> None:
        """A table begins."""
        self._flush()
        self.begun = True

    def _ends(self) -> None:
        self._flush()
        self.headings.clear()

    def _heading(
        self, line: Written, follows: Written | None
    ) -> _Heading | None:
        """The heading that a paragraph is, or begins with."""
        whole = line.whole
        rank = next(
            (at for at, one in enumerate(_RANKS) if one.match(whole)), -1
        )
        if rank < 0:
            return self._styled(line)
        bare = _RANKS[rank].sub("", whole, count=1).strip()
        text = bare.rstrip("。：:；; ")
        section = section_named(text)
        within = self._within_items(rank)
        if rank >= 2 and (
            within or not self._heads(text, section, follows, rank)
        ):
            return None
        is_short = len(text) <= _LONGEST[rank] and not re.search(
            "[。；;]", text
        )
        if is_short and (section or bare[-1:] not in "。；;"):
            return _Heading(rank, text, section)
        first = re.split("[。：:]", bare, maxsplit=1)[0].strip()
        named = section_named(first) if len(first) <= _LONGEST[rank] else ""
        if not named and rank < 2 and _ABOUT.fullmatch(first):
            return _Heading(rank, first, "")
        return _Heading(rank, first, named) if named and not within else None

    def _styled(self, line: Written) -> _Heading | None:
        text = line.text.rstrip("。：: ")
        known = is_one("叙述", text) and len(self.headings) == 0
        if line.level and len(text) <= _LONGEST[0]:
            return _Heading(line.level - 1, text, section_named(text))
        if known and self.of.is_report:
            return _Heading(0, text, section_named(text))
        return None

    def _within_items(self, rank: int) -> bool:
        above = [one for one in self.headings if one.rank < rank]
        return bool(above) and above[-1].section in _ITEMS

    def _heads(
        self, text: str, section: str, follows: Written | None, rank: int
    ) -> bool:
        """Whether a line with a small number is a heading: it names a section, or sentences follow it."""
        bare = re.sub(
            "(?:完成)?(?:情况)?(?:分析)?$",
            "",
            plain(re.split("[:：]", text)[0]),
        )
        named = is_one("叙述", bare) or is_one("类别", bare)
        if section and (len(text) <= 16 or named):
            return len(text) <= 16 or bool(re.search("[:：。]", text))
        below = follows.whole if follows else ""
        is_list = _RANKS[rank].match(below) is not None
        is_short = len(text) <= _LONGEST[rank] and not re.search(
            "[，。；,;：:]", text
        )
        return is_short and not is_list and len(below) > len(text)

    def _enter(self, heading: _Heading, line: Written) -> None:
        self._flush()
        self.notes = False
        kept = [one for one in self.headings if one.rank < heading.rank]
        self.headings[:] = [*kept, heading]
        whole = (
            _RANKS[heading.rank].sub("", line.whole, count=1)
            if heading.rank < 4
            else line.text
        )
        rest = whole.strip()[len(heading.text) :].lstrip("。：:； ")
        within = kept and kept[-1].section in _ITEMS
        if within and not heading.section:
            self._body(line)
            return
        self.draft.label(line)
        if rest:
            self.held.append(Written(rest, line.element, spot=self._spot(line)))
            self.draft.used.add(line)

    def _spot(self, line: Written) -> str:
        above = f"「{self.headings[-1].text[:20]}」下" if self.headings else ""
        return f"{above}{line.spot}"

    def _body(self, line: Written) -> None:
        line.spot = self._spot(line)
        self.held.append(line)

    def _section(self) -> str:
        """The section of what is being read: the nearest heading of a known one, or else the nearest heading."""
        named = [one.section for one in self.headings if one.section]
        own = plain(self.headings[-1].text) if self.headings else "基本情况"
        return named[-1] if named else own or "基本情况"

    def _flush(self) -> None:
        """What was read under a heading becomes its section."""
        lines, self.held = self.held, []
        if not lines:
            return
        texts = [(text, line) for line in lines for text in flowing(line.whole)]
        bare = without_numbers([text for text, _ in texts])
        path = (*self.of.path, "叙述", self._section())
        start = self.draft.count(path)
        said = {
            squeezed(self.draft.values[(*path, at)].value)
            for at in range(start)
        }
        for text, (_, line) in zip(bare, texts, strict=True):
            if squeezed(text) in said:
                self.draft.used.add(line)
                continue
            self.draft.put((*path, self.draft.count(path)), text, line)

    def close(self) -> None:
        """The document ends: its last lines may be the body that signs and the day."""
        if self.held:
            self._signed()
        self._flush()

    def _signed(self) -> None:
        date = _DATE.fullmatch(squeezed(self.held[-1].text))
        if date is None:
            return
        line = self.held.pop()
        day = f"{date[1]}-{int(date[2]):02d}-{int(date[3]):02d}"
        if not self.draft.has(("填报日期",)):
            self.draft.put(("填报日期",), day, line)
        else:
            self.draft.label(line)
        if (
            self.held
            and len(self.held[-1].text) <= 24
            and self.held[-1].text[-1:] not in "。；"
        ):
            self.titles.append(self.held.pop())
