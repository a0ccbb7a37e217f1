"""The whole way of one unit on one page: read, figures, view, narrative, checks, render; batch writes it to disk."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.checks.facts.facts import Facts
from reportgen.checks.printed import SIGNS, ShownText, check_printed
from reportgen.core.errors import OutputError, PackError, ReportgenError
from reportgen.core.file_names import safe_name
from reportgen.core.findings import Finding, Findings, Severity
from reportgen.core.value import Value
from reportgen.figures.catalogue import Figures, compute_figures
from reportgen.figures.department import compute_department
from reportgen.figures.figure import Figure
from reportgen.language.expressions import KeptCode, Language
from reportgen.model.family import load_family
from reportgen.model.loading import LoadedUnit
from reportgen.model.overlong import overlong_told
from reportgen.narrative.filling import SnippetRenderer
from reportgen.narrative.passage import Narrative
from reportgen.ooxml.document_identity import identity_for
from reportgen.ooxml.visible_text import seen_in, visible_parts
from reportgen.outputs.doubts import Doubts
from reportgen.outputs.steps import Merged
from reportgen.outputs.whole_files import Output
from reportgen.packs.manifest import ChartSpec, DocumentSpec
from reportgen.packs.pack import Pack, find_pack, load_pack
from reportgen.recognition.unit_loading import load_any_unit
from reportgen.render.charts.chart import ChartData
from reportgen.render.print.printing import CompiledTemplate
from reportgen.render.template.compile import compile_template
from reportgen.render.template.template_file import read_template
from reportgen.view.formatter import View
from reportgen.view.names import build_view, project_view
from reportgen.view.printed_in import PrintedDocument, document_of
from reportgen.workbooks.findings_book import (
    FILE_NAME as FINDINGS_BOOK,
    findings_workbook,
)

REVIEW_FOLDER = "审阅"  # within a unit's folder, for the copies with comments
BUNDLED = "（合订本）.docx"  # how the name of a bundle ends


@dataclass(frozen=True)
class PackTools:
    """A pack ready for use: its snippets and expressions compiled once for all units."""

    pack: Pack
    snippets: SnippetRenderer
    language: Language
    digest: str  # sha256 over the yaml files of the pack and of those it extends, and the templates it prints
    cache: Path | None = None
    compiled: dict[str, CompiledTemplate] = field(default_factory=dict)

    def names_in(self, template: str) -> frozenset[str]:
        """The names that the Word template uses; none where it cannot be used."""
        with suppress(ReportgenError):
            return self.template(template).names
        return frozenset()

    @cached_property
    def silent_sections(self) -> tuple[frozenset[str], frozenset[str]]:
        """Sections of 叙述, of the unit and of its projects, that neither a template nor another section uses.

        None where a template cannot be used: what it would print is not known.
        """
        specs = self.pack.manifest.documents
        try:
            printed = [self.template(one.template).names for one in specs]
        except ReportgenError:
            return frozenset(), frozenset()
        names = frozenset().union(*printed)
        unit = {
            name.removeprefix("叙述.")
            for name in names
            if name.startswith("叙述.")
        }
        project = {
            name.rpartition(".")[2]
            for name in names
            if ".叙述." in name or name == "项目.补充"
        }
        snippets = self.pack.snippets
        told = project | snippets.named_sections()
        of_projects = frozenset((*snippets.project, "补充")) - told
        return frozenset(snippets.unit) - unit, of_projects

    def template(self, name: str) -> CompiledTemplate:
        """The Word template `name`, read and compiled once."""
        if name not in self.compiled:
            self.compiled[name] = compile_template(
                self.pack.template(name), self.cache
            )
        return self.compiled[name]

    def keep(self) -> None:
        """Leaves in the cache what was compiled of the pack's yaml files; templates are kept as they are compiled."""
        self.snippets.keep()
        self.language.keep()


@dataclass
class PackCache:
    """Where packs are looked for, and those that were read already.

    `cache` is a folder in which one run leaves for the next what it compiled; without one nothing is left.
    """

    search: tuple[Path, ...]
    cache: Path | None = None
    read: dict[str, PackTools] = field(default_factory=dict)

    def tools(self, name: str) -> PackTools:
        """The pack `name`, read at most once; raises PackError or Rejected."""
        if name not in self.read:
            pack = load_pack(find_pack(name, self.search), self.search)
            kept = KeptCode(self.cache, f"pack {pack.digest}")
            language = Language(f"{pack.name}/pack.yaml", kept=kept)
            self.read[name] = PackTools(
                pack,
                SnippetRenderer(pack, cache=self.cache),
                language,
                _digest(pack),
                self.cache,
            )
        return self.read[name]


