"""Which documents go on from edited ones whose project or unit has another name by now, or another place."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.outputs.predecessors import Predecessor, is_free
from reportgen.outputs.receipt import (
    ROLE,
    SET,
    Receipt,
    entries_of,
    texts_at,
)
from reportgen.outputs.whole_files import Output


def heirs_of(
    folder: Path,
    outputs: Sequence[Output],
    before: Receipt,
    receipt: Receipt,
    edited: Sequence[Predecessor],
) -> dict[str, Predecessor]:
    """By the name of an output in `folder` the document whose edits it takes over, where only one can be meant.

    An output whose file has edits of its own takes none. `before` is the receipt there, `receipt` the new one.
    """
    known = entries_of(before)
    found: dict[str, Predecessor] = {}
    for one in edited:
        names = [
            name
            for name in _heirs(one, folder, outputs, receipt)
            if is_free(folder, name, known.get(name, {}))
        ]
        if len(names) == 1:
            found.setdefault(names[0], one)
    return found


def _heirs(
    one: Predecessor, folder: Path, outputs: Sequence[Output], receipt: Receipt
) -> Iterator[str]:
    """The outputs of that role; where there is none those of the same form that are new and tell of the same."""
    from reportgen.readback.compare.shared import tells_the_same  # noqa: PLC0415  lxml, and few projects are renamed

    role, known = str(one.entry.get(ROLE) or ""), entries_of(one.receipt)
    if not role:  # a bundle, or printed by an earlier version
        return
    listed = texts_at(one.receipt, SET)
    before = {known.get(name, {}).get(ROLE) for name in listed}
    same = [output for output in outputs if output.role == role]
    new = [
        output
        for output in outputs
        if output.role not in before and _form(output.role) == _form(role)
    ]
    is_sure = bool(same) and one.path.parent == folder
    old_names = _names(role, one.receipt)
    for output in same or new:
        new_names = _names(output.role, receipt)
        renamed = list(zip(old_names, new_names, strict=True))
        base = one.base(output)
        if base and (is_sure or tells_the_same(base, output.data, renamed)):
            yield output.name


def _form(role: str) -> list[str]:
    """Pack and form; behind them stands the project."""
    return role.split("/", 2)[:2]


def _names(role: str, receipt: Receipt) -> list[str]:
    """What project, unit and year are called in a document."""
    told = (str(receipt.get(key, "")) for key in ("单位", "年度"))
    return [role.split("/", 2)[-1], *told]
