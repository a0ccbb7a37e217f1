"""Rules over a run: names of other units and their projects, paragraphs that two units or two years share."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rule_cases import facts_of, pack_named, written

from reportgen.checks.facts.alike import Alike, masked
from reportgen.checks.units.extracts import Extract, extract
from reportgen.checks.units.run import check_run
from reportgen.core.findings import Finding
from reportgen.model.family import load_family

SHARED = "按照预算绩效管理的要求成立评价小组，逐项核对账目、合同和验收资料，实地查看现场后由办公会审定评价结果并公开。"
Run = Callable[..., list[list[Finding]]]


@pytest.fixture
def extracts(tmp_path: Path) -> Callable[..., list[Extract]]:
    def made(*units: dict[str, Any]) -> list[Extract]:
        found = []
        for number, unit in enumerate(units):
            folder = tmp_path / str(number)
            folder.mkdir()
            family = load_family(written({"年度": "2024", **unit}, folder))
            found.append(
                extract(facts_of(family, pack_named("standard")), family.loaded)
            )
        return found

    return made


@pytest.fixture
def run(extracts: Callable[..., list[Extract]]) -> Run:
    def checked(*units: dict[str, Any]) -> list[list[Finding]]:
        made = extracts(*units)
        found = check_run(made)
        return [list(found.get(one.file, ())) for one in made]

    return checked


def unit(
    name: str, *projects: str, said: str = "", **more: Any
) -> dict[str, Any]:
    told = {"叙述": {"自评结论": [said]}} if said else {}
    return {
        "单位": {"名称": name},
        "项目": [{"名称": project} for project in projects],
        **told,
        **more,
    }


def test_a_unit_by_itself_has_nothing_to_be_compared_with(run: Run) -> None:
    assert run(
        unit("示范县图书馆", said="示范县档案馆是公益一类事业单位。")
    ) == [[]]


def test_another_unit_that_introduces_itself_is_found(run: Run) -> None:
    first, second = run(
        unit("示范县图书馆", said="示范县档案馆是公益一类事业单位。"),
        unit("示范县档案馆"),
    )

    assert second == []
    (one,) = first
    assert (one.code, one.severity.label, one.path) == (
        "TXT002",
        "错误",
        "叙述.自评结论[1]",
    )
    assert "文中的「示范县档案馆」是另一个单位" in one.message
    assert one.place.line > 0


@pytest.mark.parametrize(
    "said",
    [
        "示范县档案馆为正科级全额拨款事业单位。",
        "示范县档案馆是县政府直属的公益一类事业单位，编制12人。",
        "示范县档案馆（以下简称本馆）为县委直属单位。",
        "示范县档案馆系县委办公室管理的单位。",
        "示范县档案馆属于公益一类事业单位。",
        "示范县档案馆内设3个股室。",
    ],
)
def test_what_is_said_of_a_unit_itself(run: Run, said: str) -> None:
    first, _ = run(unit("示范县图书馆", said=said), unit("示范县档案馆"))

    assert [one.code for one in first] == ["TXT002"]


@pytest.mark.parametrize(
    "said",
    [
        "与示范县档案馆联合举办展览3次。",
        "示范县档案馆提供了场地。",
        "经示范县档案馆批准，更换设备。",
        "受示范县档案馆委托开展修复。",
        "示范县档案馆为我单位提供场地，为展览编写说明。",
        "示范县档案馆为县直各单位提供查档服务。",
        "示范县档案馆是我单位的帮扶对象。",
        "示范县档案馆是主办方，本馆承办。",
    ],
)
def test_working_with_another_unit_is_no_leftover(run: Run, said: str) -> None:
    assert run(unit("示范县图书馆", said=said), unit("示范县档案馆")) == [
        [],
        [],
    ]


def test_a_name_within_the_own_name_is_the_own(run: Run) -> None:
    said = "示范县图书馆少儿分馆是公益一类事业单位。"

    assert run(
        unit("示范县图书馆少儿分馆", said=said), unit("示范县图书馆")
    ) == [
        [],
        [],
    ]


def test_a_project_of_another_unit_is_found(run: Run) -> None:
    first, _ = run(
        unit("示范县图书馆", "馆舍维修", said="馆藏档案数字化项目按期完成。"),
        unit("示范县档案馆", "馆藏档案数字化"),
    )

    assert [(one.code, one.path) for one in first] == [
        ("TXT002", "叙述.自评结论[1]")
    ]
    assert (
        "文中的「馆藏档案数字化」是「示范县档案馆」的项目" in first[0].message
    )


@pytest.mark.parametrize(
    ("said", "own"),
    [
        (
            "推进馆藏档案数字化，方便群众。",
            "馆舍维修",
        ),  # a piece of work, not spoken of as money
        ("馆藏档案数字化项目按期完成。", "馆藏档案数字化"),  # its own as well
        (
            "馆藏档案数字化项目按期完成。",
            "馆藏档案数字化和备份",
        ),  # part of its own
    ],
)
def test_what_is_the_own_or_only_a_piece_of_work_is_left_alone(
    run: Run, said: str, own: str
) -> None:
    first, _ = run(
        unit("示范县图书馆", own, said=said),
        unit("示范县档案馆", "馆藏档案数字化"),
    )

    assert first == []


def test_a_project_that_several_units_have_is_nobodys(run: Run) -> None:
    found = run(
        unit("示范县图书馆", said="业务用房维修项目按期完成。"),
        unit("示范县档案馆", "业务用房维修"),
        unit("示范县文化馆", "业务用房维修"),
    )

    assert found == [[], [], []]


def test_a_unit_stands_for_two_years_without_being_another(run: Run) -> None:
    said = "示范县图书馆是公益一类事业单位，馆舍维修改造项目按期完成。"

    first, second = run(
        unit("示范县图书馆", "馆舍维修改造", said=said),
        {**unit("示范县图书馆", "设备购置"), "年度": "2023"},
    )

    assert [one.code for one in (*first, *second)] == []


def test_a_paragraph_of_two_units_is_told_to_both(run: Run) -> None:
    first, second = run(
        unit("示范县图书馆", said=SHARED),
        unit("示范县档案馆", said=SHARED.replace("实地", "到现场")),
    )

    assert [
        (one.code, one.severity.label, one.path) for one in (*first, *second)
    ] == [("TXT007", "警告", "叙述.自评结论")] * 2
    assert (
        "「自评结论」与「示范县档案馆」的文字除名称和数字外相似9"
        in first[0].message
    )
    assert "与「示范县图书馆」" in second[0].message


def test_a_paragraph_of_two_years_names_the_year(run: Run) -> None:
    _, second = run(
        {**unit("示范县图书馆", said=SHARED), "年度": "2023"},
        unit("示范县图书馆", said=SHARED),
    )

    assert "与本单位2023年度文字完全相同" in second[0].message


def test_names_and_figures_of_each_unit_do_not_count(run: Run) -> None:
    said = "{}2024年预算{}万元，{}{}"

    first, _ = run(
        unit("示范县图书馆", said=said.format("示范县图书馆", 120, "", SHARED)),
        unit("示范县档案馆", said=said.format("示范县档案馆", 86, "", SHARED)),
    )

    assert "除名称和数字外相同" in first[0].message


def test_short_and_common_paragraphs_are_left_alone(run: Run) -> None:
    same = {
        "叙述": {
            "自评结论": ["按规定公开，专款专用，无结余。"],
            "结果应用和公开情况": [SHARED],
        }
    }

    assert run(
        {**unit("示范县图书馆"), **same}, {**unit("示范县档案馆"), **same}
    ) == [
        [],
        [],
    ]


def test_one_paragraph_in_many_units_is_told_once_in_each(run: Run) -> None:
    found = run(
        *(
            unit(f"示范县{name}", said=SHARED)
            for name in ("图书馆", "档案馆", "文化馆", "博物馆")
        )
    )

    assert [len(one) for one in found] == [1, 1, 1, 1]


def test_an_extract_travels_between_processes(
    extracts: Callable[..., list[Extract]],
) -> None:
    made = extracts(
        unit("示范县图书馆", "馆舍维修", said=SHARED),
        unit("示范县档案馆", said=SHARED),
    )

    assert check_run(pickle.loads(pickle.dumps(made))) == check_run(made)


def test_ten_thousand_paragraphs_are_compared_without_comparing_all_with_all() -> (
    None
):
    """Counted, not timed: how often two texts are compared."""
    compared = 0

    def comparable(one: int, other: int) -> bool:
        nonlocal compared
        compared += 1
        return one != other

    words = [
        chr(0x4E00 + 7 * n) + chr(0x5E00 + 11 * n) + chr(0x6E00 + 13 * n)
        for n in range(500)
    ]
    texts = [
        "".join(words[(17 * n + k * (n % 37 + 1)) % 500] for k in range(25))
        for n in range(10_000)
    ]
    texts[7_000] = texts[12].replace(words[3], "")
    seen: Alike[int] = Alike(0.85, comparable)

    matches = {
        n: match.owner
        for n, text in enumerate(texts)
        if (match := seen.match(masked(text, ()), n))
    }

    assert matches[7_000] == 12
    assert compared < 10 * len(texts)


def half_of(rate: str, spent: str = "90", **more: Any) -> dict[str, Any]:
    """A unit with a budget of 100 and an indicator in percent."""
    row = {
        "一级": "产出指标",
        "三级": "管网漏损率",
        "指标值": "≤10%",
        "实际值": rate,
    }
    return unit(
        "示范县自来水公司",
        资金={"年初预算数": 100, "全年预算数": 100, "全年执行数": spent},
        指标=[row],
        **more,
    )


def test_two_files_of_one_unit_that_say_different_numbers_are_told(
    run: Run,
) -> None:
    first, second = run(half_of("9.2%"), half_of("9.6%"))

    assert [one for one in first if one.code == "AGG002"] == []
    (told,) = [one for one in second if one.code == "AGG002"]
    assert "9.6%" in told.message
    assert "9.2%" in told.message
    assert told.path == "指标[1].实际值"


def test_two_files_of_one_unit_that_agree_are_not_told(run: Run) -> None:
    first, second = run(half_of("9.2%"), half_of("9.2%"))

    assert "AGG002" not in {one.code for one in (*first, *second)}


def test_files_of_one_unit_for_two_years_may_differ(run: Run) -> None:
    first, second = run(half_of("9.2%"), half_of("9.6%", 年度="2023"))

    assert "AGG002" not in {one.code for one in (*first, *second)}
