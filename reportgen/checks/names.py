"""DAT: names that the unit uses and the pack does not know, so that nothing is left out without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from reportgen.checks.registry import ADVICE, WARNING, Facts, Problem, at, rule
from reportgen.figures.figure import FieldPath

_ALIKE = 70  # of 100: more alike than that is a slip of the pen, less a section of another form


@rule("DAT011", WARNING, "{where}的「{name}」在模板包「{pack}」中没有，不会打印；是否应为「{nearest}」")
def text_not_printed(facts: Facts) -> Iterator[Problem]:
    """填写的叙述、补充内容在所用模板包中没有对应的位置，不会打印.

    依据：叙述的节名、补充字段、选项和共性指标的名称须与模板包一致；换用模板包时，其他模板包的节不打印。
    反例：
        叙述: {存在的问题: 培训场次偏少。}
    """
    unit, pack = facts.unit, facts.pack
    yield from _unknown(facts, unit.narrative, pack.snippets.unit, ("叙述",))
    yield from _unknown(facts, unit.supplement, pack.manifest.supplement, ("补充",))
    yield from _unknown(facts, unit.framework.indicators, pack.scoring.framework, ("共性指标", "指标"))
    yield from _unknown(
        facts, unit.project_framework.indicators, pack.scoring.project_framework, ("项目共性指标", "指标")
    )
    for position, project in enumerate(unit.projects):
        yield from _unknown(facts, project.narrative, pack.snippets.project, ("项目", position, "叙述"))
        yield from _unknown(facts, project.choices, pack.manifest.choices, ("项目", position, "选项"))


def _unknown(facts: Facts, given: Iterable[str], known: Iterable[str], path: FieldPath) -> Iterator[Problem]:
    names, elsewhere = list(known), []
    for name in given:
        if name in names:
            continue
        nearest = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if nearest:
            yield at(*path, name, where=path[-1], name=name, pack=facts.pack.name, nearest=nearest[0])
        else:
            elsewhere.append(name)
    if elsewhere:
        yield at(
            *path,
            severity=ADVICE,
            message="{where}中有 {count} 项在模板包「{pack}」中没有，不会打印：{names}",
            where=path[-1],
            count=len(elsewhere),
            pack=facts.pack.name,
            names="、".join(elsewhere),
        )
