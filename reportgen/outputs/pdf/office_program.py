"""LibreOffice, run without a window: found, started in a profile of its own, stopped where it hangs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from time import monotonic

from reportgen.outputs.pdf.office_profile import Fonts, write_profile

SECONDS = 90  # for one file; a report of fifty pages takes five
_PROGRAMS = ("soffice", "libreoffice")
_USUAL = (  # where installers put it, on Windows and macOS
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_LOOK = 0.1  # seconds between two looks at what it has made


class Ended(Enum):
    """How a run of LibreOffice ended."""

    DONE = "done"
    BROKEN = "broken"  # it ended by itself, and not well
    TOO_LONG = "too long"  # nothing came for too long, and it was stopped
    STOPPED = "stopped"  # whoever asked for it wants no more


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Office:
    """The program, the seconds that one file may take, and the fonts to be taken for those that are not there."""

    program: str
    seconds: float = SECONDS
    fonts: Fonts = ()

    def convert(
        self,
        files: Sequence[Path],
        kind: str,
        folder: Path,
        profile: Path,
        *options: str,
        stopped: Callable[[], bool] = _never,
    ) -> Ended:
        """Converts `files`, in their order, into `folder`; what was made lies there under the names of the files.

        It has `seconds` for each file: nothing may come for longer than that.
        """
        write_profile(profile, self.fonts)
        command = [
            self.program,
            "--headless",
            "--norestore",
            *options,
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, files),
        ]
        process = subprocess.Popen(  # noqa: S603  the program that was found, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            targets = [made_of(file, kind, folder) for file in files]
            return self._watched(process, targets, stopped)
        finally:
            _stop(process)

    def _watched(
        self,
        process: subprocess.Popen[bytes],
        targets: Sequence[Path],
        stopped: Callable[[], bool],
    ) -> Ended:
        made, since = 0, monotonic()
        while monotonic() - since <= self.seconds:
            if stopped():
                return Ended.STOPPED
            try:
                code = process.wait(_LOOK)
            except subprocess.TimeoutExpired:
                there = sum(map(Path.exists, targets))
                if there > made:
                    made, since = there, monotonic()
            else:
                return Ended.BROKEN if code else Ended.DONE
        return Ended.TOO_LONG


def made_of(
    file: Path,
    kind: str,
    folder: Path,
) -> Path:
    """Where LibreOffice puts what it makes of `file`; `kind` is the extension, and a filter behind a colon."""
    return folder / f"{file.stem}.{kind.partition(':')[0]}"


def find_office(seconds: float = SECONDS) -> Office | None:
    """LibreOffice as it is installed here; None where it is not."""
    found = filter(None, map(shutil.which, (*_PROGRAMS, *_USUAL)))
    program = next(found, None)
    return Office(program, seconds) if program else None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends what still runs, with all that it has started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
