"""Of every document that people edited, the copy for the web site holds nothing of any person in it."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO

import docx
import pytest
from command_line import REPOSITORY
from hypothesis import given, settings, strategies as st
from persons_in_documents import (
    CASES,
    NAME,
    OTHER,
    PHONE,
    Edited,
    paragraph,
    run,
    with_body,
)
from persons_in_new_places import PLACES

from reportgen.ooxml.package import Package, read_package
from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.publishing.gathering import masker_for
from reportgen.publishing.masker import Masker
from reportgen.publishing.public_copy import PublicCopy, public_copy
from reportgen.publishing.remains import remains_in


def opened(data: bytes) -> Package:
    return read_package(data, "a.docx")


@cache
def copied(data: bytes) -> tuple[PublicCopy, Masker]:
    package = opened(data)
    masker = masker_for([package], [])
    return public_copy(package, masker), masker


def everything(data: bytes) -> str:
    """All parts as they lie in the file, and once more without tags and blanks, so that split texts are whole."""
    with zipfile.ZipFile(BytesIO(data)) as held:
        parts = [held.read(name) for name in held.namelist()]
        names = held.namelist()
    texts = [one.decode("utf-8", "replace") for one in parts]
    bare = [re.sub(r"[\s()（）-]|<[^>]*>", "", one) for one in texts]
    return "\n".join((*names, *texts, *bare))


@pytest.fixture(
    scope="module", params=(*CASES, *PLACES), ids=lambda make: make.__name__
)
def edited(request: pytest.FixtureRequest) -> Edited:
    return request.param()


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 30


def test_the_person_is_in_the_document_and_not_in_the_copy(
    edited: Edited,
) -> None:
    before = everything(edited.data)
    copy, masker = copied(edited.data)
    after = everything(copy.data)

    assert any(one in before for one in edited.secrets)
    assert [one for one in edited.secrets if one in after] == []
    assert edited.stays in after
    assert remains_in(copy.data, masker) == []


def test_a_copy_of_the_copy_is_the_same(edited: Edited) -> None:
    copy, masker = copied(edited.data)

    again = public_copy(opened(copy.data), masker)

    assert again.masked == ()
    assert again.data == copy.data


def test_what_is_left_is_seen(edited: Edited) -> None:
    """The check finds in the document itself what the copy does not have."""
    masker = masker_for([opened(edited.data)], [])

    assert remains_in(edited.data, masker) != []


def test_what_was_masked_is_listed_where_it_stood() -> None:
    copy, _ = copied(with_body(paragraph(run(f"由{NAME}负责，{PHONE}"))))

    told = [(one.where, one.kind, one.shown) for one in copy.masked]

    assert ("正文第2段", "姓名", "欧阳**") in told
    assert ("正文第2段", "电话号码", "139****4521") in told
    assert not any(NAME in one.shown for one in copy.masked)


def test_what_a_person_has_to_look_at_is_told() -> None:
    copy, _ = copied(
        with_body(
            paragraph(run("由局长李明德牵头")),
            paragraph(run("白字", '<w:color w:val="FFFFFF"/>')),
        )
    )

    assert "正文第2段“局长李明德”里可能有人名" in copy.by_hand
    assert any("正文第3段有白色或极小的字" in one for one in copy.by_hand)


@pytest.mark.parametrize(
    "text",
    [
        "单位负责人：办公室主任",
        "填报人：\n填报日期：2024年3月",
        "联系人：（签字）",
        "资金1390733452.10元，13907334521元",
        "2024年3月1日至2024年12月31日",
        "文号〔2024〕12号，编号20240301123456",
        "全年支出139,073,345.21元",
        "安全管理、时效指标、成本指标、满意度",
        "经办人员 3 人",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    data = with_body(paragraph(run(text)))
    plain = re.sub(r"\s", "", text)

    assert plain in everything(copied(data)[0].data)


def test_the_document_itself_is_not_changed() -> None:
    package = opened(with_body(paragraph(run(f"由{OTHER}负责"))))
    before = dict(package.parts)

    public_copy(package, masker_for([package], []))

    assert package.parts == before
    assert package.written() == opened(package.written()).written()


def test_the_chart_of_a_copy_is_still_seen() -> None:
    unit = REPOSITORY / "templates" / "standard" / "example.yaml"
    draft = prepare(unit, PackCache((REPOSITORY / "templates",)))
    report = print_set(draft)[0]
    copy = docx.Document(BytesIO(copied(report.data)[0].data))
    charts = [
        one for one in copy.part.package.iter_parts() if "chart" in one.partname
    ]
    assert charts
    assert b"externalData" not in charts[0].blob
    assert b"<c:v>" in charts[0].blob


SIGNS = st.sampled_from("由张建国，13907 345210办理：欧阳雪梅-（）.\t年")


@settings(max_examples=20)
@given(st.lists(st.text(SIGNS, max_size=12), max_size=6))
def test_nothing_is_left_of_any_text_however_it_is_split(
    pieces: list[str],
) -> None:
    masker = Masker(frozenset((OTHER, NAME)), frozenset(("28461357",)))
    data = with_body(paragraph(*map(run, pieces)))

    copy = public_copy(opened(data), masker)

    assert remains_in(copy.data, masker) == []
    bare = everything(copy.data)
    assert OTHER not in bare
    assert NAME not in bare
