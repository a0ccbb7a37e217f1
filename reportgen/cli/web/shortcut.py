"""An icon on the desktop that opens the page of a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reportgen.core.errors import OutputError

_NAME = "绩效自评"
_DESKTOPS = ("Desktop", "桌面")
_ENTRY = """[Desktop Entry]
Type=Application
Name={name}
Comment=填报、检查、生成绩效自评材料
Exec={command}
Path={folder}
Terminal=false
Categories=Office;
"""
_BATCH = '@echo off\r\ncd /d "{folder}"\r\nstart "" {command}\r\n'


def write_shortcut(
    folder: Path,
    home: Path | None = None,
) -> Path:
    """Writes the icon; where it lies. Raises OutputError."""
    folder = folder.resolve()
    desktop = desktop_of(home or Path.home())
    try:
        desktop.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            return _batch(desktop, folder)
        return _entry(desktop, folder)
    except OSError as error:
        message = f"图标写不进去（系统错误 {error.errno}）"
        raise OutputError(message, place=desktop) from None


def desktop_of(home: Path) -> Path:
    """The folder whose content is seen on the desktop."""
    told = _told_by_system(home)
    candidates = (*told, *(home / name for name in _DESKTOPS))
    there = (one for one in candidates if one.is_dir())
    return next(there, home / _DESKTOPS[0])


def _told_by_system(home: Path) -> list[Path]:
    """What the file of the desktop environment says; its name is translated there."""
    file = home / ".config" / "user-dirs.dirs"
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    said = (one.partition("=") for one in lines)
    return [
        Path(value.strip('" ').replace("$HOME", str(home)))
        for name, _, value in said
        if name.strip() == "XDG_DESKTOP_DIR"
    ]


def _entry(
    desktop: Path,
    folder: Path,
) -> Path:
    command = " ".join(map(_quoted, (*_program(), "web", str(folder))))
    file = desktop / f"{_NAME}.desktop"
    text = _ENTRY.format(
        name=_NAME, command=_value(command), folder=_value(str(folder))
    )
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def _batch(
    desktop: Path,
    folder: Path,
) -> Path:
    words = (*_program(), "web", str(folder))
    command = " ".join(f'"{_in_batch(one)}"' for one in words)
    file = desktop / f"{_NAME}.cmd"
    text = _BATCH.format(folder=_in_batch(str(folder)), command=command)
    file.write_text(text, encoding="gb18030", newline="")
    return file


def _program() -> tuple[str, ...]:
    """How this very program is started without a window of its own where there is such a way."""
    python = Path(sys.executable)
    silent = python.with_name("pythonw.exe")
    if os.name == "nt" and silent.is_file():
        python = silent
    return (str(python), "-m", "reportgen")


def _in_batch(word: str) -> str:
    """A word between quotation marks in a batch file, where a % begins the name of a variable."""
    return word.replace("%", "%%")


def _value(text: str) -> str:
    """What stands behind a key of a desktop entry."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(word: str) -> str:
    """A word of an Exec line."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return f'"{word.replace("%", "%%")}"'
