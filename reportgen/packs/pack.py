"""A template pack: a folder of data under templates/, read once."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from reportgen.core.errors import PackError
from reportgen.core.likeness import nearest
from reportgen.core.plain_files import read_plain, stays_in
from reportgen.model.loading import build_model
from reportgen.packs.manifest import (
    Limits,
    Manifest,
    NumberFormat,
    Section,
    Snippets,
)
from reportgen.packs.scoring import Scoring
from reportgen.packs.vocabulary import Vocabulary
from reportgen.sources.characters import shown
from reportgen.sources.yaml_tree import load_yaml

M = TypeVar("M", bound=BaseModel)
_MOST_ABOVE = 20  # packs that a pack may stand over


class Pack(NamedTuple):
    """A pack that was read: manifest, scoring rules and snippets, and the folder with its Word templates."""

    folders: tuple[Path, ...]  # its own first, then those it extends
    manifest: Manifest
    scoring: Scoring
    snippets: Snippets
    vocabulary: Vocabulary
    digest: str  # sha256 over the yaml files
    # What its own snippets.yaml says, without the packs that it extends.
    own_snippets: Snippets = Snippets()

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
        inside = not Path(name).is_absolute() and ".." not in Path(name).parts
        folders = self.folders if inside else ()
        home = next((one for one in folders if _is_file(one / name)), None)
        if home is None:
            raise PackError(
                f"模板包「{self.name}」缺少模板文件 {name}",
                "请把该文件放回模板包文件夹，或修改 pack.yaml 中的「模板」",
                place=self.folders[0] / name,
            )
        return _own_file(home, name)


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
    if _is_file(Path(name) / "pack.yaml"):
        return Path(name)
    folders = {folder.name: folder for folder in pack_folders(search)}
    if name in folders:
        return folders[name]
    best = nearest(name, folders, least=50, processor=str.casefold)
    hint = (
        f"是否应为「{best.name}」"
        if best
        else f"可用的模板包：{'、'.join(folders) or '（没有）'}"
    )
    raise PackError(f"没有名为「{shown(name, 60)}」的模板包", hint)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (
        OSError,
        ValueError,
    ):  # a name that no file system takes: too long, with a NUL
        return False


def load_pack(
    folder: Path, search: Sequence[Path] = (), *, below: tuple[Path, ...] = ()
) -> Pack:
    """The pack in `folder` over the pack that it extends; raises Rejected with the problems of its yaml files."""
    snippets = _read(Snippets, folder, "snippets.yaml")
    own = Pack(
        folders=(folder,),
        manifest=_read(Manifest, folder, "pack.yaml"),
        scoring=_read(Scoring, folder, "scoring.yaml"),
        snippets=snippets,
        vocabulary=_read(Vocabulary, folder, "wording.yaml"),
        digest=_digest(folder),
        own_snippets=snippets,
    )
    parent = own.manifest.extends
    if not parent:
        return own
    try:
        above = find_pack(parent, search)
    except PackError as error:
        place = folder / "pack.yaml"
        raise PackError(
            f"「继承」：{error.message}", error.hint, place=place
        ) from None
    line = (*below, folder.resolve())
    _refuse_endless(own, above.resolve(), line)
    return _extended(own, load_pack(above, search, below=line))


def _refuse_endless(own: Pack, above: Path, line: tuple[Path, ...]) -> None:
    """Raise PackError where the packs of `line`, each over the next, come back to one of them or go on for ever."""
    if above in line:
        told = f"模板包「{own.name}」的继承关系成了环"
    elif len(line) > _MOST_ABOVE:
        told = f"模板包一层层继承，超过了 {_MOST_ABOVE} 层"
    else:
        return
    place = own.folders[0] / "pack.yaml"
    raise PackError(told, "请修改「继承」", place=place)


def _own_file(folder: Path, name: str) -> Path:
    """The file `name` of the pack in `folder`; raises PackError where it is a link to something outside."""
    path = folder / name
    if not stays_in(path, folder):
        raise PackError(
            "这是指向模板包以外的快捷链接，不能读取",
            "请把文件本身放进模板包文件夹",
            place=path,
        )
    return path


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in ("pack.yaml", "scoring.yaml", "snippets.yaml", "wording.yaml"):
        if (folder / file).is_file():
            digest.update(read_plain(folder / file))
    return digest.hexdigest()


def _extended(own: Pack, parent: Pack) -> Pack:
    """`own` where it says something, else `parent`; snippets are joined section by section, labels one by one."""
    wording = {**parent.manifest.wording, **own.manifest.wording}
    page = _over(own.manifest.page, parent.manifest.page)
    styles = {**parent.manifest.page.styles, **page.styles}
    return Pack(
        folders=(*own.folders, *parent.folders),
        manifest=_over(own.manifest, parent.manifest).model_copy(
            update={
                "wording": wording,
                "page": page.model_copy(update={"styles": styles}),
            }
        ),
        scoring=_over(own.scoring, parent.scoring),
        snippets=Snippets(
            phrases={**parent.snippets.phrases, **own.snippets.phrases},
            unit=_sections(own, own.snippets.unit, parent.snippets.unit),
            project=_sections(
                own, own.snippets.project, parent.snippets.project
            ),
        ),
        vocabulary=_joined_words(own.vocabulary, parent.vocabulary),
        digest=hashlib.sha256(
            f"{own.digest}{parent.digest}".encode()
        ).hexdigest(),
        own_snippets=own.own_snippets,
    )


def _sections(
    own: Pack, sections: dict[str, Section], parents: dict[str, Section]
) -> dict[str, Section]:
    """`sections` over the parent's, or alone by 继承: 沿用; one with 沿用 takes over the parent's of that name."""
    joined: dict[str, Section] = {}
    for name, section in sections.items():
        if section.like and section.like not in parents:
            raise PackError(
                f"「{name}」沿用的「{section.like}」在模板包「{own.manifest.extends}」中没有",
                f"可以沿用的有：{'、'.join(parents)}",
                place=own.folders[0] / "snippets.yaml",
            )
        joined[name] = (
            _over(section, parents[section.like]) if section.like else section
        )
    return joined if own.snippets.inherited == "沿用" else {**parents, **joined}


def _joined_words(own: Vocabulary, parent: Vocabulary) -> Vocabulary:
    """The words of both: list by list, and all contradictions."""
    return Vocabulary(
        lists=_over(own.lists, parent.lists),
        slips={**parent.slips, **own.slips},
        terms={**parent.terms, **own.terms},
        contradictions=(*parent.contradictions, *own.contradictions),
    )


def _over(own: M, parent: M) -> M:
    return parent.model_copy(
        update={name: getattr(own, name) for name in own.model_fields_set}
    )


def _read(model: type[M], folder: Path, name: str) -> M:
    path = _own_file(folder, name)
    if name != "pack.yaml" and not path.exists():
        return model()
    return build_model(model, load_yaml(path))
