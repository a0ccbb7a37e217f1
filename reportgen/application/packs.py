"""Template packs: which there are, is one sound, a new one from an old one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.application.pack_audit import audit_pack
from reportgen.application.pack_copy import copy_pack
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, Place, ReportgenError
from reportgen.core.findings import Finding, failure_findings
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import load_pack, pack_folders
from reportgen.packs.sentence_list import sentences_markdown
from reportgen.pipeline import PackCache


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A document of a pack."""

    name: str
    scope: str
    template: str


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One pack that was found, or why it cannot be used."""

    folder: Path
    name: str
    title: str = ""
    documents: tuple[PackDocument, ...] = ()
    failures: tuple[Finding, ...] = ()


def list_packs(workplace: Workplace) -> Iterator[PackEntry]:
    """Every pack there is."""
    for folder in pack_folders(workplace.search):
        try:
            manifest = load_pack(folder, workplace.search).manifest
        except ReportgenError as error:
            failures = failure_findings(error, str(folder))
            yield PackEntry(folder, folder.name, failures=failures)
            continue
        documents = tuple(
            PackDocument(one.name, one.scope, one.template)
            for one in manifest.documents
        )
        yield PackEntry(folder, manifest.name, manifest.title, documents)


def check_pack(name: str, workplace: Workplace) -> tuple[Finding, ...]:
    """Everything that is wrong with the pack `name`; raises PackError or Rejected where it cannot even be read."""
    return tuple(audit_pack(name, PackCache(workplace.search)))


def pack_sentences(name: str, workplace: Workplace) -> str:
    """Every sentence that the pack `name` writes by itself, as markdown; raises PackError or Rejected."""
    return sentences_markdown(workplace.packs().tools(name).pack)


def new_pack(
    name: str, source: str, parent: Path, workplace: Workplace
) -> Path:
    """Copies the pack `source` to `parent`/`name`, to be restyled; where it was written.

    Raises PackError, and OutputError where that is no name for a folder or is there already.
    """
    target = parent / name
    is_plain = (
        name.strip() and Path(name).name == name and name not in {".", ".."}
    )
    if not is_plain:
        hint = "请用不含 / \\ 的名称，例如 某某县"
        raise OutputError(f"“{name}”不能作为模板包的名称", hint=hint)
    try:
        copy_pack(workplace.packs().tools(source).pack, target, name)
    except FileExistsError:
        place = Place(str(target))
        message = "文件夹已经存在，没有改动"
        raise OutputError(message, place=place, hint="请换一个名称") from None
    except OSError as error:
        raise refusal(target, error, hint="请换一个文件夹运行") from None
    return target
