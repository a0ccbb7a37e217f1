"""Which files a command works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.errors import Place
from reportgen.finding import Finding, Rejected, Severity


def unit_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Each file as given and every .yaml below a folder, sorted; raises Rejected for a folder without any."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(one for one in path.rglob("*") if one.suffix in {".yaml", ".yml"} and one.is_file())
        if not found:
            message = f"文件夹 {path} 中没有 .yaml 文件；请核对文件夹，或用 reportgen new 新建一份"
            raise Rejected([Finding("DAT001", Severity.ERROR, message, Place(str(path)))])
        yield from found
