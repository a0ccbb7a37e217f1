"""Which files a command works on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity

_COPY = re.compile(r"副本|复制|拷贝|\bcopy\b|[（(]\d+[)）]$", re.IGNORECASE)


def unit_files(paths: Sequence[Path]) -> tuple[list[Path], list[Finding]]:
    """Each file as given and every .yaml below a folder, sorted and each once; a finding for a folder without any."""
    files: dict[str, Path] = {}
    empty: list[Finding] = []
    for path in paths:
        found = (
            sorted(_below(path), key=_original_first) if _is_folder(path) else [path]
        )
        for one in found:
            files.setdefault(os.path.realpath(one), one)
        if not found:
            message = "文件夹里没有填报用的 .yaml 文件；请核对文件夹，或用 reportgen new 新建一份"
            empty.append(Finding("DAT001", Severity.ERROR, message, Place(str(path))))
    return list(files.values()), empty


def _original_first(path: Path) -> tuple[Path, bool, str]:
    """Files in their order; of a unit and its copy (云岭 - 副本.yaml) the copy is the one that is refused."""
    return path.parent, _COPY.search(path.stem) is not None, path.name


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (
        OSError,
        ValueError,
    ):  # a name too long, or with a NUL: reading it will say so
        return False


def _below(folder: Path) -> Iterator[Path]:
    """The yaml files below `folder`, but for hidden folders and template packs, whose yaml files are no units."""
    for root, folders, names in os.walk(folder):
        if "pack.yaml" in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith((".yaml", ".yml")) and not name.startswith(
                (".", "~$")
            ):
                yield Path(root, name)
