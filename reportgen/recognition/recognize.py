"""Any Word document of the field to a draft of unit.yaml: what was read, where it stood, what was not placed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package, read_package
from reportgen.packs.pack import Pack
from reportgen.recognition.draft import ImportDraft, LeftOver
from reportgen.recognition.fitting_pack import fitting_pack
from reportgen.recognition.owners import Owner
from reportgen.recognition.reading.foreign import audit_foreign
from reportgen.recognition.reading.grids import (
    Found,
    Grid,
    GridCell,
    WrittenLine,
)
from reportgen.recognition.reading.numbers_of_lists import ListNumbers
from reportgen.recognition.reading.written import DocumentReader, texts_of
from reportgen.recognition.sentences.identity import complete
from reportgen.recognition.sentences.pack_reports import report_printed
from reportgen.recognition.sentences.pack_titles import (
    TitleName,
    names_in_titles,
    put_names,
)
from reportgen.recognition.sentences.prose import ProseReader, is_measure
from reportgen.recognition.sentences.results_in_words import read_results
from reportgen.recognition.sentences.unit_facts import read_unit_facts
from reportgen.recognition.tables.forms import FormReader

_MARGINS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
}


@dataclass
class Recognized:
    """A draft with all that stood in the documents it comes from."""

    draft: ImportDraft = field(default_factory=ImportDraft)
    lines: list[WrittenLine] = field(default_factory=list)
    titles: list[WrittenLine] = field(default_factory=list)
    margins: list[LeftOver] = field(default_factory=list)
    pack: Pack | None = None  # the one that fits
    names: list[TitleName] = field(default_factory=list)  # in titles

    @property
    def left(self) -> list[LeftOver]:
        """Every text that is in no value of the draft and no label."""
        placed = self.draft.used | self.draft.labels
        rest = [
            LeftOver(line.spot, " ".join(line.text.split()))
            for line in self.lines
            if line.text and line not in placed
        ]
        return [*rest, *self.draft.left, *self.margins]


def recognize(
    documents: Sequence[tuple[bytes, str]],
    packs: Sequence[Pack] = (),
) -> Recognized:
    """The draft of one unit that its documents give, each as its bytes and its name.

    Of the packs the one that fits best tells what the forms that it prints say where. Raises TemplateError for a
    document that cannot be read.
    """
    return recognize_in([read_package(*one) for one in documents], packs)


def recognize_in(
    packages: Sequence[Package],
    packs: Sequence[Pack] = (),
) -> Recognized:
    """The same of documents that are open."""
    found = Recognized()
    stems = [PurePath(one.file).stem for one in packages]
    called = [f"《{one}》" if len(stems) > 1 else "" for one in stems]
    read = [
        _blocks(package, found, name)
        for package, name in zip(packages, called, strict=True)
    ]
    found.pack = fitting_pack(found.lines, packs)
    for package, blocks in zip(packages, read, strict=True):
        _read(blocks, found, PurePath(package.file).stem)
        found.margins += _margins(package)
    read_unit_facts(found.draft)
    read_results(found.draft)
    complete(found.draft, found.titles, found.lines)
    put_names(found.draft, found.names)
    return found


def _blocks(
    package: Package,
    found: Recognized,
    name: str,
) -> list[Found]:
    """What stands in a document, each paragraph with its place."""
    audit_foreign(package)
    root = package.tree(package.main)
    body = root.find(f"{W}body")
    reader = DocumentReader(ListNumbers(package))
    blocks = list(reader.read(root if body is None else body))
    _locate(blocks, found.lines, name)
    return blocks


def _read(
    blocks: Sequence[Found],
    found: Recognized,
    name: str,
) -> None:
    lines = [one for one in blocks if isinstance(one, WrittenLine)]
    report = report_printed(found.pack, lines)
    is_of_unit = report is not None and report.is_of_unit
    of = Owner(found.draft, file=name, of_unit=is_of_unit)
    forms = FormReader(found.draft, of, found.pack)
    prose = ProseReader(found.draft, of, forms, found.titles, report=report)
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            prose.table()
            forms.read(block)
        else:
            prose.read(block, _next(blocks, at), _table_below(blocks, at))
    prose.close()
    prose.mark_untold()
    owner = of.path if of.kind == "project" and of.at is not None else ()
    found.names += names_in_titles(found.pack, lines, owner)


def _table_below(
    blocks: Sequence[Found],
    at: int,
) -> Grid | None:
    """The table of which a paragraph is the caption: between them stands nothing but the measure of its amounts."""
    for one in blocks[at + 1 :]:
        if isinstance(one, Grid):
            return one
        if one.text and not is_measure(one.text):
            return None
    return None


def _next(
    blocks: Sequence[Found],
    at: int,
) -> WrittenLine | None:
    """The paragraph below, past empty ones."""
    for one in blocks[at + 1 :]:
        if not isinstance(one, WrittenLine):
            return None
        if one.text:
            return one
    return None


def _locate(
    blocks: Sequence[Found],
    lines: list[WrittenLine],
    name: str,
) -> None:
    """Says of every paragraph where it stands, in which document where there are several, and gathers all of them."""
    number = 0
    for block in blocks:
        if isinstance(block, WrittenLine):
            number += bool(block.text)
            block.spot = f"{name}第{number}段"
            lines.append(block)
            continue
        for at, cell in _cells(block):
            for line in cell.lines:
                line.spot = f"{name}表{block.number}第{cell.row + 1}行第{at}格"
                lines.append(line)


def _cells(grid: Grid) -> Iterator[tuple[int, GridCell]]:
    for row in grid.rows:
        yield from enumerate(row, 1)


def _margins(package: Package) -> Iterator[LeftOver]:
    """What stands in headers, footers and notes, and is more than a page number."""
    for relation in package.relations(package.main):
        kind = _MARGINS.get(relation.kind)
        if kind and relation.target in package.parts:
            text = texts_of(package.tree(relation.target))
            if any(sign.isalpha() for sign in text):
                yield LeftOver(kind, text)
