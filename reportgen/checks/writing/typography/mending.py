"""The marks of Chinese prose set right in the file of a unit: sign for sign, everything else as it was typed."""

from collections.abc import Iterator

from reportgen.checks.writing.typography.chinese_marks import (
    WrongMark,
    with_marks,
    wrong_marks,
)
from reportgen.core.errors import ReportgenError
from reportgen.core.value import FieldPath
from reportgen.model.key_names import names_of
from reportgen.model.loading import validated
from reportgen.model.problems import typed_path
from reportgen.model.unit import Unit
from reportgen.model.values import IN_SENTENCES
from reportgen.model.walker import walk
from reportgen.sources.text import SourceText
from reportgen.sources.write_back import Put, tree_with
from reportgen.sources.yaml_tree import YamlDocument, build_tree

_SPACES = " \t\n\u3000"


def with_chinese_marks(source: SourceText) -> str:
    """The text of a unit's file with the right marks in its prose; as it is where the file cannot be read yet."""
    try:
        document = build_tree(source, names_of(Unit))
        unit = validated(Unit, document)
    except ReportgenError:
        return source.text
    paths = (
        _typed(document, leaf.path)
        for leaf in walk(unit, IN_SENTENCES)
        if wrong_marks(leaf.text)
    )
    for path in dict.fromkeys(paths):
        document = _mended(document, path)
    return document.source.text


def _typed(document: YamlDocument, path: FieldPath) -> FieldPath:
    """The path as typed; without the position of a paragraph where one text stands for a list."""
    typed = typed_path(document.data, path, Unit)
    value = document.data
    for step in typed[:-1]:
        value = value[step]
    return typed[:-1] if isinstance(value, str) else typed


def _mended(document: YamlDocument, path: FieldPath) -> YamlDocument:
    """The document with one text set right; as it is where that would change anything else."""
    span = document.span(path)
    if span is None:
        return document
    text = _value_at(document, path)
    marks = list(_marks_of(text))
    put = Put(path, with_marks(text, marks))
    old = document.source
    new = _in_source(old.text[slice(*span)], text, marks)
    whole = old.text[: span[0]] + new + old.text[span[1] :]
    try:
        changed = build_tree(old._replace(text=whole), names_of(Unit))
    except ReportgenError:
        return document
    wanted = tree_with(document.data, path, put)
    return changed if changed.data == wanted else document


def _value_at(document: YamlDocument, path: FieldPath) -> str:
    value = document.data
    for step in path:
        value = value[step]
    return str(value)


def _marks_of(text: str) -> Iterator[WrongMark]:
    """The wrong marks of a text, each line of which is a paragraph."""
    start = 0
    for line in text.split("\n"):
        for mark in wrong_marks(line):
            yield mark._replace(at=mark.at + start)
        start += len(line) + 1


def _in_source(typed: str, text: str, marks: list[WrongMark]) -> str:
    """A scalar as typed in YAML with the marks of its text replaced where they stand."""
    wanted = {one.at: one for one in marks}
    parts: list[str] = []
    done = at = 0
    for position, sign in enumerate(text):
        if sign in _SPACES or at > len(typed):
            continue  # blanks may be folded
        found = typed.find(sign, at)
        if found < 0:
            return typed
        at = found + 1
        mark = wanted.get(position)
        if mark:
            start, at = _stretch(typed, found, mark)
            parts += [typed[done:start], mark.new]
            done = at
    return "".join([*parts, typed[done:]])


def _stretch(typed: str, at: int, mark: WrongMark) -> tuple[int, int]:
    """Where a mark stands in the source, with the sign that escapes it."""
    quote = typed[:1]
    end = at + len(mark.old)
    if quote == '"' and typed[at - 1] == "\\":
        return at - 1, end
    if quote == "'" == mark.old:
        return at, end + 1
    return at, end
