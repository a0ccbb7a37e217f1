"""TXT002: names in the prose that are no name of this unit, found by how the sentence speaks of them."""

import re
from collections.abc import Iterator

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.common_names import is_common
from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import has_word
from reportgen.checks.facts.text_index import any_of, sentence_at
from reportgen.checks.rule import ERROR, WARNING, Problems, at, first_of, rule
from reportgen.figures.figure import FieldPath

_HAN = "\u4e00-\u9fff"
_QUOTED = re.compile(
    r"[“\"「『]([^“”\"「」『』\n]{2,30})[”\"」』](项目|专项资金|专项)?"
)
_ENDING = r"(?:工作经费|专项经费|经费|专项资金|项目|工程|费)"
_JUDGED = re.compile(
    r"(?:绩效)?(?:自评|评价|评审|考评)?(?:综合|总)?(?:得分|评分|评价得分|自评得分)|绩效(?:自评|评价)|(?:自评|评价)(?:结果|等级)"
)
_EVALUATED = re.compile(r"(?:自评|评价)(?:综合)?得分")
_NAME = re.compile(rf"[{_HAN}（）()0-9A-Za-z]{{2,30}}?{_ENDING}")
_CLAUSE = re.compile(r"[，。；：、,;:！？\n]")
_LISTED = re.compile(
    rf"([{_HAN}（）()0-9A-Za-z]{{2,24}}?(?:经费|项目|工程))(?=[0-9.]+(?:万元|元)|[、和及与，,；;。]|以及|等|$)"
)
_BUDGET = re.compile(r"得分|评价|自评|绩效|预算|执行|支出|资金|万元|拨付|下达")
_OBJECT = re.compile(
    rf"(?:通过对|通过)([{_HAN}]{{2,12}}?)(?:会议规模|规模|使用情况|支出情况|实施情况|完成情况|开展情况|举办情况|筹备情况)"
)
_LONGEST = 40  # characters in front of a score in which the name of what is scored must begin
_NEAR = (
    16  # characters behind a quoted name that still say what is done with it
)
_STRAY = re.compile(r"项目(?=预算|资金|支出|经费|绩效|管理|实施)")


@rule(
    "TXT002",
    ERROR,
    "文中的「{name}」不是本单位的项目（本单位的项目：{own}）；请核对是否为其他单位或项目的文字，改为本单位的名称",
)
def foreign_project_named(facts: Facts) -> Problems:
    """文中出现不属于本单位的项目、经费名称.

    依据：自评报告只写本单位的项目。带引号的，或者在句中被评价、打分、列支的“××费”“××经费”“××项目”，
    应当是本单位的项目、资金明细或指标。
    反例：
        项目: [{名称: 设备更新, 叙述: {项目情况: [“示范会议费”项目评价得分10分。]}}]
    """
    listed = [one[0] for one in facts.own.projects]
    own = first_of(listed, 3, "等") or "没有填报项目"
    said: set[tuple[str, object]] = set()
    for find in (_quoted, _evaluated, _listed, _object):
        for path, name, sure in find(facts):
            if (name, path) not in said:
                said.add((name, path))
                yield at(
                    *path,
                    severity=ERROR if sure else WARNING,
                    name=name,
                    own=own,
                )
    yield from _stray(facts)


Found = Iterator[tuple[FieldPath, str, bool]]


def _quoted(facts: Facts) -> Found:
    """“人大会议费”项目评价得分10分: in quotes, and spoken of as a project or as money."""
    text = facts.paragraph_text.text
    if not has_word(text, ("“", '"', "「")):
        return
    for block, match in facts.hits(_QUOTED):
        name, as_project = match[1], bool(match[2])
        behind = text[match.end() : match.end() + _NEAR].partition("\n")[0]
        claimed = _claims_money(name, behind, as_project=as_project)
        if claimed and _is_foreign(facts, name):
            sure = as_project or _JUDGED.match(behind) is not None
            yield block.path, name, sure


def _claims_money(name: str, behind: str, *, as_project: bool) -> bool:
    """Whether it is said to be money of the unit; “一卡通”项目, “雪亮工程” are only what a policy is called."""
    budgeted = as_project and _BUDGET.search(behind) is not None
    return budgeted or name.endswith(("费", "经费", "专项资金"))


