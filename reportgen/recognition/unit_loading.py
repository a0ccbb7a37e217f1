"""A unit from any file that says it: unit.yaml, a collection form, or a Word document that others made."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from reportgen.recognition.recognize import Recognized

_UNSAID = "文中没有写"
_OF_PRINT = "DAT011"  # what of a file our own documents do not show
_NO_YEAR = "1900"


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
        spot = above.spot.split("的「")[0] if above else ""
        return Place(self.source.path, spot=f"{spot}「{names[-1]}」")


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
        source, tree, spots=_spots(found), warnings=warnings, asked=asked
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


def _spots(found: Recognized) -> dict[FieldPath, str]:
    """Where each value stands; a group stands where its first value does."""
    spots: dict[FieldPath, str] = {(): "全文"}
    for path, placed in found.draft.values.items():
        for at in range(1, len(path) + 1):
            spots.setdefault(path[:at], placed.spot)
    return spots


def told_in(
    findings: Sequence[Finding],
    file: Path,
) -> tuple[Finding, ...]:
    """The findings on a file; on a Word document none on fields that it does not have, nor on what another would."""
    if not is_document(file):
        return tuple(findings)
    return tuple(
        one for one in findings if one.place.spot and one.code != _OF_PRINT
    )
