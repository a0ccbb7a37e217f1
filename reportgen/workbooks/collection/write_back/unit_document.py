"""What comes home to a unit's file, whichever it is: the lines of unit.yaml, or the cells of a form."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path

from reportgen.model.loading import build_model, validated
from reportgen.model.unit import Unit
from reportgen.sources.write_back import Insert, Put, written_with
from reportgen.sources.yaml_tree import YamlDocument
from reportgen.workbooks.collection.filled.document import SpottedDocument
from reportgen.workbooks.collection.filled.unit_loading import is_workbook

_PLACE = re.compile(r"^@@ -(\d+).*")


def unit_with(document: YamlDocument, put: Put | Insert) -> YamlDocument:
    """The unit's file with `put` in it; raises ValueRefused or Rejected where it takes it not, or is no unit then."""
    if isinstance(document, SpottedDocument):
        from reportgen.workbooks.collection.write_back.form_changes import (  # noqa: PLC0415  lxml, wanted only for workbooks
            form_with,
        )

        new = form_with(document, put)
        validated(Unit, new)
        return new
    changed = written_with(document, put)
    build_model(Unit, changed)
    return changed


def unit_changes(before: YamlDocument, after: YamlDocument) -> tuple[str, ...]:
    """How the file of a unit changes: line by line, or cell by cell."""
    if isinstance(before, SpottedDocument) and isinstance(
        after, SpottedDocument
    ):
        from reportgen.workbooks.collection.write_back.form_changes import (  # noqa: PLC0415
            to_be_computed,
        )

        file = Path(before.source.path)
        changes = file_changes(file, before.content, after.content)
        return (*changes, *(to_be_computed(before) if changes else ()))
    return _changed_lines(before.source.text, after.source.text)


def file_changes(file: Path, old: bytes, new: bytes) -> tuple[str, ...]:
    """The same of the content of the file."""
    if is_workbook(file):
        from reportgen.workbooks.collection.write_back.form_changes import (  # noqa: PLC0415
            changed_cells,
        )

        return tuple(changed_cells(file, old, new))
    texts = (one.decode("utf-8", "replace") for one in (old, new))
    return _changed_lines(*texts)


def _changed_lines(old: str, new: str) -> tuple[str, ...]:
    """The lines that go (-) and come (+) from `old` to `new`, those of one place below the number of its first line."""
    lines = unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=1)
    return tuple(_PLACE.sub(r"第\1行起", line) for line in lines)[2:]
