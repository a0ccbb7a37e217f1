"""A place is one type, shown in one way, whatever kind of file it is in."""

from __future__ import annotations

import pytest

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("unit.yaml", 7, 3), "unit.yaml 第7行"),
        (Place("unit.yaml"), "unit.yaml"),
        (Place("采集表.xlsx", spot="项目1!F12"), "采集表.xlsx 项目1!F12"),
        (
            Place("自评表.docx", spot="第1个表格“全年执行数”行“金额”列"),
            "自评表.docx 第1个表格“全年执行数”行“金额”列",
        ),
    ],
)
def test_a_place_in_words(place: Place, words: str) -> None:
    assert str(place) == words


def test_a_finding_as_json_says_its_place_to_programs_and_to_persons() -> None:
    place = Place("unit.yaml", 7, 3)
    finding = Finding(
        "BUD001", Severity.ERROR, "执行率有误", place, "资金.执行率"
    )

    said = finding.as_json()

    assert (said["file"], said["line"], said["column"]) == ("unit.yaml", 7, 3)
    assert said["path"] == "资金.执行率"
    assert said["place"] == "unit.yaml 第7行 资金.执行率"
