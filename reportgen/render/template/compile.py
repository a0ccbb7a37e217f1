"""A template compiled: once in a process, and where there is a cache once on a machine."""

import pickle
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportgen.core.cache import load, save
from reportgen.core.errors import ReportgenError
from reportgen.core.file_names import sha256
from reportgen.render.print.printing import CompiledPart, CompiledTemplate
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
    found = load_template(cache, file, data, traced)
    if found is not None:
        return found
    from reportgen.render.template.build import build_template  # noqa: PLC0415  lxml, docxtpl: 0.1 s that the cache saves

    template = build_template(file, data, traced=traced)
    kept = template._replace(data=b"", locate=_located)
    save(cache, _key(data, traced), pickle.dumps(kept))
    return template


def load_template(
    cache: Path | None, file: str, data: bytes, traced: bool
) -> CompiledTemplate | None:
    """The template in `data` as an earlier run compiled it, or None; what is told of it names `file`."""
    content = load(cache, _key(data, traced))
    if content is None:
        return None
    kept: CompiledTemplate = pickle.loads(content)  # noqa: S301  ours: see cache.py
    return kept._replace(file=file, data=data)


def _located(
    template: CompiledTemplate,
    part: CompiledPart,
    error: Exception,
    context: Any,
) -> ReportgenError:
    from reportgen.render.template.build import located  # noqa: PLC0415  lxml and docxtpl, wanted only for an error

    return located(template, part, error, context)


def _key(data: bytes, traced: bool) -> str:
    return f"template {sha256(data)}{'' if traced else ' without trace'}"
