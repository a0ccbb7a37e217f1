"""SCO008: what a form prints as its rule of scoring, against the points and the good side of the indicator."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import WARNING, Problems, at, rule
from reportgen.core.numerals import plain
from reportgen.packs.scoring import CommonSpec

_AWARD = re.compile(r"(?<!不)[计得]\s*(\d+(?:\.\d+)?)\s*分")
_FULL_MARK = re.compile(
    r"(?<!\d)(\d+(?:\.\d+)?)\s*[%％][^，,；;。]{0,8}?[，,]?\s*[计得](?:满分|\s*\d)"
)
_ABOVE = re.compile(r"每(?:超过|超出|高于|高出|上升|增加|增长)")
_BELOW = re.compile(r"每(?:低于|下降|降低|减少|少于)")
_BOTH = re.compile(r"每(?:超过|超出|高于)[（(](?:降低|低于|下降)[)）]|每偏离")
_GOOD_SIDE = {"高于": "不应高于", "低于": "不应低于", "偏离": "应接近"}


@rule(
    "SCO008",
    WARNING,
    "「{name}」的评分标准{faults}；请核对，得分按正确的标准计算（原文：{text}）",
)
def rule_text_wrong(facts: Facts) -> Problems:
    """表中印出的评分标准与该项分值或指标的方向不符，或满分标准不可能达到.

    依据：评分标准写明的分数不超过该项分值；在不利的一边扣分（完成率低于标准扣分，控制率、调整率高于标准扣分）；
    满分标准应当可以达到（如成本节约率为 100% 即不花钱）。
    反例：
        模板: hecheng
        共性指标: {指标: {三公经费变动率: {得分: 2, 评分标准: "变动率为0，计5分；每超过一个百分点扣1分"}}}
    """
    for one in facts.commons:
        text = one.reported.standard.strip()
        faults = "，".join(
            (
                *_points(text, one.spec.weight),
                *_side(text, one.spec),
                *_full_mark(text, one.spec),
            )
        )
        if faults:
            yield at(
                one,
                "评分标准",
                name=one.name,
                text=text,
                faults=faults,
            )


def _points(text: str, weight: Decimal | None) -> Iterator[str]:
    awards = [Decimal(award) for award in _AWARD.findall(text)]
    if not awards or weight is None or weight in (max(awards), sum(awards)):
        return
    yield f"写明的是 {plain(max(awards))} 分，而该项分值为 {plain(weight)} 分"


def _side(text: str, spec: CommonSpec) -> Iterator[str]:
    above = bool(_ABOVE.search(text))
    below = bool(_BELOW.search(text))
    if spec.standard is None or above == below or _BOTH.search(text):
        return
    wrong = {"高于": below, "低于": above, "偏离": False}[spec.direction]
    if wrong:
        side = "高于" if above else "低于"
        yield f"在{side}标准时扣分，方向相反（该指标{_GOOD_SIDE[spec.direction]}{spec.standard.text}）"


def _full_mark(text: str, spec: CommonSpec) -> Iterator[str]:
    found = _FULL_MARK.search(text)
    if (
        found
        and spec.standard is not None
        and Decimal(found[1]) / 100 != spec.standard
    ):
        yield f"以 {found[1]}% 为满分标准，应为 {spec.standard.text}"
