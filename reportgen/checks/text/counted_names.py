"""AGG001: how many there are, against the names that the same sentence lists: 内设综合股、投资股3个股室."""

import re
from collections.abc import Iterator

from reportgen.checks.facts.blocks import Block
from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import read_chinese_numeral

_NUMBER = r"(\d{1,2}|[一二两三四五六七八九十]{1,3})"
_COUNTED = re.compile(
    rf"(?<![\d.第]){_NUMBER}[个所处条座家场项批期次类种](?P<noun>[\u4e00-\u9fff]{{0,10}}?(?=[^\u4e00-\u9fff]|分别|即|依次|$)|)"
)
_HEAD = re.compile(r".*(?:内设|下设|下辖|设有|开设|分设|涉及|覆盖)")
_FOLLOWING = re.compile(
    r"(?:[，,：:]?(?P<sure>分别[为是]?|即|依次为)[：:]?|[：:（(])(?P<list>[^。；;：:，,\d（）()]{3,200})(?=[）)。；;，,\n]|$)"
)
_CLAUSE = re.compile(r"[，。；：:（）()\d]")
_FAR = 160  # characters of a list before its number
_ENDINGS = {
    "校": "校小中学园",
    "镇": "镇乡道",
    "乡": "乡镇",
    "道": "道镇河路",
    "室": "室股科",
}
_STEPS = re.compile(rf"分{_NUMBER}([批期次])[^。\n]{{0,120}}")
_POINTS = re.compile(
    rf"(?<![\d.第]){_NUMBER}(?:个方面|[个项条点][^，。；：:\n\d]{{0,10}})[：:，,]主?要?一(是)(?:(?!一是)[^\n])*"
)
_NOTES = re.compile(r"[（(][^（）()、]*[)）]")
_LAST = re.compile(r"以及|[和及与]")
_NAMES = re.compile(r"[^、]{1,24}(?:、[^、]{1,24})+")


@rule(
    "AGG001",
    WARNING,
    "文中写明 {stated} 个，列出的是 {count} 个（{listed}）；请核对个数和名称",
)
def number_and_list(facts: Facts) -> Problems:
    """文中写明的个数与同一句里列出的名称个数不同.

    依据：写明的个数等于列出的个数；列举未完的写“等”。
    反例：
        叙述: {单位概况: 内设综合股、财务股、业务股4个股室。}
    """
    for block, _ in facts.paragraph_text.firsts(_COUNTED):
        if "、" in block.text:
            yield from _miscounted(block)
    yield from _steps(facts)


def _miscounted(block: Block) -> Problems:
    text = _NOTES.sub("", block.text)
    for match in _COUNTED.finditer(text):
        number = _number(match[1])
        for listed in filter(_NAMES.fullmatch, _lists(text, match)):
            fewest = listed.count("、") + 1
            most = number if "等" in listed else fewest
            most += len(_LAST.findall(listed))  # 和 joins two, or stands in one
            if not fewest <= (number or fewest) <= most:
                yield at(
                    block,
                    stated=number,
                    count=fewest,
                    listed=listed,
                )


def _steps(facts: Facts) -> Problems:
    """分3批, and the last that is told of is 第二批; 5项措施：一是…二是…, and there is no 三是."""
    for pattern, sign in ((_STEPS, "第"), (_POINTS, "")):
        for block, match in facts.hits(pattern, sign or "一是"):
            steps = re.findall(rf"{sign}{_NUMBER}{match[2]}", match[0])
            stated = _number(match[1])
            last = max(map(_number, steps), default=1)
            if stated != last > 1:
                listed = "、".join(f"{sign}{one}{match[2]}" for one in steps)
                yield at(
                    block,
                    stated=stated,
                    count=last,
                    listed=listed,
                )


def _lists(text: str, match: re.Match[str]) -> Iterator[str]:
    """The lists that a number may be about: of what it counts, or behind 分别为, 内设."""
    noun = match["noun"]
    before = _CLAUSE.split(text[max(0, match.start() - _FAR) : match.start()])[
        -1
    ]
    if text[: match.start() - len(before)][-1:].isdigit():
        before = ""  # of 12个大队、刑侦大队4个中队 the first word is no name
    following = _FOLLOWING.match(text, match.end())
    if following is not None:
        listed = following["list"]
        if following["sure"] or _are_all(noun or before, listed):
            yield listed
    headless = _HEAD.sub("", before)
    whole = headless != before or before.endswith("等")
    if whole or _are_all(noun, before):
        yield headless


def _are_all(noun: str, listed: str) -> bool:
    """Whether every name ends as what is counted: 东风镇、白沙乡 are 乡镇."""
    endings = _ENDINGS.get(noun[-1:], noun[-1:])
    names = listed.removesuffix("等").split("、")
    return bool(noun) and all(name[-1:] in endings for name in names)


def _number(text: str) -> int:
    return int(text if text.isdigit() else read_chinese_numeral(text) or 0)
