"""Word documents where a form is wanted: last year's for a new form, those that came back for a round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.application.workplace import Workplace
from reportgen.recognition.draft_text import draft_of
from reportgen.recognition.reading.office_files import is_document
from reportgen.recognition.spots import spots_of
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import build_tree
from reportgen.workbooks.collection.filled.unit_loading import load_unit_file
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree
from reportgen.workbooks.collection.round.prints import PrintDraft


def last_years_tree(file: Path, workplace: Workplace) -> Tree:
    """The unit of last year, from unit.yaml, a form or a document; raises ReportgenError or Rejected."""
    if not is_document(file):
        return chinese_tree(load_unit_file(file).document.data)
    text = draft_of([file], "", workplace.search, None, "").text
    return chinese_tree(build_tree(SourceText(str(file), text, "")).data)


def write_draft(
    target: Path, files: Sequence[Path], workplace: Workplace
) -> PrintDraft:
    """Writes what the documents of one unit say to `target`; raises ReportgenError where they say nothing."""
    draft = draft_of(files, "", workplace.search, target, "")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(draft.data)
    return PrintDraft(target, spots_of(draft.found))
