"""The measures of a report, each under the number of the problem that it answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from reportgen.narrative.own_words import own_words
from reportgen.narrative.passage import NOTHING_SAID, Passage


def answers_to(
    problems: Sequence[Passage], paired: Collection[str], rest: str
) -> list[Passage]:
    """The measures in the order of their problems; `rest` for one that has none and none of the unit's `paired`."""
    answers = [*_answers(problems, paired, rest)]
    if any(one.improvement for one in problems) or paired:
        return answers
    return [Passage("改进", rest)] if answers else []


def _answers(
    problems: Sequence[Passage], paired: Collection[str], rest: str
) -> Iterator[Passage]:
    silent = {NOTHING_SAID, *paired}
    for number, one in enumerate(problems, start=1):
        texts = one.improvement
        if one.id not in silent and own_words([one.text]):
            texts = texts or rest
        for n, text in enumerate(filter(None, texts.split("\n"))):
            yield Passage(
                f"改进.{one.id}{'.' * n}",
                text,
                slots=one.improvement_slots,
                number=number,
            )


def under_numbers(
    answers: Sequence[Passage],
    problems: Iterable[Passage],
    paired: Collection[str],
) -> tuple[Passage, ...]:
    """The answers sorted by number; what answers no problem that is known takes the numbers that are left."""
    numbers = {
        one.id: n for n, one in enumerate(problems, start=1) if one.id in paired
    }
    known = [one.number or numbers.get(one.id, 0) for one in answers]
    left = (n for n in count(1) if n not in known)
    placed = (
        replace(one, number=number or next(left))
        for one, number in zip(answers, known, strict=True)
    )
    return tuple(sorted(placed, key=lambda one: one.number))
