"""What docxtpl alone is given to do: the same templates, and the finished view, so that it has nothing to compute."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.pipeline import Draft, printed_set


def plain(value: object) -> Any:
    """The view as builtin types: docxtpl knows nothing of ours."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, bool) else str(value)


def bare_template(template: Path, work: Path) -> Path:
    """The template with our own tag `{%vm 条件 %}` as docxtpl's `{% vm %}`, which does as much work."""
    target = work / template.name
    if not target.exists():
        with (
            zipfile.ZipFile(template) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
        ):
            for name in source.namelist():
                data = source.read(name)
                if name == "word/document.xml":
                    data = re.sub(
                        r"\{%\s*vm[^%]*%\}", "{% vm %}", data.decode()
                    ).encode()
                copy.writestr(name, data)
    return target


def bare_set(draft: Draft, work: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Template and context of each document that the set of a unit has."""
    for spec, names in printed_set(draft):
        yield (
            bare_template(draft.tools.pack.template(spec.template), work),
            plain(names),
        )
