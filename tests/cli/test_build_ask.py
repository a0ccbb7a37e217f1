"""build --ask: what a build changes in documents that are there is written only where it is accepted."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import REPOSITORY, Told, write_worded
from word_edits import edit

from reportgen.application.asked.asked_build import asked_documents, but_for
from reportgen.application.build import BuildRequest, build, plan_build
from reportgen.application.workplace import Workplace
from reportgen.ooxml.blocks import Box
from reportgen.ooxml.document import open_document
from reportgen.ooxml.document_identity import identity_of
from reportgen.ooxml.tracked import refuse_changes
from reportgen.publishing.tracked_changes import accept_changes

Run = Callable[..., Told]
UNIT = Path("unit.yaml")
OWN = "这一句是经办人自己写的。"
OLD, NEW = "实际值: 31场", "实际值: 33场"
STAYS, GROWS = ("年初预算数: 2414.16", "年初预算数: 2400.16")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the person types at the questions to come."""

    def type_in(*lines: str) -> None:
        monkeypatch.setattr(
            "sys.stdin", io.StringIO("".join(f"{one}\n" for one in lines))
        )

    return type_in


@pytest.fixture
def form(reportgen: Run) -> Path:
    """The form of a unit whose data changed in two places since it was printed."""
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    reportgen("build", UNIT)
    change((OLD, NEW), (STAYS, GROWS))
    return next(Path("outputs").rglob("2 *.docx"))


def change(*pairs: tuple[str, str]) -> None:
    text = UNIT.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    UNIT.write_text(text, encoding="utf-8")


def says(path: Path) -> str:
    return open_document(path.read_bytes(), "").story().text


def changes_in(told: Told, form: Path) -> list[str]:
    """What was shown of one document."""
    lines = told.out.splitlines()
    start = next(n for n, one in enumerate(lines) if f"{form.name} 要改" in one)
    behind = (one.partition("] 改 ")[2] for one in lines[start + 1 :])
    return [one for one in behind if one]


