"""The command, the icon on the desktop, and what the wheel carries."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told

import reportgen.web
from reportgen.cli.web.shortcut import desktop_of, write_shortcut
from reportgen.cli.web.window import show_failure
from reportgen.web.rendering import environment

SERVER = ("starlette", "uvicorn", "multipart", "reportgen.web")


def test_an_icon_opens_the_page_of_the_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = tmp_path / "自评 100%"
    folder.mkdir()
    file = write_shortcut(folder, home)
    text = file.read_text("utf-8")
    assert file.parent == home / "Desktop"
    assert file.stat().st_mode & 0o100
    assert text.startswith("[Desktop Entry]\n")
    assert f'"-m" "reportgen" "web" "{tmp_path}/自评 100%%"' in text
    assert "Terminal=false" in text


def test_an_icon_of_windows_opens_folders_of_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    folder = tmp_path / "甲&乙 100%"
    folder.mkdir()
    file = write_shortcut(folder, tmp_path / "home")
    assert file.name == "绩效自评.cmd"
    lines = file.read_bytes().decode("gb18030").split("\r\n")
    assert lines[0] == "@echo off"
    assert lines[1] == f'cd /d "{tmp_path}/甲&乙 100%%"'
    program = f'"{sys.executable}" "-m" "reportgen" "web"'
    assert lines[2] == f'start "" {program} "{tmp_path}/甲&乙 100%%"'


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("甲$乙", r"甲\\$乙"),
        ("甲\\乙", r"甲\\\\乙"),
        ('甲"乙', r'甲\\"乙'),
        ("100%", "100%%"),
    ],
)
def test_signs_that_mean_something_to_the_desktop_are_escaped(
    tmp_path: Path, name: str, written: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    text = write_shortcut(folder, tmp_path / "home").read_text("utf-8")
    (line,) = [one for one in text.splitlines() if one.startswith("Exec=")]
    assert line.endswith(f'/{written}"')


def test_an_icon_goes_where_the_system_says_the_desktop_is(
    tmp_path: Path,
) -> None:
    (tmp_path / "桌面").mkdir()
    assert desktop_of(tmp_path) == tmp_path / "桌面"
    (tmp_path / ".config").mkdir()
    (tmp_path / "Schreibtisch").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text(
        '# comment\nXDG_DESKTOP_DIR="$HOME/Schreibtisch"\n', "utf-8"
    )
    assert desktop_of(tmp_path) == tmp_path / "Schreibtisch"


def test_a_desktop_that_cannot_be_written_is_told(
    reportgen: Callable[..., Told],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "Desktop").write_text("a file", "utf-8")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    told = reportgen("web", "--shortcut")
    assert told.code == 3
    assert "图标写不进去" in told.err


def test_a_folder_that_cannot_be_written_is_told(
    reportgen: Callable[..., Told], tmp_path: Path
) -> None:
    (tmp_path / ".reportgen").write_text("a file", "utf-8")
    told = reportgen("web", "--no-open")
    assert told.code == 3
    assert "不能写入" in told.err


def test_no_other_command_waits_for_the_server() -> None:
    script = (
        "import sys\n"
        "from reportgen.cli.app import application\n"
        "application()\n"
        f"print([one for one in {SERVER!r} if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"


def test_templates_say_nothing_that_the_policy_forbids() -> None:
    folder = Path(reportgen.web.__file__).parent / "templates"
    for path in folder.glob("*.html"):
        text = path.read_text("utf-8")
        environment().get_template(path.name)
        for forbidden in (" style=", "<style", "onclick", "javascript:"):
            assert forbidden not in text, path.name
        assert "|safe" not in text.replace(" ", ""), path.name


def test_what_stops_the_double_click_is_shown_as_a_text() -> None:
    shown: list[str] = []
    file = show_failure("错误 这个文件夹不能写入", shown.append)
    assert "不能写入" in file.read_text("utf-8-sig")
    assert shown == [file.as_uri()]
