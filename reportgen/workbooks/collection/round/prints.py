"""Units that came back as Word documents, filled in by hand or typed: read like forms where no form came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reportgen.core.findings import failure_findings
from reportgen.core.value import FieldPath
from reportgen.workbooks.collection.round.returned import (
    PRINTED,
    Returned,
    read_returned,
)
from reportgen.workbooks.collection.round.roster import same_name


class PrintDraft(NamedTuple):
    """A unit.yaml as it was read of documents: where it lies, where its values stand in these."""

    path: Path
    places: Mapping[FieldPath, str]


ReadPrint = Callable[[str, Sequence[Path]], PrintDraft]
"""Writes what the documents of one unit say as a unit.yaml under a name."""
_READ = "由 Word 文件读出（{names}），请核对；最好请单位补交采集表"
_NAMED = 3


def with_prints(
    files: Sequence[Returned], read_print: ReadPrint
) -> Iterator[Returned]:
    """The files, the documents of each unit that sent no form read as one."""
    have_forms = {_owner(one) for one in files if one.unit and not one.reason}
    groups: dict[object, list[Returned]] = {}
    for one in files:
        if one.reason != PRINTED or _owner(one) in have_forms:
            yield one
        else:
            groups.setdefault(_owner(one), []).append(one)
    for number, group in enumerate(groups.values(), start=1):
        yield from _of_one_unit(group, f"{number:03}", read_print)


def _owner(file: Returned) -> tuple[str, str]:
    """The unit and year of a file; one that tells no unit stands by itself."""
    return same_name(file.unit) or file.shown, file.year


def _of_one_unit(
    group: Sequence[Returned], name: str, read_print: ReadPrint
) -> Iterator[Returned]:
    """One unit from its documents, or the documents where nothing can be read of them."""
    names = "、".join(one.shown for one in group[:_NAMED])
    try:
        draft = read_print(name, [one.path for one in group])
    except Exception as error:
        told = failure_findings(error, group[0].path)[0].message
        yield from (
            replace(one, reason=f"{PRINTED}（{told}）") for one in group
        )
        return
    found = read_returned(draft.path, group[0].shown)
    changed = max(one.changed for one in group)
    yield replace(
        found,
        changed=changed,
        places=tuple(draft.places.items()),
        printed=_READ.format(names=names),
        unit=found.unit or group[0].unit,
        year=found.year or group[0].year,
    )
