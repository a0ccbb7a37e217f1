"""What was found of a paper, compared with what a person keyed from it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import yaml

from reportgen.recognition.draft_text import draft_text
from reportgen.recognition.recognize import Recognized, recognize


def read(*documents: bytes) -> tuple[Recognized, dict[str, Any]]:
    """What was recognized, and the tree of the draft as it was written."""
    found = recognize([(one, f"{at}.docx") for at, one in enumerate(documents)])
    text = draft_text(found, "standard", ["x.docx"])
    tree = yaml.load(text, yaml.BaseLoader)
    return found, tree


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its path; sections of 叙述 count by what they say."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            name = "" if path.endswith("叙述") else key
            yield from leaves(value, f"{path}.{name}")
    elif isinstance(tree, list):
        for item in tree:
            yield from leaves(item, path)
    elif tree:
        text = "".join(unicodedata.normalize("NFKC", tree).split())
        yield path, text.rstrip("。;")


def compared(expected: Any, got: Any) -> tuple[list[Any], list[Any]]:
    """What is missing, and what is there besides."""
    got = {key: value for key, value in got.items() if key != "模板"}
    left, right = Counter(leaves(expected)), Counter(leaves(got))
    return [*(left - right).elements()], [*(right - left).elements()]
