"""TXT001: lists of amounts and of numbers in a paragraph, against the total that is told before or behind them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.rule import ERROR, WARNING, Problems, at, rule
from reportgen.core.numerals import ZERO, plain
from reportgen.narrative.numbers import COUNT, MONEY, Quantity

_NOTE = re.compile(r"[（(][^（）()]*[)）]")
_OPENING = re.compile(r"[（(]")
_CLOSING = re.compile(r"[)）]")
_LONGEST = 200  # characters between two numbers of one list
_JOINT = re.compile(
    r"[、和及与，,；;][^，。；：:、（）()]{1,20}"
)  # between two numbers of one list
_TOTAL = re.compile(
    r"等?[，,、；;]?(?:共计|合计|总计|共有?)(?:金额|资金|支出|投入|安排)?为?"
)
_AMONG = re.compile(  # behind a whole; what it counts may stand behind its measure: 15个目标任务，其中
    r"[^，,。；;：:、（）()\d]{0,10}(?:[，,（( ]*(?:其中|(?:主要)?包括|分别[为是])|(?P<closed>[：:（(]))"
)
_NO_PART = re.compile(
    r"[。；]|\A[以之]?后(?!勤)|执行|完成|支付|使用|结余|结转|追加|调增|调减|调整|增加|减少|节约|较|比|占|收回|压减|核减|追减|上年|去年|包括|含|用于|主要|其中|预算|决算|到位|下达|（|\(|每|均"
)
_SAID_OF_BOTH = re.compile(  # of the whole and of its parts
    r"预算|决算|执行|支付|到位|下达|追加|调增|调减|结转|结余"
)
_WHOLE = re.compile(  # 其他资金20万元，支出310万元: no part, the next matter
    r"(?:全年|年度|本年|实际|当年|累计|财政|一般公共预算|总|共|合计|(?:19|20)\d\d年)*(?:支出|收入|拨款|资金|金额|成本)?(?:合计|共计|总计|为|共)*"
)
_COUNTED_PART = re.compile(
    r"(?!.*(?:全年|累计|总计|合计|共|其中|超额|提前|较|比|占|上年(?!结转)|去年|包括|含|每|均|扣))"
    r"(?P<noun>(?:[^，,。；;、\d]{0,8}(?=[，,、和及与]))?)(?P<joint>[、和及与]?|"
    r"[，,](?!安装|维修|改造|开展|举办|组织|培训|发放|购置|更换|清理|整治))[：: ]*[^，,。；;：:、（(\d]{1,16}"
)
_JOINTS = re.compile(
    r"[，,和及与]*|[、和及与]*"
)  # a comma behind 、 ends the list
_OVERLAPPING = re.compile(  # one may be several of these: 党员, 女职工; 规上企业, 高新技术企业
    r"[党团]员|[男女]|本科|大专|学[历位]|[硕博]士|研究生|职称|[高中初]级|以[上下内]|岁|青年|老年|儿童|妇女|民族|持证|退[役伍]|军|骨干|优秀|先进|示范"
    r"|重[点大]|民生|亮点|规[上模]|限上|高新|专精|困难|低保|特困|残疾|留守|贫困|监测|获|荣|星级|标准化|合格|达标|验收|办结|通过|整改|落实|投入"
)
_DIVIDING = re.compile(  # and hardly two of these: a list of them divides the whole
    r"年初|年中|原有|结转|续建|新[增建设]|增加|追加|[上下]半年|季度|国家级|[国省市县区乡镇村]级|完成|在建|[男女]|行政|事业|工勤|编|聘"
    r"|[一二三四][期类级]|年级|[高初][一二三]|线[上下]|城镇|农村"
)
_ONE_OF_SEVERAL = re.compile(  # 20个村、3个社区，其中: both may be meant
    r"\A[、和及与]|[、和及与]\Z"
)
_CLOSED = re.compile(
    r"[（(]?[^（）()。；，,、等]{0,6}[)）]?(?:[。；]|\Z|[，,](?!其余|其他|另|还|以及|剩余|结余|结转|余|未))"
)
_NEAR = Decimal("0.05")  # short of the whole by less than so much of it: a slip
_ONE = Decimal("0.5")  # the tolerance of a number of things
_REST = re.compile(
    r"(?P<all>\d{1,3})个项目[^。\n]{0,60}?(?P<full>\d{1,3})个[^，。；\n]{0,14}?100[%％]"
    r"[^。\n]{0,12}?(?:其余|其他|另外)[^：:。\n]{0,12}[：:](?P<list>[^。\n等个]+)(?=。|\n|$)"
)
_RATE = re.compile(r"\d(?:\.\d+)?\s*[%％]")


_value = attrgetter("value")


class _Sum(NamedTuple):
    """The parts of a list, the whole that they should come to, and by how much rounding may put it off."""

    parts: Sequence[Quantity]
    whole: Quantity
    labels: Sequence[str] = ()  # before the parts, where they may overlap

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), ZERO)

    @property
    def over(self) -> Decimal:
        return self.total - self.whole.value

    @property
    def slack(self) -> Decimal:
        """Half a unit of the finest amount for each part; 30 beside 29.99 is 30.00, a whole in 亿元 is coarse.

        Things are counted and not rounded.
        """
        finest = min(one.tolerance for one in (*self.parts, self.whole))
        if self.whole.kind == COUNT and finest == _ONE:
            return ZERO
        return max(finest * len(self.parts), self.whole.tolerance)

    @property
    def values(self) -> dict[str, Any]:
        """What the messages say of it."""
        return {
            "whole": self.whole.text,
            "parts": " ＋ ".join(part.text for part in self.parts),
            "total": f"{plain(self.total)} {self.whole.measure}",
        }


@rule(
    "TXT001",
    ERROR,
    "文中“{parts}”合计为 {total}，而后面写“{whole}”；请核对",
)
def list_total_wrong(facts: Facts) -> Problems:
    """文中列举的各项与后面“共”“合计”的数不符.

    依据：合计等于所列各项之和，按所列最细的小数位计。
    反例：
        叙述: {预算安排与执行: 支付甲标段30万元、乙标段30万元、丙标段29.99万元，共89.97万元。}
    """
    for passage in facts.quantified:
        for found in _totalled(passage):
            if len(found.parts) > 1 and not _may_be_right(found):
                yield at(passage, **found.values)


def _totalled(passage: ProseBlock) -> Iterator[_Sum]:
    """Every number behind 共, with those that are listed right before it."""
    read = -1
    for position, first in enumerate(passage.quantities):
        if first.start > read and _is_exact(first):
            found = [first]
            labels = [passage.label(position)]
            for one, between in _behind(passage, position, first.end):
                total = _TOTAL.fullmatch(between)
                if total:
                    yield _Sum(found, one, labels)
                if total or not _goes_on(between):
                    break
                found.append(one)
                labels.append(between)
            read = found[-1].start


def _goes_on(between: str) -> bool:
    """Whether a list goes on there; behind a comma only with one more of the same."""
    label = between[1:]
    if _JOINT.fullmatch(between) is None:
        return False
    ends = _NO_PART.search(label) or _WHOLE.fullmatch(label)
    return between[0] in "、和及与" or not ends


def _are_added(labels: Sequence[str]) -> bool:
    """Whether numbers with such labels add up: nothing is counted in two of them."""
    dividing = list(filter(_DIVIDING.search, labels))
    overlap = any(
        _OVERLAPPING.search(one) for one in labels if one not in dividing
    )
    several = len(dividing) > 1 or not any(map(_OVERLAPPING.search, dividing))
    return several and not overlap


def _behind(
    passage: ProseBlock, position: int, end: int
) -> Iterator[tuple[Quantity, str]]:
    """The quantities from `end` on that are counted like the one at `position`, each with the text before it.

    Notes in brackets are left out; where brackets close that were open, a list ends.
    """
    text = passage.text
    whole = passage.quantities[position]
    before = ""
    for later in range(position + 1, len(passage.quantities)):
        one = passage.quantities[later]
        before = _NOTE.sub("", before + text[end : one.start])
        end = one.end
        if len(before) > _LONGEST or _CLOSING.search(before):
            return
        alike = (one.kind, one.measure) == (whole.kind, whole.measure)
        if alike and not _OPENING.search(before):
            yield one, before
            before = ""
        else:
            before += one.text


def _may_be_right(one: _Sum) -> bool:
    """Whether they, or the last of them, come to what is told, are told roughly, or may overlap."""
    is_rough = any(each.about for each in (*one.parts, one.whole))
    if is_rough or (one.whole.kind == COUNT and not _are_added(one.labels)):
        return True
    totals = accumulate(part.value for part in reversed(one.parts))
    return any(abs(total - one.whole.value) <= one.slack for total in totals)


@rule(
    "TXT001",
    ERROR,
    "文中“{whole}”后面所列各项（{parts}）之和为 {total}，{how} {whole}；请核对有无漏列、重复或错数",
)
def parts_of_whole_wrong(facts: Facts) -> Problems:
    """文中列举的各项之和多于前面的总数，或已列全各项而少于总数.

    依据：“其中”、冒号、括号里所列的是前面总数的一部分，其和不会多于总数；列全各项的，其和等于总数。
    反例：
        叙述: {单位概况: 全年实施项目共15个，其中年初8个、年中增加8个。}
    """
    for passage in facts.quantified:
        path = passage.path
        for found in divided(passage):
            if found.over > found.slack:
                yield at(*path, how="多于", **found.values)
            elif _is_slip(passage, found) and facts.wrong_places.isdisjoint(
                (path, one.start) for one in (found.whole, *found.parts)
            ):
                yield at(
                    *path,
                    severity=WARNING,
                    how="少于",
                    **found.values,
                )


def divided(passage: ProseBlock) -> Iterator[_Sum]:
    """The quantities of a paragraph of which 其中 lists parts, with those."""
    for position, whole in enumerate(passage.quantities):
        among = _AMONG.match(passage.text, whole.end)
        if among is not None and _is_exact(whole):
            listed = _behind(passage, position, among.end())
            if whole.kind == MONEY:
                parts: Sequence[Quantity] = _amounts(
                    listed, passage.label(position)
                )
            else:
                parts = _counts(listed, passage, position, among.end())
            if len(parts) > bool(among["closed"]):
                yield _Sum(parts, whole)


def _is_exact(one: Quantity) -> bool:
    """Whether it is one number of what can be added up."""
    added = one.measure not in ("%", "个百分点", "分")
    return added and one.is_exact and not one.change


def _amounts(
    listed: Iterator[tuple[Quantity, str]], label: str
) -> list[Quantity]:
    """The amounts as far as they are plainly parts of the one that `label` stands before."""
    found: list[Quantity] = []
    shared = _SAID_OF_BOTH.findall(label)
    for one, between in listed:
        label = between.strip("，,、：:（）() ")
        for word in shared:  # 全年预算100万元，其中基本支出预算60万元
            label = label.replace(word, "")
        next_matter = found and _WHOLE.fullmatch(label)
        if next_matter or _NO_PART.search(label):
            break
        found.append(one)
    return found


def _counts(
    listed: Iterator[tuple[Quantity, str]],
    passage: ProseBlock,
    position: int,
    end: int,
) -> Sequence[Quantity]:
    """The numbers that divide a number; none where one thing may be counted in two of them, or others are counted.

    What is counted, where it is said, stands in the words around the whole, up to `end`.
    """
    whole = passage.quantities[position]
    label = passage.label(position)
    around = label + passage.text[whole.end : end]
    found = _counted(listed, around)
    divided = _Sum(
        [one for one, _ in found], whole, [before for _, before in found]
    )
    if _ONE_OF_SEVERAL.search(label) or _count_others(divided, around):
        return []
    if _are_added(divided.labels):
        return divided.parts
    return sorted(divided.parts, key=_value)[-1:]


def _counted(
    listed: Iterator[tuple[Quantity, str]], around: str
) -> list[tuple[Quantity, str]]:
    """The numbers as far as a list of parts goes, each with what stands before it."""
    found: list[tuple[Quantity, str]] = []
    joints = ""
    for one, between in listed:
        match = _COUNTED_PART.fullmatch(between)
        if match is None or one.relation:
            break
        joints += match["joint"]
        if not _JOINTS.fullmatch(joints):
            break
        if match["noun"] not in around:
            return []
        found.append((one, between))
    return found


def _count_others(one: _Sum, around: str) -> bool:
    """Whether the parts count something else: 3个镇，其中东镇村庄9个、西镇村庄8个; each place has its own."""
    if len(one.parts) < 2 or all(map(_DIVIDING.search, one.labels)):
        return False
    ends = {label[-2:] for label in one.labels}
    other_noun = len(ends) == 1 and ends.pop() not in around
    one_each = len(one.parts) == one.whole.value
    off = one.over < 0 or 2 * one.over > one.whole.value
    return off and (other_noun or one_each)


def _is_slip(passage: ProseBlock, one: _Sum) -> bool:
    """Whether a list that is over comes to less than its whole, by so little that no part seems left out on purpose."""
    if one.whole.kind == MONEY:
        most = one.whole.value * _NEAR
    else:
        most = max(one.whole.value / 4, _ONE * 3)
    is_short = len(one.parts) > 1 and one.slack < -one.over < most
    last = one.parts[-1]
    return is_short and _CLOSED.match(passage.text, last.end) is not None


@rule(
    "TXT001",
    WARNING,
    "文中写 {total} 个项目，{full} 个为100%，其余列出 {listed} 个，合计 {sum} 个；请核对个数",
)
def rates_listed_miscounted(facts: Facts) -> Problems:
    """文中写明的项目个数，与达到100%的和其余列出比率的个数之和不符.

    依据：项目总数＝达到100%的个数＋其余逐个列出的个数。
    反例：
        叙述: {预算安排与执行: 10个项目中，3个执行率100%，其余：甲82%、乙85%、丙88%、丁90%。}
    """
    for block, match in facts.hits(_REST, "个项目"):
        listed = len(_RATE.findall(match["list"]))
        total = int(match["all"])
        full = int(match["full"])
        if listed > 1 and full + listed != total:
            yield at(
                block,
                total=total,
                full=full,
                listed=listed,
                sum=full + listed,
            )
