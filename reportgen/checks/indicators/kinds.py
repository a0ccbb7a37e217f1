"""IND005, IND007: kinds of indicators that are missing, and indicators that are of another kind than they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.checks.facts.facts import Facts
from reportgen.checks.facts.indicator_rows import IndicatorRow, IndicatorTable
from reportgen.checks.facts.indicator_text import (
    has_word,
    is_stated,
    label_kind,
)
from reportgen.checks.indicators.kind_system import KindSystem, kind_system
from reportgen.checks.rule import ADVICE, ERROR, WARNING, Problem, at, rule
from reportgen.figures.catalogue import EvaluationFigures
from reportgen.model.target import is_named
from reportgen.packs.vocabulary import WordLists

_NO_CHAPTER = "写了项目产出，没有写「{name}」，而表中有效益指标；{cure}"
_BLANK = "「{dimension}」各行都没有填写；请按{kinds}填写指标"
_INPUT = "「{name}」是投入，不是产出；请改为产出的数量"
_NO_ECOLOGY = "「{name}」与生态环境无关；请核对类别，没有的填“不适用”"
_SENTENCE = "「{name}」是一句话或一项工作，不是指标名称；请改写为名称"
_NO_ECOLOGY_TOLD = "「{name}」写的内容与生态环境无关；请核对，没有的写“无”"
_LONG_NAME = 12  # characters; a longer one with a comma is a sentence


@rule("IND005", WARNING, "缺少{missing}；请补充，确实没有的写上该类并填“不适用”")
def kinds_missing(facts: Facts) -> Iterator[Problem]:
    """缺少模板要求的指标类别，或某一级指标下各行都没有填写.

    依据：产出指标包括数量、质量、时效、成本，效益指标至少一项（模板包的必备类别）；标明“不适用”的不算缺少。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 解决企业难题, 指标值: ≥300个, 实际值: 312个}]
    """
    wanted = {label_kind(name): name for name in facts.pack.manifest.required_kinds}
    system = kind_system(facts)
    tops = {kind: name for kind, name in wanted.items() if system.is_top(kind)}
    for table in facts.tables:
        if _uses(table, system, tops):
            told = any(row.category in system.above for row in table.rows)
            yield from _kinds(table, wanted if told else tops, system)
            yield from _chapters(facts, table)


def _uses(table: IndicatorTable, system: KindSystem, tops: Mapping[str, str]) -> bool:
    """Whether the table was filled in, and by this system."""
    filled = any(is_named(row.name) or row.target or row.actual for row in table.rows)
    return filled and any(system.hold(row, tops) for row in table.rows)


def _kinds(
    table: IndicatorTable, wanted: Mapping[str, str], system: KindSystem
) -> Iterator[Problem]:
    there = set().union(*map(system.covered, table.filled))
    missing = {kind: name for kind, name in wanted.items() if kind not in there}
    for kind, row in _left_blank(table, system).items():
        if kind in missing:
            below = system.below[kind]
            kinds = "、".join(sorted(below)) or "本单位情况"
            said: dict[str, Any] = {"dimension": missing[kind], "kinds": kinds}
            yield at(*row.path, message=_BLANK, severity=ERROR, **said)
            there |= {kind, *below}
    missing = {kind: name for kind, name in missing.items() if kind not in there}
    if missing:
        severity = ERROR if any(map(system.is_top, missing)) else WARNING
        names = "、".join(missing.values())
        yield at(*table.figures.path, "指标", severity=severity, missing=names)


def _left_blank(table: IndicatorTable, system: KindSystem) -> dict[str, IndicatorRow]:
    """The first row of each 一级 of which no row was filled in."""
    filled = {row.dimension for row in table.filled}
    found: dict[str, IndicatorRow] = {}
    for row in table.rows:
        if row.dimension in system.below and row.dimension not in filled:
            found.setdefault(row.dimension, row)
    return found


def _chapters(facts: Facts, table: IndicatorTable) -> Iterator[Problem]:
    """A section on 产出 without one on 效益, though there are indicators of it."""
    one = table.figures
    told = " ".join(
        name for name, texts in one.evaluation.narrative.items() if any(texts)
    )
    if "产出" not in told or "效益" in told:
        return
    sections = facts.pack.snippets.project if one.path else facts.pack.snippets.unit
    name = next((name for name in sections if "效益" in name), "")
    if name and any("效益" in row.category for row in table.applicable):
        automatic = bool(sections[name].snippets)
        said: dict[str, Any] = {
            "name": name,
            "cure": "将由程序按数据成文，请核对" if automatic else f"请补写「{name}」",
            "severity": ADVICE if automatic else WARNING,
        }
        yield at(*one.path, "叙述", name, message=_NO_CHAPTER, **said)


@rule(
    "IND007", ADVICE, "「{name}」是比率，填在了「{category}」下；请核对是否应为质量指标"
)
def kind_unsuitable(facts: Facts) -> Iterator[Problem]:
    """指标的内容与所属类别不相称，请人核对.

    依据：数量指标是产出的数量，不是比率、投入的资金；生态效益指标与生态环境有关；指标名称是名称，不是一句话或一项工作。
    反例：
        指标: [{一级: 产出指标, 二级: 数量指标, 三级: 申请数额, 指标值: 200万元, 实际值: 200万元}]
    """
    for table in facts.tables:
        for row in table.rows:
            if row.applicable and is_named(row.name):
                yield from _unsuitable(row, facts.words)
        yield from _ecology_told(table.figures, facts.words.ecology_terms)


def _ecology_told(one: EvaluationFigures, ecology: Sequence[str]) -> Iterator[Problem]:
    """A section on 生态效益 that speaks of something else, such as 营商环境."""
    for name, texts in one.evaluation.narrative.items():
        if "生态" not in name:
            continue
        text = "".join(texts).replace("营商环境", "")
        own = is_stated(text) and "{{" not in text
        if own and not has_word(text, ecology):
            yield at(*one.path, "叙述", name, message=_NO_ECOLOGY_TOLD, name=name)


def _unsuitable(row: IndicatorRow, words: WordLists) -> Iterator[Problem]:
    name = row.name
    category = row.indicator.category.strip()
    if row.category == "数量" and has_word(name, words.input_names):
        yield at(*row.path, "三级", message=_INPUT, name=name, category=category)
    elif row.category == "数量" and _is_named_rate(row):
        if not name.endswith(words.quality_rates):
            yield at(*row.path, "二级", name=name, category=category)
    elif "生态" in row.category and _has_none(row, words.ecology_terms):
        yield at(*row.path, "三级", message=_NO_ECOLOGY, name=name)
    elif _is_sentence(name) or name.startswith(words.task_openings):
        yield at(*row.path, "三级", message=_SENTENCE, name=name)


def _is_named_rate(row: IndicatorRow) -> bool:
    return row.is_rate and row.name.endswith(("率", "比例", "占比"))


def _has_none(row: IndicatorRow, words: Sequence[str]) -> bool:
    """Whether none of `words` stands in the name or the target."""
    target = row.target.text if row.target else ""
    return not has_word(row.name, words) and not has_word(target, words)


def _is_sentence(name: str) -> bool:
    return "，" in name and len(name) > _LONG_NAME