def _digest(pack: Pack) -> str:
    digest = hashlib.sha256(pack.digest.encode())
    for name in sorted({spec.template for spec in pack.manifest.documents}):
        with suppress(
            PackError
        ):  # one that is missing is told when it is wanted
            digest.update(
                hashlib.sha256(read_template(pack.template(name))).digest()
            )
        digest.update(name.encode())
    return digest.hexdigest()


class Draft(NamedTuple):
    """Everything that is known of a unit before anything is printed."""

    loaded: LoadedUnit
    tools: PackTools
    figures: Figures
    view: View
    narrative: Narrative
    facts: Facts
    findings: Findings
    below: tuple[
        tuple[str, str], ...
    ] = ()  # the files of its 下属单位, resolved, with their sha256

    @property
    def computed(self) -> tuple[Figure, ...]:
        """Every figure: what a department adds up, then what follows from it."""
        sums = self.facts.department.sums if self.facts.department else ()
        return (*sums, *self.figures.catalogue())


def prepare(path: Path, packs: PackCache, pack_name: str = "") -> Draft:
    """The draft of the unit at `path`; raises Rejected, PackError when it cannot be made."""
    from reportgen.checks.rules import check  # noqa: PLC0415  all rules, wanted only where something is to be made

    family = load_family(path, lambda file: load_any_unit(file, packs.search))
    loaded = family.loaded
    tools = _tools(loaded, packs, pack_name)
    pack = tools.pack
    unit, department = compute_department(family.head, pack.scoring)
    figures = compute_figures(unit, pack.scoring)
    names = build_view(unit, figures, pack, department)
    with overlong_told(loaded):
        narrative, view = tools.snippets.tell(unit, names)
    silent = tools.silent_sections
    said = frozenset(names) | narrative.numbers
    facts = Facts(unit, figures, pack, department, silent, said)
    findings = (*family.problems, *check(facts, loaded))
    tools.keep()
    return Draft(
        loaded, tools, figures, view, narrative, facts, findings, family.inputs
    )


def _tools(loaded: LoadedUnit, packs: PackCache, pack_name: str) -> PackTools:
    """The pack that is asked for, or else the one that the unit names; an error about its name says where it stands."""
    try:
        return packs.tools(pack_name or loaded.unit.pack)
    except PackError as error:
        if pack_name or error.place is not None:
            raise
        raise PackError(
            error.message, error.hint, place=loaded.place(("模板",))
        ) from None


def render(draft: Draft) -> Iterator[Output]:
    """The documents of the set, in the order of the pack; raises TemplateError or ValueRefused."""
    unit = draft.loaded.unit
    pack = draft.tools.pack
    charts = {
        name: _chart(spec, draft) for name, spec in pack.manifest.charts.items()
    }
    for spec, names in printed_set(draft):
        template = draft.tools.template(spec.template)
        file = _file_name(draft, spec, names)
        printed = template.print(
            names,
            charts,
            identity_for(unit.year, unit.name, file, pack.name).text,
        )
        project = names["项目"]["名称"] if spec.scope == "项目" else ""
        role = f"{pack.name}/{spec.name}/{project}"
        yield Output(file, printed.data, printed.parts, role)
    draft.tools.keep()


def _file_name(draft: Draft, spec: DocumentSpec, names: View) -> str:
    return f"{safe_name(draft.tools.language.text(spec.file_name)(names), fallback=spec.name)}.docx"


def documents_of_set(draft: Draft) -> tuple[PrintedDocument, ...]:
    """Each document of the set with the names that its template prints; one of a project says of which."""
    return tuple(
        PrintedDocument(
            _file_name(draft, spec, names),
            draft.tools.names_in(spec.template),
            names,
            _project_of(draft, names),
        )
        for spec, names in printed_set(draft)
    )


def placed(
    findings: Iterable[Finding], documents: Sequence[PrintedDocument]
) -> Findings:
    """`findings`, each with the document in which its field is printed, where that can be told."""
    return tuple(
        replace(one, document=one.document or document_of(one.path, documents))
        for one in findings
    )


def all_findings(draft: Draft, outputs: Iterable[Output]) -> Findings:
    """What was found in the data, the texts and the finished `outputs`, each with its document."""
    found = (*draft.findings, *check_outputs(draft, outputs))
    return placed(found, documents_of_set(draft)) if found else ()


def _project_of(draft: Draft, names: View) -> int | None:
    projects = draft.view["项目列表"]
    return next(
        (n for n, one in enumerate(projects) if one is names.get("项目")), None
    )


def print_set(draft: Draft, *, bundled: bool = False) -> list[Output]:
    """All documents of the unit (and with `bundled` one that holds them all); raises OutputError, errors of render."""
    with overlong_told(draft.loaded):
        outputs = list(render(draft))
    if bundled and outputs:
        unit = draft.loaded.unit
        title = safe_name(f"{unit.name}{unit.year}年度绩效自评材料")
        outputs.append(bundle_of(f"{title}{BUNDLED}", outputs))
    _refuse_twins(outputs)
    return outputs


