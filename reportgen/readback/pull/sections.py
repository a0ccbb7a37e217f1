"""A section of 叙述 written back: paragraph by paragraph where the unit wrote it, as a whole where the pack did."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportgen.core.findings import dotted
from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath
from reportgen.narrative.passage import UNSAID
from reportgen.narrative.wording import without_number
from reportgen.readback.compare.edits import Edit
from reportgen.readback.compare.split_paragraphs import BETWEEN
from reportgen.readback.pull.context import (
    Outcome,
    Proposal,
    PullContext,
)
from reportgen.readback.pull.refusals import (
    SECTION_GONE,
    by_hand,
)
from reportgen.readback.pull.value_names import value_name
from reportgen.sources.write_back import Put

_OWN = re.compile(r"本单位(\d+)")
_GOES_ON = "续"  # behind the number of a sentence: a further paragraph of it


def propose_section(
    section: FieldPath,
    changed: Mapping[str, str | None],
    edit: Edit,
    context: PullContext,
) -> Iterator[Outcome]:
    """What is to be written where passages of a section have new texts, None for one that was deleted.

    A section without any text left is not written: `edit`, the first of it, is told.
    """
    own = _typed(section, context)
    texts: dict[int, str | None] = {}
    generated: dict[str, str | None] = {}
    for passage, text in changed.items():
        sign = passage.rpartition("#")[2]
        if number := _OWN.fullmatch(sign):
            texts[int(number[1]) - 1] = text
        else:
            generated[sign] = text
    told = context.view
    if section[0] == "项目":
        told = told["项目列表"][section[1]]
    if any(isinstance(own[place], dict) for place in texts):
        yield by_hand(edit, context)
    elif len(told["叙述"][section[-1]]) == len(changed) and not any(
        changed.values()
    ):
        yield SECTION_GONE.of(edit, context, field=dotted(section))
    else:
        yield from _own_paragraphs(section, own, texts, context)
        yield from _sentences(section, generated, context)


def _typed(field: FieldPath, context: PullContext) -> list[Any]:
    typed = context.typed(field) or []
    return [typed] if isinstance(typed, str) else list(typed)


def _sentences(
    section: FieldPath, changed: Mapping[str, str | None], context: PullContext
) -> Iterator[Proposal]:
    """Sentences of the pack go to 改写 with their new words; of one that was deleted it says so."""
    said: dict[FieldPath, list[str]] = {}
    for sign in sorted(changed, key=len, reverse=True):
        base = sign.rstrip(_GOES_ON)
        place = len(sign) - len(base)
        path = (*section[:-2], "改写", f"{section[-1]}.{base}")
        own = said.setdefault(path, _typed(path, context))
        own[place : place + 1] = _paragraphs(changed[sign] or "")
    for path, texts in said.items():
        yield _all_of(path, (), texts or [UNSAID])


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


def _all_of(
    path: FieldPath, own: Sequence[str], texts: Sequence[str]
) -> Proposal:
    paragraphs = [part for one in texts for part in _paragraphs(one)]
    put = Put(path, tuple(paragraphs))
    return Proposal(put, "；".join(own), "；".join(paragraphs))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs that a person made of one; none of nothing."""
    if BETWEEN not in text:
        return [text] if text else []
    return [
        without_number(one.strip())
        for one in text.split(BETWEEN)
        if one.strip()
    ]


def source_text(passage: Value, context: PullContext) -> str:
    """A passage that nobody touched, as a unit would write it: with names for its values."""
    text = str(passage)
    for start, end, value in reversed(passage.spans):
        name = value_name(value, passage.path, text[start:end], context)
        if name:
            text = f"{text[:start]}{{{{ {name} }}}}{text[end:]}"
    return without_number(text)
