"""A section of 叙述 written back: paragraph by paragraph where the unit wrote it, as a whole where the pack did."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reportgen.core.findings import dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath
from reportgen.narrative.wording import NOTHING, without_number
from reportgen.readback.compare.edits import Edit
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.pull.context import Outcome, Proposal, PullContext
from reportgen.readback.pull.refusals import SECTION_GONE
from reportgen.readback.pull.value_names import value_name
from reportgen.sources.write_back import Put

_OWN = re.compile(r"本单位(\d+)")


def propose_section(
    section: FieldPath,
    changed: Mapping[str, str | None],
    edit: Edit,
    context: PullContext,
) -> Iterator[Outcome]:
    """What is to be written where passages of a section have new texts, None for one that was deleted.

    A section without any text left is not written: `edit`, the first of it, is told.
    """
    for outcome in _outcomes(section, changed, context):
        if isinstance(outcome.put, Put) and not any(outcome.put.value):
            yield SECTION_GONE.of(edit, context.file, field=dotted(section))
        else:
            yield outcome


def _outcomes(
    section: FieldPath, changed: Mapping[str, str | None], context: PullContext
) -> Iterator[Proposal]:
    typed = context.typed(section)
    own = [typed] if isinstance(typed, str) else list(typed or ())
    places = {one: _own_place(one, section, own, context) for one in changed}
    known = [place for place in places.values() if place is not None]
    if len(known) == len(changed):
        texts = dict(zip(known, changed.values(), strict=True))
        yield from _own_paragraphs(section, own, texts, context)
    else:
        yield from _whole_section(section, own, changed, context)


def _own_paragraphs(
    section: FieldPath,
    own: Sequence[str],
    texts: Mapping[int, str | None],
    context: PullContext,
) -> Iterator[Proposal]:
    """The unit's own paragraphs, each where it stands; all of them where one went or was cut in two."""
    path = context.typed_path(section)
    if not all(map(_is_one_paragraph, texts.values())):
        edited = [texts.get(place, text) for place, text in enumerate(own)]
        yield _all_of(path, own, list(filter(None, edited)))
        return
    is_one_text = isinstance(context.typed(section), str)
    for place, text in texts.items():
        here = path if is_one_text else (*path, place)
        yield Proposal(Put(here, text or ""), str(own[place]), text or "")


def _is_one_paragraph(text: str | None) -> bool:
    return bool(text) and BETWEEN not in str(text)


def _whole_section(
    section: FieldPath,
    own: Sequence[str],
    changed: Mapping[str, str | None],
    context: PullContext,
) -> Iterator[Proposal]:
    """Every passage of a section that the pack told, so that the unit's text can take its place."""
    is_of_project = section[0] == "项目"
    owner = (
        context.view["项目列表"][section[1]] if is_of_project else context.view
    )
    passages: list[Value] = owner["叙述"][section[-1]]
    before = [source_text(one, context) for one in passages]
    now = [
        changed.get(one.path, text)
        for one, text in zip(passages, before, strict=True)
    ]
    left = list(filter(None, now))
    if before != now:
        yield _all_of(context.typed_path(section), own, left)


def _all_of(
    path: FieldPath, own: Sequence[str], texts: Sequence[str]
) -> Proposal:
    paragraphs = [part for one in texts for part in _paragraphs(one)]
    put = Put(path, tuple(paragraphs))
    return Proposal(put, "；".join(own), "；".join(paragraphs))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs that a person made of one."""
    if BETWEEN not in text:
        return [text]
    return [
        without_number(one.strip())
        for one in text.split(BETWEEN)
        if one.strip()
    ]


def is_own_text(passage: str) -> bool:
    """Whether the passage is the unit's own text."""
    return _OWN.fullmatch(passage.rpartition("#")[2]) is not None


def _own_place(
    passage: str, section: FieldPath, own: Sequence[str], context: PullContext
) -> int | None:
    """Which of the texts that the unit wrote is printed as `passage`; None where the pack told it."""
    number = _OWN.fullmatch(passage.rpartition("#")[2])
    if number is None:
        return None
    spec = context.sections(section).get(str(section[-1]))
    printed = list(range(len(own)))
    if spec is not None and spec.own == "合并":
        printed = [n for n in printed if own[n].strip() not in NOTHING]
    position = int(number[1]) - 1
    return printed[position] if position < len(printed) else None


def source_text(passage: Value, context: PullContext) -> str:
    """A passage that nobody touched, as a unit would write it: with names for its values."""
    text = str(passage)
    for start, end, value in reversed(passage.spans):
        name = value_name(value, passage.path, text[start:end], context)
        if name:
            text = f"{text[:start]}{{{{ {name} }}}}{text[end:]}"
    return without_number(text)
