"""A folder with a unit in it, and a browser without a window that has come in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_desk import EXAMPLE, HOME, KEYS, OWN, ROOT, Page

from reportgen.application.web.desk import Desk, DeskUnit
from reportgen.application.workplace import Workplace
from reportgen.pipeline import PackCache
from reportgen.web.app import create_app
from reportgen.web.session import Session


@pytest.fixture(scope="session")
def workplace() -> Workplace:
    return Workplace((ROOT / "templates",))


@pytest.fixture(scope="session")
def packs(workplace: Workplace) -> PackCache:
    return workplace.packs()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "县里"
    found.mkdir()
    shutil.copy(EXAMPLE, found / "图书馆.yaml")
    return found


@pytest.fixture
def session(folder: Path, workplace: Workplace, packs: PackCache) -> Session:
    desk = Desk(folder, workplace)
    desk.packs = packs  # read once for all tests
    return Session(desk)


@pytest.fixture
def stranger(session: Session) -> TestClient:
    """A browser that does not know the token."""
    app = create_app(session, KEYS)
    return TestClient(app, base_url=HOME, raise_server_exceptions=False)


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    stranger.get(f"/start?token={KEYS.token}")
    stranger.headers.update(OWN)
    return stranger


@pytest.fixture
def unit(session: Session) -> DeskUnit:
    (found,) = session.desk.units()
    return found


@pytest.fixture
def form(browser: TestClient, unit: DeskUnit) -> Page:
    return Page(browser, unit)