def test_what_is_not_accepted_stays_and_the_rest_is_written(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    answers("a", "否", "y", *"y" * 9)

    told = reportgen("build", UNIT, "--ask")

    assert told.code == 0
    assert "未接受 1 处" in told.out
    shown = changes_in(told, form)
    assert "2414.16 → 2400.16" in shown[0]
    now = says(form)
    assert "2414.16" in now
    assert "33场" in now
    assert "31场" not in now
    assert "2400.16" in says(next(form.parent.glob("1 *.docx")))


def test_it_stays_so_whatever_is_built_and_is_an_edit_of_a_person(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    answers("a", "n", "a")
    reportgen("build", UNIT, "--ask")
    held = form.read_bytes()

    again = reportgen("build", UNIT)
    forced = reportgen("build", UNIT, "--force")
    diff = reportgen("diff", form)

    assert "没有变化" in again.out
    assert form.read_bytes() == held
    assert "RBK" not in forced.out
    assert "改动 1 处" in diff.out
    change((NEW, "实际值: 35场"))
    reportgen("build", UNIT)
    assert "35场" in says(form)
    assert "2414.16" in says(form)


def test_what_is_refused_and_changes_again_is_a_conflict(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    answers("a", "n", "a")
    reportgen("build", UNIT, "--ask")
    change((GROWS, "年初预算数: 2401.16"))

    told = reportgen("build", UNIT)

    assert "2414.16" in says(form)
    assert "RBK004" in told.out
    assert "2401.16" in told.out


def test_nothing_is_written_when_the_person_stops_or_nobody_answers(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    before = {
        one: one.read_bytes() for one in form.parent.iterdir() if one.is_file()
    }
    for typed in (("a", "q"), ("y",), ()):
        answers(*typed)

        told = reportgen("build", UNIT, "--ask")

        assert told.code == 1
        assert "什么都没有写" in told.out
        assert {
            one: one.read_bytes()
            for one in form.parent.iterdir()
            if one.is_file()
        } == before


def test_another_answer_is_asked_for_again(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    answers("好", "全是", "", "全否")

    told = reportgen("build", UNIT, "--ask")

    assert "请回答" in told.out
    assert "2400.16" in says(form)
    assert "31场" in says(form)


def test_edits_of_a_person_are_merged_as_ever(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    edit(form, lambda one: one.add_paragraph(OWN))
    answers("a", "d")

    told = reportgen("build", UNIT, "--ask")

    now = says(form)
    assert OWN in now
    assert "31场" in now
    assert "33场" not in now
    assert "RBK004" not in told.out


def test_a_row_that_is_new_can_be_refused_and_one_that_went_comes_back(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    change(
        (GROWS, STAYS),
        (NEW, OLD),
        (
            "  - {一级: 产出指标, 二级: 质量指标, 三级: 差错率",
            "  - {一级: 产出指标, 二级: 数量指标, 三级: 会议保障, 指标值: 40次, 实际值: 45次, 分值: 5, 得分: 5}\n"
            "  - {一级: 产出指标, 二级: 质量指标, 三级: 差错率",
        ),
    )
    answers("a", "d", *"a" * 9)
    reportgen("build", UNIT, "--ask")
    assert "会议保障" not in says(form)
    reportgen("build", UNIT, "--force")
    assert "会议保障" not in says(form)


def test_numbers_of_a_list_go_on_where_a_paragraph_was_refused(
    reportgen: Run, answers: Callable[..., None]
) -> None:
    write_worded(REPOSITORY / "templates" / "standard" / "example.yaml", UNIT)
    reportgen("build", UNIT)
    report = next(Path("outputs").rglob("1 *.docx"))
    text = UNIT.read_text(encoding="utf-8")
    first = next(
        one
        for one in text.splitlines()
        if one.strip().startswith("- 周末和寒暑假")
    )
    UNIT.write_text(
        text.replace(first, "    - 书库湿度偏高。\n" + first, 1), "utf-8"
    )
    answers("d", *"a" * 9)

    reportgen("build", UNIT, "--ask")

    assert "书库湿度" not in says(report)
    held = report.read_bytes()
    reportgen("build", UNIT, "--force")
    assert report.read_bytes() == held


def test_what_was_asked_is_held_against_what_is_there_when_it_is_written(
    form: Path, tmp_path: Path
) -> None:
    workplace = Workplace((REPOSITORY / "templates",))
    plan = plan_build(BuildRequest((UNIT,), Path("outputs")))
    asked = asked_documents(plan, workplace)
    own = next(one for one in asked if one.path == form)
    chosen = but_for(plan, own.refused([1]))
    held = form.read_bytes()
    change((GROWS, "年初预算数: 2402.16"))

    report = build(
        chosen, workplace, on_unit=lambda _: None, stopped=lambda: False
    )

    assert report.units[0].state == "失败"
    assert "第 1 处已经不同" in report.units[0].reason
    assert form.read_bytes() == held


def test_what_is_open_in_word_is_left(
    form: Path, reportgen: Run, answers: Callable[..., None]
) -> None:
    held = form.read_bytes()
    form.with_name(f"~${form.name[2:]}").write_text("", "utf-8")
    answers(*"a" * 9)

    told = reportgen("build", UNIT, "--ask")

    assert told.code == 1
    assert "正在 Word 或 WPS 中打开" in told.out
    assert form.read_bytes() == held


@pytest.mark.parametrize("other", ["--dry-run", "--format=json"])
def test_what_needs_answers_is_refused_where_nobody_can_give_them(
    other: str, form: Path, reportgen: Run
) -> None:
    told = reportgen("build", UNIT, "--ask", other)
    assert told.code == 2
    assert "--ask" in told.err


def test_the_changes_are_tracked_in_a_copy(form: Path, reportgen: Run) -> None:
    before = says(form)

    told = reportgen("build", UNIT, "--redline")

    copies = sorted(form.parent.glob("审阅/*（对照）.docx"))
    assert f"审阅稿：{len(copies)} 份" in told.out
    copy = next(one for one in copies if one.name.startswith("2 "))
    assert identity_of(copy.read_bytes()) is None
    document = open_document(copy.read_bytes(), "")
    accept_changes(document.body)
    assert Box(document.body).text == says(form)
    document = open_document(copy.read_bytes(), "")
    assert refuse_changes(document.body)
    assert Box(document.body).text == before
    again = reportgen("build", UNIT, "--redline")
    assert "审阅稿" not in again.out


def test_a_new_unit_has_nothing_to_ask_and_no_copy(
    reportgen: Run, answers: Callable[..., None]
) -> None:
    shutil.copy(REPOSITORY / "inputs" / "lukou.yaml", UNIT)
    answers()

    told = reportgen("build", UNIT, "--ask", "--redline")

    assert told.code == 0
    assert "没有要改的地方" in told.out
    assert not list(Path("outputs").rglob("*（对照）*"))
