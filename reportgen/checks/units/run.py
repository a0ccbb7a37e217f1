"""Rules over all units of one run: names of other units (TXT002), paragraphs that two units share (TXT007), and
numbers that stand out (AGG003) or are everywhere the same (AGG004).

What they need of a unit is an Extract (extracts.py).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reportgen.checks.facts.alike import Alike, Match
from reportgen.checks.facts.copies import how_alike
from reportgen.checks.rule import (
    ADVICE,
    ERROR,
    UNCHECKED,
    WARNING,
    severity_of,
    shortened,
)
from reportgen.checks.units.extracts import (
    Extract,
    Extracts,
    RunParagraph,
)
from reportgen.checks.units.run_numbers import (
    Hit,
    full_marks,
    outliers,
    same_values,
)
from reportgen.checks.units.two_files import contradictions
from reportgen.checks.waivers import waived_in_run
from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Findings, Severity
from reportgen.core.numerals import known

_HEAD = 4  # characters by which names are looked up
_AS_PROJECT = re.compile(r"[”」』]?(?:项目|经费|专项|资金|工程)")
_KIND = (  # what a sentence says of a unit that it introduces, but not of one that it thanks
    r"(?:事业|预算|行政|直属|所属|下属|派出|组成部门|工作部门|职能部门|[科处股]级|公益[一二]类|拨款|参公|法人|主管|管理的|负责|承担)"
)
_AS_SELF = re.compile(
    rf"(?:[（(][^（）()\n]{{1,16}}[)）])?(?:(?:是|为|系)(?!我|本)[^，。；！？\n]{{0,24}}?{_KIND}|属|成立于"
    r"|的?(?:主要)?职[责能]|内设|现有|编制|核定|(?:19|20)\d\d年度?(?:部门)?(?:整体|预算|绩效)"
    r"|(?:部门)?整体支出|绩效自评|年初预算|全年预算)"
)
_OPENS = frozenset("，。；：、,;:！？\n “「（(")


class Found(NamedTuple):
    """A problem of one unit of the run, which stands at `position`."""

    position: int
    paragraph: RunParagraph
    message: str
    severity: Severity


class RunRule(NamedTuple):
    """A rule over all units of a run."""

    code: str
    severity: Severity
    find: Callable[[Extracts], Iterator[Found]]

    @property
    def doc(self) -> str:
        """What it looks for, and on what ground."""
        return self.find.__doc__ or ""


# ---- TXT002


def _names_of_other_units(extracts: Sequence[Extract]) -> Iterator[Found]:
    """文中出现同一批次其他单位、其他单位项目的名称.

    依据：一批单位的材料常由一份改成，改漏的名称就是其他单位的；与其他单位合作的叙述不在此列：单位名称须是在介绍自己，
    项目名称须是在讲经费、项目。几个单位都有的项目名称不算。
    """
    heads = _heads(extracts)
    if not heads:
        return
    begins = re.compile(
        f"[{re.escape(''.join(sorted({head[0] for head in heads})))}]"
    )
    for position, one in enumerate(extracts):
        written = one.written()
        foreign = [
            (name, owner, start)
            for name, owner, start in _looked_up(written.text, heads, begins)
            if owner != position and extracts[owner].name != one.name
        ]
        own, paragraphs = written.read() if foreign else ("", [])
        said: set[tuple[int, str]] = set()
        for name, owner, start in foreign:
            if name in own:
                continue
            at, into = written.at(start)
            if (at, name) not in said:
                said.add((at, name))
                yield from _named(
                    extracts[owner], position, paragraphs[at], name, into
                )


Heads = dict[str, list[tuple[str, int]]]


def _heads(extracts: Sequence[Extract]) -> Heads:
    """Names by how they begin; those of several units are nobody's, but a unit may stand here for several years."""
    owners: dict[str, int] = {}
    units: dict[str, set[str]] = {}
    for position, one in enumerate(extracts):
        for name in (*one.names, *one.projects):
            owners.setdefault(name, position)
            units.setdefault(name, set()).add(one.name)
    heads: Heads = {}
    for name, position in owners.items():
        if len(units[name]) == 1:
            heads.setdefault(name[:_HEAD], []).append((name, position))
    return heads


def _looked_up(
    text: str, heads: Heads, begins: re.Pattern[str]
) -> Iterator[tuple[str, int, int]]:
    """Each name in `text`, whose it is and where it begins; the longest where several begin.

    `begins` finds the characters that names begin with: to leap to these is faster than to look at every place.
    """
    for match in begins.finditer(text):
        start = match.start()
        found = heads.get(text[start : start + _HEAD])
        if found:
            here = [
                (name, owner)
                for name, owner in found
                if text.startswith(name, start)
            ]
            if here:
                yield (*max(here, key=lambda one: len(one[0])), start)


def _named(
    other: Extract,
    position: int,
    paragraph: RunParagraph,
    name: str,
    start: int,
) -> Iterator[Found]:
    text = paragraph.text
    end = start + len(name)
    if name in other.names:
        begins = start == 0 or text[start - 1] in _OPENS
        if begins and _AS_SELF.match(text, end):
            message = f"文中的「{name}」是另一个单位；请核对是否为其他单位的文字，改为本单位的名称"
            yield Found(position, paragraph, message, ERROR)
    elif name.endswith(
        ("费", "经费", "项目", "工程", "专项", "专项资金")
    ) or _AS_PROJECT.match(text, end):
        message = (
            f"文中的「{name}」是「{other.name}」的项目，不是本单位的；"
            f"请核对是否为其他单位的文字，改为本单位的名称"
        )
        yield Found(position, paragraph, message, ERROR)


