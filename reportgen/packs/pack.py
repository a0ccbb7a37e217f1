"""A template pack: a folder of data under templates/, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from rapidfuzz import fuzz, process

from reportgen.errors import PackError, Place
from reportgen.model.loading import build_model
from reportgen.packs.manifest import Limits, Manifest, NumberFormat, Snippets
from reportgen.packs.scoring import Scoring
from reportgen.sources.yaml_tree import load_yaml

M = TypeVar("M", bound=BaseModel)
_FILES = ("pack.yaml", "scoring.yaml", "snippets.yaml")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was read: manifest, scoring rules and snippets, and the folder with its Word templates."""

    folder: Path
    manifest: Manifest
    scoring: Scoring
    snippets: Snippets
    digest: str  # sha256 over the yaml files

    @property
    def name(self) -> str:
        """The pack's name."""
        return self.manifest.name

    @property
    def numbers(self) -> NumberFormat:
        """How numbers are printed."""
        return self.manifest.numbers

    @property
    def limits(self) -> Limits:
        """From where on something is worth saying."""
        return self.manifest.limits

    def template(self, name: str) -> Path:
        """The Word template `name` of this pack; raises PackError when it is not there."""
        path = self.folder / name
        if not path.is_file():
            raise PackError(
                f"模板包「{self.name}」缺少模板文件 {name}",
                place=Place(str(path)),
                hint="请把该文件放回模板包文件夹，或修改 pack.yaml 中的「模板」",
            )
        return path


def pack_folders(search: Sequence[Path]) -> Iterator[Path]:
    """Every pack folder below the folders of `search`; an earlier one hides a later one of the same name."""
    seen: set[str] = set()
    for root in search:
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if (folder / "pack.yaml").is_file() and folder.name not in seen:
                seen.add(folder.name)
                yield folder


def find_pack(name: str, search: Sequence[Path]) -> Path:
    """The folder of the pack `name`: a name below `search`, or a path to a folder with a pack.yaml."""
    if (Path(name) / "pack.yaml").is_file():
        return Path(name)
    folders = {folder.name: folder for folder in pack_folders(search)}
    if name in folders:
        return folders[name]
    best = process.extractOne(name, list(folders), scorer=fuzz.ratio, score_cutoff=50)
    hint = f"是否应为「{best[0]}」" if best else f"可用的模板包：{'、'.join(folders) or '（没有）'}"
    raise PackError(f"没有名为「{name}」的模板包", hint=hint)


def load_pack(folder: Path) -> Pack:
    """The pack in `folder`; raises Rejected with the problems of its yaml files."""
    digest = hashlib.sha256()
    for file in _FILES:
        if (folder / file).is_file():
            digest.update((folder / file).read_bytes())
    return Pack(
        folder=folder,
        manifest=_read(Manifest, folder / "pack.yaml"),
        scoring=_read(Scoring, folder / "scoring.yaml"),
        snippets=_read(Snippets, folder / "snippets.yaml"),
        digest=digest.hexdigest(),
    )


def _read(model: type[M], path: Path) -> M:
    if not path.is_file():
        return model()
    return build_model(model, load_yaml(path))
