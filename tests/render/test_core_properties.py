"""A print names the unit as its author and the day it was filled in, never who made the template."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.render.print.printing import core_date
from reportgen.render.template.build import build_template

TEMPLATES = Path(__file__).parents[2] / "templates"
CONTEXT = {
    "单位": {"名称": "清溪镇"},
    "年度": "2024",
    "填报日期": "2025年3月4日",
}


def template(title: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph("{{ 单位.名称 }}")
    told = document.core_properties
    told.author = told.last_modified_by = "制作模板的人"
    told.title, told.keywords, told.comments = title, "关键词", "备注"
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def printed(title: str = "") -> docx.document.Document:
    made = build_template("自评表.docx", template(title))
    return docx.Document(BytesIO(made.render(CONTEXT)))


def test_the_author_is_the_unit_and_the_day_that_of_filling_in() -> None:
    told = printed("{{ 单位.名称 }}的表").core_properties

    assert (told.author, told.last_modified_by) == ("清溪镇", "清溪镇")
    assert told.title == "清溪镇的表"
    assert (told.created.isoformat()[:10], told.modified.isoformat()[:10]) == (
        "2025-03-04",
        "2025-03-04",
    )


def test_nothing_is_left_of_who_made_the_template() -> None:
    told = printed().core_properties

    assert (told.keywords, told.comments, told.revision) == ("", "", 0)


def test_a_title_that_is_written_out_stays() -> None:
    assert printed("自评表").core_properties.title == "自评表"


@pytest.mark.parametrize(
    ("filled_on", "expected"),
    [
        ("2025年12月1日", "2025-12-01"),
        ("", "2024-12-31"),
        ("明天", "2024-12-31"),
    ],
)
def test_without_a_day_it_is_the_last_of_the_year(
    filled_on: str, expected: str
) -> None:
    context = {"年度": "2024", "填报日期": filled_on}

    assert core_date(context) == f"{expected}T00:00:00Z"


def test_every_document_of_every_pack_says_so() -> None:
    packs = PackCache((TEMPLATES,))
    for example in sorted(TEMPLATES.glob("*/example.yaml")):
        draft = prepare(example, packs)
        for output in print_set(draft, bundled=True):
            told = docx.Document(BytesIO(output.data)).core_properties
            assert told.author == draft.loaded.unit.name, output.name
            assert told.title.strip(), output.name


@pytest.mark.parametrize(
    "written", ["2025.3.18", "2025-03-18", "2025年3月18日"]
)
def test_the_day_of_the_signature_counts_where_the_form_has_one(
    written: str,
) -> None:
    context = {
        "年度": "2024",
        "填报日期": "",
        "填报": {"填报日期": written},
    }

    assert core_date(context) == "2025-03-18T00:00:00Z"


def test_a_day_that_no_calendar_has_is_not_taken() -> None:
    context = {"年度": "2024", "填报": {"填报日期": "2025.13.40"}}

    assert core_date(context) == "2024-12-31T00:00:00Z"
