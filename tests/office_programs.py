"""The programs that look at documents from outside: LibreOffice, pdftoppm and the Open XML SDK validator.

They are looked for on the machine; .ci/run installs them and names them in REPORTGEN_REQUIRE, so that there a missing
program is a failure and not a skipped test.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

SECONDS = 180


def _required(name: str) -> bool:
    return name in os.environ.get("REPORTGEN_REQUIRE", "").split(",")


def need(name: str, program: str | None) -> str:
    """The program's path; skips the test where it is missing, fails where it must be there."""
    if program:
        return program
    if _required(name):
        pytest.fail(
            f"{name} is required here (REPORTGEN_REQUIRE) and is not installed"
        )
    pytest.skip(f"{name} is not installed")


def convert(
    files: Iterable[Path], target: Path, kind: str, profile: Path
) -> list[Path]:
    """`files` converted to `kind` (pdf, docx …) in `target` by a LibreOffice that is killed if it takes too long."""
    soffice = need("office", shutil.which("soffice"))
    given = list(files)
    command = [
        soffice,
        "--headless",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        kind,
    ]
    command += ["--outdir", str(target), *map(str, given)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    made = [target / f"{file.stem}.{kind.partition(':')[0]}" for file in given]
    missing = [str(file) for file in made if not file.exists()]
    assert not missing, (
        f"LibreOffice did not make {missing}: {output.decode(errors='replace')}"
    )
    return made


def validation_errors(file: Path) -> list[str]:
    """What the Open XML SDK says is wrong with `file`."""
    validator = os.environ.get("REPORTGEN_VALIDATOR") or shutil.which(
        "ooxml-validator"
    )
    program = need("validator", validator)
    done = subprocess.run(
        [program, str(file)], capture_output=True, check=False, timeout=SECONDS
    )
    result = json.loads(done.stdout)
    return [
        f"{file.name}: {error.get('path', '')} {error.get('description', error)}"
        for error in result["errors"]
    ]
