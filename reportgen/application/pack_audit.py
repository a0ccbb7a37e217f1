"""Audits a pack: are its templates sound, are its tags known, is what is required printed, does its example build."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.core.errors import Place, ReportgenError
from reportgen.core.findings import ERROR, WARNING, Finding, failure_findings
from reportgen.ooxml.lint import lint_docx
from reportgen.packs.manifest import DocumentSpec
from reportgen.packs.pack import Pack
from reportgen.pipeline import Draft, PackCache, prepare, render, with_wording
from reportgen.render.audit.pages.template_audit import template_findings
from reportgen.render.template.build import sources_of
from reportgen.render.template.compile import compile_template
from reportgen.render.template.used_names import Use, used_names
from reportgen.view.formatter import View
from reportgen.view.names import project_view

_WORD_FILES = frozenset(
    {".doc", ".docx", ".docm", ".dotx", ".dot", ".wps", ".wpt", ".rtf", ".odt"}
)


def audit_pack(name: str, packs: PackCache) -> Iterator[Finding]:
    """Everything that is wrong with the pack `name`; raises PackError or Rejected when it cannot even be read."""
    tools = packs.tools(name)
    pack = tools.pack
    try:
        tools.snippets.compile_all()
    except ReportgenError as error:
        yield from failure_findings(error, "snippets.yaml")
    example = pack.folders[0] / "example.yaml"
    draft = None
    try:
        draft = prepare(example, packs, name)
    except ReportgenError as error:
        yield from failure_findings(error, example)
    uses: list[Use] = []
    sound = True
    for spec in pack.manifest.documents:
        try:
            path = pack.template(spec.template)
            yield from template_findings(
                path, pack.manifest.page, official=spec.layout == "公文"
            )
            template = compile_template(path)
            if draft is not None:
                found = list(
                    used_names(sources_of(template), _names(spec, draft))
                )
                uses += found
                yield from _unknown(found, template.file)
        except ReportgenError as error:
            sound = False
            yield from failure_findings(error, spec.template)
    yield from _unused(pack)
    if draft is not None and sound:
        yield from _unprinted(pack, {use.name for use in uses})
        yield from _silent(pack, tools.silent_sections)
        yield from _example(draft)


def _names(spec: DocumentSpec, draft: Draft) -> View:
    projects = draft.view["项目列表"]
    names = (
        project_view(draft.view, projects[0])
        if spec.scope == "项目" and projects
        else draft.view
    )
    return with_wording(spec, names, draft.tools)


def _unused(pack: Pack) -> Iterator[Finding]:
    """Word files in the folder that no document of the pack is printed from: renamed, or saved in another format."""
    used = {spec.template for spec in pack.manifest.documents}
    for file in sorted(pack.folders[0].iterdir()):
        if (
            file.suffix.lower() in _WORD_FILES
            and file.name not in used
            and not file.name.startswith("~$")
        ):
            message = f"「{file.name}」没有用到：pack.yaml 的「文件」里没有它；{_cure(file)}"
            yield Finding("TPL006", WARNING, message, Place(str(file)))


def _cure(file: Path) -> str:
    if file.suffix.lower() in {".docx", ".docm"}:
        return "改了文件名的，请改回来或在 pack.yaml 里改「模板」；不用的请移走"
    return "模板要用 .docx 格式，请用 Word 或 WPS 另存为 .docx，文件名与 pack.yaml 里的「模板」一致"


def _unknown(uses: list[Use], file: str) -> Iterator[Finding]:
    """Each unknown name once for each tag; what follows from it (an unknown name's own parts) is not said again."""
    said: set[tuple[str, str]] = set()
    for use in uses:
        if use.known or (use.name, use.tag.typed) in said:
            continue
        said.add((use.name, use.tag.typed))
        message = f"{use.tag.location}，标签 {use.tag.typed}：没有「{use.name}」这个名称；请核对名称，或删去该标签"
        yield Finding("TPL002", ERROR, message, Place(file))


def _unprinted(pack: Pack, printed: set[str]) -> Iterator[Finding]:
    for name in pack.manifest.must_print:
        if not any(
            one == name or one.startswith(f"{name}.") for one in printed
        ):
            place = Place(str(pack.folders[0] / "pack.yaml"))
            message = f"必须打印的「{name}」没有出现在任何一个模板中；请在模板中加上它，或从「必须打印」中删去"
            yield Finding("TPL004", ERROR, message, place)


def _silent(pack: Pack, silent: Sequence[frozenset[str]]) -> Iterator[Finding]:
    """Sections that the pack itself defines and that none of its templates prints; inherited ones may stay unused."""
    snippets = pack.own_snippets
    place = Place(str(pack.folders[0] / "snippets.yaml"))
    for owner, own, unused in zip(
        ("单位", "项目"), (snippets.unit, snippets.project), silent, strict=True
    ):
        for name in own:
            if name in unused:
                message = (
                    f"「{owner}」的一节「{name}」没有出现在任何一个模板中，"
                    f"写了也不会打印；请在模板中加上它，或删去这一节"
                )
                yield Finding("TPL007", WARNING, message, place)


def _example(draft: Draft) -> Iterator[Finding]:
    yield from draft.findings
    file = draft.loaded.document.source.path
    try:
        for output in render(draft):
            for text in lint_docx(output.data):
                yield Finding(
                    "TPL005",
                    ERROR,
                    f"生成的「{output.name}」：{text}",
                    Place(file),
                )
    except ReportgenError as error:
        yield from failure_findings(error, file)
