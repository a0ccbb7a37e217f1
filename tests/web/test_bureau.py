"""A round from the roster to the return slips, with nothing but the page."""

from __future__ import annotations

import html
import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from rounds_of import filled_form, renamed_form, roster, zipped
from starlette.testclient import TestClient

from reportgen.application.web.rounds.collecting import (
    Watcher,
    collect_round,
)
from reportgen.application.web.rounds.folders import list_rounds
from reportgen.application.workplace import Workplace
from reportgen.core.errors import OutputError
from reportgen.web.session import Session

NAMES = ("临水县农技站", "临水县水文站", "临水县种子站", "临水县林业站")
WRONG = "资金: {年初预算数: 100, 全年预算数: 100, 全年执行数: 130}\n"


@pytest.fixture
def opened(browser: TestClient) -> str:
    """The address of a round."""
    return begun(browser, "名单.xlsx", roster(NAMES))


def begun(browser: TestClient, name: str, data: bytes, called: str = "") -> str:
    answer = browser.post(
        "/rounds/upload",
        files={"files": (name, data)},
        data={"name": called or "2024年收表"},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def ended(browser: TestClient, session: Session, answer: object) -> str:
    """The page after the long work that was begun is done."""
    (work,) = list(session.works.known.values())[-1:]
    until = time.monotonic() + 90
    while not work.ended and time.monotonic() < until:
        time.sleep(0.02)
    if work.failures:
        return "；".join(one.message for one in work.failures)
    return html.unescape(browser.get(work.back).text)


def handed_in(
    browser: TestClient,
    session: Session,
    address: str,
    files: dict[str, bytes],
) -> str:
    """The page after these files were dropped and collected."""
    sent = [("files", (name, io.BytesIO(one))) for name, one in files.items()]
    answer = browser.post(f"{address}/received/upload", files=sent)
    return ended(browser, session, answer)


@pytest.fixture
def collected(
    browser: TestClient,
    session: Session,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
) -> str:
    """The page of the round after two units handed in, one with a mistake, in a zip and alone; and a stranger."""
    good = filled_form(tmp_path / "填", NAMES[0], workplace)
    wrong = filled_form(tmp_path / "填", NAMES[1], workplace, more=WRONG)
    strange = filled_form(tmp_path / "填", "邻县农技站", workplace)
    files = {
        "交来.zip": zipped({"股室/农技站.xlsx": good}),
        "水文站（改）.xlsx": wrong,
        "外县.xlsx": strange,
    }
    return handed_in(browser, session, opened, files)


def test_forms_are_made_for_every_unit_of_the_roster(
    browser: TestClient, session: Session, opened: str
) -> None:
    shown = ended(
        browser, session, browser.post(f"{opened}/send", data={"pack": ""})
    )
    assert "已生成 4 份" in shown
    data = browser.get(f"{opened}/forms.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = packed.namelist()
        assert packed.testzip() is None
    assert "000 填报通知.txt" in names
    assert "002 临水县水文站 采集表.xlsx" in names
    assert len(names) == 5


def test_the_forms_that_went_out_are_no_units_of_the_list(
    browser: TestClient, session: Session, opened: str
) -> None:
    ended(browser, session, browser.post(f"{opened}/send"))
    assert len(session.desk.units()) == 1


def test_who_handed_in_is_told(collected: str) -> None:
    rows = re.findall(r"<tr><td class=\"number\">.*?</tr>", collected)
    plain = [re.sub("<[^>]*>", " ", one) for one in rows]
    assert "已交" in plain[0]
    assert "已交" in plain[1]
    assert "未交" in plain[2]
    assert "未交" in plain[3]
    assert "应交 4 个单位" in collected


def test_files_of_nobody_on_the_roster_are_listed(collected: str) -> None:
    outside = collected.partition("对不上名单的文件")[2]
    assert "外县.xlsx" in outside
    assert "邻县农技站" in outside


def test_totals_and_charts_are_shown(collected: str) -> None:
    assert "预算数合计（万元）" in collected
    assert 'aria-label="自评等级：' in collected
    assert "style=" not in collected


def test_problems_are_filtered(browser: TestClient, collected: str) -> None:
    (address,) = set(re.findall(r'action="(/rounds/\w+)/collect"', collected))
    errors = browser.get(address, params={"severity": "错误"}).text
    table = errors.partition("全部问题")[2]
    assert '<td class="short">错误</td>' in table
    warnings = browser.get(address, params={"severity": "警告"}).text
    assert '<td class="short">错误</td>' not in warnings
    missing = browser.get(address, params={"standing": "未交"}).text
    assert "各单位（2 个）" in missing
    assert "全部问题（0 个" in missing
    found = browser.get(address, params={"q": "水文站"}).text
    assert "各单位（1 个）" in found


def test_a_unit_is_one_click_away_with_its_slip(
    browser: TestClient, collected: str
) -> None:
    (page,) = set(re.findall(r"/rounds/\w+/units/2(?=\")", collected))
    shown = html.unescape(browser.get(page).text)
    assert "水文站（改）.xlsx" in shown
    (slip,) = re.findall(r'href="(/rounds/\w+/files/\w+)"', shown)
    answer = browser.get(slip)
    assert answer.content.startswith(b"PK")
    (unit,) = set(re.findall(r'href="(/units/\w+)"', shown))
    form = html.unescape(browser.get(unit).text)
    assert "全年执行数 130 大于全年预算数 100" in form
    made = browser.get(f"{unit}/documents").text
    assert "部门整体支出绩效自评报告.docx" in made


def test_slips_and_the_workbook_are_fetched(
    browser: TestClient, collected: str
) -> None:
    (slips,) = set(re.findall(r"/rounds/\w+/slips.zip", collected))
    with zipfile.ZipFile(io.BytesIO(browser.get(slips).content)) as packed:
        assert any("退回单 002" in one for one in packed.namelist())
    (book,) = re.findall(r'href="(\S+)">下载 收齐情况.xlsx', collected)
    assert browser.get(book).content.startswith(b"PK")


def test_what_was_mended_is_told_the_next_time(
    browser: TestClient,
    session: Session,
    collected: str,
    tmp_path: Path,
    workplace: Workplace,
) -> None:
    (address,) = set(re.findall(r'action="(/rounds/\w+)/collect"', collected))
    time.sleep(0.02)
    mended = filled_form(tmp_path / "填", NAMES[1], workplace)
    files = {"水文站（再交）.xlsx": mended}
    shown = handed_in(browser, session, address, files)
    assert "交了 2 份，用 水文站（再交）.xlsx" in shown
    told = html.unescape(browser.get(f"{address}/units/2").text)
    assert "上次的问题已改正的" in told


def test_a_file_that_was_dropped_twice_is_kept_once(
    browser: TestClient,
    session: Session,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
    folder: Path,
) -> None:
    form = filled_form(tmp_path / "填", NAMES[0], workplace)
    for _ in range(2):
        handed_in(browser, session, opened, {"a.xlsx": form})
    (received,) = folder.glob("收表/*/收到")
    assert [one.name for one in received.iterdir()] == ["a.xlsx"]


def test_a_run_that_is_stopped_says_so_and_goes_on_later(
    browser: TestClient,
    session: Session,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
    folder: Path,
) -> None:
    (received,) = folder.glob("收表/*/收到")
    for name in NAMES:
        data = filled_form(tmp_path / "填", name, workplace)
        (received / f"{name}.xlsx").write_bytes(data)
    browser.post(f"{opened}/collect", follow_redirects=False)
    (work,) = list(session.works.known.values())[-1:]
    browser.post(f"/works/{work.id}/stop", follow_redirects=False)
    assert "已停止，没有收完" in ended(browser, session, None)
    again = browser.post(f"{opened}/collect")
    assert "已交 4 个" in ended(browser, session, again)


def test_a_roster_that_is_none_leaves_nothing(
    browser: TestClient, folder: Path
) -> None:
    for name, data in (("名单.xlsx", b"PK\x03\x04"), ("名单.txt", b"a")):
        answer = browser.post("/rounds/upload", files={"files": (name, data)})
        assert answer.status_code == 409
    assert list((folder / "收表").glob("*")) == []


@pytest.mark.parametrize(
    "called", ["../../逃", "/etc/逃", "a\\..\\..\\逃", "逃\x00"]
)
def test_a_name_of_a_round_leads_nowhere(
    browser: TestClient, folder: Path, called: str
) -> None:
    begun(browser, "名单.xlsx", roster(NAMES), called)
    home = folder / "收表"
    (made,) = home.iterdir()
    assert made.parent == home
    assert "逃" in made.name


def test_names_in_a_zip_lead_nowhere(
    browser: TestClient,
    session: Session,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
    folder: Path,
) -> None:
    form = filled_form(tmp_path / "填", NAMES[0], workplace)
    evil = zipped({"../../../逃.xlsx": form, "/逃2.xlsx": form, "C:\\x": form})
    handed_in(browser, session, opened, {"交来.zip": evil})
    found = list(tmp_path.rglob("*逃*"))
    home = folder / "收表"
    assert all(one.is_relative_to(home) for one in found)


def test_a_zip_that_would_fill_the_disk_is_refused_and_the_others_read(
    browser: TestClient,
    session: Session,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
) -> None:
    form = filled_form(tmp_path / "填", NAMES[0], workplace)
    bomb = zipped({f"{n}.xlsx": b"0" * 40_000_000 for n in range(12)})
    shown = handed_in(
        browser, session, opened, {"大.zip": bomb, "a.xlsx": form}
    )
    assert "已交 1 个" in shown
    assert "压缩包打不开" in shown


@pytest.mark.parametrize("mark", ["..%2f..%2f", "0" * 16, "x"])
def test_a_round_or_file_that_is_not_there_is_told(
    browser: TestClient, opened: str, mark: str
) -> None:
    for address in (f"/rounds/{mark}", f"{opened}/files/{mark}"):
        answer = browser.get(address, follow_redirects=False)
        assert answer.status_code in {404, 409}


def test_names_are_shown_as_text(browser: TestClient) -> None:
    names = ("<script>alert(1)</script>站",)
    address = begun(browser, "名单.xlsx", roster(names), "<b>轮</b>")
    assert "<b>轮" not in browser.get(address).text


def test_hundreds_of_files_are_dropped_at_once(
    browser: TestClient, session: Session, opened: str, folder: Path
) -> None:
    files = {f"说明{number}.txt": b"%d" % number for number in range(300)}
    shown = handed_in(browser, session, opened, files)
    assert "未交 4 个" in shown
    (received,) = folder.glob("收表/*/收到")
    assert len(list(received.iterdir())) == 300


def test_reading_is_watched_and_stopped_too(
    session: Session,
    browser: TestClient,
    opened: str,
    tmp_path: Path,
    workplace: Workplace,
    folder: Path,
) -> None:
    (received,) = folder.glob("收表/*/收到")
    first = filled_form(tmp_path / "填", NAMES[0], workplace)
    for name in NAMES:
        data = renamed_form(first, NAMES[0], name)
        (received / f"{name}.xlsx").write_bytes(data)
    told: list[str] = []
    watcher = Watcher(
        told.append,
        lambda total: pytest.fail("nothing is built"),
        lambda name: pytest.fail("nothing is built"),
        lambda: len(told) > 1,
    )
    (one,) = list_rounds(session.desk)
    with pytest.raises(OutputError, match="已停止，没有收完"):
        collect_round(session.desk, one, watcher)
    assert len(told) == 2


def test_how_a_round_stands_is_shown_after_the_program_was_ended(
    browser: TestClient, session: Session, opened: str, collected: str
) -> None:
    before = plain_units(collected)
    session.desk.remembered.clear()
    session.desk.known.clear()
    shown = html.unescape(browser.get(opened).text)
    assert plain_units(shown) == before
    assert "收表时的情况" in shown
    one = html.unescape(browser.get(f"{opened}/units/2").text)
    assert "打开这份表" in one
    unit = one.split('href="/units/')[1].split('"')[0]
    assert "临水县水文站" in browser.get(f"/units/{unit}").text


def plain_units(shown: str) -> list[str]:
    rows = re.findall(r"<tr><td class=\"number\">.*?</tr>", shown)
    return [re.sub("<[^>]*>", " ", one) for one in rows]


def test_a_kept_round_that_was_tampered_with_shows_no_file_of_elsewhere(
    browser: TestClient, session: Session, opened: str, collected: str
) -> None:
    (kept,) = session.desk.folder.rglob("收表情况.json")
    text = kept.read_text("utf-8")
    (session.desk.folder.parent / "别处.yaml").write_text("年度: 2024", "utf-8")
    shown = text.split('"shown":"')[1].split('"')[0]
    kept.write_text(text.replace(shown, "../别处.yaml"), "utf-8")
    session.desk.remembered.clear()
    assert browser.get(opened).status_code == 200
    assert "打开这份表" not in browser.get(f"{opened}/units/1").text
    kept.write_text("{", "utf-8")
    assert "三、情况" not in browser.get(opened).text


def test_many_files_come_some_at_a_time_and_each_once(
    browser: TestClient, session: Session, opened: str
) -> None:
    one = ("files", ("交/甲.xlsx", io.BytesIO(b"one")))
    two = ("files", ("交/乙.xlsx", io.BytesIO(b"two")))
    address = f"{opened}/part/upload"
    assert browser.post(address, files=[one, two]).json() == {"new": 2}
    one[1][1].seek(0)
    assert browser.post(address, files=[one]).json() == {"new": 0}
    assert "已收到 2 个文件" in browser.get(opened).text
    assert not session.works.known
