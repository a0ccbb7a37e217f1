"""A unit.yaml replaced by a changed one, unless somebody else changed it meanwhile."""

from __future__ import annotations

from pathlib import Path

from reportgen.core.errors import OutputError, Place
from reportgen.core.plain_files import read_plain
from reportgen.outputs.whole_files import Output, replace_all
from reportgen.sources.write_back import encoded

_MOVED = "填报文件在比较时被改动，没有写回"


def write_unit_text(file: Path, old: str, new: str, *, kept: str = "") -> None:
    """Writes `new` where `old` was read, in its encoding, and the file as it was to `kept`; raises OutputError."""
    original = read_plain(file)
    if encoded(original, old, old) != original:
        raise OutputError(_MOVED, place=Place(str(file)), hint="请重新运行同一命令")
    changed = [Output(file.name, encoded(original, old, new))]
    replace_all(file.parent, [Output(kept, original), *changed] if kept else changed)
