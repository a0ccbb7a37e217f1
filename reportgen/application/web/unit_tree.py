"""A unit's file as a tree of what was typed, which is there also where a value is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportgen.core.errors import OutputError
from reportgen.model.key_names import names_of
from reportgen.model.loading import validated
from reportgen.model.unit import Unit
from reportgen.sources.text import SourceText, read_text
from reportgen.sources.yaml_tree import YamlDocument, build_tree
from reportgen.workbooks.collection.filled.unit_loading import is_workbook
from reportgen.workbooks.collection.form_tree import Tree, chinese_tree

_BOOK = "这是 Excel 采集表，下面是检查结果"
_BOOK_HINT = "可以在 Excel 里继续填，也可以转到网页里填"


@dataclass(frozen=True)
class UnitTree:
    """The document, its tree with Chinese keys, and the sha256 of the file that was read."""

    document: YamlDocument
    tree: Tree
    digest: str


class WorkbookError(OutputError):
    """A unit that is a workbook: its cells are filled in elsewhere."""


def read_tree(file: Path) -> UnitTree:
    """What stands in the file; raises Rejected where it is no form, WorkbookError for a workbook."""
    if is_workbook(file):
        raise WorkbookError(_BOOK, place=file, hint=_BOOK_HINT)
    return _tree_in(read_text(file))


@lru_cache(maxsize=4)  # pages ask again and again of the same state of a file
def _tree_in(source: SourceText) -> UnitTree:
    return tree_of(build_tree(source, names_of(Unit)))


def tree_of(document: YamlDocument) -> UnitTree:
    """The same of a document that was read already."""
    try:
        tree = chinese_tree(document.data)
    except (AttributeError, TypeError, ValueError):
        validated(Unit, document)  # says what stands where a block should
        raise
    return UnitTree(document, tree, document.source.sha256)
