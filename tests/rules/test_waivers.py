"""豁免: a finding that the unit lets stand is still told and counts for nothing; WVR001 for one that nothing needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rule_cases import (
    HERE,
    MINIMAL,
    facts_of,
    findings,
    pack_named,
    patched,
    written,
)

from reportgen.checks.units.extracts import extract
from reportgen.checks.units.run import check_run
from reportgen.core.findings import Finding
from reportgen.model.family import load_family
from reportgen.sources.yaml_tree import load_yaml

BASE: dict[str, Any] = load_yaml(HERE / "base.yaml").data
WRONG = {"自评结果.总分": 98}
PATH = "自评结果.总分"
REASON = "总分按财政局复核后的数填报"


def waiver(
    code: str = "SCO003", path: str = PATH, **more: str
) -> dict[str, str]:
    return {"代码": code, "位置": path, "理由": REASON, **more}


def found(
    tmp_path: Path, *waivers: dict[str, str], given: dict[str, Any] = WRONG
) -> list[Finding]:
    return findings(
        written(patched(BASE, {**given, "豁免": list(waivers)}), tmp_path)
    )


def test_without_a_waiver_the_finding_counts(tmp_path: Path) -> None:
    (one,) = found(tmp_path)

    assert (one.code, one.path, one.waived) == ("SCO003", PATH, "")


def test_a_waiver_keeps_the_finding_with_its_reason_and_the_name(
    tmp_path: Path,
) -> None:
    (one,) = found(tmp_path, waiver(确认人="测试甲"))

    assert (one.code, one.path, one.waived) == (
        "SCO003",
        PATH,
        f"{REASON}（测试甲）",
    )


def test_a_waiver_without_a_name_gives_the_reason_alone(tmp_path: Path) -> None:
    (one,) = found(tmp_path, waiver())

    assert one.waived == REASON


def test_code_and_path_may_have_blanks_around_and_small_letters(
    tmp_path: Path,
) -> None:
    (one,) = found(tmp_path, waiver(" sco003 ", f" {PATH} "))

    assert one.waived


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("SCO001", PATH),
        ("SCO003", "自评结果"),
        ("SCO003", "项目[1].自评结果.总分"),
        ("SCO003", f"{PATH}.多余"),
    ],
)
def test_one_of_another_code_or_place_is_told_and_the_finding_counts(
    tmp_path: Path, code: str, path: str
) -> None:
    wrong, unused = found(tmp_path, waiver(code, path))

    assert (wrong.code, wrong.waived) == ("SCO003", "")
    assert (unused.code, unused.severity.label, unused.path) == (
        "WVR001",
        "警告",
        "豁免[1]",
    )
    assert f"豁免的 {code}（{path}）没有对应的问题" in unused.message


def test_only_what_nothing_needs_is_told_where_it_stands(
    tmp_path: Path,
) -> None:
    first, second = found(tmp_path, waiver(), waiver("BUD003", "资金.偏差原因"))

    assert (first.code, first.waived) == ("SCO003", REASON)
    assert (second.code, second.path) == ("WVR001", "豁免[2]")
    line = (
        (tmp_path / "unit.yaml")
        .read_text(encoding="utf-8")
        .split("\n")[second.place.line - 1]
    )
    assert line.startswith("- 代码: BUD003")


def test_one_waiver_covers_every_finding_of_its_code_at_its_place(
    tmp_path: Path,
) -> None:
    texts = {"叙述.存在问题": ["联系13800000000或13900000000。"]}

    every = found(tmp_path, waiver("TXT012", "叙述.存在问题[1]"), given=texts)

    assert [one.code for one in every if not one.waived] == []
    assert len(every) == 2


def test_a_waiver_that_only_the_run_may_need_is_not_told_for_a_unit_by_itself(
    tmp_path: Path,
) -> None:
    assert found(tmp_path, waiver("TXT007", "叙述.自评结论"), given={}) == []


SHARED = "按照预算绩效管理的要求成立评价小组，逐项核对账目、合同和验收资料，实地查看现场后由办公会审定评价结果并公开。"


def run(
    tmp_path: Path, *units: dict[str, Any]
) -> dict[str, tuple[Finding, ...]]:
    extracts = []
    for number, more in enumerate(units):
        folder = tmp_path / str(number)
        folder.mkdir()
        family = load_family(
            written(
                {
                    **MINIMAL,
                    "单位": {"名称": f"示范{'甲乙丙'[number]}单位"},
                    **more,
                },
                folder,
            )
        )
        extracts.append(
            extract(facts_of(family, pack_named("standard")), family.loaded)
        )
    return {
        Path(file).parent.name: told
        for file, told in check_run(extracts).items()
    }


def test_a_waiver_silences_what_the_run_finds(tmp_path: Path) -> None:
    told = {"叙述": {"自评结论": [SHARED]}}
    waived = {**told, "豁免": [waiver("TXT007", "叙述.自评结论")]}

    found = run(tmp_path, waived, told)

    assert [(one.code, one.waived) for one in found["0"]] == [
        ("TXT007", REASON)
    ]
    assert [(one.code, one.waived) for one in found["1"]] == [("TXT007", "")]


def test_a_waiver_that_the_run_does_not_need_either_is_told(
    tmp_path: Path,
) -> None:
    found = run(tmp_path, {"豁免": [waiver("TXT007", "叙述.自评结论")]}, {})

    assert [(one.code, one.path) for one in found["0"]] == [
        ("WVR001", "豁免[1]")
    ]
