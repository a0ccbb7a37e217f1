"""TXT009 in prose: units of money, percent signs, percentage points, names of figures."""

import re
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.passages import ProseBlock
from reportgen.checks.facts.text_index import any_of
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import IN_WAN, plain
from reportgen.model.values import Kind
from reportgen.narrative.numbers import COUNT, MONEY, Quantity

_YUAN = Decimal("0.0001")
_LARGE = Decimal(10)  # 万元; from here on nobody writes 元 in a report
_OF_MONEY = re.compile(
    r"(?:资金|经费|金额|预算|支出|收入|投资|费用|[^收免]费|款|成本|产值|税收|收益|节约|补助|补贴|奖金)[^，。；、]{0,8}\Z"
)
_LEVEL = r"(?:率(?<![利汇税费长降功效频速倍]率)|占比|比重|比例|满意度|覆盖面)"  # 效率 and 利率 are no shares
_CHANGE = r"(?:提高|提升|增加|上升|增长|下降|降低|减少)"
_THAN = r"(?:同比|环比|[较比][^，。；%％0-9]{1,10}?)"
_POINTS = re.compile(  # 占比71.56%，较去年增加了60.29%; 合格率比上年提高3%
    rf"{_LEVEL}[^，。；、%％0-9]{{0,6}}(?:[0-9]+(?:\.[0-9]+)?\s*[%％]\s*[，,]?\s*)?{_THAN}\s*{_CHANGE}了?约?\s*"
    r"([0-9]+(?:\.[0-9]+)?\s*[%％])"
)
_PRICE = re.compile(r"每|单价|均价|人均|户均|标准")
_WIDE = re.compile(r"[0-9.]*％")
_JOINED = re.compile(r"[，、；]")
_LEAD = 4  # characters of the name that are shown with it: 合格 of 合格率


@rule(
    "TXT009",
    WARNING,
    "文中“{quoted}”以元为单位，而各表以万元为单位；请写作“{right}”",
)
def yuan_beside_ten_thousand(facts: Facts) -> Problems:
    """文中的大额资金以元为单位，与表中的万元不统一.

    依据：同一套材料的金额用同一单位（万元），保留两位小数。
    反例：
        资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 99.76}
        叙述: {单位概况: 财政资金总额1000000元，共支出997561.26元。}
    """
    for passage in facts.prose:
        found = [
            one
            for one in passage.quantities
            if _is_large(facts, one) and not _is_price(passage, one)
        ]
        if found:
            quoted = "、".join(one.text for one in found)
            right = "、".join(f"{plain(one.value, 2)}万元" for one in found)
            yield at(passage, quoted=quoted, right=right)


def _is_large(facts: Facts, one: Quantity) -> bool:
    if facts.unit.amount_unit != IN_WAN:
        return False
    in_yuan = one.kind == MONEY and one.scale == _YUAN and one.text[0].isdigit()
    if not in_yuan or one.value < 1:
        return False
    return one.value >= _LARGE or facts.reported.equal(one) is not None


def _is_price(passage: ProseBlock, one: Quantity) -> bool:
    """单价125000元, 125000元/台; an amount told once more is none to be changed either: 12.5万元（125000元）."""
    text = passage.text
    again = text.endswith("万元（", 0, one.start)
    return (
        again
        or text[one.end : one.end + 1] == "/"
        or bool(_PRICE.search(passage.clause(one)))
    )


@rule("TXT009", WARNING, "文中“{quoted}”是金额，单位应写“{right}”；请改正")
def unit_of_money_cut(facts: Facts) -> Problems:
    """文中金额的单位只写“万”“亿”.

    依据：金额的单位写全，“万元”不简作“万”。
    反例：
        叙述: {单位概况: 全年节约资金500万。}
    """
    for passage in facts.prose:
        for position, one in enumerate(passage.quantities):
            is_bare = one.kind == COUNT and not one.measure
            is_large = is_bare and one.scale >= 10000
            if is_large and _is_amount(passage, position):
                yield at(passage, quoted=one.text, right=f"{one.text}元")


def _is_amount(passage: ProseBlock, position: int) -> bool:
    """Whether money is spoken of, and nothing that is counted follows: 13万余名群众, 2万“双创”企业."""
    end = passage.quantities[position].end
    following = passage.text[end : end + 1]
    counted = bool(following) and following not in "，。；、,;）)（(以左及和"
    return not counted and _OF_MONEY.search(passage.label(position)) is not None


@rule(
    "TXT009",
    WARNING,
    "文中用了全角的“％”（{count} 处，如“{quoted}”）；请改为“%”",
)
def percent_sign_wide(facts: Facts) -> Problems:
    """百分号用了全角.

    依据：百分号一律用半角“%”。
    反例：
        叙述: {单位概况: 服务对象满意度达到100％。}
    """
    for typed in (facts.paragraph_text, facts.cell_text):
        for block, sign in typed.words("％"):
            quoted = _WIDE.findall(block.text)[0]
            yield at(block, count=block.text.count(sign), quoted=quoted)


@rule(
    "TXT009",
    WARNING,
    "文中“{quoted}”是两个比率相比，应写“个百分点”；请改为“{right}”，或核对是否为增长幅度",
)
def points_not_percent(facts: Facts) -> Problems:
    """比率与比率相比，差额写成了百分比.

    依据：两个百分比之差用“个百分点”，增长幅度才用“%”。
    反例：
        叙述: {单位概况: 登记面积占比71.56%，较去年增加了60.29%。}
    """
    for block, match in facts.hits(_POINTS):
        lead = re.split(
            r"[^\u4e00-\u9fff]",
            match.string[max(0, match.start() - _LEAD) : match.start()],
        )[-1]
        quoted = f"{lead}{match[0]}"
        right = re.sub(r"\s*[%％]\Z", "个百分点", quoted)
        yield at(block, quoted=quoted, right=right)


@rule("TXT009", WARNING, "文中“{quoted}”的规范名称是“{right}”；请改用规范名称")
def term_irregular(facts: Facts) -> Problems:
    """指标、数据的名称用了不规范的叫法.

    依据：自评表、自评报告用同一个规范名称；词表由模板包给出。
    反例：
        叙述: {单位概况: 使用完成率由各股室按月核对。}
    """
    terms = facts.pack.vocabulary.terms
    if terms:
        for block, match in facts.hits(any_of(tuple(terms))):
            yield at(block, quoted=match[0], right=terms[match[0]])


@rule(
    "TXT009",
    WARNING,
    "“{text}”里用了“{sign}”，整个当作一项读入；各项之间要用英文逗号，请写成 [{right}]",
)
def names_joined(facts: Facts) -> Problems:
    """名单里的几项用中文逗号、顿号隔开，当作了一项.

    依据：方括号里各项之间用英文逗号，一项是一个名称。
    反例：
        单位: {名称: 示范单位, 内设机构: [办公室，活动部]}
    """
    for leaf in facts.leaves_of(Kind.NAME):
        sign = _JOINED.search(leaf.text)
        if sign and isinstance(leaf.path[-1], int):
            right = ", ".join(_JOINED.split(leaf.text))
            yield at(leaf, text=leaf.text, sign=sign[0], right=right)
