"""The fixtures of the rules: patches on base.yaml, written as YAML again and loaded like any unit."""

from __future__ import annotations

import copy
import re
import textwrap
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
from reportgen.view.names import build_view

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
FIXTURES = tuple(sorted(HERE.glob("*.yml")))
TEMPLATES = REPOSITORY / "templates"
PACK: Pack = load_pack(TEMPLATES / "standard")
CODES_OF_RULES = frozenset(rule.code for rule in RULES)
MINIMAL: dict[str, Any] = {"年度": "2024", "单位": {"名称": "示范单位"}}
SMALL = load_yaml(HERE / "small.yaml").data
_KINDS_LEFT_OUT = frozenset(
    {"IND005"}
)  # the kinds that are missing are the fault
_TABLES = (
    "共性指标",
    "项目共性指标",
    "指标",
    "基础数据",
    "明细",
)  # filled in row by row


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
                owner.setdefault(step, {})
                if isinstance(owner, dict)
                else owner[step]
            )
        if isinstance(owner, list) and last == len(owner):
            owner.append(value)
        else:
            owner[last] = value
    return data


def written(
    data: dict[str, Any], folder: Path, name: str = "unit.yaml"
) -> Path:
    path = folder / name
    path.write_text(
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000),
        encoding="utf-8",
    )
    return path


def example_of(rule: Rule) -> dict[str, Any]:
    """The 反例 of a rule as it stands in its docstring."""
    text = textwrap.dedent(rule.doc.partition("反例：\n")[2])
    example: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return example


def example_unit(rule: Rule) -> dict[str, Any]:
    """The 反例 of a rule within a unit that has no other fault."""
    example = example_of(rule)
    unit = filled_in(example)
    if rule.code in _KINDS_LEFT_OUT:
        unit["指标"] = example["指标"]
    return unit


def filled_in(given: dict[str, Any]) -> dict[str, Any]:
    """A unit of `given`; what it leaves out is filled in as it should be."""
    unit = _evaluation(MINIMAL | given, SMALL["整体"])
    if "项目" in unit:
        unit["项目"] = [_project(one) for one in unit["项目"]]
    name = unit.get("模板", "standard")
    rows = _framework_rows(pack_named(name))
    return _merged(_merged(rows, SMALL.get(name, {})), unit)


def _evaluation(one: dict[str, Any], usual: dict[str, Any]) -> dict[str, Any]:
    """`one` with what is `usual` where it says nothing; kinds of indicators that it lacks do not apply to it."""
    return usual | one | {"指标": [*one.get("指标", []), *usual["指标"]]}


def _project(one: dict[str, Any]) -> dict[str, Any]:
    """A project with nothing but its money is one of those that are not evaluated."""
    only_money = "资金" in one and one.keys() <= {"名称", "资金", "列入报告"}
    return one if only_money else _evaluation(one, SMALL["项目"])


def _framework_rows(pack: Pack) -> dict[str, Any]:
    """Every row of the frameworks of a form, said not to apply."""
    names = {
        "共性指标": pack.scoring.framework,
        "项目共性指标": pack.scoring.project_framework,
    }
    return {
        name: {"指标": {one: {"实际值": "不适用"} for one in framework}}
        for name, framework in names.items()
        if framework
    }


def _merged(usual: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """`given` with what `usual` has besides; tables are merged row by row."""
    rows = {
        key: _merged(usual[key], given[key])
        for key in _TABLES
        if key in usual and key in given
    }
    return usual | given | rows


@cache
def pack_named(name: str) -> Pack:
    """The pack of a unit, read once; 模板: hecheng in a fixture takes what only that pack has."""
    return (
        PACK
        if name == "standard"
        else load_pack(TEMPLATES / name, (TEMPLATES,))
    )


def findings(
    path: Path, code: str | None = None, pack: Pack | None = None
) -> list[Finding]:
    family = load_family(path)
    facts = facts_of(family, pack or pack_named(family.loaded.unit.pack))
    return [
        one for one in check(facts, family.loaded) if code in (None, one.code)
    ]


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
    figures = compute_figures(unit, pack.scoring)
    names = frozenset(build_view(unit, figures, pack, department))
    return Facts(unit, figures, pack, department, names=names)
