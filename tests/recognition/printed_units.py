"""A unit as it was printed, its trace taken out, and how much of what was printed an import found again."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.core.value import FieldPath, Value
from reportgen.pipeline import Draft, PackCache, prepare, render
from reportgen.readback.compare.fields import printed_fields, value_of

_MARK = re.compile(rb"<w:bookmark(?:Start|End)\b[^>]*/>")
_NAME = re.compile(rb'<w:bookmarkStart\b[^>]*w:name="([^"]+)"')
_CUSTOM = re.compile(rb"<(?:Relationship|Override) [^>]*custom[^>]*/>")
FORM_OWN = frozenset(["标明分值", "评分标准"])
"""What a form says itself beside its rows, whether the unit reported it or not."""

COMPUTED = frozenset(
    ["执行率", "占比", "分值", "得分", "分值合计", "总分", "等级", "合计"]
)
"""What is printed whether the unit reported it or not."""

_KEYS = ("三级", "名称")
_DATE = re.compile(r"^(\d{4})[年.-](\d{1,2})[月.-](\d{1,2})日?$")
_END = "。；;"
Leaves = dict[tuple[str, ...], str]


class Share(NamedTuple):
    """How much of the printed values was found, how much of what was found is right, and what is not."""

    recall: float
    precision: float
    missing: list[str]
    more: list[str]


def printed(path: Path, packs: PackCache) -> tuple[Draft, dict[str, bytes]]:
    """The draft of a unit and its documents as they are printed."""
    draft = prepare(path, packs)
    outputs = (one for one in render(draft) if str(one.name).endswith(".docx"))
    return draft, {str(one.name): one.data for one in outputs}


def without_trace(docx: bytes) -> bytes:
    """The document without bookmarks and properties of its own."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if "custom" not in name:
                data = _CUSTOM.sub(b"", _MARK.sub(b"", old.read(name)))
                new.writestr(name, data)
    return held.getvalue()


def printed_sources(draft: Draft, documents: Mapping[str, bytes]) -> set[Any]:
    """The fields and sections that stand in the documents."""
    fields = printed_fields(draft.view)
    found: set[FieldPath] = set()
    for data in documents.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read("word/document.xml")
        for name in _NAME.findall(body):
            value = value_of(fields, name.decode())
            found |= set(_sources(value) if value else ())
    return found


def _sources(value: Value) -> Iterator[FieldPath]:
    if value.source:
        yield value.source
    if value.section:
        yield value.section
    for _, _, one in value.spans:
        yield from _sources(one)


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every value by a path in which rows are called by their names, and by the path in the file."""
    yield from _leaves(tree, path, ())


def _leaves(
    tree: Any, named: tuple[str, ...], path: FieldPath
) -> Iterator[Any]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _leaves(value, (*named, str(key)), (*path, key))
    elif isinstance(tree, list):
        seen: dict[str, int] = {}
        for at, item in enumerate(tree):
            name = _row_name(item, named)
            seen[name] = seen.get(name, 0) + 1
            called = f"{name}#{seen[name]}"
            yield from _leaves(item, (*named, called), (*path, at))
    elif tree not in (None, ""):
        yield named, path, str(tree)


def _row_name(item: Any, named: tuple[str, ...]) -> str:
    if not isinstance(item, Mapping):
        return flat(str(item)) if "叙述" in named else ""
    levels = [item.get(one, "") for one in ("一级", "二级", *_KEYS)]
    return flat("|".join(map(str, levels)))


def flat(text: str) -> str:
    """A text as it is compared; numbers by what they are."""
    said = "".join(unicodedata.normalize("NFKC", text).split()).rstrip(_END)
    said = _DATE.sub(
        lambda one: "-".join(f"{int(part):02d}" for part in one.groups()), said
    )
    bare = said.removesuffix("万元").replace(",", "").removesuffix("%")
    bare = re.sub(r"(?<=\d)分$", "", bare)
    try:
        return f"{Decimal(bare).normalize():f}{'%' if '%' in said else ''}"
    except InvalidOperation:
        return said


def share(draft: Draft, documents: Mapping[str, bytes], got: Any) -> Share:
    """How much of what was reported and printed an import has, and how much of the import is right."""
    sources = printed_sources(draft, documents)
    data = draft.loaded.document.data
    every = [*leaves(_plain(data))]
    wanted = {name: flat(text) for name, _, text in every}
    shown = {name for name, path, _ in every if _is_shown(path, sources)}
    found = {name: flat(text) for name, _, text in leaves(_plain(got))}
    right = {name for name in found if wanted.get(name) == found[name]}
    extra = {
        name
        for name in found
        if name not in wanted and _is_printed_anyway(name)
    }
    missing = [f"{one}: {wanted[one]}" for one in shown - right]
    more = [f"{one}: {found[one]}" for one in set(found) - right - extra]
    return Share(
        len(shown & right) / len(shown),
        len(right) / max(len(set(found) - extra), 1),
        sorted(missing),
        sorted(more),
    )


def _is_printed_anyway(name: tuple[str, ...]) -> bool:
    return name[-1] in COMPUTED or not FORM_OWN.isdisjoint(name)


def _plain(tree: Any) -> Any:
    if isinstance(tree, Mapping):
        kept = {key: _plain(one) for key, one in tree.items() if key != "模板"}
        signing = kept.get("填报")
        if isinstance(signing, dict) and "日期" in signing:
            kept["填报日期"] = signing.pop("日期")
        return kept
    if isinstance(tree, list):
        texts = [one for one in tree if not _is_default(one)]
        made = [_plain(one) for one in texts]
        return made[0] if len(made) == 1 and isinstance(made[0], str) else made
    if isinstance(tree, str) and "\n" in tree.strip():
        return [line for line in tree.splitlines() if line.strip()]
    return tree


def _is_default(item: Any) -> bool:
    return isinstance(item, str) and "{{" in item


def _is_shown(path: FieldPath, sources: set[Any]) -> bool:
    return any(path[:at] in sources for at in range(len(path), 0, -1))
