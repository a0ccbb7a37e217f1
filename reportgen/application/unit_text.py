"""A file of a user replaced by a changed one, unless somebody else changed it meanwhile; what it was is kept."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path

from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.core.plain_files import read_plain
from reportgen.outputs.print_store import history_name
from reportgen.outputs.same_file import write_same_file
from reportgen.outputs.whole_files import Output, read_file, replace_all
from reportgen.sources.file_bytes import encoded

WRITTEN = ".sha256"  # behind the name of a file that is kept: of what was written then
_PLACE = re.compile(r"^@@ -(\d+).*")
_MOVED = "文件在比较时被改动，没有写"


def write_unit_text(file: Path, old: str, new: str) -> str:
    """Writes `new` where `old` was read, in its encoding; raises OutputError.

    Returns the name, from the folder of `file`, under which the file is kept as it was.
    """
    file = (
        file.resolve()
    )  # links are followed: what is kept lies beside the file
    original = read_plain(file)
    if encoded(original, old, old) != original:
        raise _moved(file)
    return write_kept(file, original, encoded(original, old, new))


def write_kept(file: Path, original: bytes, data: bytes) -> str:
    """Writes `data` where `original` was read, which is kept so that `undo` finds it; raises OutputError."""
    kept = history_name(file.parent, file.name)
    digest = sha256(data).encode()
    replace_all(
        file.parent,
        [Output(kept + WRITTEN, digest), Output(kept, original)],
    )
    if read_file(file) != original:
        raise _moved(file)
    write_same_file(file, data)
    return kept


def changed_lines(old: str, new: str) -> tuple[str, ...]:
    """The lines that go (-) and come (+) from `old` to `new`, those of one place below the number of its first line."""
    lines = unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=1)
    return tuple(_PLACE.sub(r"第\1行起", line) for line in lines)[2:]


def _moved(file: Path) -> OutputError:
    """The refusal to write over what somebody else wrote meanwhile."""
    return OutputError(_MOVED, place=file, hint="请再执行同一条命令")