def _evaluated(facts: Facts) -> Found:
    """人大会议费项目自评得分…: a clause that begins with the name of what is scored."""
    text = facts.paragraph_text.text
    for block, match in facts.hits(_EVALUATED):
        clause = _CLAUSE.split(
            text[max(0, match.start() - _LONGEST) : match.start()]
        )[-1].removesuffix("绩效")
        named = _NAME.fullmatch(clause) and _is_foreign(facts, clause)
        if named and not _points_back(facts, clause):
            yield block.path, clause, True


def _listed(facts: Facts) -> Found:
    """开办经费及下半年运行经费: in one list with a project of this unit, and not one itself."""
    cores = [one for one in facts.own.project_cores if len(one) > 1]
    if not cores:
        return
    for block, sentence in _sentences(facts, any_of(tuple(cores))):
        if sum(map(sentence.count, ("经费", "项目", "工程"))) < 2:
            continue
        matches = list(_LISTED.finditer(sentence))
        cut = [(match, _without_verb(facts, match[1])) for match in matches]
        for position, (match, name) in enumerate(cut):
            near = (
                cut[max(0, position - 1) : position] + cut[position + 1 :][:1]
            )
            beside_own = any(
                _joined(sentence, match, other) and facts.own.is_project(one)
                for other, one in near
            )
            if beside_own and _plain_name(facts, name):
                yield block.path, name, False


def _sentences(
    facts: Facts, pattern: re.Pattern[str]
) -> Iterator[tuple[Block, str]]:
    """The sentences that hold a match of `pattern`, each once."""
    text, last = facts.paragraph_text.text, -1
    for block, match in facts.hits(pattern):
        start, sentence = sentence_at(text, match.start(), "。\n")
        if start != last:
            last = start
            yield block, sentence


def _joined(sentence: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether only a mark or 和 stands between two names, and an amount."""
    first, second = sorted((one, other), key=lambda match: match.start())
    between = sentence[first.end() : second.start()]
    return re.fullmatch(
        r"(?:[0-9.]+(?:万元|元))?(?:[、和及与；;]|以及)?", between
    ) is not None and (
        bool(between) or second[1].startswith(("和", "及", "与", "以及", "、"))
    )


def _object(facts: Facts) -> Found:
    """通过对人代会会议规模、…等方面了解: what was looked at, an event that nobody here holds."""
    if "通过" not in facts.paragraph_text.text:
        return
    events = facts.words.event_endings
    for block, match in facts.hits(_OBJECT):
        name = match[1]
        if name.endswith(events) and _is_foreign(facts, name):
            yield block.path, name, True


def _stray(facts: Facts) -> Problems:
    """提高人项目预算: one character that was left when a name was taken out."""
    verbs = facts.words.verbs_before_projects
    fine = "".join(facts.words.characters_before_project)
    text = facts.paragraph_text.text
    for block, match in facts.hits(_STRAY):
        start = match.start()
        char = text[start - 1 : start]
        if (
            char not in fine
            and "\u4e00" <= char <= "\u9fff"
            and text[start - 3 : start - 1] in verbs
        ):
            yield at(
                block,
                message="“{found}”中的“{char}”像是删改其他名称留下的字；请核对这一句，改为本单位项目的名称",
                severity=WARNING,
                found=f"{text[start - 3 : start]}项目",
                char=char,
            )


def _plain_name(facts: Facts, name: str) -> bool:
    foreign = len(name) > 3 and _is_foreign(facts, name)
    return foreign and not _points_back(facts, name)


def _is_foreign(facts: Facts, name: str) -> bool:
    return not is_common(facts, name) and not facts.own.knows(name)


def _points_back(facts: Facts, name: str) -> bool:
    """该项目, 上述经费, 4个项目, 完成了的项目: a phrase, no name."""
    return has_word(name, facts.words.referring_words)


def _without_verb(facts: Facts, name: str) -> str:
    """市财政拨付开办经费 -> 开办经费."""
    verbs = any_of(facts.words.verbs_before_expenses)
    ends = [match.end() for match in verbs.finditer(name)]
    cut = name[ends[-1] :] if ends else name
    return re.sub(r"\A(?:以及|[和及与])*", "", cut)
