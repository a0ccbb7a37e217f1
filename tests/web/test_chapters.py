"""The report sentence by sentence: kept, left out, said otherwise, written around."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from reportgen.application.web.chapters import Report, show_chapters
from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.sources.text import SourceText
from reportgen.sources.yaml_tree import build_tree
from reportgen.web.session import Session

NUMBER = "自评结论.项目"


class Chapters:
    """What a clerk does on the page of the chapters."""

    def __init__(self, browser: TestClient, desk: Desk, unit: DeskUnit) -> None:
        self.browser = browser
        self.desk = desk
        self.unit = unit

    def sentence(
        self, what: str, number: str, owner: int = 0, **more: str
    ) -> int:
        sent = {"do": what, "number": number, "owner": str(owner), **more}
        sent["digest"] = self.report().digest
        address = f"/units/{self.unit.id}/chapters/sentence"
        return self.browser.post(address, data=sent).status_code

    def own(self, section: str, owner: int = 0, **sent: str) -> Any:
        seen = {"digest": self.report().digest}
        sent = {**seen, **sent, "section": section, "owner": str(owner)}
        address = f"/units/{self.unit.id}/chapters/own"
        return self.browser.post(address, data=sent)

    def report(self, owner: int = 0) -> Report:
        return show_chapters(self.desk, self.unit, owner)

    def texts(self, section: str, owner: int = 0) -> list[str]:
        for one in self.report(owner).chapters:
            if one.name == section:
                return [each.text for each in one.sentences]
        return []

    @property
    def tree(self) -> Any:
        text = self.unit.file.read_text("utf-8")
        return build_tree(SourceText("", text, "")).data


@pytest.fixture
def chapters(browser: TestClient, session: Session, unit: DeskUnit) -> Chapters:
    return Chapters(browser, session.desk, unit)


def test_the_page_shows_what_the_report_says(
    chapters: Chapters, browser: TestClient
) -> None:
    text = browser.get(f"/units/{chapters.unit.id}/chapters").text
    for one in chapters.texts("自评结论"):
        assert one in text
    assert NUMBER in text


def test_a_sentence_is_left_out_and_comes_back(chapters: Chapters) -> None:
    before = chapters.unit.file.read_text("utf-8")
    said = chapters.texts("自评结论")
    chapters.sentence("leave out", NUMBER)
    assert chapters.tree["不写"] in (NUMBER, [NUMBER])
    assert len(chapters.texts("自评结论")) == len(said) - 1
    chapters.sentence("leave out", "自评结论.得分等级")
    assert chapters.tree["不写"] == [NUMBER, "自评结论.得分等级"]
    for number in (NUMBER, "自评结论.得分等级"):
        chapters.sentence("say again", number)
    assert chapters.texts("自评结论") == said
    assert chapters.unit.file.read_text("utf-8").startswith(before.rstrip())


def test_a_sentence_is_said_otherwise_and_comes_back(
    chapters: Chapters,
) -> None:
    said = chapters.texts("自评结论")
    own = "三个项目都完成得好：没有例外。"
    chapters.sentence("reword", NUMBER, text=own)
    assert chapters.tree["改写"] == {NUMBER: own}
    assert own in chapters.texts("自评结论")
    chapters.sentence("say again", NUMBER)
    assert chapters.texts("自评结论") == said


def test_own_words_stand_around_what_is_generated(chapters: Chapters) -> None:
    said = chapters.texts("预算安排与执行")
    chapters.own(
        "预算安排与执行", before="先说一句。", after="再说一句。", keeps="yes"
    )
    assert chapters.texts("预算安排与执行") == [
        "先说一句。",
        *said,
        "再说一句。",
    ]
    (chapter,) = [
        one
        for one in chapters.report().chapters
        if one.name == "预算安排与执行"
    ]
    assert chapter.own.before == "先说一句。"
    assert chapter.own.after == "再说一句。"


def test_own_words_take_the_place_of_what_is_generated(
    chapters: Chapters,
) -> None:
    chapters.own("预算安排与执行", before="只说这一句。")
    assert chapters.texts("预算安排与执行") == ["只说这一句。"]


def test_own_words_taken_out_leave_all_to_the_program(
    chapters: Chapters,
) -> None:
    said = chapters.texts("预算安排与执行")
    chapters.own("预算安排与执行", before="只说这一句。")
    chapters.own("预算安排与执行", before="", keeps="yes", was="只说这一句。")
    assert chapters.texts("预算安排与执行") == said


def test_own_words_changed_elsewhere_meanwhile_are_not_overwritten(
    chapters: Chapters,
) -> None:
    seen = chapters.report().digest
    chapters.own("预算安排与执行", before="甲写的。")
    answer = chapters.own(
        "预算安排与执行", before="乙写的。", was="", digest=seen
    )
    assert answer.status_code == 409
    assert "别处也改过" in answer.text
    assert chapters.texts("预算安排与执行") == ["甲写的。"]


def test_a_project_has_chapters_of_its_own(chapters: Chapters) -> None:
    (first, *_) = [
        each
        for one in chapters.report(2).chapters
        for each in one.sentences
        if not each.own
    ]
    chapters.sentence("leave out", first.number, owner=2)
    assert chapters.tree["项目"][1]["不写"] in (first.number, [first.number])
    assert "不写" not in chapters.tree


@pytest.mark.parametrize("what", ["", "other", "reword"])
def test_what_makes_no_sense_changes_nothing(
    chapters: Chapters, what: str
) -> None:
    before = chapters.unit.file.read_bytes()
    assert chapters.sentence(what, NUMBER) == 400
    assert chapters.unit.file.read_bytes() == before


def test_without_a_report_it_says_what_to_mend_first(
    chapters: Chapters, browser: TestClient
) -> None:
    text = chapters.unit.file.read_text("utf-8")
    broken = text.replace("编制: 28", "编制: 很多")
    chapters.unit.file.write_text(broken, "utf-8")
    answer = browser.get(f"/units/{chapters.unit.id}/chapters")
    assert answer.status_code == 409
    assert "很多" in answer.text


def test_help_does_not_speak_of_how_a_file_is_written() -> None:
    from reportgen.application.web.form import without_yaml

    told = "有几条时每条一行，前面加“- ”，不写序号"
    assert without_yaml(told) == "有几条时每条一行，不写序号"
    assert without_yaml("如 [办公室, 财务科]") == "如 办公室、财务科"


def page_of(chapters: Chapters, browser: TestClient) -> str:
    return browser.get(f"/units/{chapters.unit.id}/chapters").text


def with_own(chapters: Chapters, section: str, text: str) -> None:
    """The unit's file with that text in the section, as somebody typed it there."""
    whole = chapters.unit.file.read_text("utf-8")
    more = f"\n叙述:\n  {section}: {text}\n"
    chapters.unit.file.write_text(whole.replace("\n叙述:\n", more, 1), "utf-8")


