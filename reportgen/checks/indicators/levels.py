"""IND004, IND005, IND007: levels and kinds of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_filled_in,
    is_stated,
    label_kind,
    money,
    row_label,
)
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.figures.common import framework_name
from reportgen.figures.indicators import IndicatorFigures
from reportgen.model.target import is_named, read_target
from reportgen.model.unit import Indicator

_LEVEL = "「{category}」不属于「{dimension}」，应在「{right}」之下；请核对一级、二级指标是否错位"
_TOP = "一级指标填的是「{dimension}」，它是「{right}」的二级指标；请核对一级、二级指标是否错位"
_COLUMN = "指标名称「{category}」填在了二级指标一栏，三级指标空着；请把名称移到三级指标，二级指标填所属类别"
_FIXED = "二级指标填的是「{category}」，它是「{right}」下面的三级指标；请核对二级、三级指标是否错位"
_QUANTITY = "三级指标填的是“{name}”，不是指标名称；请填写指标名称"
_BASIS = "「{name}」的指标值依据“{text}”照抄了指标值；请填写依据，如计划标准、历史标准、行业标准"
_TWICE = "「{dimension}」下有两个「{name}」；请删去一个，或改正名称"
_UNGROUPED = (
    "「{name}」一行没有填一级指标，不属于任何一组；像 Excel 那样合并的，也请每一行都填"
)
_MIXED = "成本指标既作一级指标，又作产出指标的二级指标；请统一放在一处"
_KIND = "「{name}」是质量（比率）指标，填在了「{category}」下；请移到质量指标"
_NO_CHAPTER = "写了项目产出，没有写「{name}」，而表中有效益指标；{cure}"
_BLANK = "「{dimension}」各行都没有填写；请按{kinds}填写指标"


@rule("IND004", ERROR, _LEVEL)
def levels_shifted(facts: Facts) -> Iterator[Problem]:
    """指标的一级、二级、三级错位，或三级指标重复.

    依据：二级指标属于表中的一级指标（模板包的指标体系）；三级指标是名称，不是金额；同一类下名称不重复；每一行都填一级指标；成本指标只放在一处。
    反例：
        指标: [{一级: 质量指标, 二级: 时效指标, 三级: 按节点完成计划, 指标值: ≥95%, 实际值: 97%}]
    """
    levels = _levels(facts)
    for one in facts.figures.evaluations:
        rows = [row for row in one.indicators if not row.indicator.left_blank]
        yield from _ungrouped(rows)
        yield from _cost_in_two_places(one, rows)
        yield from _rows(facts, rows, levels)
    yield from _rows(facts, facts.figures.long_term, levels)


class _Levels:
    """指标体系 by kind: which 二级 stand under which 一级, and the other way round."""

    def __init__(self, levels: Mapping[str, Sequence[str]]) -> None:
        self.below = {
            label_kind(top): {label_kind(name) for name in names}
            for top, names in levels.items()
        }
        self.labels = {label_kind(top): top for top in levels}
        self.above: dict[str, list[str]] = {}
        for top, names in self.below.items():
            for name in names:
                self.above.setdefault(name, []).append(top)

    def hold(self, indicator: Indicator, tops: Mapping[str, str]) -> bool:
        """Whether a row is of this system: 产出指标 is, the 产出 of another framework (with 职责履行 below) is not."""
        label = tops.get(label_kind(indicator.dimension))
        return label is not None and (
            label in indicator.dimension or label_kind(indicator.category) in self.above
        )

    def covered(self, indicator: Indicator) -> set[str]:
        """The kinds that a row is of: its 二级 and what stands above it, whatever 一级 was typed beside it."""
        top, below = label_kind(indicator.dimension), label_kind(indicator.category)
        return {below, *self.above[below]} if below in self.above else {below, top}

    def right(self, name: str) -> str:
        """The labels of what stands above `name`."""
        return "或".join(self.labels[top] for top in self.above[name])


def _levels(facts: Facts) -> _Levels:
    return _made(
        tuple((top, tuple(names)) for top, names in facts.pack.manifest.levels.items())
    )


@lru_cache(maxsize=64)
def _made(levels: tuple[tuple[str, tuple[str, ...]], ...]) -> _Levels:
    return _Levels(dict(levels))


def _rows(
    facts: Facts, rows: Sequence[IndicatorFigures], levels: _Levels
) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], IndicatorFigures] = {}
    for row in rows:
        indicator = row.indicator
        top, below = label_kind(indicator.dimension), label_kind(indicator.category)
        if top not in levels.below or top not in levels.above.get(
            below, ()
        ):  # most stand where they belong
            yield from _own_level(row, levels)
        if facts.pack.scoring.framework:
            yield from _of_the_form(facts, row)
        yield from _name(facts, row)
        if (
            indicator.target
            and is_stated(indicator.basis)
            and indicator.basis.strip() == indicator.target.text.strip()
        ):
            yield at(
                *row.path,
                "指标值依据",
                message=_BASIS,
                name=row_label(indicator),
                text=indicator.basis.strip(),
            )
        key = (indicator.goal, top, indicator.name.strip())
        if is_named(indicator.name) and key in seen:
            yield _twice(row, seen[key].indicator)
        seen.setdefault(key, row)


def _twice(row: IndicatorFigures, other: Indicator) -> Problem:
    """The same name under another 二级 with another target may be meant."""
    one = row.indicator
    alike = (
        label_kind(one.category) == label_kind(other.category)
        or one.target == other.target
    )
    named: dict[str, Any] = {
        "dimension": one.dimension.strip(),
        "name": one.name.strip(),
    }
    return at(
        *row.path, "三级", message=_TWICE, severity=ERROR if alike else WARNING, **named
    )


def _own_level(row: IndicatorFigures, levels: _Levels) -> Iterator[Problem]:
    indicator = row.indicator
    top, below = label_kind(indicator.dimension), label_kind(indicator.category)
    said_levels: dict[str, Any] = {
        "dimension": indicator.dimension.strip(),
        "category": indicator.category.strip(),
    }
    known = top in levels.below
    if not known and top in levels.above:
        yield at(
            *row.path, "一级", message=_TOP, right=levels.right(top), **said_levels
        )
    elif known and below in levels.above and top not in levels.above[below]:
        yield at(*row.path, "二级", right=levels.right(below), **said_levels)
    elif (
        known
        and is_named(below)
        and below not in levels.above
        and _has_no_name(indicator)
    ):
        yield at(*row.path, "二级", message=_COLUMN, **said_levels)


def _has_no_name(indicator: Indicator) -> bool:
    """Whether there are values and no 三级: the name then stands in another column."""
    return not is_named(indicator.name) and bool(indicator.target or indicator.actual)


def _of_the_form(facts: Facts, row: IndicatorFigures) -> Iterator[Problem]:
    """A 三级 that the form itself names, typed as 二级."""
    category = framework_name(row.indicator.category)
    spec = facts.pack.scoring.framework.get(category)
    if (
        spec is not None
        and spec.category
        and label_kind(spec.category) != label_kind(row.indicator.category)
    ):
        yield at(
            *row.path,
            "二级",
            message=_FIXED,
            category=row.indicator.category.strip(),
            right=spec.category,
        )


def _name(facts: Facts, row: IndicatorFigures) -> Iterator[Problem]:
    indicator = row.indicator
    name = indicator.name.strip()
    if name and _is_value(name, indicator):
        yield at(*row.path, "三级", message=_QUANTITY, name=name)
    elif label_kind(indicator.category) == "数量" and _is_rate(indicator):
        category = indicator.category.strip()
        if name.endswith(facts.words.quality_rates):
            yield at(
                *row.path,
                "二级",
                message=_KIND,
                severity=WARNING,
                name=name,
                category=category,
            )


def _is_value(name: str, indicator: Indicator) -> bool:
    """Whether a sum of money, a percentage or the target itself stands where the name should; 12345热线 is a name."""
    if not (name[0].isdigit() or name[0] in "≥≤＜＞<>￥¥"):
        return False
    read = read_target(name)
    repeated = any(
        value is not None and value.text.strip() == name
        for value in (indicator.target, indicator.actual)
    )
    return read.value is not None and (
        repeated or read.measure == "%" or money(read) is not None
    )


def _is_rate(indicator: Indicator) -> bool:
    return any(
        value is not None and value.measure == "%"
        for value in (indicator.target, indicator.actual)
    )


def _ungrouped(rows: Sequence[IndicatorFigures]) -> Iterator[Problem]:
    """Rows without a 一级 among rows that have one."""
    blank = [row for row in rows if not row.indicator.dimension.strip()]
    for row in blank if len(blank) < len(rows) else ():
        yield at(*row.path, "一级", message=_UNGROUPED, name=row_label(row.indicator))


def _cost_in_two_places(
    one: EvaluationFigures, rows: Sequence[IndicatorFigures]
) -> Iterator[Problem]:
    top = [row for row in rows if label_kind(row.indicator.dimension) == "成本"]
    below = [
        row
        for row in rows
        if label_kind(row.indicator.dimension) == "产出"
        and "成本" in label_kind(row.indicator.category)
    ]
    if top and below:
        yield at(*below[0].path, "二级", message=_MIXED)


@rule("IND005", WARNING, "缺少{missing}；请补充，确实没有的写上该类并填“不适用”")
def kinds_missing(facts: Facts) -> Iterator[Problem]:
    """缺少模板要求的指标类别，或某一级指标下各行都没有填写.

    依据：产出指标包括数量、质量、时效、成本，效益指标至少一项（模板包的必备类别）；标明“不适用”的不算缺少。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 解决企业难题, 指标值: ≥300个, 实际值: 312个}]
    """
    wanted = facts.pack.manifest.required_kinds
    levels = _levels(facts)
    tops = {
        label_kind(name): name
        for name in wanted
        if label_kind(name) in levels.below and label_kind(name) not in levels.above
    }
    for one in facts.figures.evaluations:
        if is_filled_in(one.evaluation) and any(
            levels.hold(row.indicator, tops) for row in one.indicators
        ):
            told = any(
                label_kind(row.indicator.category) in levels.above
                for row in one.indicators
            )
            yield from _kinds(one, wanted if told else tuple(tops.values()), levels)
            yield from _chapters(facts, one)


def _kinds(
    one: EvaluationFigures, wanted: Sequence[str], levels: _Levels
) -> Iterator[Problem]:
    there = {
        name
        for row in one.indicators
        if not row.indicator.left_blank
        for name in levels.covered(row.indicator)
    }
    filled = {
        label_kind(row.indicator.dimension)
        for row in one.indicators
        if not row.indicator.left_blank
    }
    blank = {
        label_kind(row.indicator.dimension): row
        for row in reversed(one.indicators)
        if row.indicator.left_blank
    }
    missing = [name for name in wanted if label_kind(name) not in there]
    for name in missing:
        if (
            label_kind(name) in blank
            and label_kind(name) in levels.below
            and label_kind(name) not in filled
        ):
            kinds = "、".join(sorted(levels.below[label_kind(name)])) or "本单位情况"
            yield at(
                *blank[label_kind(name)].path,
                message=_BLANK,
                severity=ERROR,
                dimension=name,
                kinds=kinds,
            )
            there |= {label_kind(name), *levels.below[label_kind(name)]}
    missing = [name for name in missing if label_kind(name) not in there]
    if missing:
        grave = any(
            label_kind(name) in levels.below and label_kind(name) not in levels.above
            for name in missing
        )
        yield at(
            *one.path,
            "指标",
            severity=ERROR if grave else WARNING,
            missing="、".join(missing),
        )


def _chapters(facts: Facts, one: EvaluationFigures) -> Iterator[Problem]:
    """A section on 产出 without one on 效益, though there are indicators of it."""
    told = [name for name, texts in one.evaluation.narrative.items() if any(texts)]
    if not any("产出" in name for name in told) or any("效益" in name for name in told):
        return
    sections = facts.pack.snippets.project if one.path else facts.pack.snippets.unit
    name = next((name for name in sections if "效益" in name), "")
    if name and any(
        "效益" in row.indicator.category and row.indicator.applicable
        for row in one.indicators
    ):
        automatic = bool(sections[name].snippets)
        cure = "将由程序按数据成文，请核对" if automatic else f"请补写「{name}」"
        severity = ADVICE if automatic else WARNING
        yield at(
            *one.path,
            "叙述",
            name,
            message=_NO_CHAPTER,
            severity=severity,
            name=name,
            cure=cure,
        )


@rule(
    "IND007", ADVICE, "「{name}」是比率，填在了「{category}」下；请核对是否应为质量指标"
)
def kind_unsuitable(facts: Facts) -> Iterator[Problem]:
    """指标的内容与所属类别不相称，请人核对.

    依据：数量指标是产出的数量，不是比率、投入的资金；生态效益指标与生态环境有关；指标名称是名称，不是一句话或一项工作。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 申请数额, 指标值: 200万元, 实际值: 200万元}]
    """
    words = facts.words
    lists = (
        words.input_names,
        words.quality_rates,
        words.ecology_terms,
        words.task_openings,
    )
    for one in facts.figures.evaluations:
        for row in one.indicators:
            if row.indicator.applicable and is_named(row.indicator.name):
                yield from _unsuitable(row, *lists)
        yield from _ecology_told(one, words.ecology_terms)


def _ecology_told(one: EvaluationFigures, ecology: Sequence[str]) -> Iterator[Problem]:
    """A section on 生态效益 that speaks of something else, such as 营商环境."""
    for name, texts in one.evaluation.narrative.items():
        text = "".join(texts).replace("营商环境", "")
        if (
            "生态" in name
            and is_stated(text)
            and "{{" not in text
            and not has_word(text, ecology)
        ):
            message = "「{name}」写的内容与生态环境无关；请核对，没有的写“无”"
            yield at(*one.path, "叙述", name, message=message, name=name)


def _unsuitable(
    row: IndicatorFigures,
    inputs: Sequence[str],
    rates: Sequence[str],
    ecology: Sequence[str],
    work: Sequence[str],
) -> Iterator[Problem]:
    indicator, name, category = (
        row.indicator,
        row.indicator.name.strip(),
        label_kind(row.indicator.category),
    )
    shown: dict[str, Any] = {"name": name, "category": indicator.category.strip()}
    if category == "数量" and has_word(name, inputs):
        yield at(
            *row.path,
            "三级",
            message="「{name}」是投入，不是产出；请改为产出的数量",
            **shown,
        )
    elif (
        category == "数量"
        and _is_rate(indicator)
        and name.endswith(("率", "比例", "占比"))
    ):
        if not name.endswith(tuple(rates)):
            yield at(*row.path, "二级", **shown)
    elif (
        "生态" in category
        and not has_word(name, ecology)
        and not has_word(_target(indicator), ecology)
    ):
        yield at(
            *row.path,
            "三级",
            message="「{name}」与生态环境无关；请核对类别，没有的填“不适用”",
            **shown,
        )
    elif ("，" in name and len(name) > 12) or name.startswith(tuple(work)):
        yield at(
            *row.path,
            "三级",
            message="「{name}」是一句话或一项工作，不是指标名称；请改写为名称",
            **shown,
        )


def _target(indicator: Indicator) -> str:
    return indicator.target.text if indicator.target else ""
