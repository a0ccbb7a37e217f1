"""Which documents are to become PDF, and where each goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.core.errors import OutputError

KINDS = (".docx", ".docm", ".doc", ".wps", ".odt", ".rtf")
_NONE_HERE = "没有可以转成 PDF 的 Word 文件"
_LOOK = "请核对文件名或文件夹；可以转的有 " + "、".join(KINDS)


@dataclass(frozen=True)
class PdfFile:
    """A document, and where its PDF goes."""

    source: Path
    target: Path


def pdf_files(paths: Sequence[Path], output: Path | None) -> list[PdfFile]:
    """Each document as given and those below folders, with its PDF beside it or in `output`.

    Raises OutputError where there is nothing, or something else.
    """
    found: dict[Path, PdfFile] = {}
    for path in paths:
        for source, below in _documents(path):
            home = output / below.parent if output else source.parent
            target = home / f"{source.stem}.pdf"
            found.setdefault(
                Path(os.path.realpath(source)), PdfFile(source, target)
            )
    if not found:
        raise OutputError(_NONE_HERE, place=paths[0], hint=_LOOK)
    return list(found.values())


def _documents(path: Path) -> Iterator[tuple[Path, Path]]:
    """The documents at `path`, each with where it lies below the folder."""
    if path.is_dir():
        for source in documents_below(path):
            yield source, source.relative_to(path)
    elif path.suffix.lower() in KINDS and path.is_file():
        yield path, Path(path.name)
    else:
        raise OutputError(_NONE_HERE, place=path, hint=_LOOK)


def documents_below(folder: Path) -> Iterator[Path]:
    """The Word documents in a folder, but for hidden ones and those that editors lock."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            is_hidden = name.startswith((".", "~$"))
            if name.lower().endswith(KINDS) and not is_hidden:
                yield Path(root, name)
