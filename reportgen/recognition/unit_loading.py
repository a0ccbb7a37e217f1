"""A unit from any file that says it: unit.yaml, a collection form, or a Word document that others made."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.core.errors import Place, ReportgenError
from reportgen.core.findings import Finding, Severity
from reportgen.core.value import FieldPath
from reportgen.model.loading import LoadedUnit, validated
from reportgen.model.unit import Unit
from reportgen.ooxml.document_identity import identity_of
from reportgen.packs.pack import Pack
from reportgen.recognition.reading.office_files import (
    is_document,
    read_document,
)
from reportgen.sources.text import SourceText
from reportgen.workbooks.collection.filled.document import SpottedDocument
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file

_UNSAID = "文中没有写"
_OF_PRINT = "DAT011"  # what of a file our own documents do not show
_NO_YEAR = "1900"
_CELL = re.compile(r"第\d+格")
_OTHERS_UNKNOWN = "没有填报项目"  # of a report alone
_QUOTED = re.compile(
    r"（((?:[\u4e00-\u9fa5]+(?:\[\d+\])*\.)+[\u4e00-\u9fa5]+(?:\[\d+\])*)）"
)


@dataclass
class RecognizedDocument(SpottedDocument):
    """A Word document as the tree that unit.yaml would be; `asked` are the fields that its form has."""

    asked: frozenset[str] = frozenset()

    def place(self, path: Sequence[str | int]) -> Place:
        """The same; of a field that the form has and nobody filled in, where it would stand.

        Without a spot where the form has no such field.
        """
        exact = self.exact_place(path)
        names = [one for one in path if isinstance(one, str)]
        if exact or ".".join(names[-2:]) not in self.asked:
            return exact or Place(self.source.path)
        above = self.exact_place(path[:-1])
        row = _CELL.sub("", above.spot.split("的「")[0]) if above else ""
        column = (
            f"的「{names[-1]}」" if row.endswith("」") else f"「{names[-1]}」"
        )
        return Place(self.source.path, spot=f"{row}{column}")


def load_any_unit(
    path: Path,
    search: Sequence[Path],
) -> LoadedUnit:
    """The unit that the file describes; raises ReportgenError, Rejected with all problems of it."""
    if not is_document(path):
        return load_unit_file(path)
    from reportgen.recognition.draft_text import add_missing, fitting_tree  # noqa: PLC0415  lxml, 40 ms, and few files are documents
    from reportgen.recognition.fitting_pack import DEFAULT  # noqa: PLC0415
    from reportgen.recognition.recognize import recognize  # noqa: PLC0415
    from reportgen.recognition.spots import spots_of  # noqa: PLC0415

    data = read_document(path)
    found = recognize([(data, str(path))], _packs(data, search))
    tree = fitting_tree(found)
    warnings = tuple(_unsaid(one, path) for one in add_missing(tree, _UNSAID))
    if tree["年度"] == _UNSAID:
        tree["年度"] = _NO_YEAR
    tree["模板"] = found.pack.name if found.pack else DEFAULT
    source = SourceText(str(path), "", hashlib.sha256(data).hexdigest())
    asked = frozenset(found.draft.asked)
    document = RecognizedDocument(
        source, tree, spots=spots_of(found), warnings=warnings, asked=asked
    )
    return LoadedUnit(validated(Unit, document), document)


def _packs(
    data: bytes,
    search: Sequence[Path],
) -> list[Pack]:
    """The packs that a document may be a form of; one that was printed here says itself of which."""
    from reportgen.recognition.fitting_pack import packs_to_fit  # noqa: PLC0415

    identity = identity_of(data)
    if identity is not None:
        with suppress(ReportgenError):
            return [*packs_to_fit(identity.pack, search)]
    return [*packs_to_fit("", search)]


def _unsaid(
    path: FieldPath,
    file: Path,
) -> Finding:
    """What a unit must say and the document does not."""
    name = "".join(one for one in path if isinstance(one, str))
    message = f"文中没有找到{name}；请补上，或核对是否选错了文件"
    place = Place(str(file), spot="全文")
    return Finding("DAT010", Severity.ERROR, message, place, name)


def told_in(
    findings: Sequence[Finding],
    loaded: LoadedUnit,
    file: Path,
) -> tuple[Finding, ...]:
    """The findings on a file; on a Word document none on fields that it does not have, nor on what another would.

    A message says there where a value stands, not how its field is called in unit.yaml.
    """
    if not is_document(file):
        return tuple(findings)

    def place_of(quoted: re.Match[str]) -> str:
        spot = loaded.place(_path_of(quoted[1])).spot
        return f"（{spot}）" if spot else ""

    return tuple(
        replace(one, message=_QUOTED.sub(place_of, one.message))
        for one in findings
        if one.place.spot and _is_of_document(one)
    )


def _is_of_document(finding: Finding) -> bool:
    """Whether a finding can be told of a document alone."""
    is_alone = _OTHERS_UNKNOWN in finding.message
    return finding.code != _OF_PRINT and not is_alone


def _path_of(text: str) -> FieldPath:
    """项目[2].资金.全年执行数 as a path."""
    steps: list[str | int] = []
    for part in text.split("."):
        name, *places = part.split("[")
        steps += [name, *(int(one.rstrip("]")) - 1 for one in places)]
    return tuple(steps)


def title_of(unit: Unit) -> str:
    """The unit and the year; what a document does not say is told so."""
    year = f"，{unit.year}年度" if str(unit.year) != _NO_YEAR else ""
    name = "文中没有写单位名称" if unit.name == _UNSAID else unit.name
    return f"{name}{year}"
