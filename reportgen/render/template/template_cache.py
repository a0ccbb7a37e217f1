"""Compiled templates as bytes for the cache: code objects, texts, the zip of what never changes."""

from __future__ import annotations

import marshal
import pickle
from pathlib import Path
from typing import Any

from jinja2 import Template

from reportgen.core.cache import load, save
from reportgen.core.errors import ReportgenError
from reportgen.language.sandbox import Sandbox
from reportgen.language.template_environment import template_sandbox
from reportgen.render.print.printing import CompiledPart, CompiledTemplate


def load_template(
    cache: Path | None, file: str, sha256: str, traced: bool, data: bytes
) -> CompiledTemplate | None:
    """The template in `data` as an earlier run compiled it, or None; what is told of it names `file`."""
    content = load(cache, _key(sha256, traced))
    if content is None:
        return None
    parts, *rest = pickle.loads(content)  # noqa: S301  ours: see cache.py
    environment = template_sandbox()
    compiled = tuple(_part(one, environment) for one in parts)
    charts, static, names, first_mark, own_property = rest
    return CompiledTemplate(
        file,
        sha256,
        traced,
        data,
        compiled,
        charts,
        static,
        names,
        first_mark,
        own_property,
        _located,
    )


def _located(
    template: CompiledTemplate,
    part: CompiledPart,
    error: Exception,
    context: Any,
) -> ReportgenError:
    from reportgen.render.template.build import located  # noqa: PLC0415  lxml and docxtpl, wanted only for an error

    return located(template, part, error, context)


def _part(kept: Any, environment: Sandbox) -> CompiledPart:
    name, packed, *rest = kept
    code = marshal.loads(packed)  # noqa: S302  ours: see cache.py
    return CompiledPart(
        name, code, Template.from_code(environment, code, {}), *rest
    )


def keep_template(cache: Path | None, template: CompiledTemplate) -> None:
    """Keeps `template` for later runs."""
    parts = [
        (
            part.name,
            marshal.dumps(part.code),
            part.first_drawing,
            part.marked,
            part.repeats_drawings,
        )
        for part in template.parts
    ]
    rest = (
        template.charts,
        template.static,
        template.names,
        template.first_mark,
        template.own_property,
    )
    save(
        cache,
        _key(template.sha256, template.traced),
        pickle.dumps((parts, *rest)),
    )


def _key(sha256: str, traced: bool) -> str:
    return (
        f"template {sha256}" if traced else f"template without trace {sha256}"
    )
