"""Compiled templates as bytes for the cache: code, texts, the zip of what never changes."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportgen.core.cache import load, save
from reportgen.core.errors import ReportgenError
from reportgen.render.print.printing import CompiledPart, CompiledTemplate


def load_template(
    cache: Path | None,
    file: str,
    sha256: str,
    traced: bool,
    data: bytes,
) -> CompiledTemplate | None:
    """The template in `data` as an earlier run compiled it, or None; what is told of it names `file`."""
    content = load(cache, _key(sha256, traced))
    if content is None:
        return None
    kept: CompiledTemplate = pickle.loads(content)  # noqa: S301  ours: see cache.py
    return replace(kept, file=file, data=data)


def _located(
    template: CompiledTemplate,
    part: CompiledPart,
    error: Exception,
    context: Any,
) -> ReportgenError:
    from reportgen.render.template.build import located  # noqa: PLC0415  lxml and docxtpl, wanted only for an error

    return located(template, part, error, context)


def keep_template(cache: Path | None, template: CompiledTemplate) -> None:
    """Keeps `template`, of which nothing was printed yet, for later runs."""
    kept = replace(template, data=b"", locate=_located)
    save(cache, _key(template.sha256, template.traced), pickle.dumps(kept))


def _key(sha256: str, traced: bool) -> str:
    return (
        f"template {sha256}" if traced else f"template without trace {sha256}"
    )
