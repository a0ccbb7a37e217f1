"""Template packs: which there are, is one sound, a new one from an old one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.application.pack_audit import audit_pack
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError, ReportgenError
from reportgen.core.findings import Findings, failure_findings
from reportgen.narrative.passage import Narrative
from reportgen.outputs.whole_files import refusal
from reportgen.packs.pack import load_pack, pack_folders
from reportgen.packs.pack_copy import copy_pack
from reportgen.packs.sentence_list import sentences_markdown
from reportgen.pipeline import PackCache, prepare


class PackDocument(NamedTuple):
    """A document of a pack."""

    name: str
    scope: str
    template: str


class PackEntry(NamedTuple):
    """One pack that was found, or why it cannot be used."""

    folder: Path
    name: str
    title: str = ""
    documents: tuple[PackDocument, ...] = ()
    failures: Findings = ()


def list_packs(workplace: Workplace) -> Iterator[PackEntry]:
    """Every pack there is."""
    for folder in pack_folders(workplace.search):
        try:
            manifest = load_pack(folder, workplace.search).manifest
        except ReportgenError as error:
            failures = failure_findings(error, folder)
            yield PackEntry(folder, folder.name, failures=failures)
            continue
        documents = tuple(
            PackDocument(
                one.name,
                "有下属单位的部门"
                if "下属单位" in one.when
                else f"每个{one.scope}",
                one.template,
            )
            for one in manifest.documents
        )
        yield PackEntry(folder, manifest.name, manifest.title, documents)


def check_pack(name: str, workplace: Workplace) -> Findings:
    """Everything that is wrong with the pack `name`; raises PackError or Rejected where it cannot even be read."""
    return tuple(audit_pack(name, PackCache(workplace.search)))


def sentence_sources(name: str, workplace: Workplace) -> str:
    """Every sentence that the pack `name` writes by itself as it is written there, as markdown.

    Raises PackError or Rejected.
    """
    return sentences_markdown(workplace.packs().tools(name).pack)


def pack_sentences(
    name: str, workplace: Workplace
) -> Iterator[tuple[str, str, str]]:
    """Section, number and words of each of them as it reads for the pack's example; "" where that has no such case."""
    packs = workplace.packs()
    snippets = packs.tools(name).pack.snippets
    told = _told_for_example(name, packs)
    for owner, specs, written in (
        ("单位", snippets.unit, (told.unit,)),
        ("项目", snippets.project, told.projects),
    ):
        for section, spec in specs.items():
            passages = [one for each in written for one in each[section]]
            words = {
                one.id.rpartition(".")[0] or one.id: one.text
                for one in reversed(passages)
            }
            for one in spec.snippets:
                yield f"{owner}：{section}", one.id, words.get(one.id, "")


def _told_for_example(name: str, packs: PackCache) -> Narrative:
    """What the pack writes for its example, as though that wrote nothing itself."""
    tools = packs.tools(name)
    draft = prepare(tools.pack.template("example.yaml"), packs, name)
    silent: dict[str, Any] = {"narrative": {}}
    unit = draft.loaded.unit
    projects = tuple(one.model_copy(update=silent) for one in unit.projects)
    unit = unit.model_copy(update={**silent, "projects": projects})
    return tools.snippets.tell(unit, draft.view)[0]


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
        raise OutputError(f"“{name}”不能作为模板包的名称", hint)
    try:
        copy_pack(workplace.packs().tools(source).pack, target, name)
    except FileExistsError:
        message = "文件夹已经存在，没有改动"
        raise OutputError(message, "请换一个名称", place=target) from None
    except OSError as error:
        raise refusal(target, error, hint="请换一个文件夹运行") from None
    return target
