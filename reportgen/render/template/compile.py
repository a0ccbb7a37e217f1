"""A template compiled: once in a process, and where there is a cache once on a machine."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from reportgen.core.file_names import sha256
from reportgen.render.print.printing import CompiledTemplate
from reportgen.render.template.template_cache import (
    keep_template,
    load_template,
)
from reportgen.render.template.template_file import read_template


def compile_template(
    path: Path, cache: Path | None = None, *, traced: bool = True
) -> CompiledTemplate:
    """The template at `path`, compiled; `cache` is the folder in which that is kept for later runs.

    With `traced` what it prints lies in hidden bookmarks, and the document says what it is.

    Raises TemplateError, which is never kept: a template that cannot be used is read anew every time.
    """
    return _compiled(str(path), read_template(path), cache, traced)


@lru_cache(maxsize=64)
def _compiled(
    file: str, data: bytes, cache: Path | None, traced: bool
) -> CompiledTemplate:
    found = load_template(cache, file, sha256(data), traced, data)
    if found is not None:
        return found
    from reportgen.render.template.build import build_template  # noqa: PLC0415  lxml, docxtpl: 0.1 s that the cache saves

    template = build_template(file, data, traced=traced)
    keep_template(cache, template)
    return template
