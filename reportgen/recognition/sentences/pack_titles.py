"""Names that the titles of a pack's forms say: the short name of the unit, what a form is called after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path

from reportgen.core.value import FieldPath
from reportgen.packs.pack import Pack
from reportgen.recognition.draft import ImportDraft
from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.words import squeezed
from reportgen.recognition.sentences.template_lines import lines_of_template

_TAG = re.compile(r"\{\{(.*?)\}\}")
_ANY_TAG = re.compile(r"\{[{%#].*?[%#}]\}")
_FOR = re.compile(r"\{%p for \S+ in (补充\.\S+) %\}")
_ELSE, _END = "{%p else %}", "{%p endfor %}"
_NAMES = ("单位.简称", "项目.表题")
_OWN, _SHORT = "补充.", "单位.简称"
_FEWEST, _LONGEST = 4, 30  # signs that are the form's own; of a name


@dataclass(frozen=True)
class TitleLine:
    """A line: how it reads, which fields the parts of it hold, and how the line below it reads."""

    pattern: re.Pattern[str]
    fields: tuple[tuple[str, ...], ...]
    below: re.Pattern[str] | None = None


@dataclass(frozen=True)
class TitleName:
    """A name that was read: the fields that print it there, the first that is filled in, and whose they are."""

    fields: tuple[str, ...]
    text: str
    line: WrittenLine
    owner: FieldPath

    @property
    def is_of_project(self) -> bool:
        """Whether a form of a project says it."""
        return self.fields[0].startswith("项目.")


def names_in_titles(
    pack: Pack | None,
    lines: Sequence[WrittenLine],
    owner: FieldPath,
) -> Iterator[TitleName]:
    """The names that the lines of a document say where the templates of the pack have a name."""
    said = [one for one in lines if one.text]
    known = _titles_of(pack) if pack else []
    for line, follows in zip(said, [*said[1:], None], strict=True):
        for title in known:
            yield from _read(title, line, follows, owner)


def _titles_of(
    pack: Pack,
) -> list[TitleLine]:
    """Those lines of all templates of a pack."""
    files = sorted({one.template for one in pack.manifest.documents})
    return [*chain.from_iterable(_titles(pack.template(one)) for one in files)]


def _read(
    title: TitleLine,
    line: WrittenLine,
    follows: WrittenLine | None,
    owner: FieldPath,
) -> Iterator[TitleName]:
    found = title.pattern.fullmatch(squeezed(line.text))
    below = squeezed(follows.text) if follows else ""
    is_above = title.below is None or title.below.fullmatch(below)
    if found and is_above:
        for fields, text in zip(title.fields, found.groups(), strict=True):
            yield TitleName(fields, text, line, owner)


def put_names(
    draft: ImportDraft,
    names: Iterable[TitleName],
) -> None:
    """Puts the names where they belong, those that one field alone prints first; what another field says is none."""
    for one in sorted(names, key=lambda name: len(name.fields)):
        owner = one.owner if one.is_of_project else ()
        if owner or not one.is_of_project:
            _put_name(draft, one, owner)


def _put_name(
    draft: ImportDraft,
    name: TitleName,
    owner: FieldPath,
) -> None:
    paths = [(*owner, *_below(one)) for one in name.fields]
    whole = (*(owner or ("单位",)), "名称")
    if any(_says(draft, path, name.text) for path in [*paths, whole]):
        return
    is_short = name.fields[-1] == _SHORT and not draft.has(paths[-1])
    path = paths[-1] if is_short else paths[0]
    if not draft.has(path):
        draft.put(path, name.text, name.line)


def _says(
    draft: ImportDraft,
    path: FieldPath,
    text: str,
) -> bool:
    known = draft.values.get(path)
    return known is not None and squeezed(known.value) == text


def _below(
    name: str,
) -> FieldPath:
    """The path of a field within its owner."""
    steps = tuple(name.split("."))
    return steps[1:] if steps[0] == "项目" else steps


@lru_cache(maxsize=200)
def _titles(
    template: Path,
) -> tuple[TitleLine, ...]:
    """The lines of a template that print such a name."""
    found: list[TitleLine] = []
    lines = [*_logical(lines_of_template(template))]
    for (text, fields), (below, _) in pairwise([*lines, ("", ())]):
        fixed = squeezed(_ANY_TAG.sub("", text))
        anchor = None
        if len(fixed) < _FEWEST:
            if len(squeezed(_ANY_TAG.sub("", below))) < _FEWEST or fixed:
                continue
            anchor = re.compile(_pattern(below, ())[0])
        pattern, held = _pattern(text, fields)
        if held:
            found.append(TitleLine(re.compile(pattern), held, anchor))
    return tuple(found)


def _logical(
    texts: Iterable[str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines; one that prints a field, and else another, is one line with both."""
    several: list[str] = []
    for text in texts:
        loop = _FOR.fullmatch(text)
        if loop:
            several = [loop[1]]
        elif text == _END and several:
            yield "{{ }}", tuple(several)
            several = []
        elif several:
            several += _printed_in(text)
        elif text != _ELSE:
            yield text, ()


def _printed_in(
    text: str,
) -> tuple[str, ...]:
    """The field that a line of a tag alone prints; none for what a loop runs over."""
    tag = _TAG.fullmatch(text)
    name = tag[1].strip() if tag else ""
    return (name,) if "." in name else ()


def _pattern(
    text: str,
    fields: tuple[str, ...],
) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """How a line reads, with a group for each name, and the fields of the groups."""
    held: list[tuple[str, ...]] = []
    pattern = ""
    end = 0
    for tag in _TAG.finditer(text):
        pattern += re.escape(
            squeezed(_ANY_TAG.sub("", text[end : tag.start()]))
        )
        end = tag.end()
        names = fields or _fields_of(tag[1])
        if names:
            held.append(names)
        pattern += f"(.{{2,{_LONGEST}}}?)" if names else ".*?"
    return pattern + re.escape(squeezed(_ANY_TAG.sub("", text[end:]))), tuple(
        held
    )


def _fields_of(
    tag: str,
) -> tuple[str, ...]:
    """The fields that a tag prints: 补充.单位名|join or 单位.简称; () where it prints another."""
    names = [one.split("|")[0].strip() for one in tag.split(" or ")]
    is_name = all(one in _NAMES or one.startswith(_OWN) for one in names)
    return tuple(names) if is_name else ()
