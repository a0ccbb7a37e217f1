"""A text read as YAML, and what is said of one that cannot be."""

from __future__ import annotations

import pytest

from reportgen.core.findings import Finding, Rejected
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import YamlDocument, build_tree


def read(text: str) -> YamlDocument:
    return build_tree(SourceText("unit.yaml", text, ""))


def problems(text: str) -> tuple[Finding, ...]:
    with pytest.raises(Rejected) as caught:
        read(text)
    return caught.value.findings


def refused(text: str) -> Finding:
    (finding,) = problems(text)
    return finding
