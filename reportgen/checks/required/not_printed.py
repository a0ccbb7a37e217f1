"""DAT: names that the unit uses and the pack does not know, so that nothing is left out without a word."""

from collections.abc import Iterable

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import ADVICE, WARNING, Problems, at, rule
from reportgen.core.likeness import nearest
from reportgen.figures.figure import FieldPath

_NO_SENTENCE = "报告中没有编号为「{number}」的语句，不会用到；编号可用 reportgen explain 文件 --sentences 查看"
_ALIKE = 70  # of 100: more alike than that is a slip of the pen, less a section of another form


@rule(
    "DAT011",
    WARNING,
    "{where}的「{name}」在模板包「{pack}」中没有，不会打印；是否应为「{nearest}」",
)
def text_not_printed(facts: Facts) -> Problems:
    """填写的叙述、补充内容在所用模板包中没有对应的位置，不会打印.

    依据：叙述的节名、补充字段、选项和共性指标的名称须与模板包一致；换用模板包时，其他模板包的节不打印。
    反例：
        叙述: {存在的问题: 培训场次偏少。}
    """
    unit, pack = facts.unit, facts.pack
    framework = pack.scoring.project_framework
    projects = [(("项目", n), one) for n, one in enumerate(unit.projects)]
    for known, given in (
        (pack.snippets.unit, [(("叙述",), unit.narrative)]),
        (pack.manifest.supplement, [(("补充",), unit.supplement)]),
        (
            pack.scoring.framework,
            [(("共性指标", "指标"), unit.framework.indicators)],
        ),
        (
            framework,
            [(("项目共性指标", "指标"), unit.project_framework.indicators)],
        ),
        (
            pack.snippets.project,
            [((*of, "叙述"), one.narrative) for of, one in projects],
        ),
        (
            pack.manifest.choices,
            [((*of, "选项"), one.choices) for of, one in projects],
        ),
        (
            framework,
            [
                ((*of, "共性指标", "指标"), one.framework.indicators)
                for of, one in projects
            ],
        ),
    ):
        yield from _unknown(facts, known, given)
    yield from _no_such_sentence(facts)
    yield from _silent(facts)


def _no_such_sentence(facts: Facts) -> Problems:
    """不写 and 改写 of what the report does not say."""
    for one in facts.figures.evaluations:
        said = one.evaluation
        for number in {*said.unsaid, *said.reworded} - facts.names:
            key = "不写" if number in said.unsaid else "改写"
            yield at(one, key, message=_NO_SENTENCE, number=number)


def _silent(facts: Facts) -> Problems:
    """Sections that the pack knows and its Word templates leave out."""
    of_unit, of_projects = facts.silent
    written: list[FieldPath] = [
        ("叙述", name) for name in facts.unit.narrative if name in of_unit
    ]
    for position, project in enumerate(facts.projects):
        names = (name for name in project.narrative if name in of_projects)
        written += [("项目", position, "叙述", name) for name in names]
        others = project.supplement if "补充" in of_projects else ()
        written += [("项目", position, "补充", name) for name in others]
    for *path, where, name in written:
        yield at(
            *path,
            where,
            name,
            message="「{where}」的「{name}」在模板包「{pack}」的各个模板中没有位置，不会打印；请写到别的节，或在模板中加上这一节",
            where=where,
            name=name,
            pack=facts.pack.name,
        )


def _unknown(
    facts: Facts,
    known: Iterable[str],
    given: Iterable[tuple[FieldPath, Iterable[str]]],
) -> Problems:
    """One problem for each slip of the pen, and one for all names that belong to other forms."""
    names = list(known)
    elsewhere = dict[str, FieldPath]()
    for path, typed in given:
        for name in typed:
            if name in names or name in elsewhere:
                continue
            meant = nearest(name, names, least=_ALIKE)
            if meant:
                yield at(
                    *path,
                    name,
                    where=path[-1],
                    name=name,
                    pack=facts.pack.name,
                    nearest=meant.name,
                )
            else:
                elsewhere[name] = path
    if elsewhere:
        first = next(iter(elsewhere.values()))
        yield at(
            *first,
            severity=ADVICE,
            message="{where}中有 {count} 项在模板包「{pack}」中没有，不会打印：{names}",
            where=("各项目的" if first[0] == "项目" else "") + str(first[-1]),
            count=len(elsewhere),
            pack=facts.pack.name,
            names="、".join(elsewhere),
        )
