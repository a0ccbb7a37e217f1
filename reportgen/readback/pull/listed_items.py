"""Items that a sentence tells one by one (一是…；二是…): what is typed among them comes home to their list."""

import re
from typing import NamedTuple

from reportgen.core.value import Value
from reportgen.figures.figure import FieldPath
from reportgen.model.walker import walk
from reportgen.narrative.wording import without_end, without_number
from reportgen.readback.pull.context import Proposal, PullContext
from reportgen.sources.write_back import Put

_NUMBER = re.compile(r"(?:^|(?<=[；;：:。，]))[一二三四五六七八九十]{1,3}是")
_LEAST = 2  # of one item it cannot be told where it begins


class _Counted(NamedTuple):
    """A sentence with a list in it: what stands before and behind, and the items."""

    lead: str
    items: tuple[str, ...]
    tail: str


def propose_items(
    passage: Value,
    text: str,
    context: PullContext,
) -> tuple[Proposal, ...] | None:
    """The list of the file with the items that the sentence has now, nothing where it has them already.

    None where more than items was changed, or no list of the file has those that were printed.
    """
    old, new = _counted(str(passage)), _counted(text)
    if old is None or new is None or "{{" in text:
        return None
    if (old.lead, old.tail) != (new.lead, new.tail):
        return None
    if old.items == new.items:
        return ()
    field = _field_of(old.items, context)
    if field is None:
        return None
    put = Put(context.typed_path(field), new.items)
    return (Proposal(put, "；".join(old.items), "；".join(new.items)),)


def _counted(text: str) -> _Counted | None:
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) < _LEAST:
        return None
    starts = [one.end() for one in numbers]
    ends = [*(one.start() for one in numbers[1:]), len(text)]
    *pieces, last = (
        text[start:end] for start, end in zip(starts, ends, strict=True)
    )
    last, _, tail = last.partition("。")
    items = [one.strip().rstrip("；;") for one in (*pieces, last)]
    is_plain = all(items) and not any("。" in one for one in items)
    if not is_plain:
        return None
    lead = text[: numbers[0].start()]
    return _Counted(lead, tuple(items), tail)


def _field_of(
    items: tuple[str, ...],
    context: PullContext,
) -> FieldPath | None:
    """The one list of the file that has these items."""
    lists: dict[FieldPath, list[str]] = {}
    for leaf in walk(context.loaded.unit):
        if isinstance(leaf.path[-1], int):
            text = without_end(without_number(leaf.text))
            lists.setdefault(leaf.path[:-1], []).append(text)
    found = [path for path, texts in lists.items() if tuple(texts) == items]
    return found[0] if len(found) == 1 else None
