"""Hostile requests are kept back: each kind that another page, program or file could send."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import HOME, KEYS, OWN, Page

from reportgen.application.web.desk import DeskUnit
from reportgen.web.guard import LARGEST

JSON = {"Accept": "application/json"}
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_the_token_lets_a_browser_in_and_nothing_else_does(
    stranger: TestClient,
) -> None:
    assert stranger.get("/").status_code == 401
    wrong = stranger.get("/start?token=guess", follow_redirects=False)
    assert wrong.status_code == 403
    assert "set-cookie" not in wrong.headers
    right = stranger.get(f"/start?token={KEYS.token}", follow_redirects=False)
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert right.headers["location"] == "/"
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost.evil:8765", ""],
)
def test_a_name_that_was_made_to_lead_here_is_refused(
    browser: TestClient, host: str
) -> None:
    assert browser.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://127.0.0.1:8765",
        "http://127.0.0.1:9999",
        "null",
        "",
    ],
)
def test_what_another_page_posts_is_refused(
    browser: TestClient, unit: DeskUnit, origin: str
) -> None:
    before = unit.file.read_bytes()
    sent = {"kind": "put", "path": ["单位", "名称"], "text": "别人"}
    answer = browser.post(
        f"/units/{unit.id}/changes",
        json={"digest": "", "changes": [sent]},
        headers={"Origin": origin},
    )
    assert answer.status_code == 403
    assert unit.file.read_bytes() == before


def test_a_post_without_any_origin_is_refused(browser: TestClient) -> None:
    del browser.headers["Origin"]
    assert browser.post("/end").status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_another_site_asks_is_refused(
    browser: TestClient, site: str, method: str
) -> None:
    answer = browser.request(method, "/", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_a_form_of_our_own_page_is_taken(browser: TestClient) -> None:
    """A page without referrer says Origin: null, and that it is of the same origin."""
    own = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    sent = {"name": "某某局", "year": "2024"}
    answer = browser.post(
        "/new", data=sent, headers=own, follow_redirects=False
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
)
def test_other_methods_are_refused(browser: TestClient, method: str) -> None:
    assert browser.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "..\\..\\windows\\win.ini",
        "C:\\windows\\win.ini",
        "CON",
        "图书馆.yaml",
        "a%00b",
        "x" * 4000,
    ],
)
@pytest.mark.parametrize("where", ["units/{}", "units/{}/state", "assets/{}"])
def test_no_path_leads_out_of_the_folder(
    browser: TestClient, where: str, name: str
) -> None:
    answer = browser.get("/" + where.format(name))
    assert answer.status_code in {404, 409}
    assert "root:" not in answer.text


def test_a_link_out_of_the_folder_is_no_unit(
    browser: TestClient, folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "别处.yaml"
    outside.write_text("年度: 2024\n单位: {名称: 别处}\n", "utf-8")
    (folder / "链接.yaml").symlink_to(outside)
    assert "链接.yaml" not in browser.get("/").text


def test_a_unit_that_became_a_link_is_not_opened(
    browser: TestClient, unit: DeskUnit, tmp_path: Path
) -> None:
    outside = tmp_path / "别处.yaml"
    outside.write_bytes(unit.file.read_bytes())
    unit.file.unlink()
    unit.file.symlink_to(outside)
    assert browser.get(f"/units/{unit.id}").status_code == 409


def test_a_body_that_is_too_large_is_refused(
    browser: TestClient, unit: DeskUnit
) -> None:
    address = f"/units/{unit.id}/changes"
    json = {"Content-Type": "application/json"}
    body = b" " * (LARGEST + 1)
    told = browser.post(address, content=body, headers=json)
    assert told.status_code == 413

    def pieces() -> object:
        for _ in range(LARGEST // 65536 + 2):
            yield b" " * 65536

    streamed = browser.post(address, content=pieces(), headers=json)
    assert streamed.status_code == 413


@pytest.mark.parametrize("length", ["-1", "many", "1e9"])
def test_a_length_that_is_none_is_refused(
    browser: TestClient, length: str
) -> None:
    answer = browser.post("/end", headers={"Content-Length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"changes": 7}',
        b'{"changes": [7]}',
        b'{"changes": [{"kind": "put"}]}',
        b'{"changes": [{"kind": "put", "path": "x"}]}',
        b'{"changes": [{"kind": "put", "path": [{}]}]}',
        b'{"changes": [{"kind": "put", "path": ["a"], "position": "1"}]}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    browser: TestClient, unit: DeskUnit, body: bytes
) -> None:
    before = unit.file.read_bytes()
    headers = {"Content-Type": "application/json", **JSON}
    answer = browser.post(
        f"/units/{unit.id}/changes", content=body, headers=headers
    )
    assert answer.status_code == 400
    assert unit.file.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nbroken"),
        (
            "multipart/form-data; boundary=b",
            b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n" * 600
            + b"--b--\r\n",
        ),
        ("application/x-www-form-urlencoded", b"a=1&" * 2000),
        ("application/x-www-form-urlencoded", b"\xff=%ff%00&name=%00"),
        ("text/plain", b"name=x"),
    ],
)
def test_a_form_that_is_malformed_makes_no_unit(
    browser: TestClient, folder: Path, kind: str, body: bytes
) -> None:
    before = sorted(folder.rglob("*.yaml"))
    answer = browser.post("/new", content=body, headers={"Content-Type": kind})
    assert answer.status_code in {400, 409}
    assert "BUG001" not in answer.text
    assert sorted(folder.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", ""]
)
def test_what_a_form_of_another_page_could_send_is_no_json(
    browser: TestClient, unit: DeskUnit, kind: str
) -> None:
    answer = browser.post(
        f"/units/{unit.id}/changes",
        content=b'{"changes": []}',
        headers={"Content-Type": kind, **JSON},
    )
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "path",
    [
        ["没有这一项"],
        ["单位"],
        ["单位", "名称", "再下"],
        ["指标", "0", "得分"],
        ["指标", -1, "得分"],
        ["指标", 10**9, "得分"],
        ["指标", True, "得分"],
        ["叙述", "x" * 300],
        ["叙述", "a\nb"],
        ["项目", 0, "项目", 0, "名称"],
        ["__class__"],
        ["name"] * 40,
    ],
)
def test_what_is_no_field_is_not_written(
    form: Page, path: list[object]
) -> None:
    before = form.text
    assert "error" in form.put(path, "1")
    assert form.text == before


@pytest.mark.parametrize(
    "path",
    [
        ["单位", "名称"],
        ["单位", "职责"],
        ["指标", 0, "三级"],
        ["项目", 0, "名称"],
        ["叙述", SCRIPT],
        ["资金", "全年执行数"],
    ],
)
def test_script_in_a_field_stays_text(
    form: Page, browser: TestClient, path: list[object]
) -> None:
    form.put(path, SCRIPT)
    pages = ["/", f"/units/{form.unit.id}", f"/units/{form.unit.id}/form/p1"]
    pages += [f"/units/{form.unit.id}/form/{one}" for one in (1, 3)]
    for one in pages:
        text = browser.get(one).text
        assert "<script>alert" not in text
        assert "<img" not in text


def test_script_in_the_name_of_a_file_stays_text(
    browser: TestClient, folder: Path
) -> None:
    (folder / "<img src=x>.yaml").write_text("年度: 2024\n", "utf-8")
    assert "<img" not in browser.get("/").text


def test_script_in_a_query_stays_text(browser: TestClient) -> None:
    assert "<script>alert" not in browser.get("/", params={"q": SCRIPT}).text


@pytest.mark.parametrize("number", ["-1", "0", "99999999999", "x", ""])
def test_a_page_of_the_list_that_is_none_is_the_nearest(
    browser: TestClient, number: str
) -> None:
    assert browser.get("/", params={"page": number}).status_code == 200


def test_every_answer_tells_the_browser_what_it_may_do(
    browser: TestClient, stranger: TestClient, unit: DeskUnit
) -> None:
    for path in ("/", f"/units/{unit.id}", "/nowhere", "/assets/page.css"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert browser.get("/").headers["cache-control"] == "no-store"


def test_the_answer_of_a_wrong_cookie_shows_nothing(
    stranger: TestClient,
) -> None:
    for cookie in (
        f"{KEYS.cookie}=guess",
        f"other={KEYS.token}",
        "\x7f;=;",
        f'{KEYS.cookie}="',
    ):
        answer = stranger.get("/", headers={"Cookie": cookie, **OWN})
        assert answer.status_code == 401
        assert "图书馆" not in answer.text


def test_the_page_loads_nothing_from_elsewhere(
    browser: TestClient, unit: DeskUnit
) -> None:
    for path in ("/", "/new", f"/units/{unit.id}"):
        text = browser.get(path).text
        assert "//" not in text.replace(HOME, "").replace("<!--", "")
        assert " style=" not in text
        assert "onclick" not in text