# ---- TXT007


class _Origin(NamedTuple):
    """One paragraph of one unit, by their positions."""

    position: int
    paragraph: int


def _paragraphs_of_other_units(extracts: Sequence[Extract]) -> Iterator[Found]:
    """两个单位、两个年度的段落雷同.

    依据：除去名称和数字后相似 85% 及以上的较长段落，说明不是按本单位、本年度的实际情况写的。两边都报，由各自核对。
    """
    least = known(one.least for one in extracts)
    if not least:
        return
    seen = Alike(min(least), _other_unit)
    said: set[tuple[int, str]] = set()
    for position, one in enumerate(extracts):
        for paragraph, masked in one.masked():
            whose = _Origin(position, paragraph)
            match = seen.match(masked, whose)
            if match and match.ratio >= (one.least or 1):
                yield from _both(extracts, whose, match, said)


def _other_unit(one: _Origin, other: _Origin) -> bool:
    return one.position != other.position


def _both(
    extracts: Sequence[Extract],
    later: _Origin,
    match: Match[_Origin],
    said: set[tuple[int, str]],
) -> Iterator[Found]:
    """The finding for each of the two units; a section that is like several is told once."""
    earlier = match.owner
    told = {one: _paragraph(extracts, one) for one in (later, earlier)}
    for owner, against in ((later, earlier), (earlier, later)):
        here = told[owner]
        there = told[against]
        key = (owner.position, here.path)
        if key in said:
            continue
        said.add(key)
        one = extracts[owner.position]
        other = extracts[against.position]
        own = other.name == one.name
        whose = "本单位" if own else f"「{other.name}」"
        if own or other.year != one.year:
            whose += f"{other.year}年度"
        how = how_alike(here.text, there.text, match.ratio)
        said_there = (
            "" if there.section == here.section else f"「{there.section}」"
        )
        message = (
            f"「{here.section}」与{whose}{there.lead.rstrip('：')}{said_there}{how}"
            f"（“{shortened(here.text)}”）；请按本单位本年度的实际情况重写"
        )
        yield Found(owner.position, here, message, WARNING)


def _paragraph(extracts: Sequence[Extract], one: _Origin) -> RunParagraph:
    return extracts[one.position].written().read()[1][one.paragraph]


# ---- AGG003 and AGG004


def _numbers_far_out(extracts: Extracts) -> Iterator[Found]:
    """执行率、满意度等比率或人均金额与同一批单位相差很远.

    依据：同一批单位的比率、人均金额大致相近；偏离中位数很远的（按与中位数之差的中位数衡量），多为填错，或须说明原因。
    人均金额相差千倍以上的，多为元与万元写错。只是提示，请人核对。
    """
    return _hits(outliers(extracts.gathered))


def _numbers_all_alike(extracts: Extracts) -> Iterator[Found]:
    """同一批单位的得分、满意度等填得一样.

    依据：各单位的得分、满意度、合格率各自统计，五个以上单位几乎都填同一个数的，多为照抄或估计。只是提示，请人核对。
    """
    return _hits(same_values(extracts.gathered))


def _full_marks_everywhere(extracts: Extracts) -> Iterator[Found]:
    """同一批单位几乎都自评满分.

    依据：自评应当如实反映完成情况；五个以上单位几乎都得满分的，自评没有区分度。只是提示，请人核对。
    """
    return _hits(full_marks(extracts.gathered))


def _two_files_of_one_unit(extracts: Extracts) -> Iterator[Found]:
    """同一单位、同一年度有两份填报文件，同一项的数不同.

    依据：同一单位同一年度的同一项数据只有一个数；两份文件各报各的，汇总时会重复或取错。
    """
    return _hits(contradictions(extracts), WARNING)


def _hits(hits: Iterable[Hit], severity: Severity = ADVICE) -> Iterator[Found]:
    for hit in hits:
        one = hit.number
        where = RunParagraph(one.path, "", "", one.line, one.column, one.text)
        yield Found(hit.position, where, hit.message, severity)


RUN_RULES: tuple[RunRule, ...] = (
    RunRule("TXT002", ERROR, _names_of_other_units),
    RunRule("AGG002", WARNING, _two_files_of_one_unit),
    RunRule("TXT007", WARNING, _paragraphs_of_other_units),
    RunRule("AGG003", ADVICE, _numbers_far_out),
    RunRule("AGG004", ADVICE, _numbers_all_alike),
    RunRule("AGG004", ADVICE, _full_marks_everywhere),
)


def check_run(extracts: Iterable[Extract]) -> dict[str, Findings]:
    """What the rules over the run find, by the file of the unit; units without findings are not named.

    A waiver of a unit counts here as it does among its own findings; one that neither needs is WVR001.
    """
    units = Extracts(extracts)
    found: dict[int, list[Finding]] = {
        position: [] for position in range(len(units))
    }
    for rule in RUN_RULES if len(units) > 1 else ():
        for one in rule.find(units):
            if finding := _finding(rule, one, units[one.position]):
                found[one.position].append(finding)
    return {
        units[position].file: told
        for position, findings in found.items()
        if (told := tuple(waived_in_run(findings, units[position].waivers)))
    }


def _finding(rule: RunRule, one: Found, unit: Extract) -> Finding | None:
    wanted = dict(unit.severities).get(rule.code, "")
    if wanted == UNCHECKED:
        return None
    place = Place(unit.file, one.paragraph.line, one.paragraph.column)
    severity = severity_of(wanted, one.severity)
    return Finding(
        rule.code,
        severity,
        f"{one.paragraph.lead}{one.message}",
        place,
        one.paragraph.path,
    )