def bundle_of(name: str, documents: Sequence[Output]) -> Output:
    """One document that holds all of `documents`, called `name`, with a cover and a table of contents."""
    from reportgen.outputs.pdf.bundle_pages import bundled  # noqa: PLC0415  lxml and pypdf, 120 ms, and few ask for it

    return Output(name, bundled(name.removesuffix(BUNDLED), documents))


def check_outputs(draft: Draft, outputs: Iterable[Output]) -> Iterator[Finding]:
    """What the print rules find in the finished documents."""
    severities = draft.tools.pack.manifest.severities
    for output in outputs:
        parts = (
            output.seen
            if output.seen is not None
            else visible_parts(output.data)
        )
        texts = (ShownText(*seen) for seen in seen_in(parts, SIGNS))
        yield from check_printed(output.name, texts, severities)


def findings_book(
    findings: Sequence[Finding], file: str, folder: Path
) -> Output | None:
    """The workbook of the findings; without any it only replaces an old one, a list of mended problems."""
    if not findings and not (folder / FINDINGS_BOOK).exists():
        return None
    return Output(FINDINGS_BOOK, findings_workbook(findings, file))


def merge_edited(
    base: bytes, theirs: bytes, ours: bytes, name: str, known: Doubts
) -> Merged:
    """What is new in `ours` merged into the document of a person; raises TemplateError where it cannot be read."""
    from reportgen.readback.merge.merge_document import merge  # noqa: PLC0415  lxml, wanted only where a person has edited

    return merge(base, theirs, ours, name, known)


def review_copies(
    draft: Draft, outputs: Iterable[Output], findings: Sequence[Finding]
) -> list[Output]:
    """Each document of `outputs` with comments of Word: how its figures came about, what the checks found."""
    from reportgen.readback.compare.fields import printed_fields  # noqa: PLC0415
    from reportgen.readback.review.review_copy import Notes, annotated  # noqa: PLC0415  lxml, and few ask for it

    fields = printed_fields(draft.view)
    figures = {one.path: one for one in draft.computed}
    notes = Notes(fields, figures, findings, draft.loaded)
    return [
        Output(
            f"{one.name.removesuffix('.docx')}（审阅）.docx",
            annotated(one.data, one.name, notes),
        )
        for one in outputs
        if not one.name.endswith(BUNDLED)
    ]


def _refuse_twins(outputs: Iterable[Output]) -> None:
    """Windows does not tell a from A, so neither do we."""
    seen: set[str] = set()
    for output in outputs:
        name = output.name.casefold()
        if name in seen:
            hint = "请给同名的项目改用不同的名称，或在 pack.yaml 的「文件名」中加上 {{ 项目.序号 }}"
            raise OutputError(f"两份文件的文件名都是“{output.name}”", hint)
        seen.add(name)


def worst(findings: Findings) -> Severity | None:
    """The worst severity among `findings` that are not waived."""
    counted = [finding.severity for finding in findings if not finding.waived]
    return min(counted, key=lambda severity: severity.rank, default=None)


def printed_set(draft: Draft) -> Iterator[tuple[DocumentSpec, View]]:
    """Each document of the set with its names; documents of projects that stand together go project by project."""
    documents = draft.tools.pack.manifest.documents
    for scope, group in groupby(documents, key=lambda spec: spec.scope):
        specs = tuple(group)
        views = (
            [draft.view]
            if scope == "单位"
            else [
                project_view(draft.view, one) for one in draft.view["项目列表"]
            ]
        )
        for names in views:
            for spec in specs:
                if not spec.when or draft.tools.language.value(spec.when)(
                    names
                ):
                    yield spec, with_wording(spec, names, draft.tools)


def with_wording(spec: DocumentSpec, names: View, tools: PackTools) -> View:
    """`names` and what this document is called in the set (附件) and the labels of the region (用语)."""
    labels = {
        name: Value(tools.language.text(text)(names), path=f"用语.{name}")
        for name, text in tools.pack.manifest.wording.items()
    }
    attachment = Value(tools.language.text(spec.attachment)(names), path="附件")
    return {**names, "附件": attachment, "用语": labels}


def _chart(spec: ChartSpec, draft: Draft) -> ChartData:
    rows: list[Mapping[str, Any]] = draft.tools.language.value(spec.rows)(
        draft.view
    )
    value = draft.tools.language.value
    return ChartData(
        categories=tuple(str(value(spec.category)(row)) for row in rows),
        series=tuple(
            (one.name, tuple(_number(value(one.value)(row)) for row in rows))
            for one in spec.series
        ),
    )


def _number(shown: Any) -> Any:
    return shown.number if isinstance(shown, Value) else None
