"""The reports of a pack as its templates draw them: which heading stands above which section of 叙述."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from reportgen.packs.pack import Pack
from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.words import plain, squeezed
from reportgen.recognition.sentences.template_lines import lines_of_template

_SECTION = re.compile(r"for (\S+) in (项目\.|项\.|)((?:叙述|单位)\.\w+)")
_TAG = re.compile(r"\{[{%#].*?[%#}]\}")
_CHOSEN = "列入报告"  # of projects, those that the report is about
_WORD = re.compile(r"[^\W\d_]")
_LEAD = re.compile(r"[^。：:]{2,16}[：:]")
_END = re.compile("[。：:]")
_FEWEST, _SHARE = 3, 0.6  # headings that a document must have of a template


@dataclass
class PackReport:
    """A report: whether it is of the unit, its sections by their headings, what stands before a paragraph."""

    is_of_unit: bool = True
    sections: dict[str, str] = field(default_factory=dict)
    of_projects: str = ""  # the section of each project that it tells of
    lead: str = ""
    chooses: bool = False  # it tells of some of the projects alone
    quoted: frozenset[str] = frozenset()  # sections made of the projects' own

    def share_in(self, said: set[str]) -> float:
        """Which part of its headings a document says; 0 where it has too few to be known by them."""
        heads = self.sections.keys()
        is_known = len(heads) >= _FEWEST
        return len(said & heads) / len(heads) if is_known else 0.0

    def section_of(self, headings: Iterable[str]) -> str:
        """The path of the section under these headings, the nearest first: 叙述.单位概况."""
        found = (self.sections.get(plain(one), "") for one in headings)
        return next(filter(None, found), "")


def report_printed(
    pack: Pack | None,
    lines: Iterable[WrittenLine],
) -> PackReport | None:
    """The report of the pack that a document is a print of; None where it is none."""
    said = {plain(_END.split(one.text)[0]) for one in lines if one.text}
    if pack is None:
        return None
    files = [pack.template(one.template) for one in pack.manifest.documents]
    known = [one for one in map(_report, files) if one is not None]
    best = max(known, key=lambda one: one.share_in(said), default=None)
    if best is None or best.share_in(said) < _SHARE:
        return None
    return replace(best, quoted=_quoted(pack))


def _quoted(pack: Pack) -> frozenset[str]:
    """The sections of the unit in which the pack repeats what the projects wrote in theirs of that name."""
    return frozenset(
        name
        for name, section in pack.snippets.unit.items()
        for snippet in section.snippets[:1]
        if len(section.snippets) == 1
        and any(f"项.叙述.{name}|join" in one for one in snippet.text)
    )


@lru_cache(maxsize=200)
def _report(template: Path) -> PackReport | None:
    """The sections that a template prints; None where it cannot be read."""
    texts = lines_of_template(template)
    found = PackReport(chooses=any(_CHOSEN in one for one in texts))
    for owner, name, heading in _sections(texts):
        if owner == "项.":
            found.of_projects = name
            found.lead = heading if _LEAD.fullmatch(heading) else ""
        else:
            found.is_of_unit = owner == ""
            found.sections.setdefault(plain(heading), name)
    return found if texts else None


def _sections(texts: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Whose section it is, its name, and the heading above it, or before its text."""
    owner = name = tag = ""
    headings = [""]  # the last one, and those above it that stand in any case
    above: list[str] = []
    for text in texts:
        section = _SECTION.search(text)
        fixed = squeezed(_TAG.sub("", text))
        if section:
            variable, owner, name = section.groups()
            tag = f"{{{{ {variable} }}}}"
        elif name and tag in text:
            over = [fixed] if _WORD.search(fixed) else headings
            yield from ((owner, name, one) for one in over)
            name = ""
        elif fixed:
            headings = [fixed]
        else:
            _conditions(text, headings, above)


def _conditions(
    text: str,
    headings: list[str],
    above: list[str],
) -> None:
    """Below the end of a condition stands what is under the heading above it too."""
    if text.startswith("{%p if"):
        above.append(headings[-1])
    elif text.startswith("{%p endif") and above:
        headings.append(above.pop())
