"""A template compiled: once in a process, and where there is a cache once on a machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reportgen.render.print.printing import CompiledTemplate
from reportgen.render.template.template_cache import (
    keep_template,
    load_template,
)
from reportgen.render.template.template_file import read_template

_MAX_COMPILED = 64

_compiled: dict[tuple[str, str, bool], CompiledTemplate] = {}


def compile_template(
    path: Path, cache: Path | None = None, *, traced: bool = True
) -> CompiledTemplate:
    """The template at `path`, compiled; `cache` is the folder in which that is kept for later runs.

    With `traced` what it prints lies in hidden bookmarks, and the document says what it is.

    Raises TemplateError, which is never kept: a template that cannot be used is read anew every time.
    """
    data = read_template(path)
    key = (str(path), hashlib.sha256(data).hexdigest(), traced)
    found = _compiled.get(key)
    if found is None:
        found = load_template(cache, *key, data) or _built(
            str(path), data, cache, traced
        )
        while len(_compiled) >= _MAX_COMPILED:
            del _compiled[next(iter(_compiled))]
        _compiled[key] = found
    return found


def _built(
    file: str, data: bytes, cache: Path | None, traced: bool
) -> CompiledTemplate:
    from reportgen.render.template.build import build_template  # noqa: PLC0415  lxml, docxtpl: 0.1 s that the cache saves

    template = build_template(file, data, traced=traced)
    keep_template(cache, template)
    return template
