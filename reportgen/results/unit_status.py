"""How the documents of a unit stand against its file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from reportgen.core.findings import Findings

Standing = Literal[
    "最新", "需重新生成", "已修改", "已合并", "未改动", "缺失", "无法生成"
]
FRESH: Standing = "最新"
STALE: Standing = "需重新生成"
EDITED: Standing = "已修改"
MERGED: Standing = "已合并"
RESAVED: Standing = "未改动"  # only saved again
MISSING: Standing = "缺失"
FAILED: Standing = "无法生成"
WORST_FIRST: tuple[Standing, ...] = (
    *(FAILED, MISSING, STALE, EDITED, MERGED, RESAVED, FRESH),
)


class FileStanding(NamedTuple):
    """One document: how it stands, and in how many places a person changed it, None where that cannot be told."""

    path: Path
    standing: Standing
    edits: int | None = None


class UnitStatus(NamedTuple):
    """How one unit stands: the worst of its files, why, and the files that are not 最新."""

    file: Path
    standing: Standing
    name: str = ""
    reason: str = ""
    files: tuple[FileStanding, ...] = ()
    findings: Findings = ()  # why it cannot be made, or what is still to be settled in documents


def worst_of(standings: Iterable[Standing], *, otherwise: Standing) -> Standing:
    """The worst of them, `otherwise` where there are none."""
    return min(standings, key=WORST_FIRST.index, default=otherwise)
