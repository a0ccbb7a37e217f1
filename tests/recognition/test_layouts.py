"""Papers in many layouts are read as a person would key them, and nothing that stands in them is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from layouts import LAYOUTS, Paper
from layouts_counties import LAYOUTS as COUNTIES
from layouts_kept import LAYOUTS as KEPT
from layouts_mended import LAYOUTS as MENDED, unit_report_in_styled_headings
from layouts_more import LAYOUTS as MORE
from layouts_round import LAYOUTS as ROUND
from papers import docx, par, row, table
from reading import compared, read

from reportgen.model.unit import Unit
from reportgen.ooxml.names import W
from reportgen.ooxml.package import read_package
from reportgen.packs.pack import load_pack
from reportgen.recognition.fitting_pack import name_sections
from reportgen.recognition.recognize import Recognized

TEMPLATES = Path(__file__).parents[2] / "templates"
CASES = Path(__file__).parents[3] / "shared" / "cases" / "word-in"


def flat(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def lost(document: bytes, found: Recognized) -> list[str]:
    """The texts of the body that are in no value, no label and not among what was left."""
    said = "".join(
        [
            *(one.value for one in found.draft.values.values()),
            *(one.text for one in found.left),
            *(one.text for one in found.draft.labels),
            *(one.text for one in found.draft.used),
        ]
    )
    whole = flat(said)
    root = read_package(document, "x.docx")
    runs = root.tree(root.main).iter(f"{W}t")
    texts = [flat(one.text or "") for one in runs]
    return [one for one in texts if one and one not in whole]


@pytest.mark.parametrize(
    "layout",
    [*LAYOUTS, *KEPT, *MENDED, *ROUND, *COUNTIES, *MORE],
    ids=lambda one: one.__name__,
)
def test_a_paper_is_read_as_a_person_keys_it(
    layout: Callable[[], Paper],
) -> None:
    document, expected = layout()

    found, tree = read(document)

    assert compared(expected, tree) == ([], [])
    assert lost(document, found) == []


@pytest.mark.parametrize(
    "layout",
    [*LAYOUTS, *KEPT, *MENDED, *ROUND, *COUNTIES, *MORE],
    ids=lambda one: one.__name__,
)
def test_every_value_has_a_place_and_the_draft_is_a_unit(
    layout: Callable[[], Paper],
) -> None:
    document, _ = layout()

    found, tree = read(document)

    Unit.model_validate(tree)
    placed = [one for one in found.draft.values.values() if one.lines]
    assert all(one.spot for one in placed)


@pytest.mark.skipif(not CASES.exists(), reason="the cases lie elsewhere")
@pytest.mark.parametrize("name", ["02", "05", "10", "12", "22"])
def test_published_papers(name: str) -> None:
    document = (CASES / f"{name}.docx").read_bytes()
    expected = yaml.load(
        (CASES / f"{name}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
    )
    expected.pop("模板")

    found, tree = read(document)
    missing, more = compared(expected, tree)

    assert len(missing) <= 3  # line breaks, a hyphen
    assert len(more) <= 3
    assert lost(document, found) == []


def test_a_number_that_is_none_goes_to_what_was_left() -> None:
    document = docx(
        par("2023年度项目支出绩效自评表"),
        table(
            row("项目名称", ("防汛物资", 4)),
            row("", "年初预算数", "全年预算数", "全年执行数", "执行率"),
            row("年度资金总额", "约三十万", "30", "30", "100%"),
        ),
    )

    found, tree = read(document)

    assert "年初预算数" not in tree["项目"][0]["资金"]
    assert any("约三十万" in one.text for one in found.left)


def test_a_field_that_is_said_twice_and_differs_is_a_doubt() -> None:
    document = docx(
        par("2023年度项目支出绩效自评表"),
        table(row("项目名称", "防汛物资"), row("实施单位", "甲县水务站")),
        table(row("项目名称", "防汛物资"), row("实施单位", "甲县防汛站")),
    )

    found, tree = read(document)

    assert tree["项目"][0]["实施单位"] == "甲县水务站"
    placed = found.draft.values["项目", 0, "实施单位"]
    assert "甲县防汛站" in placed.doubt


def test_the_time_grows_with_the_rows() -> None:
    """Counted in what is looked up, not in seconds: ten times the rows is no hundredfold of steps."""
    rows = [
        row("产出指标", "数量指标", f"事项{at}", f"{at}件", f"{at}件", "1", "1")
        for at in range(2000)
    ]
    head = row(
        "一级指标", "二级指标", "三级指标", "指标值", "实际值", "分值", "得分"
    )
    document = docx(par("2023年度项目支出绩效自评表"), table(head, *rows))

    _, tree = read(document)

    assert len(tree["项目"][0]["指标"]) == 2000


def test_a_section_takes_the_name_that_the_pack_gives_it() -> None:
    document, _ = unit_report_in_styled_headings()
    found, _ = read(document)

    name_sections(found.draft, load_pack(TEMPLATES / "standard", [TEMPLATES]))

    sections = found.draft.tree()["叙述"]
    assert "自评结论" in sections
    assert "评价结论" not in sections


def test_a_report_that_names_no_project_is_the_unit_s() -> None:
    document = docx(
        par("青禾县档案馆2024年度绩效自评报告"),
        par("一、主要成效"),
        par("整理档案两千卷。"),
    )

    _, tree = read(document)

    assert "项目" not in tree
    assert tree["叙述"] == {"主要成效": "整理档案两千卷。"}
