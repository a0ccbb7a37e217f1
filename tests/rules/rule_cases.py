"""The fixtures of the rules: patches on base.yaml, written as YAML again and loaded like any unit."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from reportgen.checks.facts.facts import Facts
from reportgen.checks.rule import Rule
from reportgen.checks.rules import RULES, check
from reportgen.core.findings import Finding
from reportgen.figures.catalogue import compute_figures
from reportgen.figures.department import compute_department
from reportgen.model.family import Family, FamilyMember, load_family
from reportgen.model.loading import LoadedUnit
from reportgen.packs.pack import Pack, load_pack
from reportgen.sources.yaml_tree import load_yaml

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
FIXTURES = tuple(sorted(HERE.glob("*.yml")))
TEMPLATES = REPOSITORY / "templates"
PACK: Pack = load_pack(TEMPLATES / "standard")
CODES_OF_RULES = frozenset(rule.code for rule in RULES)
MINIMAL: dict[str, Any] = {"年度": "2024", "单位": {"名称": "示范单位"}}


class Case(NamedTuple):
    code: str
    name: str
    given: dict[str, Any]
    expect: list[dict[str, str]]
    files: dict[
        str, dict[str, Any]
    ]  # other units, which lie beside it: what each adds to MINIMAL


def cases() -> Iterator[Case]:
    for fixture in FIXTURES:
        content = dict(load_yaml(fixture).data)
        code = content.pop("rule")
        for name, case in content.items():
            yield Case(
                code,
                name,
                case["given"] or {},
                case["expect"] or [],
                case.get("files", {}),
            )


def steps(path: str) -> list[str | int]:
    """项目[1].资金 -> ["项目", 0, "资金"]: positions are counted from 1, as users see them."""
    return [
        int(number) - 1 if number else key
        for key, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path)
    ]


def patched(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """`base` with each path of `given` set; the position after the last of a list appends."""
    data = copy.deepcopy(base)
    for path, value in given.items():
        *above, last = steps(path)
        owner: Any = data
        for step in above:
            owner = (
                owner.setdefault(step, {}) if isinstance(owner, dict) else owner[step]
            )
        if isinstance(owner, list) and last == len(owner):
            owner.append(value)
        else:
            owner[last] = value
    return data


def written(data: dict[str, Any], folder: Path, name: str = "unit.yaml") -> Path:
    path = folder / name
    path.write_text(
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000),
        encoding="utf-8",
    )
    return path


@cache
def pack_named(name: str) -> Pack:
    """The pack of a unit, read once; 模板: hecheng in a fixture takes what only that pack has."""
    return PACK if name == "standard" else load_pack(TEMPLATES / name, (TEMPLATES,))


def findings(
    path: Path, code: str | None = None, pack: Pack | None = None
) -> list[Finding]:
    family = load_family(path)
    facts = facts_of(family, pack or pack_named(family.loaded.unit.pack))
    return [one for one in check(facts, family.loaded) if code in (None, one.code)]


def found(loaded: LoadedUnit, pack: Pack = PACK) -> tuple[Finding, ...]:
    return check(facts_of(loaded, pack), loaded)


def found_by(rule: Rule, path: Path) -> list[Finding]:
    """What one rule alone finds."""
    family = load_family(path)
    return list(
        rule.findings(
            facts_of(family, pack_named(family.loaded.unit.pack)), family.loaded
        )
    )


def facts_of(one: Family | LoadedUnit, pack: Pack) -> Facts:
    head = one.head if isinstance(one, Family) else FamilyMember(one)
    unit, department = compute_department(head, pack.scoring)
    return Facts(unit, compute_figures(unit, pack.scoring), pack, department)
