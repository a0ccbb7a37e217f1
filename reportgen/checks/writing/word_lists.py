"""TXT010 and TXT013: statements that exclude each other, and slips of the pen, both from the pack's word lists."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.text_index import TextIndex, any_of
from reportgen.checks.rule import ADVICE, Problems, at, rule, shortened
from reportgen.packs.vocabulary import Contradiction

_GAP = r"[^，。；：！？\n不未没欠缺难尚无非]{0,8}?"  # …: some words of the same clause, none that turns the sense round

ByProject = dict[int | None, tuple[Block, str]]
_PERCENT_DONE = re.compile(
    r"[^，。；\n]{0,14}(?:完成率|完成)(?:仅|只有|为|达到)?[1-9][0-9](?:\.[0-9]+)?[%％]"
)


@rule(
    "TXT010",
    ADVICE,
    "此处写“{one}”，而{place}写“{other}”，前后矛盾；请核对后统一",
)
def statements_contradict(facts: Facts) -> Problems:
    """前后矛盾的说法.

    依据：同一份报告中对同一件事的评价应当一致；成对的说法由模板包的词表「前后矛盾」列出。
    反例：
        叙述: {绩效目标: [绩效目标设置合理。], 存在问题: [绩效目标设定还不够科学。]}
    """
    vocabulary = facts.pack.vocabulary
    text = facts.paragraph_text
    if any_of(vocabulary.openings).search(text.text):
        for pair in vocabulary.contradictions:
            yield from _pair(text, pair)
    yield from _all_done(facts)


def _pair(text: TextIndex, pair: Contradiction) -> Problems:
    """The first statement of each side, where both stand in what the unit says of itself or of one project."""
    other = _first_by_project(text, pair.other)
    one = _first_by_project(text, pair.one) if other else {}
    for project, (block, phrase) in one.items():
        for against, other_phrase in _spoken_of_the_same(project, other):
            if block != against:
                place = f"「{against.section}」"
                yield at(block, one=phrase, place=place, other=other_phrase)
                return


def _spoken_of_the_same(
    project: int | None, found: ByProject
) -> Iterator[tuple[Block, str]]:
    """What is said of `project`, or of the whole unit; of any where `project` is None."""
    for other, one in found.items():
        if project == other or project is None or other is None:
            yield one


def _first_by_project(text: TextIndex, phrases: Sequence[str]) -> ByProject:
    found: ByProject = {}
    for phrase in phrases:
        if text.has(phrase.partition("…")[0]):
            for block, match in text.hits(_phrase(phrase)):
                found.setdefault(block.project, (block, match[0]))
    return found


@lru_cache(maxsize=512)
def _phrase(phrase: str) -> re.Pattern[str]:
    """目标…不够科学 with a few words between; not where a word before it turns the sense round (不够科学 for 科学)."""
    return re.compile(_GAP.join(map(re.escape, phrase.split("…"))))


def _all_done(facts: Facts) -> Problems:
    """全部完成, and the form or another paragraph shows what was not."""
    text = facts.paragraph_text
    phrases = facts.words.all_done_phrases
    if not any_of(phrases).search(text.text):
        return
    first: dict[Block, str] = {}
    for block, word in text.words(phrases):
        first.setdefault(block, word)
    for block, word in first.items():
        undone = next(_undone(facts, block.project), None)
        if undone is not None:
            message = "此处写“{one}”，而{other}；请核对后统一"
            yield at(block, message=message, one=word, other=undone)


def _undone(facts: Facts, project: int | None) -> Iterator[str]:
    """What was not reached, in the forms; then what another paragraph says of it."""
    for table in (
        facts.tables if project is None else (facts.tables[project + 1],)
    ):
        for row in table.rows:
            if row.figures.reached is False:
                yield f"{_of(facts, row.owner)}「{row.label}」没有达到指标值"
    for block, match in facts.hits(_PERCENT_DONE):
        undone = has_word(block.text, facts.words.undone_phrases)
        if undone and block.project == project:
            yield f"「{block.section}」写“{shortened(match[0])}”"


def _of(facts: Facts, owner: int | None) -> str:
    return "" if owner is None else f"「{facts.projects[owner].name}」项目的"


@rule("TXT013", ADVICE, "“{wrong}”应为“{right}”；请改正")
def slip_of_the_pen(facts: Facts) -> Problems:
    """常见的错别字.

    依据：模板包的词表「错别字」，收录绩效自评材料中多见的误写。
    反例：
        叙述: {存在问题: [部门整理支出绩效目标不够细化。]}
    """
    for wrong, right in facts.pack.vocabulary.slips.items():
        for typed in (facts.paragraph_text, facts.cell_text):
            if typed.has(wrong):
                yield from _slips(typed, wrong, right)


def _slips(typed: TextIndex, wrong: str, right: str) -> Problems:
    """员工资 is the tail of 人员工资 and a slip only where a clause begins; 部们 is one wherever it stands."""
    before = "" if wrong not in right else r"(?:^|(?<=[，。；：、,;\s]))"
    slip = re.compile(before + re.escape(wrong), re.MULTILINE)
    for block, _ in typed.firsts(slip):
        yield at(block, wrong=wrong, right=right)
