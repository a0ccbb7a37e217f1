"""The unit's own words in a section: in place of what is generated, around it, or merged with it, each matter once."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reportgen.core.likeness import each_once, says_all
from reportgen.core.value import Value
from reportgen.model.values import MEASURE_MARK
from reportgen.narrative.passage import Passage
from reportgen.narrative.wording import (
    NOTHING,
    finished,
    sentence,
    without_number,
)
from reportgen.packs.manifest import Section

DEFAULT_NAME = "默认"
DEFAULT = re.compile(rf"\{{\{{\s*{DEFAULT_NAME}\s*\}}\}}")
_OWN = "本单位"


def with_own(
    spec: Section, generated: tuple[Passage, ...], own: tuple[str, ...]
) -> tuple[Passage, ...]:
    """The section as the unit wants it: its own text in place of, around, or after what is generated."""
    if any(DEFAULT.search(text) for text in own):
        return tuple(_around(generated, own))
    if spec.own != "合并":
        return _own_passages(own, own, finished) or generated
    said = own_words(own) or ([] if generated else own[:1])
    mine = _own_passages(own, said, lambda text: sentence(without_number(text)))
    return tuple(_merged(generated, mine))


def _merged(
    generated: tuple[Passage, ...], own: tuple[Passage, ...]
) -> list[Passage]:
    """What is generated, then the unit's own; of one thing that both tell the unit's words stand in its place."""
    passages: dict[str, Passage] = {}
    held: list[Passage] = []
    for one in generated:
        mine = next((text for text in own if _same_matter(one, text)), one)
        told = passages.get(mine.id, mine)
        within = [text for text in own if says_all(text.text, one.text)]
        held += within
        measures = [each.improvement for each in (told, one, *within)]
        passages[mine.id] = replace(
            told,
            improvement="\n".join(each_once(measures)),
            improvement_slots=told.improvement_slots + one.improvement_slots,
            number=told.number or one.number,
        )
    return [
        *passages.values(),
        *(text for text in own if text.id not in passages and text not in held),
    ]


def _same_matter(generated: Passage, own: Passage) -> bool:
    """Whether the unit's words hold a mark of what is generated, or nearly all of it."""
    return any(
        all(mark and mark in own.text for mark in marks)
        for marks in generated.marks
    ) or says_all(generated.text.rpartition("：")[2], own.text)


def of_the_unit(passages: list[Value]) -> list[Value]:
    """Those of a section that the unit wrote itself."""
    return [one for one in passages if f"#{_OWN}" in one.path]


def answers_of(measures: list[Value], problem: Value) -> list[Value]:
    """Those of 改进措施 that were written with a `problem` of the unit's own."""
    number = f"#改进.{problem.path.rpartition('#')[2]}"
    return [one for one in measures if one.path.rstrip(".").endswith(number)]


def own_words(own: Sequence[str]) -> list[str]:
    """What the unit wrote, without 无 and the like."""
    return [text for text in own if text.strip() not in NOTHING]


def own_ids(own: Sequence[str], problems: Sequence[str]) -> set[str]:
    """The ids of the unit's own measures where it wrote as many as problems: one for each."""
    if len(own) != len(problems):
        return set()
    return {f"{_OWN}{n}" for n in range(1, len(own) + 1)}


def _own_passages(
    own: Sequence[str], said: Sequence[str], finish: Callable[[str], str]
) -> tuple[Passage, ...]:
    """Those of `own` that are `said`, each told by its place among all."""
    return tuple(
        Passage(f"{_OWN}{n}", finish(told), measure, own=True)
        for n, text in enumerate(own, start=1)
        if text in said
        for told, measure in [with_measure(text)]
    )


def with_measure(text: str) -> tuple[str, str]:
    """What somebody wrote of a problem, and as a sentence what is done about it."""
    told, _, measure = text.partition(MEASURE_MARK)
    return sentence(told) if measure else told, sentence(measure)


def _around(
    generated: tuple[Passage, ...], own: tuple[str, ...]
) -> Iterator[Passage]:
    for n, text in enumerate(own, start=1):
        if DEFAULT.fullmatch(text.strip()):
            yield from generated
        else:
            held = generated if DEFAULT.search(text) else ()
            told, measure = with_measure(text if held else finished(text))
            measures = [one.improvement for one in held]
            yield Passage(
                f"{_OWN}{n}",
                told,
                "\n".join(each_once([measure, *measures])),
                own=True,
                slots=tuple(slot for one in held for slot in one.slots),
            )
