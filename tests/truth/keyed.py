"""The keyed cases: small papers of many trades, each with the faults that a person would find in it, or with none.

A file holds one kind: cases that must be found (`found`), with the code and the beginning of the place of each
finding, and cases like them that must stay silent (`silent`). Cases of `kept.yaml` are tried at the end only.
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rule_cases import SMALL, filled_in, findings, patched, written

from reportgen.core.findings import Finding, Severity

HERE = Path(__file__).parent
KEPT = HERE / "kept.yaml"  # tried at the end only
FILES = tuple(one for one in sorted(HERE.glob("*.yaml")) if one != KEPT)


class Keyed(NamedTuple):
    file: str
    name: str
    given: dict[str, Any]
    expect: tuple[str, ...]
    also: tuple[str, ...] = ()  # true as well, and not asked for
    filled: bool = False  # the points of the form are made up to 100

    def __str__(self) -> str:
        return f"{self.file} {self.name}"


def keyed(files: tuple[Path, ...] = FILES) -> Iterator[Keyed]:
    """Every case of the files."""
    for file in files:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for group in ("found", "silent"):
            for name, case in content.get(group, {}).items():
                expect = tuple(case.get("expect", ()))
                yield Keyed(
                    file.stem,
                    name,
                    case["given"],
                    expect,
                    tuple(case.get("also", ())),
                    content.get("filled", False),
                )


def found_in(case: Keyed, folder: Path) -> list[Finding]:
    """Everything that is found in the paper of a case."""
    start: dict[str, Any] = {
        "年度": "2024",
        "单位": {"名称": "示范单位"},
        "资金": dict(SMALL["整体"]["资金"]),
        "指标": [],
        "叙述": {},
    }
    given = patched(start, copy.deepcopy(case.given))
    if case.filled:
        given["指标"] += [*_rest_of_points(given["指标"])]
    return findings(written(filled_in(given), folder))


_POINTS = {
    "产出指标": ("数量指标", 50),
    "效益指标": ("社会效益指标", 30),
    "满意度指标": ("服务对象满意度指标", 10),
}


def _rest_of_points(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows without fault that bring the points of each group to what the form prescribes."""
    for first, (second, points) in _POINTS.items():
        own = (row.get("分值", 0) for row in rows if row["一级"] == first)
        rest = points - sum(own)
        if rest > 0:
            yield {
                "一级": first,
                "二级": second,
                "三级": f"{first[:-2]}方面的其他工作",
                "指标值": "≥20项",
                "实际值": "21项",
                "分值": rest,
                "得分": rest,
            }


def is_expected(one: Finding, expect: tuple[str, ...]) -> bool:
    """Whether a finding is one of those that a case expects: TXT001 叙述.自评结论."""
    named = f"{one.code} {one.path}"
    return any(each in named for each in expect)


def judged(case: Keyed) -> tuple[list[str], list[Finding]]:
    """What a case expects and is not found, and what is found and false; advice is not counted as found."""
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(case, Path(folder))
    told = [one for one in found if one.severity is not Severity.ADVICE]
    missed = [
        each
        for each in case.expect
        if not any(is_expected(one, (each,)) for one in told)
    ]
    false = [
        one for one in found if not is_expected(one, case.expect + case.also)
    ]
    return missed, false
