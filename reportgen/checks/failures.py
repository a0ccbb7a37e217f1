"""The codes of what stops a file, a pack or a document; they come from no rule, and are told by `reportgen rules`."""

from functools import cache
from pathlib import Path
from typing import Any

from reportgen.sources.yaml_tree import load_yaml


@cache
def failures() -> Any:
    """What each code is and what to do, as failures.yaml has it."""
    return load_yaml(Path(__file__).with_suffix(".yaml")).data


def failure_explained(code: str) -> str:
    """What the code means and what to do, or "" for one that is none of these."""
    told = failures().get(code)
    if told is None:
        return ""
    return f"{code}　{told['是什么']}\n\n怎样处理：{told['怎样处理']}。"