def test_a_mark_within_a_paragraph_is_changed_without_braces(
    chapters: Chapters, browser: TestClient
) -> None:
    with_own(chapters, "预算安排与执行", '"先说。{{ 默认 }}再说。"')
    (chapter,) = [
        one
        for one in chapters.report().chapters
        if one.name == "预算安排与执行"
    ]
    assert chapter.own.within
    assert chapter.own.before == "先说。【自动写的】再说。"
    assert "{{" not in page_of(chapters, browser)
    answer = chapters.own(
        "预算安排与执行",
        before="先讲。【自动写的】再讲。",
        was=chapter.typed,
    )
    assert answer.status_code == 200
    assert "先讲。{{ 默认 }}再讲。" in chapters.unit.file.read_text("utf-8")
    assert "先讲。" in chapters.texts("预算安排与执行")[0]


def test_a_sentence_said_otherwise_with_a_name_is_changed_without_braces(
    chapters: Chapters, browser: TestClient
) -> None:
    own = "全年执行率{{ 资金.执行率 }}，按合同支付。"
    chapters.sentence("reword", NUMBER, text=own)
    shown = page_of(chapters, browser)
    assert "全年执行率【资金.执行率】，按合同支付。" in shown
    assert "{{" not in shown
    new = "执行率为【资金.执行率】。【政策依据】见附件。"
    chapters.sentence("reword", NUMBER, text=new)
    written = "执行率为{{ 资金.执行率 }}。【政策依据】见附件。"
    assert chapters.tree["改写"] == {NUMBER: written}
    (said,) = [one for one in chapters.texts("自评结论") if "政策" in one]
    assert said == "执行率为98.12%。【政策依据】见附件。"


def test_own_words_given_in_parts_lead_to_the_form(
    chapters: Chapters, browser: TestClient
) -> None:
    with_own(chapters, "预算安排与执行", "[{问题: 付款晚, 措施: 早付}]")
    shown = page_of(chapters, browser)
    assert "分开填的" in shown
    link = shown.split("分开填的")[1].split('href="')[1].split('"')[0]
    address, _, path = link.partition("#")
    assert browser.get(address).status_code == 200
    assert "%E5%8F%99%E8%BF%B0" in path  # 叙述
