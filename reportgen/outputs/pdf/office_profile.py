"""The settings with which LibreOffice is started: no macro runs, nothing is fetched, missing fonts are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

Fonts = tuple[tuple[str, str], ...]  # a font that is missing, the one instead

_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
)
_COMMON = "/org.openoffice.Office.Common"
_SAFE = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    (f"{_COMMON}/Font/Substitution", "Replacement", "true"),
)


def write_profile(folder: Path, fonts: Fonts) -> None:
    """A new profile in `folder`, unless there is one."""
    settings = folder / "user" / "registrymodifications.xcu"
    if settings.exists():
        return
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(
        "\n".join((_ROOT, *_settings(fonts), "</oor:items>")), "utf-8"
    )


def _settings(fonts: Fonts) -> Iterator[str]:
    for path, name, value in _SAFE:
        yield f'<item oor:path="{path}">{_property(name, value)}</item>'
    for number, (missing, instead) in enumerate(fonts):
        values = (
            ("ReplaceFont", missing),
            ("SubstituteFont", instead),
            ("Always", "true"),
            ("OnScreenOnly", "false"),
        )
        properties = "".join(_property(*one) for one in values)
        yield (
            f'<item oor:path="{_COMMON}/Font/Substitution/FontPairs">'
            f'<node oor:name="_{number}" oor:op="replace">{properties}</node></item>'
        )


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop>'
