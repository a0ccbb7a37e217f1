"""Which pack a document fits best: the one whose forms say most of what it says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from reportgen.core.errors import ReportgenError
from reportgen.core.plain_files import read_plain
from reportgen.core.value import FieldPath
from reportgen.ooxml.visible_text import visible_parts
from reportgen.packs.pack import Pack, find_pack, load_pack, pack_folders
from reportgen.recognition.draft import ImportDraft, Placed
from reportgen.recognition.reading.grids import WrittenLine
from reportgen.recognition.reading.words import section_named, squeezed

DEFAULT = "standard"
_LEAST = 0.05  # by how much another pack must fit better than the national form
_SENTENCE = 6  # characters; shorter ones may be a value as well
_PARAGRAPH = re.compile("</w:p>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_TAG = re.compile(r"\{[{%#].*?[%#}]\}")


def packs_to_fit(
    name: str,
    search: Sequence[Path],
) -> Iterator[Pack]:
    """The pack of that name, or all that can be used; raises PackError."""
    if name:
        yield load_pack(find_pack(name, search), search)
        return
    for folder in pack_folders(search):
        with suppress(ReportgenError):
            yield load_pack(folder, search)


def fitting_pack(
    lines: Iterable[WrittenLine],
    packs: Sequence[Pack],
) -> Pack | None:
    """The pack, alone the only one; the national form where no other fits better, None where there is none."""
    if len(packs) == 1:
        return packs[0]
    said = {squeezed(line.text) for line in lines if 1 < len(line.text) < 40}
    known = {pack.name: pack for pack in packs}
    shares = {name: _share(said, _labels(one)) for name, one in known.items()}
    best = max(shares, key=lambda name: shares[name], default=DEFAULT)
    least = shares.get(DEFAULT, 0.0) + _LEAST
    fits_better = shares.get(best, 0.0) > least
    return known.get(best if fits_better else DEFAULT)


def own_texts(pack: Pack | None) -> frozenset[str]:
    """The paragraphs that the forms of the pack print in any case."""
    texts = _labels(pack) if pack else frozenset()
    return frozenset(one for one in texts if len(one) >= _SENTENCE)


def name_sections(
    draft: ImportDraft,
    pack: Pack,
) -> None:
    """Sections that the pack calls otherwise take its name, where one alone is of that meaning."""
    moved: dict[FieldPath, Placed] = {}
    for path, placed in draft.values.items():
        at = path.index("叙述") + 1 if "叙述" in path[:-1] else 0
        own = pack.snippets.project if path[0] == "项目" else pack.snippets.unit
        name = _section_of(str(path[at]), list(own)) if at else ""
        there = (*path[:at], name) if name else path
        is_free = bool(name) and not draft.has(there)
        moved[(*there, *path[at + 1 :]) if is_free else path] = placed
    draft.values = moved


def _section_of(
    name: str,
    known: Sequence[str],
) -> str:
    """The one of the known sections that means the same; "" where the name is known, or none or several do."""
    alike = [one for one in known if section_named(one) == name]
    return alike[0] if len(alike) == 1 and name not in known else ""


def _share(
    said: set[str],
    labels: frozenset[str],
) -> float:
    """Which part of the labels of a document a pack has too, and of the pack's the document."""
    both = len(said & labels)
    return both / (len(said) or 1)


def _labels(pack: Pack) -> frozenset[str]:
    files = sorted({one.template for one in pack.manifest.documents})
    return frozenset().union(*(_labels_of(pack.template(one)) for one in files))


@lru_cache(maxsize=100)
def _labels_of(template: Path) -> frozenset[str]:
    """What a template says beside its tags, a paragraph each."""
    try:
        parts = visible_parts(read_plain(template))
    except (OSError, ReportgenError):
        return frozenset()
    body = parts.get("word/document.xml", b"").decode("utf-8", "replace")
    texts = (
        squeezed(_TAG.sub("", "".join(_TEXT.findall(one))))
        for one in _PARAGRAPH.split(body)
    )
    return frozenset(one for one in texts if one)
